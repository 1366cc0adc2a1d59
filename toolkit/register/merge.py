"""What the office knows after a round: the register's items with what the units now say of them. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.ledger.columns import BY_CODE, COLUMNS, Filler
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Finding, Place
from toolkit.ledger.form import Form
from toolkit.ledger.ids import sort_key
from toolkit.ledger.joining import shortened
from toolkit.ledger.own import own_code
from toolkit.ledger.submission import Role, Submission, Verdict
from toolkit.ledger.text import means_nothing
from toolkit.register.answers import contradictions, newest
from toolkit.register.change import Change
from toolkit.register.codes import CODES, finding
from toolkit.register.decisions import Decided, decide
from toolkit.register.earlier import answered, was_deadline
from toolkit.register.edits import Edited, edit
from toolkit.register.equality import full, same, shown
from toolkit.register.index import core, lowest, normal
from toolkit.register.ownership import own_rows
from toolkit.register.statements import by_age, one_voice, rebased

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toolkit.ledger.answer import Answer
    from toolkit.ledger.decision import Decision, Unfollowed
    from toolkit.ledger.item import Item
    from toolkit.ledger.submission import Row
    from toolkit.register.snapshot import Snapshot

_BY_UNIT = tuple(column.code for column in COLUMNS if column.filled_by is Filler.UNIT)
# Columns of the office and the finding that a change of theirs makes; the number itself is matching's business.
_FIXED = {
    column.code: {
        "deadline": "H106",
        "sub_problem": "I105",
        "problem": "I105",
        "lead_unit": "I105",
    }.get(column.code, "I108")
    for column in COLUMNS
    if column.filled_by is Filler.OFFICE and column.code != "id"
}

_PROBLEM = ("main_problem", "sub_problem", "problem")


@dataclass(frozen=True, slots=True)
class Merged:
    """The ledger after the round; `submissions` carry their final verdicts, `changes` are what the register keeps.

    `decisions` are those of the office that were followed; `answers` the newest of co-operating units, `co_answers` those of
    this round; `pairings` (unit, its wording, item) are likenesses found for the first time; `unfollowed` are decisions that
    were not followed.
    """

    entries: tuple[Entry, ...]
    submissions: tuple[Submission, ...]
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]
    decisions: tuple[Decision, ...] = ()
    answers: tuple[Answer, ...] = ()
    co_answers: tuple[Answer, ...] = ()
    pairings: tuple[tuple[str, str, str], ...] = ()
    unfollowed: tuple[Unfollowed, ...] = ()

    @property
    def taken(self) -> tuple[str, ...]:
        """The items about which at least one row was taken, in the order of the rows."""
        return tuple(dict.fromkeys(row.item.id for row in _accepted_rows(self.submissions)))


def merge(known: Snapshot, submissions: Sequence[Submission]) -> Merged:
    """Merge what came in into what is known.

    Of the returns of a unit the newest statement stands, item by item; bytes seen before are duplicates. The baseline
    fixes the office's columns; of a return only the unit's own columns are taken, and a blank or unreadable cell erases nothing.
    """
    judged = _judge(submissions, known)
    findings: list[Finding] = []
    co_answers: list[tuple[Row, Answer]] = []
    if known.entries:
        items = {entry.item.id: entry.item for entry in known.entries}
        leading = {item.lead_unit for item in items.values()}
        judged = tuple(rebased(submission, known, items) for submission in judged)
        own = {  # the oldest first: of two answers about an item the newer one stands
            n: own_rows(judged[n], items, leading, findings, co_answers) for n in by_age(judged)
        }
        judged = one_voice([own[n] for n in range(len(judged))], known)
        entries, changes = _merge_returns(known, judged, findings)
    else:
        entries, changes = _first_ledger(judged)
    reviews = [s for s in judged if s.role is Role.REVIEW and s.verdict is Verdict.ACCEPTED]
    edited = edit(known, entries, changes, reviews)
    asked = (decision for review in reviews for decision in review.decisions)
    decided = decide(edited.ledger, asked, known.decisions, edited.new_rows, edited.amendments)
    reported = answered(decided.decisions, edited.changes, judged)
    after = tuple(
        replace(entry, sent_back="") if entry.item.id in reported else entry
        for entry in decided.ledger.values()
    )
    findings += [
        *edited.findings,
        *decided.findings,
        *_waiting_for_the_unit(after),
        *contradictions(after, co_answers),
    ]
    return Merged(
        after,
        _by_name(_with_reason(_answered(submission, edited, decided)) for submission in judged),
        tuple(sorted(findings, key=lambda found: found.place.file)),
        (*edited.changes, *decided.changes),
        tuple(decided.decisions),
        newest(known.answers, [answer for _, answer in co_answers]),
        tuple(answer for _, answer in co_answers),
        _pairings(judged, known),
        (*(each for review in reviews for each in review.unfollowed), *decided.unfollowed),
    )


def _by_name(submissions: Iterable[Submission]) -> tuple[Submission, ...]:
    """In the order of their names: in which run of the period a file came must not show anywhere."""
    return tuple(sorted(submissions, key=lambda given: (given.file, given.sha256)))


_NOTHING_NEW = "这是整改办的汇总台账，其中没有填写审核意见、免核意见，内容也没有改动；单位报送请用下发的整改台账。"

_NOTHING_DECIDED = "这是整改办的审核单，其中没有作出决定；请在“决定”栏选择同意、退回或延期至。"


_NOTHING_TAKEN = "没有采用任何一行："


def _with_reason(submission: Submission) -> Submission:
    """A return of which nothing was taken says why in one line: what was said of most of its rows."""
    is_return = submission.role is Role.RETURN and submission.verdict is Verdict.ACCEPTED
    reasons = Counter(left.reason for left in submission.untaken if left.row)
    if not is_return or submission.rows or submission.reason or not reasons:
        return submission
    (most, number), *others = reasons.most_common()
    more = f"（{number}行；另有{sum(n for _, n in others)}行因其他原因）" if others else ""
    return replace(submission, reason=f"{_NOTHING_TAKEN}{most}{more}")


def _answered(submission: Submission, edited: Edited, decided: Decided) -> Submission:
    """A consolidated workbook from which nothing follows is no input."""
    if submission.role is not Role.REVIEW or submission.verdict is not Verdict.ACCEPTED:
        return submission
    places = [change.place.file for change in edited.changes]
    places += [found.place.file for found in (*edited.findings, *decided.findings)]
    if (
        submission.reason  # it says itself what became of it
        or submission.waivers
        or submission.replies
        or submission.decisions
        or submission.findings
        or submission.file in places
    ):
        return submission
    is_sheet = all(not row.typed for row in submission.ledger)
    reason = _NOTHING_DECIDED if is_sheet and submission.ledger else _NOTHING_NEW
    return replace(submission, verdict=Verdict.REJECTED, reason=reason)


def _pairings(
    submissions: Sequence[Submission], known: Snapshot
) -> tuple[tuple[str, str, str], ...]:
    """Wordings of units that were found to mean an item by likeness alone, for the first time."""
    return tuple(
        (row.item.lead_unit or submission.unit, normal(lowest(row)), row.item.id)
        for submission in submissions
        if submission.verdict is Verdict.ACCEPTED and known.entries
        for row in submission.rows
        if row.like
        and (row.item.lead_unit or submission.unit, normal(lowest(row))) not in known.pairings
    )


def _waiting_for_the_unit(entries: Sequence[Entry]) -> Iterator[Finding]:
    """What the office has sent back and the unit has not yet reported anew."""
    for entry in entries:
        if entry.sent_back:
            origin = entry.origin
            yield Finding(
                "I110",
                CODES["I110"].severity,
                Place(origin.file, origin.sheet, f"A{origin.row}" if origin.row else ""),
                f"整改办退回：{entry.sent_back}",
                "请按审核意见整改后，更新进展情况重新报送。",
                entry.item.id,
                "progress",
                shortened(entry.item.progress, 200, ""),
            )


def _judge(submissions: Sequence[Submission], known: Snapshot) -> tuple[Submission, ...]:
    """Verdicts of the files by themselves, in the order of the submissions."""
    hashes: dict[str, str] = {}
    return tuple(_not_seen(submission, known, hashes) for submission in submissions)


def _not_seen(submission: Submission, known: Snapshot, hashes: dict[str, str]) -> Submission:
    if submission.verdict is not Verdict.ACCEPTED:
        return submission
    if submission.role is Role.BASELINE and known.entries:
        reason = "台账库已有基准台账；问题、单位和时限的变更须由整改办在汇总台账中作出决定"
        return replace(submission, verdict=Verdict.REJECTED, reason=reason)
    if submission.sha256 in known.seen:
        reason = f"与截至{known.seen[submission.sha256]}那一期收到的文件完全相同"
        return replace(submission, verdict=Verdict.DUPLICATE, reason=reason)
    if submission.sha256 in hashes:
        reason = f"与本期的“{hashes[submission.sha256]}”完全相同"
        return replace(submission, verdict=Verdict.DUPLICATE, reason=reason)
    hashes[submission.sha256] = submission.file
    newest = known.reported.get(submission.unit)
    if (
        submission.role is Role.RETURN
        and submission.report_date
        and newest
        and submission.report_date < newest
    ):
        reason = f"填报日期{submission.report_date}早于该单位已采用的报送件（{newest}）"
        return replace(submission, verdict=Verdict.SUPERSEDED, reason=reason)
    return submission


def _accepted_rows(submissions: Iterable[Submission]) -> Iterator[Row]:
    for submission in submissions:
        if submission.verdict is Verdict.ACCEPTED:
            yield from submission.rows


def _first_ledger(
    submissions: Sequence[Submission],
) -> tuple[tuple[Entry, ...], tuple[Change, ...]]:
    """The first ledger: its rows become the items; a second row on an id (of another file) completes the first.

    Beside a full ledger a report says only what a unit fills, and the order is the ledger's.
    """
    entries: dict[str, Entry] = {}
    changes: list[Change] = []
    full = [given for given in submissions if given.role is Role.BASELINE]
    others = [given for given in submissions if given.role is not Role.BASELINE]
    reports = {id(row) for row in _accepted_rows(others)} if any(_accepted_rows(full)) else set()
    for row in _accepted_rows((*full, *others)):
        before = entries.get(row.item.id)
        base = before.item if before else None
        codes = _BY_UNIT if id(row) in reports else tuple(BY_CODE)
        item, changed = _fill(base, row, codes) if base else (row.item, tuple(_stated(row)))
        own, own_changes = with_own(row, before.own if before else ())
        entries[row.item.id] = Entry(item=item, origin=row.origin, own=own)
        changes += (*changed, *own_changes)
    ledger = list(entries.values())
    if not reports and len({entry.origin.file for entry in ledger}) > 1:
        # several returns: the order of files means nothing
        ledger.sort(key=lambda entry: sort_key(entry.item.id))
    return tuple(ledger), tuple(changes)


def _stated(row: Row) -> Iterator[Change]:
    """Every value of a new item, blanks too, so that the register holds the whole item."""
    for code in BY_CODE:
        place = (
            row.place(code) if code in row.letters else Place(row.origin.file, row.origin.sheet, "")
        )
        yield Change(row.item.id, code, getattr(row.item, code), place)


def _merge_returns(
    known: Snapshot, submissions: Sequence[Submission], findings: list[Finding]
) -> tuple[tuple[Entry, ...], tuple[Change, ...]]:
    spoken: dict[str, list[Row]] = {}
    for row in _accepted_rows(submissions):
        spoken.setdefault(row.item.id, []).append(row)
    entries: list[Entry] = []
    changes: list[Change] = []
    for entry in known.entries:
        item, origin = entry.item, entry.origin
        rows = spoken.get(item.id, [])
        sent_back, own = entry.sent_back, entry.own
        for row in rows:
            if entry.closed:
                findings += _closed(row, entry)
                continue
            findings += _altered(row, entry, known.decisions)
            item, changed = _fill(item, row, _BY_UNIT)
            origin = row.origin
            changes += changed
            sent_back = "" if changed else sent_back
            own, own_changes = with_own(row, own)
            changes += own_changes
        entries.append(
            replace(entry, item=item, origin=origin, carried=not rows, sent_back=sent_back, own=own)
        )
    return tuple(entries), tuple(changes)


def _closed(row: Row, entry: Entry) -> Iterator[Finding]:
    """A closed item stands as it was accepted."""
    changed = _fill(entry.item, row, _BY_UNIT)[1]
    if changed:
        message = f"问题{entry.item.id}已销号，{Form().heading_of(changed[0].column)}等{len(changed)}处改动未采用。"
        yield finding(
            "I111",
            row,
            changed[0].column,
            message,
            "确需更改的，请整改办在汇总台账审核栏中撤销销号（同意销号填“否”）。",
        )


def _fill(item: Item, row: Row, codes: Sequence[str]) -> tuple[Item, tuple[Change, ...]]:
    """The item with what this row says in these columns; what the row leaves blank or unreadable stays as known."""
    said = {
        code: getattr(row.item, code)
        for code in codes
        if code in row.typed and code not in row.unreadable
    }
    news = {code: value for code, value in said.items() if value != getattr(item, code)}
    changes = tuple(Change(item.id, code, value, row.place(code)) for code, value in news.items())
    return replace(item, **news), changes


def with_own(
    row: Row, before: tuple[tuple[str, str], ...]
) -> tuple[tuple[tuple[str, str], ...], tuple[Change, ...]]:
    """The own columns of an item with what this row says in them; a blank cell erases nothing."""
    known = dict(before)
    news = {path: cell for path, cell in row.own.items() if known.get(path) != cell.text}
    if not news:
        return before, ()
    after = known | {path: cell.text for path, cell in news.items()}
    changes = (
        Change(row.item.id, own_code(path), cell.text, cell.place) for path, cell in news.items()
    )
    return tuple(after.items()), tuple(changes)


def _altered(row: Row, entry: Entry, decisions: Sequence[Decision]) -> Iterator[Finding]:
    """Columns of the office that a unit wrote over: the register stands, and says so."""
    for code, rule in _FIXED.items():
        said, stands = getattr(row.item, code), _standing(entry.item, row, code)
        if code not in row.typed or said is None or same(said, stands):
            continue
        if row.place(code).cell == "":
            continue  # told by the name of the sheet, not written over
        if code in _PROBLEM and core(str(said)) == core(str(stands)):
            continue  # 的问题 behind it changes nothing
        if code == "deadline" and was_deadline(said, entry.item.id, decisions):
            continue  # a form printed before the office extended it
        if not stands and means_nothing(row.typed[code]):
            continue  # 无 where nothing stands
        header = BY_CODE[code].header
        message = f"{header}由“{shown(stands)}”改为“{shortened(row.typed[code], 40)}”，未采用改动，仍按台账库。"
        yield finding(rule, row, code, message, _HOW_TO_CHANGE[rule].format(header, full(stands)))


def _standing(item: Item, row: Row, code: str) -> object:
    """What the register has for this column of a row.

    A ledger of one level of problems is kept by its 分项问题, in whatever column a return writes it.
    """
    stands = getattr(item, code)
    is_one_level = code in ("main_problem", "problem") and not stands
    return item.sub_problem if is_one_level and "sub_problem" not in row.typed else stands


_HOW_TO_CHANGE = {
    "H106": "请把{}恢复为“{}”；确需延期的，在到期前向整改办书面申请，写明原因和新的日期。",
    "I105": "请把{}恢复为“{}”；确需变更的，向整改办书面申请。",
    "I108": "请把{}恢复为“{}”；需要变更的，请告知整改办，由整改办统一修改。",
}
