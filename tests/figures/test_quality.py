"""The quality score: what it is made of, and that its rule is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.items import ENTRY, SETTINGS
from toolkit.figures.printed import text_of
from toolkit.figures.quality import average, quality, rule_of
from toolkit.ledger.entry import Entry
from toolkit.ledger.status import Status
from toolkit.settings.sections import Scores


def entries(*texts: str) -> list[Entry]:
    return [
        replace(
            ENTRY,
            item=replace(ENTRY.item, id=f"1-{number}", progress=text, status=Status.IN_PROGRESS),
        )
        for number, text in enumerate(texts, 1)
    ]


FULL, THIN, EMPTY = "3月12日修订《甲办法》。", "已建立机制。", "高度重视，加强管理。"


@pytest.mark.parametrize(
    ("texts", "faulty", "returned", "score"),
    [
        ((FULL, FULL), (), True, 100),
        ((FULL, FULL), ("1-1",), True, 70),
        ((FULL, FULL), (), False, 80),
        ((FULL, EMPTY), (), True, 90),
        ((THIN, THIN), (), True, 90),
        ((EMPTY, EMPTY), ("1-1", "1-2"), False, 0),
        (("", ""), (), True, 80),
        ((FULL, THIN, EMPTY), ("1-3",), True, 70),
    ],
)
def test_score(texts: tuple[str, ...], faulty: tuple[str, ...], returned: bool, score: int) -> None:
    assert quality(entries(*texts), faulty, Scores(), returned=returned).score == score


@pytest.mark.parametrize(("clean", "score"), [(7, 73), (5, 58), (3, 43), (1, 28)])
def test_half_a_point_is_rounded_up(clean: int, score: int) -> None:
    """Of eight items so many without errors: 7/8 × 60 + 20 = 72.5."""
    faulty = [f"1-{number}" for number in range(1, 9 - clean)]
    assert quality(entries(*[EMPTY] * 8), faulty, Scores(), returned=True).score == score


@pytest.mark.parametrize(
    ("scores", "mean"), [((72, 73), 73), ((71, 72), 72), ((72,), 72), ((1, 1, 2), 1), ((0, 1), 1)]
)
def test_the_mean_is_rounded_half_up(scores: tuple[int, ...], mean: int) -> None:
    assert average(scores) == mean


def test_reasons_say_what_the_score_is_made_of() -> None:
    found = quality(entries(FULL, THIN, EMPTY), ("1-3",), Scores(), returned=False)
    assert text_of(found.reasons("甲局")) == (
        "3个问题中2个无错误；本期未报送；进展情况1个有数据、时间或文件名称，1个只有做法，1个没有具体事实。"
    )


def test_weights_are_the_office_s_and_the_rule_names_them() -> None:
    weights = Scores(clean=1, returned=1, substance=0)
    assert quality(entries(EMPTY), (), weights, returned=True).score == 100
    assert "占50%" in rule_of(weights)
    assert "占60%" in rule_of(SETTINGS.scores)
