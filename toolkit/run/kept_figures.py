"""The figures of a state as the register keeps them: trends and the proof of the next period read them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.figures.counts import doubtful_columns, number_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.figures.counts import Figures
    from toolkit.ledger.finding import Finding
    from toolkit.register.pending import StoredFigure


def stored_figures(figures: Figures) -> Iterator[StoredFigure]:
    """Every figure of every set, as the register keeps it."""
    for totals in figures.sets:
        for code, number in totals.numbers.items():
            yield code, totals.by.value, totals.name, number_text(number)


def doubtful_values(findings: Sequence[Finding]) -> Iterator[tuple[str, str]]:
    """(item, column) of every value that enters no total."""
    for id_, columns in doubtful_columns(findings).items():
        yield from ((id_, column) for column in sorted(columns))
