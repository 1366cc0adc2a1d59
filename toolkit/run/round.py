"""One round, from inbox to outbox; it reads like the flow of the house.

inbox -> intake -> match -> merge -> checks -> figures -> outputs (staged) -> proof -> commit
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.errors import UsageError
from toolkit.figures.changes import Changes, changes
from toolkit.figures.counts import Figures, compute, standings
from toolkit.figures.escalation import letters_due
from toolkit.ledger.submission import Submission, Verdict
from toolkit.papers.editions import for_public
from toolkit.register.store import Register
from toolkit.run.consolidate import Consolidation, Progress, consolidate, no_progress
from toolkit.run.outputs import write_outputs
from toolkit.run.proof import prove
from toolkit.run.record import digests_of
from toolkit.run.returned_papers import NOTICES, read_pens
from toolkit.run.settings_update import (
    ask_about_headings,
    lay_out_units,
    learned_units,
    open_headings,
)
from toolkit.run.templates import complete_templates

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from toolkit.arrivals import Waiting
    from toolkit.checks.policy import Waived
    from toolkit.figures.due_state import DueState
    from toolkit.ledger.answer import Answer
    from toolkit.ledger.decision import Decision
    from toolkit.ledger.entry import Entry
    from toolkit.ledger.finding import Finding
    from toolkit.ledger.letter import Letter
    from toolkit.ledger.masking import Secret
    from toolkit.ledger.revision import Revision
    from toolkit.register.snapshot import RoundRecord
    from toolkit.run.leaks import Stopped
    from toolkit.run.returned_papers import Issued, Recent
    from toolkit.settings.model import Settings
    from toolkit.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """All that one round knows; every paper, workbook and record is written from this value.

    `code` is its short code: the beginning of its link in the chain of rounds, such as 7F3A-91C2. `withheld` and `masked`
    are what the public edition does not tell; `stopped` the papers that were not issued because they told too much; `number` counts rounds from 1;
    `letters` are those of this round, `strokes` all that people wrote into papers.
    """

    as_of: date
    settings: Settings
    before: tuple[Entry, ...]
    entries: tuple[Entry, ...]
    stands: tuple[DueState, ...]
    submissions: tuple[Submission, ...]
    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...]
    decisions: tuple[Decision, ...]
    decided: Mapping[str, Decision]
    figures: Figures
    changes: Changes
    waiting: tuple[Waiting, ...]
    learned_units: bool
    code: str = ""
    answers: tuple[Answer, ...] = ()
    public_entries: tuple[Entry, ...] = ()
    withheld: tuple[str, ...] = ()
    masked: Mapping[str, Counter[Secret]] = field(default_factory=lambda: MappingProxyType({}))
    stopped: tuple[Stopped, ...] = ()
    number: int = 1
    letters: tuple[Letter, ...] = ()
    past_letters: tuple[Letter, ...] = ()
    strokes: tuple[Revision, ...] = ()

    @property
    def created(self) -> datetime:
        """The moment that files are stamped with: midnight of the as-of date, so that equal rounds give equal bytes."""
        return datetime.combine(self.as_of, time())


@dataclass(frozen=True, slots=True)
class Outcome:
    """A committed round and the folder that it stands in."""

    round: Round
    folder: Path


def run_round(
    workspace: Workspace,
    settings: Settings,
    as_of: date,
    *,
    now: datetime,
    watch: Progress = no_progress,
) -> Outcome:
    """Run one round under the workspace's lock; either all of it is kept or nothing of it.

    `now` is the moment of the run (for the register, and for telling half-copied files), never a date that a paper
    prints. Raises UsageError where there is nothing to work on, and any ToolkitError that stops a round.
    """
    with workspace.lock(), Register.open(workspace.register_path) as register:
        workspace.recover(register)
        watch("清点收件", 0, 1)
        arrivals, waiting = workspace.arrivals(now.timestamp())
        known = register.recall()
        if not arrivals and not known.entries:
            raise UsageError(_nothing_to_do(workspace, waiting))
        _refuse_the_past(known.rounds, as_of)
        watch("读取报送件", 0, 1)
        pens = read_pens(arrivals, *_issued_by(workspace, register))
        known_now = consolidate(known, pens.others, settings, as_of, watch, papers=pens.submissions)
        for arrival in arrivals:
            workspace.archive(arrival)
        complete_templates(workspace, settings)
        with (
            register.begin(as_of, settings.digest) as pending,
            workspace.stage(f"{now:%Y%m%d%H%M%S%f}") as stage,
        ):
            round_ = replace(
                summarise(known_now, waiting, settings, as_of),
                strokes=(*known.strokes, *pens.strokes),
            )
            taken = [(arrival.name, arrival.sha256) for arrival in arrivals]
            pending.keep(taken, known_now.merged, round_.letters, pens.strokes)
            round_ = replace(round_, code=pending.close())
            round_ = write_outputs(round_, arrivals, workspace.templates, stage.folder, watch)
            prove(round_, stage.folder)
            watch("归档", 0, 1)
            folder, issued = workspace.free_folder(as_of.isoformat()), digests_of(stage.folder)
            workspace.archive_outputs(stage.folder, issued)
            workspace.commit(
                stage,
                folder,
                pending.link,
                arrivals,
                lambda: pending.seal(folder.name, issued),
                register,
            )
        if round_.learned_units:
            lay_out_units(workspace.settings_path, round_.settings, round_.created)
        ask_about_headings(workspace.settings_path, open_headings(round_.submissions, settings))
    return Outcome(round_, folder)


_RECENT = 6


def _issued_by(workspace: Workspace, register: Register) -> tuple[Issued, Recent]:
    """Where papers that were issued are found: by name and code of their round, and the notices of the last rounds."""
    rounds = register.rounds()

    def issued(paper: str, code: str) -> bytes | None:
        past = next((one for one in rounds if one.code == code), None)
        sha256 = dict(register.issued(past.id)).get(paper) if past else None
        return workspace.issued(sha256).read_bytes() if sha256 else None

    def recent() -> Iterator[tuple[str, bytes]]:
        for past in reversed(rounds[-_RECENT:]):
            for paper, sha256 in register.issued(past.id):
                if paper in NOTICES:
                    yield paper, workspace.issued(sha256).read_bytes()

    return issued, recent


def resume(workspace: Workspace, as_of: date, now: datetime) -> Path | None:
    """The folder of a round of this date that was killed after its commit and has now been finished.

    None where nothing was left, or where the inbox has something new: then a round is to be run.
    """
    with workspace.lock(), Register.open(workspace.register_path) as register:
        finished = workspace.recover(register)
        same = (
            finished
            and finished.is_round
            and register.rounds()[-1].as_of == as_of
            and not any(workspace.arrivals(now.timestamp()))
        )
    return finished.folder if finished and same else None


def _refuse_the_past(rounds: Sequence[RoundRecord], as_of: date) -> None:
    """A new round stands on the last one: it cannot stand before it."""
    if rounds and as_of < rounds[-1].as_of:
        raise UsageError(
            f"截至日期{as_of}早于最近一期（{rounds[-1].as_of}）。请检查电脑的日期，或用--as-of写明截至日期；"
            "如果最近一期的日期本身有误，请先用zhenggai undo撤销它。"
        )


def summarise(
    known_now: Consolidation, waiting: tuple[Waiting, ...], settings: Settings, as_of: date
) -> Round:
    """A merged ledger with its figures, as one value to write papers from."""
    merged = known_now.merged
    learned = not settings.units
    if learned:
        settings = settings.with_units(learned_units(merged.entries))
    public = for_public(merged.entries, settings, as_of)
    return Round(
        as_of=as_of,
        settings=settings,
        before=known_now.before.entries,
        entries=merged.entries,
        stands=standings(merged.entries, settings, as_of),
        submissions=merged.submissions,
        findings=known_now.findings,
        waived=known_now.waived,
        decisions=merged.decisions,
        decided=known_now.decided,
        figures=compute(
            merged.entries, returned_units(merged.submissions), settings, as_of, known_now.findings
        ),
        changes=changes(
            known_now.before.entries,
            merged.entries,
            {(change.id, change.column): change.place for change in merged.changes},
            settings,
            (known_now.before.rounds[-1].as_of if known_now.before.rounds else None, as_of),
        ),
        waiting=waiting,
        learned_units=learned,
        answers=merged.answers,
        number=len(known_now.before.rounds) + 1,
        letters=letters_due(merged.entries, known_now.before.letters, settings, as_of),
        past_letters=known_now.before.letters,
        public_entries=public.entries,
        withheld=public.withheld,
        masked=public.masked,
    )


def returned_units(submissions: Sequence[Submission]) -> frozenset[str]:
    """The units that reported in this round: senders of accepted files, and lead units of rows with a status.

    Who sends last week's file once more has reported, too: that nothing is new.
    """
    accepted = [submission for submission in submissions if submission.verdict is Verdict.ACCEPTED]
    came = (Verdict.ACCEPTED, Verdict.DUPLICATE)
    senders = {
        submission.unit
        for submission in submissions
        if submission.unit and submission.verdict in came
    }
    spoken = {
        row.item.lead_unit
        for submission in accepted
        for row in submission.rows
        if row.typed.get("status")
    }
    return frozenset(senders | spoken)


def _nothing_to_do(workspace: Workspace, waiting: Sequence[Waiting]) -> str:
    if waiting:
        names = "、".join(wait.name for wait in waiting)
        return f"inbox里的文件还不能处理（{names}）：{waiting[0].reason}"
    return f"“{workspace.inbox}”里没有文件。请先放入完整的整改台账（基准台账）或各单位报回的台账，再运行。"
