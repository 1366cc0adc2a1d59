"""Each returned row under its item of the register (`toolkit.register.index` finds it); never two rows on one item."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.ledger.joining import shortened
from toolkit.ledger.submission import Role, Untaken, Verdict
from toolkit.register.codes import finding
from toolkit.register.index import Found, Index, lowest, normal

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from toolkit.ledger.decision import Decision
    from toolkit.ledger.finding import Finding
    from toolkit.ledger.submission import Row, Submission
    from toolkit.register.snapshot import Snapshot


def match(
    submissions: Iterable[Submission], known: Snapshot, likeness: int
) -> tuple[tuple[Submission, ...], tuple[Finding, ...]]:
    """Each row under the id of its item; rows that have none move to `untaken`, with a finding.

    `likeness` is the office's 文字相似度 (50 to 100).
    """
    findings: list[Finding] = []
    index = Index(known, likeness)
    first: dict[str, Row] = {}
    matched = tuple(
        _matched(submission, index, known.bases, first, findings) for submission in submissions
    )
    return matched, tuple(findings)


def _matched(
    submission: Submission,
    index: Index,
    known_codes: Container[str],
    first: dict[str, Row],
    findings: list[Finding],
) -> Submission:
    if submission.verdict is not Verdict.ACCEPTED:
        return submission
    if submission.role is Role.REVIEW:
        return _match_review(submission, index)
    return _match_rows(submission, index, known_codes, first, findings)


def _match_rows(
    submission: Submission,
    index: Index,
    known_codes: Container[str],
    first: dict[str, Row],
    findings: list[Finding],
) -> Submission:
    taken: dict[str, Row] = {}
    untaken = list(submission.untaken)

    def leave(row: Row, found: Finding) -> None:
        findings.append(found)
        text = row.item.problem or row.item.sub_problem or row.item.progress
        untaken.append(
            Untaken(row.origin.sheet, row.origin.row, found.message, shortened(text, 60, ""))
        )

    is_ours = submission.identity is not None and submission.identity.code in known_codes
    claims = [
        (row, index.find(row, submission.unit, on_our_form=is_ours)) for row in submission.rows
    ]
    holders = _holders(claims, index)
    for row, found in claims:
        if not found.id:
            withdrawn = index.withdrawn_of(row)
            leave(
                row,
                _withdrawn(row, withdrawn)
                if withdrawn
                else _unknown(row, found, is_first=index.is_empty),
            )
        elif holders[found.id] is not row:
            leave(row, _doubled(row, found.id, holders[found.id]))
        elif index.is_empty and _is_another(row, first.setdefault(found.id, row), index):
            leave(row, _clash(row, first[found.id]))
        else:
            findings += _about(row, found, index)
            taken[found.id] = replace(row, item=replace(row.item, id=found.id), like=found.like)
    findings += _moved(claims)
    return replace(submission, rows=tuple(taken.values()), untaken=tuple(untaken))


def _holders(claims: Sequence[tuple[Row, Found]], index: Index) -> dict[str, Row]:
    """The row that speaks for each item: the first with its very text, else the first."""
    holders: dict[str, Row] = {}
    for row, found in claims:
        holder = holders.setdefault(found.id, row)
        if found.id and index.has_text(row, found.id) and not index.has_text(holder, found.id):
            holders[found.id] = row
    return holders


def _moved(claims: Sequence[tuple[Row, Found]]) -> Iterator[Finding]:
    """One sentence where hidden keys stand beside other rows than they were written for: rows were sorted or copied."""
    moved = [row for row, found in claims if row.key and found.id and row.key != found.id]
    if moved:
        message = f"表中的行移动或复制过，{len(moved)}行隐藏的编号与问题对不上，已按问题文字认定。"
        fix = "请核对认定的结果；需要排序的，请用表头的筛选箭头，不要只选一部分栏目。"
        yield finding("I117", moved[0], "id", message, fix)


def _match_review(submission: Submission, index: Index) -> Submission:
    """The office's own workbook, whose rows may have been sorted or copied too: each under the item that it speaks of.

    A row about nothing that is known, or copied from another one, is under its own number.
    """
    claims = [(row, index.find(row, "", on_our_form=True)) for row in submission.ledger]
    holders = _holders(claims, index)
    ids = {
        (row.origin.sheet, row.origin.row): found.id
        if holders.get(found.id) is row and found.id
        else row.item.id
        for row, found in claims
    }
    ledger = tuple(_under(row, ids[row.origin.sheet, row.origin.row]) for row in submission.ledger)
    decisions = tuple(
        replace(each, id=ids.get((each.place.sheet, each.place.row), each.id))
        for each in submission.decisions
    )
    unfollowed = tuple(
        replace(each, id=ids.get((each.place.sheet, each.place.row), each.id))
        for each in submission.unfollowed
    )
    return replace(submission, ledger=ledger, decisions=decisions, unfollowed=unfollowed)


def _under(row: Row, item_id: str) -> Row:
    return replace(row, item=replace(row.item, id=item_id), key=item_id)


def _about(row: Row, found: Found, index: Index) -> Iterator[Finding]:
    """What is to be said of a row that was not found by its own id or key."""
    written = row.typed.get("id", "") or row.item.id
    is_own_count = row.item.id != written and found.id.endswith(f"-{written}")
    if found.like:
        text = index.text_of(found.id)
        message = f"问题文字“{shortened(lowest(row), 30)}”与台账库的“{shortened(text, 30)}”略有不同，按{found.id}认定。"
        yield finding(
            "I112", row, "problem", message, f"请核对；应恢复台账库原文，编号填{found.id}。"
        )
    if written and found.id not in (written, row.item.id) and not is_own_count:
        yield finding(
            "I103",
            row,
            "id",
            f"编号写为“{written}”，已按{found.id}认定。",
            f"请把编号改回{found.id}。",
        )


def _is_another(row: Row, first: Row, index: Index) -> bool:
    """Whether two rows of one number, before there is a register, are about different problems."""
    mine, other = normal(lowest(row)), normal(lowest(first))
    return bool(mine and other) and row is not first and not index.alike(mine, other)


def _clash(row: Row, first: Row) -> Finding:
    where = f"“{first.origin.file}”第{first.origin.row}行"
    message = f"编号{row.item.id}在{where}已是另一个问题，本行未入库。"
    return finding(
        "I102", row, "id", message, "请整改办先统一编号，或先放入完整的整改台账作为基准。"
    )


def _unknown(row: Row, found: Found, *, is_first: bool) -> Finding:
    if is_first:
        return finding(
            "I106",
            row,
            "id",
            "该行没有可识别的问题编号，未入库。",
            "请填写问题编号后重新放入。",
        )
    number = row.typed.get("id", "")
    fix = "请使用下发的台账填报，不要改动编号或自行增加问题。"
    if found.foreign:
        (item,) = found.candidates
        message = f"该行与问题{item}只有编号相同，问题内容或单位是另一回事，该行未采用。"
        return finding("I101", row, "id", message, f"请核对是不是填错了表。{fix}")
    if found.candidates:
        listed = "、".join(found.candidates[:5])
        message = f"问题编号“{number}”可能是{listed}，不能认定，该行未采用。"
        return finding("I101", row, "id", message, f"请填写正确的编号。{fix}")
    return finding("I101", row, "id", f"问题编号“{number}”在台账库中找不到，该行未采用。", fix)


def _withdrawn(row: Row, decision: Decision) -> Finding:
    message = f"问题{decision.id}{decision.sentence}，该行未采用。"
    return finding("I116", row, "id", message, f"请按{'、'.join(decision.others)}填报。")


def _doubled(row: Row, item_id: str, first: Row) -> Finding:
    message = f"问题{item_id}在第{first.origin.row}行已经填报，本行未采用。"
    return finding("I102", row, "id", message, "请合并为一行后重新报送。")
