"""Where a digit that is no figure may come from: every source knows its own numbers and no others."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.items import ENTRY, ITEM, SETTINGS, deadline_of
from tests.support.states import state_of
from toolkit.figures.changes import FIRST
from toolkit.figures.printed import Line, Printed, Quoted, Ref, Source
from toolkit.ledger.decision import Decision, Ruling
from toolkit.ledger.finding import Finding, Place, Severity
from toolkit.ledger.letter import Letter, LetterKind
from toolkit.ledger.revision import Revision, RevisionKind
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Submission, Verdict
from toolkit.run.proof.digits import Sources, numbers_in

PLACE = Place("汇总台账.xlsx", "整改台账", "AD47")
FIRST_ITEM = replace(
    ITEM, id="3-2", status=Status.IN_PROGRESS, problem="第81号事项", progress="追回资金305万元，涉及1,286人。", money=Decimal("12.60"), people=94,
    deadline=deadline_of("2026-06-30"), measures=("修订62条。", "召开会议。"),
)  # fmt: skip
OTHER_ITEM = replace(
    ITEM,
    id="7-9",
    problem="第55号事项",
    progress="办结217件。",
    money=None,
    people=None,
    evidence="",
)
STATE = state_of(
    [replace(ENTRY, item=FIRST_ITEM), replace(ENTRY, item=OTHER_ITEM)],
    replace(SETTINGS, document=replace(SETTINGS.document, phone="0769-2288", copies="印36份")),
    findings=(Finding("D104", Severity.ERROR, PLACE, "晚了73天。", "请改。", id="3-2"),),
    submissions=(Submission("第5批.xlsx", "ab12cd34ef56", Verdict.REJECTED, reason="超过400行"),),
    decisions=(
        Decision(id="3-2", ruling=Ruling.CLOSE, opinion="", basis="纪要第38号", by="王", on=dt.date(2026, 6, 8), until=None, place=PLACE),
    ),
    letters=(Letter(kind=LetterKind.URGE, prefix="督", serial=71, unit="甲局", items=("3-2",), as_of=dt.date(2026, 6, 19)),),
    revisions=(Revision(kind=RevisionKind.WORDING, file="", item="", old="由四十六处", new="改为46处", author="", on=""),),
    changes=replace(FIRST, since=dt.date(2026, 5, 22)),
)  # fmt: skip
SOURCES = Sources(STATE)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("30⏎5人", {"30", "5"}),
        ("305人", {"305"}),
        ("1,286 = 1286 = １２８６", {"1286"}),
        ("12.50万元和12．5万元", {"12.5"}),
        ("007号", {"7"}),
        ("0.00%", {"0"}),
        ("100,20", {"100", "20"}),
        ("1,286,000", {"1286000"}),
        ("没有", set()),
        ("3-2和3.2.1", {"3", "2", "3.2", "1"}),
        ("②", set()),
    ],
)
def test_numbers_are_written_one_way(text: str, numbers: set[str]) -> None:
    assert numbers_in(text) == numbers


@given(st.integers(0, 10**9), st.integers(0, 999))
def test_a_number_is_the_same_with_thousands_full_width_and_zeros(whole: int, part: int) -> None:
    wide = str(whole).translate({ord("0") + n: chr(0xFF10 + n) for n in range(10)})
    spellings = {f"{whole}", f"{whole:,}", f"00{whole}", wide, f"{whole}.0"}
    assert set().union(*map(numbers_in, spellings)) == {str(whole)}
    tail = f"{part:03}".rstrip("0")
    assert numbers_in(f"{whole}.{part:03}0") == {f"{whole}.{tail}" if tail else str(whole)}


def faults(*line: str | Printed | Quoted) -> list[str]:
    return list(SOURCES.faults(line))


@pytest.mark.parametrize(
    ("source", "name", "known", "unknown"),
    [
        (Source.ITEM, "3-2", "追回305万元、1286人、12.6、94、62条，2026-06-30", "追回306万元"),
        (Source.ITEM, "3-2", "1.针对“第81号事项”", "217件"),  # that is of another item
        (Source.ITEM, "3-2", "12.6万元经费未入账", "12.7万元经费未入账"),  # no mark of a list
        (
            Source.ITEM,
            "3-2",
            "1024.针对“第81号事项”",
            "1024针对“第81号事项”",
        ),  # a mark has its point
        (Source.ITEM, "7-9", "217件", "305"),
        (Source.ITEM, "", "217件和305万元", "306"),
        (Source.ITEM, "3-2", "11天后到期", "13天后到期"),  # 19 to 30 June
        (Source.SETTINGS, "", "印36份，电话0769-2288", "印37份"),
        (Source.DATE, "", "2026年6月19日、2026年5月22日、6月24日前", "2026年6月18日"),
        (Source.FINDING, "3-2", "D104：晚了73天（AD47）", "晚了74天"),
        (Source.INPUT, "", "第5批.xlsx超过400行", "超过401行"),
        (Source.DECISION, "3-2", "纪要第38号，6月8日", "纪要第39号"),
        (Source.LETTER, "", "督〔2026〕71号", "督〔2026〕72号"),
        (Source.EDIT, "", "改为46处", "改为47处"),
    ],
)
def test_a_source_knows_its_own_numbers(
    source: Source, name: str, known: str, unknown: str
) -> None:
    assert faults(Quoted(known, source, name)) == []
    (fault,) = faults(Quoted(unknown, source, name))
    assert "没有来历" in fault
    assert f"“{unknown}”" in fault


def test_the_calendar_is_no_source() -> None:
    """The holidays of the settings hold every number up to 31; papers print none of them."""
    (fault,) = faults(Quoted("共有23处", Source.SETTINGS))
    assert "23没有来历" in fault


def test_wording_of_our_own_holds_no_digit_and_figures_are_proved_elsewhere() -> None:
    assert faults("逾期", Printed("999", Ref("overdue")), "个") == []
    (fault,) = faults("逾期9个")
    assert fault == "“逾期9个”中的9没有来历"


def test_a_label_may_say_anything() -> None:
    assert faults(Quoted("表7-3（第999版）", Source.LABEL)) == []


def test_every_number_of_a_piece_that_has_no_source_is_named() -> None:
    (fault,) = faults(Quoted("8888和7777", Source.ITEM, "3-2"))
    assert fault == "“8888和7777”中的7777、8888没有来历"


def test_texts_of_templates_are_a_source_where_they_are_given() -> None:
    line: Line = (Quoted("第1234号通知", Source.SETTINGS),)
    assert list(SOURCES.faults(line)) != []
    more = SOURCES.with_texts(["按第1234号通知的要求"])
    assert list(more.faults(line)) == []
    assert list(SOURCES.faults(line)) != []  # the first stays as it was
