"""Numbers of letters (发文字号): given to a kind and a unit, bound for ever, never given again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.ledger.letter import LetterNumber

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.ledger.letter import Letter
    from toolkit.register.pending import Plan


def with_numbers(
    due: Sequence[Letter], given: Sequence[LetterNumber], plan: Plan
) -> tuple[tuple[Letter, ...], tuple[LetterNumber, ...]]:
    """The letters with their numbers, and the numbers that are given for the first time.

    A number that the unit was given in this period, by an earlier state of it or one that was taken back, is used
    again; otherwise the next one of the kind and year. A letter about other items than before is a correction. In a
    period over New Year a letter that is dated in the new one gets a number of that year.
    """
    numbers = list(given)
    fresh: list[LetterNumber] = []
    letters = []
    for letter in due:
        bound = _bound(letter, numbers, plan.period)
        if bound is None:
            bound = _next(letter, numbers, plan)
            numbers.append(bound)
            fresh.append(bound)
        letters.append(
            replace(
                letter,
                prefix=bound.prefix,
                serial=bound.serial,
                is_correction=bound.items != letter.items,
            )
        )
    return tuple(letters), tuple(fresh)


def _bound(letter: Letter, numbers: Sequence[LetterNumber], period: int) -> LetterNumber | None:
    return next(
        (
            number
            for number in numbers
            if (number.period, number.kind, number.unit) == (period, letter.kind, letter.unit)
            and number.year == letter.as_of.year
        ),
        None,
    )


def _next(letter: Letter, numbers: Sequence[LetterNumber], plan: Plan) -> LetterNumber:
    year = letter.as_of.year
    used = [n.serial for n in numbers if n.kind is letter.kind and n.year == year]
    return LetterNumber(
        kind=letter.kind,
        prefix=letter.prefix,
        year=year,
        serial=max(used, default=0) + 1,
        unit=letter.unit,
        period=plan.period,
        as_of=letter.as_of,
        items=letter.items,
    )
