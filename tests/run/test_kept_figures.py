"""What the register keeps of a state's figures: every number of every set, and what enters no total."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tests.support.items import ENTRY, SETTINGS
from toolkit.figures.counts import compute
from toolkit.figures.printed import By
from toolkit.ledger.finding import Finding, Place, Severity
from toolkit.run.kept_figures import doubtful_values, stored_figures

DAY = dt.date(2026, 6, 19)


def test_every_number_of_every_set_is_kept_once() -> None:
    figures = compute([ENTRY], (), SETTINGS, DAY)
    kept = list(stored_figures(figures))
    assert len(kept) == sum(len(totals.numbers) for totals in figures.sets)
    assert len({key[:3] for key in kept}) == len(kept)
    assert ("problems", By.ALL.value, "", "1") in kept


def test_only_errors_make_a_value_doubtful() -> None:
    place = Place("报.xlsx", "整改台账", "A4")
    error = Finding("E101", Severity.ERROR, place, "不符。", "请核对。", "3-2", "money")
    warning = replace(error, severity=Severity.WARNING, column="people")
    nowhere = replace(error, id="")
    assert list(doubtful_values([error, warning, nowhere])) == [("3-2", "money")]
