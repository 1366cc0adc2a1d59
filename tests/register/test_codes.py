"""The examples of every finding of matching and merging: the bad ones make it, the good ones do not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.support.cases import table_of
from toolkit.ledger.decision import Decision, Ruling
from toolkit.ledger.finding import Place
from toolkit.ledger.submission import Role, Submission, Verdict
from toolkit.register.known import Known
from toolkit.register.match import CODES, match
from toolkit.register.merge import merge

DECIDED, CLOSED, SENT_BACK = "审核·", "台账库·已销号", "台账库·退回意见"
CASES = [
    (code, example, bad)
    for code, told in CODES.items()
    for bad in (True, False)
    for example in (told.bad if bad else told.good)
]


def decision_of(example):
    """The office's decision in a row of an example; None where there is none."""
    said = {header.removeprefix(DECIDED): text for header, text in example.items() if header.startswith(DECIDED)}
    if not said:
        return None
    until = dt.date.fromisoformat(said["延期至"]) if "延期至" in said else None
    ruling = Ruling.CLOSE if "同意销号" in said else Ruling.EXTEND if until else Ruling.SEND_BACK
    return Decision(
        id=example["台账库·问题编号"], ruling=ruling, opinion=said.get("审核意见", ""), basis="会议纪要", by="王主任",
        on=dt.date(2026, 6, 19), until=until, place=Place("汇总台账.xlsx", "整改台账", "AD4"),
    )  # fmt: skip


def consolidated(example):
    """(submissions as matched, findings) of a table of examples."""
    plain = [
        {h: t for h, t in row.items() if not h.startswith(DECIDED) and h not in (CLOSED, SENT_BACK)} for row in example
    ]
    _, around, submission = table_of(plain)
    entries = dict(around.known)
    for row in example:
        if CLOSED in row or SENT_BACK in row:
            item = row["台账库·问题编号"]
            entries[item] = replace(entries[item], closed=CLOSED in row, sent_back=row.get(SENT_BACK, ""))
    decisions = tuple(decision for row in example if (decision := decision_of(row)))
    review = Submission("汇总台账.xlsx", "r", Verdict.ACCEPTED, Role.REVIEW, decisions=decisions)
    known = Known(tuple(entries.values()))
    matched, unmatched = match([submission, review], known)
    merged = merge(known, matched)
    return submission, merged, {finding.rule for finding in (*unmatched, *merged.findings)}


@pytest.mark.parametrize(("code", "example", "bad"), CASES, ids=[f"{c}-{'bad' if b else 'good'}" for c, _, b in CASES])
def test_example(code, example, bad):
    _, _, found = consolidated(example)
    assert (code in found) is bad
    assert bad or not found


@pytest.mark.parametrize("told", CODES.values(), ids=list(CODES))
def test_every_code_has_both_kinds_of_examples(told):
    assert told.bad
    assert told.good
    assert told.title.endswith("。")


@pytest.mark.parametrize("example", [example for _, example, _ in CASES])
def test_every_row_is_accounted_for_whatever_becomes_of_it(example):
    before, merged, _ = consolidated(example)
    after = merged.submissions[0]
    rows = {row.origin.row for row in after.rows} | {left.row for left in after.untaken}
    assert rows == {row.origin.row for row in before.rows}
