"""The examples of every finding of matching and merging: the bad ones make it, the good ones do not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.support.cases import row_of, table_of
from toolkit.ledger.columns import BY_CODE, COLUMNS
from toolkit.ledger.decision import Decision, Ruling
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import FindingType, Place
from toolkit.ledger.submission import Identity, Role, Row, Submission, Verdict
from toolkit.register.codes import CODES
from toolkit.register.match import match
from toolkit.register.merge import Merged, merge
from toolkit.register.snapshot import Snapshot
from toolkit.settings.sections import Matching

DECIDED, OFFICE = "审核·", "整改办·"
CLOSED, SENT_BACK, JOINED = "台账库·已销号", "台账库·退回意见", "台账库·已并入"
KEY, SENT_OUT, STATE = "隐藏的编号", "下发时·", "7F3A-91C2"
BY_HEADER = {column.header: column.code for column in COLUMNS}
CASES = [
    (code, example, bad)
    for code, told in CODES.items()
    for bad in (True, False)
    for example in (told.bad if bad else told.good)
]


def decision_of(example: dict[str, str]) -> Decision | None:
    """The office's decision in a row of an example; None where there is none."""
    said = {
        header.removeprefix(DECIDED): text
        for header, text in example.items()
        if header.startswith(DECIDED)
    }
    if not said:
        return None
    until = dt.date.fromisoformat(said["延期至"]) if "延期至" in said else None
    ruling = Ruling.CLOSE if "同意销号" in said else Ruling.EXTEND if until else Ruling.SEND_BACK
    if said.keys() == {"依据"}:
        ruling = Ruling.AMEND
    return Decision(
        id=example.get("整改办·问题编号", example["台账库·问题编号"]), ruling=ruling, opinion=said.get("审核意见", ""), basis="会议纪要", by="王主任",
        on=dt.date(2026, 6, 19), until=until, place=Place("汇总台账.xlsx", "整改台账", "AD4"),
    )  # fmt: skip


def office_row(example: dict[str, str], entries: dict[str, Entry]) -> Row:
    """The row of the consolidated workbook, as issued but for what the office has typed."""
    said = {
        header.removeprefix(OFFICE): text
        for header, text in example.items()
        if header.startswith(OFFICE)
    }
    issued = {h.removeprefix("台账库·"): t for h, t in example.items() if h.startswith("台账库·")}
    return row_of({**issued, **said}, file="汇总台账.xlsx")


def joined(item: str, into: str) -> Decision:
    return Decision(
        id=item, ruling=Ruling.JOIN, opinion=f"并入{into}", basis="会议纪要", by="王主任", on=dt.date(2026, 6, 5), until=None,
        place=Place(), others=(into,),
    )  # fmt: skip


def base_of(
    example: tuple[dict[str, str], ...], entries: dict[str, Entry]
) -> dict[tuple[str, str], object]:
    """What the items held when the form was sent out, where the example says so."""
    base: dict[tuple[str, str], object] = {}
    for row in example:
        sent = {h.removeprefix(SENT_OUT): t for h, t in row.items() if h.startswith(SENT_OUT)}
        if sent:
            id_ = row["台账库·问题编号"]
            then = row_of({"问题编号": id_, **sent}).item
            now = entries[id_].item
            written = {BY_HEADER[header] for header in sent}
            for code in BY_CODE:
                base[id_, code] = getattr(then if code in written else now, code)
    return base


def consolidated(example: tuple[dict[str, str], ...]) -> tuple[Submission, Merged, set[str]]:
    """(submissions as matched, findings) of a table of examples."""
    plain = [
        {
            h: t
            for h, t in row.items()
            if not h.startswith((DECIDED, OFFICE, SENT_OUT))
            and h not in (CLOSED, SENT_BACK, JOINED, KEY)
        }
        for row in example
    ]
    _, around, submission = table_of(plain)
    keys = {number: row[KEY] for number, row in enumerate(example, 4) if KEY in row}
    submission = replace(
        submission,
        rows=tuple(replace(row, key=keys.get(row.origin.row, "")) for row in submission.rows),
    )
    entries = dict(around.known)
    bases = {STATE: base_of(example, entries)}
    if bases[STATE]:
        submission = replace(submission, identity=Identity("台账", "1", submission.unit, STATE))
    for row in example:
        if CLOSED in row or SENT_BACK in row:
            item = row["台账库·问题编号"]
            entries[item] = replace(
                entries[item], closed=CLOSED in row, sent_back=row.get(SENT_BACK, "")
            )
    decisions = tuple(decision for row in example if (decision := decision_of(row)))
    ledger = tuple(
        office_row(row, entries) for row in example if any(h.startswith(OFFICE) for h in row)
    )
    review = Submission(
        "汇总台账.xlsx", "r", Verdict.ACCEPTED, Role.REVIEW, decisions=decisions, ledger=ledger
    )
    gone = {
        row[JOINED]: joined(row[JOINED], row["台账库·问题编号"]) for row in example if JOINED in row
    }
    known = Snapshot(tuple(entries.values()), withdrawn=gone, bases=bases)
    matched, unmatched = match([submission, review], known, Matching().likeness)
    merged = merge(known, matched)
    read = [found for given in merged.submissions for found in given.findings]
    rules = {finding.rule for finding in (*unmatched, *merged.findings, *read)}
    return submission, merged, rules


@pytest.mark.parametrize(
    ("code", "example", "bad"), CASES, ids=[f"{c}-{'bad' if b else 'good'}" for c, _, b in CASES]
)
def test_example(code: str, example: tuple[dict[str, str], ...], bad: bool) -> None:
    _, _, found = consolidated(example)
    assert (code in found) is bad
    assert bad or not found


@pytest.mark.parametrize("told", CODES.values(), ids=list(CODES))
def test_every_code_has_both_kinds_of_examples(told: FindingType) -> None:
    assert told.bad
    assert told.good
    assert told.title.endswith("。")


@pytest.mark.parametrize("example", [example for _, example, _ in CASES])
def test_every_row_is_accounted_for_whatever_becomes_of_it(
    example: tuple[dict[str, str], ...],
) -> None:
    before, merged, _ = consolidated(example)
    after = merged.submissions[0]
    rows = {row.origin.row for row in after.rows} | {left.row for left in after.untaken}
    assert rows == {row.origin.row for row in before.rows}
