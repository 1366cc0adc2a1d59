"""Every figure counted here a second time, from drawn ledgers, in the plainest way."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.items import ENTRY, SETTINGS
from toolkit.figures.counts import (
    Totals,
    compute,
    counted,
    doubtful_columns,
    due_states,
    number_text,
    totals,
)
from toolkit.figures.printed import By, Printed, Quoted, Ref, text_of
from toolkit.figures.table import FIGURES, RATES
from toolkit.ledger.deadlines import Deadline, DeadlineKind
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Finding, Place, Severity
from toolkit.ledger.status import Status

DAY = dt.date(2026, 6, 19)
UNITS = ("规划建设局", "财政金融局", "林业局", "")
LEADERS = ("张三丰", "赵敏", "")
NAMES = ("《甲办法》", "《乙规则》", "《丙规程》")


def drawn_entry(
    number: int,
    status: Status | None,
    days: int | None,
    amounts: tuple[Decimal | None, int | None],
    names: list[str],
    who: tuple[str, str],
    flags: tuple[bool, bool],
) -> Entry:
    due = None if days is None else DAY + dt.timedelta(days)
    item = replace(
        ENTRY.item, id=f"1-{number}", status=status, money=amounts[0], people=amounts[1],
        deadline=Deadline(due, standing=due is None, kind=DeadlineKind.FIXED, raw=str(due)),
        regulations=tuple(names), measures=("修订。",) * (number % 3), lead_unit=who[0], lead_leader=who[1],
    )  # fmt: skip
    return replace(ENTRY, item=item, closed=flags[0], carried=flags[1])


ENTRIES = st.builds(
    drawn_entry,
    st.integers(1, 30),
    st.sampled_from([*Status, None]),
    st.none() | st.integers(-12, 12),
    st.tuples(st.none() | st.decimals(0, 500, places=2), st.none() | st.integers(0, 9)),
    st.lists(st.sampled_from(NAMES), max_size=3),
    st.tuples(st.sampled_from(UNITS), st.sampled_from(LEADERS)),
    st.tuples(st.booleans(), st.booleans()),
)
LEDGERS = st.lists(ENTRIES, max_size=12, unique_by=lambda entry: entry.item.id)
DOUBTS = st.sets(st.tuples(st.integers(1, 30), st.sampled_from(["money", "people", "status"])))


def doubt(number: int, column: str, severity: Severity = Severity.ERROR) -> Finding:
    place = Place("报.xlsx", "整改台账", "A4")
    return Finding("M101", severity, place, "过大。", "请改。", id=f"1-{number}", column=column)


def by_hand(entries: list[Entry], doubted: set[tuple[str, str]]) -> dict[str, object]:
    """The figures of some items, from plain lists."""
    statuses = Counter(entry.item.status for entry in entries)
    open_ = [
        entry for entry in entries
        if not entry.closed and entry.item.status not in (Status.DONE, Status.STANDING)
        and entry.item.deadline and entry.item.deadline.due
    ]  # fmt: skip
    dues = [entry.item.deadline.due for entry in open_]
    days = [(due - DAY).days for due in dues if due]
    kept = [entry.item for entry in entries]
    return {
        "problems": len(entries),
        **{f"by_status.{status.value}": statuses[status] for status in Status},
        "unknown_status": statuses[None],
        "closed": sum(entry.closed for entry in entries),
        "overdue": len([left for left in days if left < 0]),
        "due_soon": len([left for left in days if left in range(11)]),
        "carried": sum(entry.carried for entry in entries),
        "measures": sum(len(item.measures) for item in kept),
        "regulations": len({name for item in kept for name in item.regulations}),
        "money": sum(
            (item.money for item in kept if item.money and (item.id, "money") not in doubted), Decimal(0)
        ),
        "people": sum(
            item.people for item in kept if item.people and (item.id, "people") not in doubted
        ),
    }  # fmt: skip


@given(LEDGERS, DOUBTS)
def test_every_figure_of_every_set_is_what_is_counted_by_hand(
    entries: list[Entry], doubts: set[tuple[int, str]]
) -> None:
    findings = [doubt(*pair) for pair in sorted(doubts)]
    doubted = {(f"1-{number}", column) for number, column in doubts}
    figures = compute(entries, (), SETTINGS, DAY, findings)
    assert dict(figures.whole.numbers) == by_hand(entries, doubted)
    for sets, column in ((figures.units, "lead_unit"), (figures.leaders, "lead_leader")):
        names = [getattr(entry.item, column) for entry in entries]
        assert {found.name for found in sets} == set(names)
        for found in sets:
            own = [entry for entry, name in zip(entries, names, strict=True) if name == found.name]
            assert dict(found.numbers) == by_hand(own, doubted)


@given(LEDGERS, DOUBTS)
def test_what_a_total_leaves_out_is_what_stands_there_and_is_doubted(
    entries: list[Entry], doubts: set[tuple[int, str]]
) -> None:
    figures = compute(entries, (), SETTINGS, DAY, [doubt(*pair) for pair in sorted(doubts)])
    for column in ("money", "people"):
        expected = tuple(
            entry.item.id for entry in entries
            if (int(entry.item.id[2:]), column) in doubts and getattr(entry.item, column) is not None
        )  # fmt: skip
        assert figures.whole.left_out.get(column, ()) == expected


def test_a_name_in_two_items_or_twice_in_one_is_one_regulation() -> None:
    def whole(*names: tuple[str, ...]) -> Totals:
        entries = [
            replace(ENTRY, item=replace(ENTRY.item, id=f"1-{n}", regulations=own))
            for n, own in enumerate(names)
        ]
        return compute(entries, (), SETTINGS, DAY).whole

    assert whole(("《甲》",), ("《甲》",))["regulations"] == 1
    assert whole(("《甲》", "《甲》"))["regulations"] == 1
    assert whole(("《甲》", "《乙》"), ("《乙》",), ())["regulations"] == 2


def test_only_findings_at_error_level_about_a_cell_make_a_value_doubtful() -> None:
    findings = [
        doubt(1, "money"),
        doubt(1, "people", Severity.WARNING),
        doubt(2, "", Severity.ERROR),
        Finding("F1", Severity.ERROR, Place("报.xlsx"), "无编号。", "请改。", column="money"),
    ]
    assert doubtful_columns(findings) == {"1-1": frozenset({"money"})}


def entry(number: int, unit: str, leader: str = "张三丰") -> Entry:
    return replace(
        ENTRY, item=replace(ENTRY.item, id=f"1-{number}", lead_unit=unit, lead_leader=leader)
    )


def test_units_stand_in_the_order_of_the_settings_then_of_the_ledger() -> None:
    entries = [entry(1, "林业局"), entry(2, "财政金融局"), entry(3, ""), entry(4, "规划建设局")]
    figures = compute(entries, (), SETTINGS, DAY)
    assert [unit.name for unit in figures.units] == ["规划建设局", "财政金融局", "林业局", ""]
    assert [found.by for found in figures.sets] == [By.ALL] + [By.UNIT] * 4 + [By.LEADER]


def test_who_did_not_report_and_items_without_a_unit_are_nobody_s_return() -> None:
    """A row without a unit that has a status is no report of a unit without a name."""
    entries = [entry(1, "规划建设局"), entry(2, "财政金融局"), entry(3, "")]
    figures = compute(entries, ["财政金融局", "", "外单位"], SETTINGS, DAY)
    assert figures.missing_units == ("规划建设局",)
    returned = {name: found.returned for name, found in figures.quality.items()}
    assert returned == {"规划建设局": False, "财政金融局": True, "": False}


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (12, "12"), (0, "0"), (Decimal("318.60"), "318.6"), (Decimal("1E+3"), "1000"), (Decimal("0.00"), "0"),
        (Decimal(120), "120"), (Decimal("0.000001"), "0.000001"),
    ],
)  # fmt: skip
def test_a_number_as_it_is_printed(number: int | Decimal, text: str) -> None:
    assert number_text(number) == text


def test_a_set_prints_figures_and_rates_with_what_they_stand_for() -> None:
    unit = compute([entry(1, "规划建设局")], (), SETTINGS, DAY).units[0]
    for code in [figure.code for figure in FIGURES] + [rate.code for rate in RATES]:
        assert unit.printed(code) == Printed(unit.text(code), Ref(code, By.UNIT, "规划建设局"))
    assert unit.text("completion_rate") == "100.00%"
    assert unit.of(Status.DONE) == 1
    assert unit.of(None) == 0
    with pytest.raises(KeyError):
        unit["没有的数"]


def test_the_rule_of_a_rate_ties_both_its_numbers() -> None:
    unit = compute([entry(1, "规划建设局"), entry(2, "规划建设局")], (), SETTINGS, DAY).units[0]
    rule = unit.rule("closing_rate")
    assert text_of(rule) == "销号率＝已销号问题数÷问题总数＝0÷2，四舍五入保留2位小数"
    refs = [piece.ref for piece in rule if isinstance(piece, Printed)]
    assert refs == [
        Ref("closing_rate.numerator", By.UNIT, "规划建设局"),
        Ref("closing_rate.denominator", By.UNIT, "规划建设局"),
    ]
    assert len([piece for piece in rule if isinstance(piece, Quoted)]) == 2


def test_phased_items_count_as_done_where_the_settings_say_so() -> None:
    phased = replace(entry(1, "规划建设局"), item=replace(ENTRY.item, status=Status.PHASED))
    counting = replace(SETTINGS, rates=replace(SETTINGS.rates, phased_counts_as_done=True))
    for settings, text in ((SETTINGS, "0.00%"), (counting, "100.00%")):
        assert totals(counted([phased], settings, DAY), settings).completion.text == text


def test_due_states_stand_in_the_order_of_the_entries() -> None:
    entries = [entry(number, "规划建设局") for number in range(3)]
    late = replace(entries[1], item=replace(entries[1].item, status=Status.IN_PROGRESS))
    states = due_states([entries[0], late, entries[2]], SETTINGS, dt.date(2026, 7, 9))
    assert [state.days_late for state in states] == [0, 9, 0]


def test_an_empty_ledger_has_figures_and_no_rate() -> None:
    figures = compute((), (), SETTINGS, DAY)
    assert set(figures.whole.numbers.values()) == {0}
    assert figures.completion.text == "—"
    assert figures["problems"] == 0
    assert (figures.units, figures.leaders, figures.missing_units) == ((), (), ())
