"""Which of two columns is the status: the one whose cells are words of status, never one that is only short."""

from __future__ import annotations

import pytest

from tests.support.drawn import HEAD, line, reading, said, values
from toolkit.ledger.status import Status

STATUSES = ["已完成", "完成", "持续推进", "正在整改"]
READ = [Status.DONE, Status.DONE, Status.STANDING, Status.IN_PROGRESS]
SHORT = ["已建机制", "研讨3次", "", "已印发计划"]


def two_columns(first: tuple[str, list[str]], second: tuple[str, list[str]]) -> list[list[str]]:
    """The usual table with its last two columns, progress and status, under other headings and with other cells."""
    (one, cells), (two, others) = first, second
    rows = [line(n)[:-2] for n in range(1, len(cells) + 1)]
    return [
        [*HEAD[:-2], one, two],
        *([*row, *pair] for row, pair in zip(rows, zip(cells, others, strict=True), strict=True)),
    ]


@pytest.mark.parametrize("progress", ["整改进展", "落实情况", "整改情况", "整改进度"])
@pytest.mark.parametrize("status", ["完成情况", "整改完成情况", "进展情况", "整改状况"])
@pytest.mark.parametrize("order", [1, -1])
def test_words_of_status_win_the_status_and_short_texts_are_the_progress(
    progress: str, status: str, order: int
) -> None:
    read = reading(two_columns(*[(progress, SHORT), (status, STATUSES)][::order]))
    assert values(read, "status") == READ
    assert values(read, "progress") == SHORT
    assert not said(read, "X102")
    assert not said(read, "X103")


def test_of_two_columns_with_some_words_of_status_the_one_with_more_is_the_status() -> None:
    mostly = ["已完成", "已完成", "已完成", "已建机制"]
    read = reading(two_columns(("整改进展", mostly), ("完成情况", STATUSES)))
    assert values(read, "status") == READ
    assert values(read, "progress") == mostly


def test_short_texts_beside_the_standard_progress_are_no_status() -> None:
    read = reading(
        two_columns(("整改进展情况", ["3月12日修订《甲办法》。"] * 4), ("完成情况", SHORT))
    )
    assert values(read, "status") == [None] * 4
    assert not read.rows[0].unreadable
    assert said(read, "X103")


def test_words_that_nobody_reads_under_a_heading_of_status_stay_its_own_and_are_named() -> None:
    read = reading(
        two_columns(("整改进展", ["3月12日修订《甲办法》。"] * 4), ("是否完成", ["搞定了"] * 4))
    )
    assert [row.unreadable["status"].raw for row in read.rows] == ["搞定了"] * 4
