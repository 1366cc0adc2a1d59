"""From the second week on: what must be filled is asked as in the first, text in 备注 is offered for 进展."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.support.cases import row_of, table_of
from toolkit.checks.examine import examine
from toolkit.checks.rule import Case, all_rules
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Finding, Severity
from toolkit.ledger.submission import Submission

LONG = "5月8日新建检查井26个，疏通管道3.4公里，组织演练2次，参加86人次。"
KNEW = {"整改进展情况": "4月9日修订《甲办法》，新增条款5条。", "佐证材料": "附件3-2"}


def second_week(
    now: Mapping[str, str], *, closed: bool = False, without: tuple[str, ...] = ()
) -> list[Finding]:
    """What is said of a return of these cells, where the register knows the row of last week."""
    _, around, submission = table_of((now,))
    before = Entry(item=row_of(KNEW).item, origin=submission.rows[0].origin, closed=closed)
    (row,) = submission.rows
    letters = {code: letter for code, letter in row.letters.items() if code not in without}
    typed = {code: text for code, text in row.typed.items() if code not in without}
    cleared: dict[str, Any] = dict.fromkeys(without, "")
    item = replace(row.item, **cleared)
    sent = replace(submission, rows=(replace(row, letters=letters, typed=typed, item=item),))
    around = replace(around, known={before.item.id: before})
    return [found for found in examine([sent], (), all_rules(), around) if found.rule != "H108"]


def rules(found: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.column) for finding in found]


@pytest.mark.parametrize(
    ("header", "code"),
    [("整改进展情况", "progress"), ("整改状态", "status"), ("整改措施", "measures")],
)
def test_a_required_cell_left_empty_is_asked_again(header: str, code: str) -> None:
    found = second_week({**KNEW, header: ""})
    assert rules(found) == [("F101", code)]
    assert found[0].severity is Severity.ERROR
    assert "上期已填，本期空着" in found[0].message


def test_a_row_that_says_nothing_at_all_is_asked_once() -> None:
    blank = dict.fromkeys(
        ("整改措施", "整改进展情况", "整改状态", "佐证材料", "制度成果", "下一步措施"), ""
    )
    found = second_week(blank)
    assert [finding.rule for finding in found] == ["F101"]
    assert "没有填写任何内容" in found[0].message


def test_an_optional_cell_left_empty_stays_a_note() -> None:
    assert rules(second_week({**KNEW, "佐证材料": ""})) == [("H104", "evidence")]


def test_a_closed_item_owes_nothing_more() -> None:
    assert rules(second_week({**KNEW, "整改进展情况": ""}, closed=True)) == []


def test_text_in_the_remarks_is_offered_for_the_progress() -> None:
    (found,) = second_week({**KNEW, "整改进展情况": "", "备注": LONG})
    assert (found.rule, found.column) == ("T109", "remarks")
    assert LONG[:20] in found.message
    assert "移到整改进展情况" in found.fix


def test_a_remark_of_last_week_is_no_progress_of_this_one() -> None:
    known = row_of({**KNEW, "备注": LONG}).item
    _, around, submission = table_of(({**KNEW, "整改进展情况": "", "备注": LONG},))
    entry = Entry(item=known, origin=submission.rows[0].origin)
    found = examine([submission], (), all_rules(), replace(around, known={known.id: entry}))
    assert rules(list(found)) == [("F101", "progress")]


DONE = {
    "整改状态": "已完成",
    "完成时间": "2026-03-20",
    "整改进展情况": "4月9日修订《甲办法》，新增条款5条。",
}


def no_evidence(*, is_known: bool) -> list[Finding]:
    """A row reported as done in a form that has no column for the evidence."""
    _, around, submission = table_of(({**DONE, "佐证材料": "", "下一步措施": ""},))
    (row,) = submission.rows
    missing = ("evidence", "next_steps")
    letters = {code: letter for code, letter in row.letters.items() if code not in missing}
    sent: Submission = replace(submission, rows=(replace(row, letters=letters),))
    known = {row.item.id: Entry(item=row_of({"佐证材料": ""}).item, origin=row.origin)}
    return list(examine([sent], (), all_rules(), replace(around, known=known if is_known else {})))


def test_a_return_without_the_column_of_evidence_still_owes_it() -> None:
    assert rules(no_evidence(is_known=True)) == [("S104", "evidence")]


def test_a_first_ledger_without_that_column_owes_nothing() -> None:
    assert rules(no_evidence(is_known=False)) == []


def test_what_the_register_has_is_not_asked_for_again() -> None:
    known_with_evidence = second_week({**DONE, "佐证材料": ""}, without=("evidence",))
    assert "S104" not in {finding.rule for finding in known_with_evidence}


def test_an_open_item_in_a_form_without_next_steps_owes_them() -> None:
    now = {**KNEW, "整改状态": "正在整改", "下一步措施": ""}
    known = row_of({**KNEW, "下一步措施": ""}).item
    _, around, submission = table_of((now,))
    (row,) = submission.rows
    letters = {code: letter for code, letter in row.letters.items() if code != "next_steps"}
    sent = replace(submission, rows=(replace(row, letters=letters),))
    entry = Entry(item=known, origin=row.origin)
    found = examine([sent], (), all_rules(), replace(around, known={known.id: entry}))
    assert rules(list(found)) == [("F105", "next_steps")]


def test_a_case_knows_what_is_due() -> None:
    (case,), around, _ = table_of(({},))
    bare = replace(case.row, letters={})
    assert not Case(bare, case.item, None, around).is_due("evidence")
    known = Entry(item=case.item, origin=case.row.origin)
    assert Case(bare, case.item, known, around).is_due("evidence")
