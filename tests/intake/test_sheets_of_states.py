"""Sheets named after a state or a kind: the name says what no column does, and is never the source of the problems."""

from __future__ import annotations

import pytest

from tests.support.drawn import HEAD, LINE, Sheet, line, reading, said, values
from toolkit.ledger.status import Status

BARE = HEAD[:-1]


def ledger(name: str, number: int, *, has_status: bool = False) -> Sheet:
    return Sheet([HEAD, line(number)] if has_status else [BARE, line(number)[:-1]], name)


@pytest.mark.parametrize(
    ("names", "states"),
    [
        (("已完成", "未完成"), [Status.DONE, Status.IN_PROGRESS]),
        (("1.已整改到位（2项）", "2.正在整改（5项）"), [Status.DONE, Status.IN_PROGRESS]),
        (("已完成问题清单", "未启动问题清单"), [Status.DONE, Status.NOT_STARTED]),
        (("已销号", "未销号"), [Status.DONE, Status.IN_PROGRESS]),
        (("长期坚持", "阶段性完成"), [Status.STANDING, Status.PHASED]),
        (("已办结的事项",), [Status.DONE]),
    ],
)
def test_the_name_of_the_sheet_is_the_state(names: tuple[str, ...], states: list[Status]) -> None:
    read = reading(*(ledger(name, number) for number, name in enumerate(names, 1)))
    assert values(read, "status") == states
    assert values(read, "source") == [""] * len(names)
    assert [note.value for note in said(read, "X315")] == list(names)
    assert not said(read, "X103")
    assert not said(read, "X308")
    assert read.rows[0].place("status").sheet == names[0]


def test_a_column_of_the_table_counts_and_not_the_name() -> None:
    read = reading(ledger("已完成", 1, has_status=True), ledger("未完成", 2, has_status=True))
    assert values(read, "status") == [Status.IN_PROGRESS, Status.IN_PROGRESS]
    assert values(read, "source") == ["", ""]
    assert not said(read, "X315")


def test_sheets_named_after_kinds_say_the_kind() -> None:
    names = ("立行立改", "限期整改", "长期坚持")
    read = reading(*(ledger(name, n, has_status=True) for n, name in enumerate(names, 1)))
    assert values(read, "kind") == list(names)
    assert values(read, "source") == [""] * 3
    assert values(read, "status") == [Status.IN_PROGRESS] * 3


def test_other_names_are_lists_as_before() -> None:
    read = reading(ledger("选人用人", 1), ledger("意识形态", 2))
    assert values(read, "source") == ["选人用人", "意识形态"]
    assert values(read, "status") == [None, None]
    assert said(read, "X103")


def test_last_time_and_this_time_as_two_sheets() -> None:
    old = [HEAD, [*LINE[:-2], "旧进展。", "未启动"]]
    new = [HEAD, [*LINE[:-2], "新进展。", "已完成"]]
    for sheets in ([("上期", old), ("本期", new)], [("本期", new), ("上期", old)]):
        read = reading(*(Sheet(rows, name) for name, rows in sheets))
        assert values(read, "progress") == ["新进展。"]
        assert said(read, "X311")
