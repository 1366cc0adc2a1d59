"""What a run learns is written into 设置.xlsx for the office to confirm, and nothing else of it changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.items import ENTRY, SETTINGS
from tests.support.made import Made
from toolkit.errors import ToolkitError
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Finding, Place, Severity
from toolkit.ledger.submission import Submission, Verdict
from toolkit.run.settings_update import (
    ask_about_headings,
    lay_out_settings,
    learned_units,
    open_headings,
)
from toolkit.settings.lists import HeadingChoice
from toolkit.settings.reading import load
from toolkit.workspace import Workspace


def entry(unit: str, leader: str, *others: str) -> Entry:
    item = replace(ENTRY.item, lead_unit=unit, lead_leader=leader, co_units=others)
    return replace(ENTRY, item=item)


ENTRIES = st.lists(
    st.builds(
        entry, st.sampled_from(["林业局", "水务局", ""]), st.sampled_from(["赵敏", "孙立", ""]),
        st.sampled_from(["财政局", "林业局"]),
    ),
    max_size=8,
)  # fmt: skip


@given(ENTRIES)
def test_units_of_a_ledger_with_the_leader_of_most_of_their_items(entries: list[Entry]) -> None:
    units = learned_units(entries)
    names = [unit.name for unit in units]
    assert len(set(names)) == len(names)
    led = list(dict.fromkeys(e.item.lead_unit for e in entries if e.item.lead_unit))
    beside = [name for e in entries for name in e.item.co_units if name not in led]
    assert names == [*led, *dict.fromkeys(beside)]
    for unit in units:
        own = [e.item.lead_leader for e in entries if e.item.lead_unit == unit.name]
        most = max((own.count(name) for name in own), default=0)
        assert own.count(unit.lead_leader) == most if own else unit.lead_leader == ""


def found(rule: str, heading: str, file: str = "报.xlsx") -> Finding:
    return Finding(rule, Severity.WARNING, Place(file), "没有认出。", "请选。", value=heading)


def given_(*findings: Finding, verdict: Verdict = Verdict.ACCEPTED) -> Submission:
    return Submission("报.xlsx", "1", verdict, findings=findings)


@pytest.mark.parametrize(
    ("submissions", "asked"),
    [
        ([given_(found("X101", "经费渠道"))], ["经费渠道"]),
        ([given_(found("X105", "经费渠道"), found("X101", "经费渠道："))], ["经费渠道"]),
        ([given_(found("X101", "甲栏")), given_(found("X101", "乙栏"))], ["甲栏", "乙栏"]),
        ([given_(found("X102", "经费渠道"))], []),
        ([given_(found("X101", ""))], []),
        ([given_(found("X101", "经费渠道"), verdict=Verdict.REJECTED)], ["经费渠道"]),
    ],
)
def test_headings_that_were_not_placed_are_asked_once(
    submissions: list[Submission], asked: list[str]
) -> None:
    assert [choice.text for choice in open_headings(submissions, SETTINGS)] == asked


def test_what_has_been_asked_is_not_asked_again() -> None:
    known = replace(SETTINGS, headings=(HeadingChoice(text="经费 渠道"),))
    assert open_headings([given_(found("X101", "经费渠道"))], known) == ()


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    return made.empty(tmp_path / "区")


def test_questions_stand_below_the_last_line_and_nothing_else_changes(place: Workspace) -> None:
    path = place.settings_path
    ask_about_headings(path, [HeadingChoice(text="经费渠道", seen_in="报.xlsx")], "")
    ask_about_headings(path, [HeadingChoice(text="督导频次", seen_in="另.xlsx")], "")
    settings = load(path.read_bytes())
    assert [(one.text, one.seen_in, one.decided) for one in settings.headings] == [
        ("经费渠道", "报.xlsx", False),
        ("督导频次", "另.xlsx", False),
    ]
    assert replace(settings, headings=()) == SETTINGS
    before = path.read_bytes()
    ask_about_headings(path, [], "")
    assert path.read_bytes() == before


def test_learned_units_are_laid_out_whole_and_every_other_setting_stays(place: Workspace) -> None:
    units = learned_units([entry("林业局", "赵敏", "财政局")])
    lay_out_settings(place.settings_path, SETTINGS.with_units(units), dt.datetime(2026, 6, 19))
    settings = load(place.settings_path.read_bytes())
    assert [(unit.name, unit.lead_leader) for unit in settings.units] == [
        ("林业局", "赵敏"),
        ("财政局", ""),
    ]
    assert replace(settings, units=SETTINGS.units) == SETTINGS
    assert [path.name for path in place.templates.glob(".*")] == []


def test_settings_that_cannot_be_replaced_are_named_and_stay(
    place: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As while the workbook is open in Excel on Windows."""
    before = place.settings_path.read_bytes()

    def refused(self: Path, target: Path) -> Path:
        raise PermissionError(13, "denied", str(target))

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(ToolkitError, match=r"设置\.xlsx.*“表头对照”中补上“经费渠道”"):
        ask_about_headings(
            place.settings_path, [HeadingChoice(text="经费渠道", seen_in="报.xlsx")], ""
        )
    with pytest.raises(ToolkitError, match="未能把单位名单和栏目写入设置"):
        lay_out_settings(place.settings_path, SETTINGS, dt.datetime(2026, 6, 19))
    assert place.settings_path.read_bytes() == before
