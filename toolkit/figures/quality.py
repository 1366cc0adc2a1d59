"""The quality of a unit's return: rows without errors, returned in this round, substance of its texts (口径 with it)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from toolkit.figures.printed import By, Line, Printed, Ref, joined
from toolkit.figures.rates import percentage
from toolkit.ledger.status import Status
from toolkit.ledger.substance import Substance

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from toolkit.ledger.entry import Entry
    from toolkit.settings.sections import Scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """A unit's score (0 to 100, half up) and what it is made of.

    `clean` of `rows` items have no finding at error level; of the `told` items with a progress text, `full` name a
    number, a day or a document, `thin` only say that something was done, the others name no fact at all.
    """

    score: int
    rows: int
    clean: int
    returned: bool
    told: int
    full: int
    thin: int

    def reasons(self, unit: str) -> Line:
        """Why the score is what it is, in one sentence for the unit."""
        came = "本期已报送" if self.returned else "本期未报送"
        kinds = (
            ("full", self.full, "有数据、时间或文件名称"),
            ("thin", self.thin, "只有做法"),
            ("empty", self.told - self.full - self.thin, "没有具体事实"),
        )
        texts = tuple(
            (_printed(code, number, unit), f"个{kind}") for code, number, kind in kinds if number
        )
        return (
            _printed("rows", self.rows, unit),
            "个问题中",
            _printed("clean", self.clean, unit),
            f"个无错误；{came}；进展情况",
            *(joined(texts, "，") or ("尚未填写",)),
            "。",
        )


def _printed(code: str, number: int, unit: str) -> Printed:
    return Printed(str(number), Ref(f"quality.{code}", By.UNIT, unit))


def quality(
    entries: Sequence[Entry], faulty: Collection[str], scores: Scores, *, returned: bool
) -> Quality:
    """The quality of one unit's items; `faulty` are the ids of items with a finding at error level."""
    clean = sum(entry.item.id not in faulty for entry in entries)
    texts = [
        entry.item.progress
        for entry in entries
        if entry.item.progress and entry.item.status is not Status.NOT_STARTED
    ]
    facts = [Substance(text) for text in texts]
    full = sum(found.can_be_verified for found in facts)
    thin = sum(found.is_thin for found in facts)
    shares = (
        (scores.clean, Decimal(clean) / len(entries) if entries else Decimal(1)),
        (scores.returned, Decimal(returned)),
        (scores.substance, (full + Decimal(thin) / 2) / len(texts) if texts else Decimal(0)),
    )
    whole = sum(weight for weight, _ in shares)
    points = (
        sum((weight * share for weight, share in shares), Decimal(0)) * 100 / whole
        if whole
        else Decimal(0)
    )
    return Quality(
        score=int(points.quantize(Decimal(1), rounding=ROUND_HALF_UP)),
        rows=len(entries),
        clean=clean,
        returned=returned,
        told=len(texts),
        full=full,
        thin=thin,
    )


def average(scores: Sequence[int]) -> int:
    """The mean of some scores, half up. Raises ZeroDivisionError of none."""
    mean = Decimal(sum(scores)) / len(scores)
    return int(mean.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def rule_of(scores: Scores) -> str:
    """The 口径 of the score, as printed beside it."""
    whole = scores.clean + scores.returned + scores.substance
    parts = (
        (scores.clean, "无错误的问题占比"),
        (scores.returned, "本期报送（未报送为0）"),
        (
            scores.substance,
            "进展情况充实度（有数据、时间或文件名称计1，只有做法计0.5，没有事实计0）",
        ),
    )
    said = "、".join(f"{name}占{percentage(weight, whole, 0)}" for weight, name in parts)
    return f"质量得分满分100：{said}，四舍五入取整"
