"""What the office types into the ledger: an edit is where a cell says otherwise than when it was issued."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.items import ENTRY
from toolkit.ledger.decision import Decision, Ruling
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Place
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.submission import Identity, Origin, Role, Row, Submission, Verdict
from toolkit.register.change import Change
from toolkit.register.edits import Changes, Edited, edit
from toolkit.register.snapshot import RoundRecord, Snapshot

DAY = dt.date(2026, 6, 19)
PLACE = Place("汇总台账.xlsx", "整改台账", "AD4")
LETTERS = {"progress": "O", "problem": "E", "owner": "L", "deadline": "N", "lead_leader": "I"}
SIGNED = Decision(
    id="3-2", ruling=Ruling.CLOSE, opinion="同意", basis="会议纪要第3号", by="王主任", on=DAY, until=None, place=PLACE
)  # fmt: skip


def row(
    typed: Mapping[str, str], *, id_: str = "3-2", unreadable: Any = None, **values: Any
) -> Row:
    """A row of the ledger as the office gives it back: `values` are the item's, `typed` what stands in the cells."""
    item = replace(ENTRY.item, id=id_, **values)
    origin = Origin("汇总台账.xlsx", "整改台账", 4)
    return Row(origin, item, LETTERS, typed, unreadable or {})


def edited(
    *rows: Row,
    known: Entry = ENTRY,
    now: Entry | None = None,
    changes: tuple[Change, ...] = (),
    decisions: tuple[Decision, ...] = (),
    code: str = "",
    snapshot: Snapshot | None = None,
) -> Edited:
    review = Submission(
        "汇总台账.xlsx", "r", Verdict.ACCEPTED, Role.REVIEW, decisions=decisions, ledger=rows,
        identity=Identity("zhenggai.consolidated", "0.4", code=code) if code else None,
    )  # fmt: skip
    return edit(snapshot or Snapshot((known,)), [now or known], changes, [review])


def rules(found: Edited) -> list[str]:
    return [finding.rule for finding in found.findings]


def test_a_cell_that_says_what_it_said_changes_nothing() -> None:
    item = ENTRY.item
    found = edited(row({"id": "3-2", "progress": item.progress, "problem": item.problem}))
    assert (list(found.changes), found.findings, found.ledger["3-2"]) == ([], [], ENTRY)


def test_blanks_and_another_wording_of_a_deadline_are_no_edit() -> None:
    item = ENTRY.item
    spaced = " ".join(item.progress)
    found = edited(row({"progress": spaced, "deadline": "2026-06-30"}, progress=spaced))
    assert (list(found.changes), found.findings) == ([], [])


def test_an_edit_in_a_column_of_the_unit_is_taken_with_its_cell() -> None:
    found = edited(row({"progress": "主任补充。"}, progress="主任补充。"))
    assert found.ledger["3-2"].item.progress == "主任补充。"
    assert found.ledger["3-2"].origin == Origin("汇总台账.xlsx", "整改台账", 4)
    (change,) = found.changes
    assert change == Change(
        "3-2", "progress", "主任补充。", Place("汇总台账.xlsx", "整改台账", "O4")
    )


def test_an_emptied_cell_erases_nothing() -> None:
    found = edited(row({"progress": ""}, progress=""))
    assert (list(found.changes), found.ledger["3-2"].item.progress) == ([], ENTRY.item.progress)


def test_what_office_and_unit_both_wrote_anew_is_a_conflict_with_three_values() -> None:
    reported = replace(ENTRY, item=replace(ENTRY.item, progress="单位新报。"))
    unit = Change("3-2", "progress", "单位新报。", Place("报.xlsx", "整改台账", "O9"))
    found = edited(
        row({"progress": "主任新写。"}, progress="主任新写。"), now=reported, changes=(unit,)
    )
    assert rules(found) == ["I114"]
    message = found.findings[0].message
    for said in ("一是修订《甲办法》", "主任新写。", "单位新报。", "报.xlsx"):
        assert said in message
    assert found.ledger["3-2"].item.progress == ENTRY.item.progress
    assert list(found.changes) == []


def test_what_both_wrote_alike_is_no_conflict() -> None:
    reported = replace(ENTRY, item=replace(ENTRY.item, progress="一样的话。"))
    found = edited(row({"progress": "一样的话。"}, progress="一样的话。"), now=reported)
    assert (found.findings, list(found.changes)) == ([], [])


