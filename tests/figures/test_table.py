"""The table of figures: each entry is complete, has a name of its own everywhere, and is told where totals are told."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.items import ENTRY, SETTINGS
from tests.support.states import state_of
from toolkit.figures.printed import Printed, Quoted, Source, text_of
from toolkit.figures.table import (
    BY_CODE,
    FIGURES,
    RATE_BY_CODE,
    RATES,
    Figure,
    RateFigure,
    placeholder_codes,
)
from toolkit.ledger.columns import BY_CODE as COLUMNS
from toolkit.ledger.status import Status
from toolkit.queries.reference import pages
from toolkit.run.record import figures_record
from toolkit.settings.sections import Rates
from toolkit.workbooks.consolidated import write_consolidated

OTHER_WORDS = replace(SETTINGS, words=replace(SETTINGS.words, done="已办结", standing="常态推进"))
PHASED = replace(SETTINGS, rates=Rates(phased_counts_as_done=True))


def told() -> Iterator[Figure | RateFigure]:
    yield from FIGURES
    yield from RATES


def test_codes_names_and_placeholders_are_each_used_once() -> None:
    for of in ("code", "name", "placeholder"):
        names = [
            entry.name_in(SETTINGS.words)
            if of == "name" and isinstance(entry, Figure)
            else getattr(entry, of)
            for entry in told()
        ]
        assert len(set(names)) == len(names), of
    assert set(BY_CODE) == {figure.code for figure in FIGURES}
    assert set(RATE_BY_CODE) == {rate.code for rate in RATES}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.code)
def test_a_figure_is_complete(figure: Figure) -> None:
    assert figure.unit
    assert figure.sql
    assert figure.rule
    assert re.fullmatch(r"[\u4e00-\u9fff]+", figure.placeholder)
    assert not figure.column or figure.column in COLUMNS
    text = text_of(figure.rule_in(SETTINGS, dt.date(2026, 6, 19)))
    assert "{" not in text


def test_every_status_has_a_figure_and_they_are_in_order() -> None:
    assert [figure.status for figure in FIGURES if figure.status] == list(Status)


def test_a_name_and_a_rule_use_the_words_of_the_office() -> None:
    done, overdue = BY_CODE["by_status.done"], BY_CODE["overdue"]
    day = dt.date(2026, 6, 19)
    assert done.name_in(OTHER_WORDS.words) == "已办结"
    assert text_of(done.rule_in(OTHER_WORDS, day)) == "整改状态为“已办结”的问题"
    rule = overdue.rule_in(OTHER_WORDS, day)
    assert text_of(rule) == (
        "截至2026-06-19已过整改时限，未销号，且状态不是“已办结”“常态推进”的问题"
    )
    quoted = [piece.source for piece in rule if isinstance(piece, Quoted)]
    assert quoted == [Source.DATE, Source.SETTINGS, Source.SETTINGS]


@pytest.mark.parametrize(
    ("settings", "formula"),
    [
        (SETTINGS, "完成率＝已完成问题数（不含阶段性完成）÷问题总数"),
        (OTHER_WORDS, "完成率＝已办结问题数（不含阶段性完成）÷问题总数"),
        (PHASED, "完成率＝已完成问题数与阶段性完成问题数之和÷问题总数"),
    ],
)
def test_the_completion_rate_says_what_is_divided(settings: object, formula: str) -> None:
    assert RATE_BY_CODE["completion_rate"].formula(settings) == formula  # type: ignore[arg-type]


def test_the_closing_rate_says_what_is_divided_whatever_counts_as_done() -> None:
    for settings in (SETTINGS, PHASED):
        assert RATE_BY_CODE["closing_rate"].formula(settings) == "销号率＝已销号问题数÷问题总数"


def test_a_rate_stands_behind_a_figure_and_is_made_of_figures() -> None:
    for rate in RATES:
        assert rate.after in BY_CODE
        assert rate.denominator in BY_CODE
        assert set(rate.numerator(SETTINGS.rates)) <= set(BY_CODE)


def test_every_figure_stands_in_the_overview_in_the_record_and_in_the_reference(
    tmp_path: Path,
) -> None:
    state = state_of([ENTRY, replace(ENTRY, item=replace(ENTRY.item, id="3-3", status=None))])
    cells = write_consolidated(tmp_path / "汇总台账.xlsx", state)
    in_overview = [
        piece.ref.code
        for (sheet, _), line in cells.items()
        for piece in line
        if sheet == "总览" and isinstance(piece, Printed)
    ]
    record, page = figures_record(state.figures), pages()["数字.md"]
    for entry in told():
        assert entry.code in in_overview
        value = record
        for step in entry.code.split("."):
            value = value[step]
        assert value is not None
        assert f"`{entry.code}`" in page
        assert f"`{{{{{entry.placeholder}}}}}`" in page


def test_placeholders_lead_to_codes() -> None:
    assert placeholder_codes()["已销号数"] == "closed"
    assert placeholder_codes()["销号率"] == "closing_rate"
    assert set(placeholder_codes().values()) == {entry.code for entry in told()}
