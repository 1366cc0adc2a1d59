"""Who has reported: a unit of whose own rows at least one was filled in and taken – and why that is said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.items import ENTRY
from toolkit.ledger.columns import CODES
from toolkit.ledger.entry import Entry
from toolkit.ledger.submission import Identity, Role, Row, Submission, Verdict
from toolkit.register.snapshot import Snapshot
from toolkit.run.reporting import unit_reports

CODE = "7F3A-91C2"


def entry(id_: str, unit: str, *, closed: bool = False) -> Entry:
    return replace(ENTRY, item=replace(ENTRY.item, id=id_, lead_unit=unit), closed=closed)


LEDGER = (entry("1-1", "林业局"), entry("1-2", "林业局"), entry("2-1", "水务局"))
BASE = {(e.item.id, code): getattr(e.item, code) for e in LEDGER for code in CODES}
KNOWN = Snapshot(LEDGER, bases={CODE: BASE})


def row(id_: str, typed: dict[str, str], **values: Any) -> Row:
    return Row(ENTRY.origin, replace(ENTRY.item, id=id_, **values), typed=typed)


def returned(*rows: Row, unit: str = "林业局", ours: bool = False, **values: Any) -> Submission:
    given_: dict[str, Any] = {
        "file": f"{unit}.xlsx", "sha256": "1", "verdict": Verdict.ACCEPTED, "role": Role.RETURN, "unit": unit,
        "rows": rows, "identity": Identity("zhenggai.ledger", "0.4", unit, CODE) if ours else None,
    }  # fmt: skip
    return Submission(**{**given_, **values})


def reports(
    *submissions: Submission, entries: tuple[Entry, ...] = LEDGER, known: Snapshot = KNOWN
) -> dict[str, tuple[bool, str]]:
    found = unit_reports(["林业局"], submissions, entries, known)
    return {report.unit: (report.reported, report.reason) for report in found}


NEW = {"progress": "6月3日印发《甲办法》。"}
SAME = {"progress": ENTRY.item.progress}


@pytest.mark.parametrize(
    ("submission", "answer"),
    [
        (returned(row("1-1", NEW, progress=NEW["progress"])), (True, "报送1个问题")),
        (
            returned(
                row("1-1", NEW, progress=NEW["progress"]), row("1-2", NEW, progress=NEW["progress"])
            ),
            (True, "报送2个问题"),
        ),
        # filled in by another office's hand: it counts whose the item is
        (returned(row("1-1", NEW), unit="财政金融局"), (True, "报送1个问题")),
        (returned(row("1-1", {"progress": "无变化"})), (True, "报送1个问题")),
        (returned(row("1-1", {})), (False, "收到的台账没有填写新的内容")),
        (returned(row("1-1", {"remarks": "收到"})), (False, "收到的台账没有填写新的内容")),
        # a workbook of ours that came back as it was sent out
        (returned(row("1-1", SAME), ours=True), (False, "收到的台账没有填写新的内容")),
        (returned(row("1-1", {**SAME, **NEW}, **NEW), ours=True), (True, "报送1个问题")),
        (returned(row("1-1", {"progress": "同上期"}), ours=True), (True, "报送1个问题")),
        (
            returned(verdict=Verdict.REJECTED, reason="打不开", rows=()),
            (False, "“林业局.xlsx”未能读取：打不开"),
        ),
        (returned(), (False, "“林业局.xlsx”采用：没有采用任何一行")),
        (returned(row("2-1", NEW), unit="水务局"), (False, "没有收到")),
        (returned(row("1-1", NEW), role=Role.REVIEW), (False, "没有收到")),
    ],
)  # fmt: skip
def test_whether_the_forestry_bureau_has_reported(
    submission: Submission, answer: tuple[bool, str]
) -> None:
    assert reports(submission)["林业局"] == answer


def test_while_the_ledger_is_set_up_nobody_is_missing() -> None:
    assert set(reports(known=Snapshot()).values()) == {(True, "建账，尚未下发")}


def test_a_unit_all_of_whose_items_are_closed_has_nothing_to_report() -> None:
    closed = (entry("1-1", "林业局", closed=True), entry("2-1", "水务局"))
    found = reports(entries=closed)
    assert found["林业局"] == (True, "所有问题均已销号")
    assert found["水务局"] == (False, "没有收到")


def test_units_stand_in_the_order_of_the_settings_and_only_those_that_lead_something() -> None:
    found = unit_reports(["水务局", "无事局"], (), (*LEDGER, entry("9-1", "")), KNOWN)
    assert [report.unit for report in found] == ["水务局", "林业局"]


@given(st.lists(st.tuples(st.sampled_from(["1-1", "1-2", "2-1"]), st.booleans()), max_size=6))
def test_whatever_came_a_unit_has_reported_if_one_of_its_rows_was_filled(
    rows: list[tuple[str, bool]],
) -> None:
    given_ = [returned(row(id_, NEW if filled else {})) for id_, filled in rows]
    found = reports(*given_)
    for unit, ids in (("林业局", {"1-1", "1-2"}), ("水务局", {"2-1"})):
        assert found[unit][0] is any(id_ in ids and filled for id_, filled in rows)