def test_a_closed_item_is_not_edited() -> None:
    closed = replace(ENTRY, closed=True)
    found = edited(row({"progress": "再写。"}, progress="再写。"), known=closed)
    assert rules(found) == ["I111"]
    assert found.ledger["3-2"].item.progress == ENTRY.item.progress


@pytest.mark.parametrize(("code", "value"), [("problem", "另一种说法"), ("lead_leader", "李主任")])
def test_what_the_baseline_fixed_needs_a_signed_decision(code: str, value: str) -> None:
    changed = row({code: value}, **{code: value})
    unsigned = edited(changed)
    assert rules(unsigned) == ["I113"]
    assert unsigned.ledger["3-2"] == ENTRY
    signed = edited(changed, decisions=(SIGNED,))
    assert (rules(signed), getattr(signed.ledger["3-2"].item, code)) == ([], value)
    (amendment,) = signed.amendments
    assert (amendment.ruling, amendment.until, amendment.others) == (Ruling.AMEND, None, ())
    assert amendment.opinion.startswith("变更")


def test_a_signature_without_a_basis_or_about_another_item_signs_nothing() -> None:
    changed = row({"problem": "另一种说法"}, problem="另一种说法")
    for decision in (replace(SIGNED, basis=""), replace(SIGNED, id="9-9")):
        assert rules(edited(changed, decisions=(decision,))) == ["I113"]


def test_a_deadline_moves_only_by_an_extension() -> None:
    later = replace(ENTRY.item.deadline, due=dt.date(2026, 9, 30), raw="2026-09-30")  # type: ignore[type-var]
    changed = row({"deadline": "2026-09-30"}, deadline=later)
    found = edited(changed, decisions=(SIGNED,))
    assert rules(found) == ["I113"]
    assert "延期至" in found.findings[0].fix
    blank = replace(ENTRY, item=replace(ENTRY.item, deadline=None))
    first = edited(changed, known=blank, decisions=(SIGNED,))
    assert first.ledger["3-2"].item.deadline == later


def test_what_cannot_be_read_is_named_and_not_taken() -> None:
    bad = {"deadline": Unreadable("快了", "看不出", ())}
    found = edited(row({"deadline": "快了"}, unreadable=bad, deadline=None), decisions=(SIGNED,))
    assert rules(found) == ["I113"]
    assert "快了" in found.findings[0].message
    assert found.ledger["3-2"] == ENTRY


def test_rows_of_items_that_nobody_knows_are_kept_for_a_decision() -> None:
    found = edited(row({"problem": "新的问题"}, id_="9-1"), row({}, id_="9-2"))
    assert list(found.new_rows) == ["9-1"]
    withdrawn = replace(Snapshot((ENTRY,)), withdrawn={"9-1": SIGNED})
    assert edited(row({"problem": "旧的问题"}, id_="9-1"), snapshot=withdrawn).new_rows == {}


def test_an_edit_is_told_by_what_the_workbook_said_when_it_was_issued() -> None:
    """The workbook of last week still says what was known then: that is no edit, however much has changed since."""
    record = RoundRecord(1, DAY, "2026-06-12", "7f3a91c2" * 8)
    key = ("3-2", "progress")
    base = {key: "上周的进展。"}
    snapshot = Snapshot((ENTRY,), rounds=(record,), bases={record.code: base})
    untouched = row({"progress": "上周的进展。"}, progress="上周的进展。")
    assert list(edited(untouched, code=record.code, snapshot=snapshot).changes) == []
    assert len(list(edited(untouched).changes)) == 1


CHANGES = st.lists(
    st.builds(
        lambda id_, code, value: Change(id_, code, value, PLACE),
        st.sampled_from(["1-1", "1-2"]), st.sampled_from(["progress", "owner"]), st.sampled_from("甲乙丙"),
    ),
    max_size=8,
)  # fmt: skip


@given(CHANGES, CHANGES)
def test_changes_of_a_cell_are_taken_out_and_the_others_keep_their_order(
    first: list[Change], later: list[Change]
) -> None:
    kept = Changes(first)
    taken = kept.take("1-1", "progress")
    for change in later:
        kept.add(change)
    apart = [change for change in first if (change.id, change.column) == ("1-1", "progress")]
    assert taken == apart
    rest = [change for change in first if (change.id, change.column) != ("1-1", "progress")]
    assert list(kept) == [*rest, *later]
