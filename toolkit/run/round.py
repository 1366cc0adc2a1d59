"""One round, from inbox to outbox; it reads like the flow of the house.

inbox -> intake -> match -> merge -> checks -> figures -> outputs (staged) -> proof -> commit
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from toolkit.errors import UsageError
from toolkit.figures.counts import Figures, compute, standings
from toolkit.ledger.finding import Finding, Severity
from toolkit.ledger.submission import Submission, Verdict
from toolkit.register.store import Register, RoundRecord
from toolkit.run.consolidate import Consolidation, Watch, consolidate, quiet
from toolkit.run.learn import ask_about_headings, lay_out_units, learned_units, open_headings
from toolkit.run.outputs import write_outputs
from toolkit.run.proof import prove

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from toolkit.checks.policy import Waived
    from toolkit.figures.lights import Standing
    from toolkit.ledger.decision import Decision
    from toolkit.ledger.entry import Entry
    from toolkit.settings.model import Settings
    from toolkit.workspace import Arrival, Waiting, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """All that one round knows; every paper, workbook and record is written from this value."""

    as_of: date
    settings: Settings
    entries: tuple[Entry, ...]
    stands: tuple[Standing, ...]
    submissions: tuple[Submission, ...]
    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...]
    decisions: tuple[Decision, ...]
    decided: Mapping[str, Decision]
    figures: Figures
    waiting: tuple[Waiting, ...]
    learned_units: bool

    @property
    def created(self) -> datetime:
        """The moment that files are stamped with: midnight of the as-of date, so that equal rounds give equal bytes."""
        return datetime.combine(self.as_of, time())

    def has_errors(self) -> bool:
        """Whether a finding at error level, or a rejected file, waits for a person."""
        return any(finding.severity is Severity.ERROR for finding in self.findings) or any(
            submission.verdict is Verdict.REJECTED for submission in self.submissions
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """A committed round and the folder that it stands in."""

    round: Round
    folder: Path


def run_round(workspace: Workspace, settings: Settings, as_of: date, *, now: datetime, watch: Watch = quiet) -> Outcome:
    """Run one round under the workspace's lock; either all of it is kept or nothing of it.

    `now` is the moment of the run (for the register, and for telling half-copied files), never a date that a paper
    prints. Raises UsageError where there is nothing to work on, and any ToolkitError that stops a round.
    """
    with workspace.lock(), Register.open(workspace.register_path) as register:
        workspace.recover(register.is_committed)
        watch("清点收件", 0, 1)
        arrivals, waiting = workspace.arrivals(now.timestamp())
        known = register.recall()
        if not arrivals and not known.entries:
            raise UsageError(_nothing_to_do(workspace, waiting))
        watch("读取报送件", 0, 1)
        known_now = consolidate(known, arrivals, settings, as_of, watch)
        round_ = summarise(known_now, waiting, settings, as_of)
        for arrival in arrivals:
            workspace.archive(arrival)
        with workspace.stage(token_of(now, arrivals)) as stage:
            write_outputs(round_, arrivals, workspace.templates, stage.folder, watch)
            prove(round_, stage.folder)
            watch("归档", 0, 1)
            folder = workspace.commit(
                stage,
                as_of,
                arrivals,
                lambda name: register.record(RoundRecord(as_of, name, stage.token, now), known_now.merged),
            )
        if round_.learned_units:
            lay_out_units(workspace.settings_path, round_.settings, round_.created)
        ask_about_headings(workspace.settings_path, open_headings(round_.submissions, settings))
    return Outcome(round_, folder)


def summarise(known_now: Consolidation, waiting: tuple[Waiting, ...], settings: Settings, as_of: date) -> Round:
    """A merged ledger with its figures, as one value to write papers from."""
    merged = known_now.merged
    learned = not settings.units
    if learned:
        settings = settings.with_units(learned_units(merged.entries))
    return Round(
        as_of=as_of,
        settings=settings,
        entries=merged.entries,
        stands=standings(merged.entries, settings, as_of),
        submissions=merged.submissions,
        findings=known_now.findings,
        waived=known_now.waived,
        decisions=merged.decisions,
        decided=known_now.decided,
        figures=compute(merged.entries, returned_units(merged.submissions), settings, as_of, known_now.findings),
        waiting=waiting,
        learned_units=learned,
    )


def token_of(now: datetime, arrivals: Sequence[Arrival]) -> str:
    """The name of this very run, for the journal: its moment and what it read."""
    digest = hashlib.sha256("".join(arrival.sha256 for arrival in arrivals).encode()).hexdigest()
    return f"{now:%Y%m%d%H%M%S%f}-{digest[:12]}"


def returned_units(submissions: Sequence[Submission]) -> frozenset[str]:
    """The units that reported in this round: senders of accepted files, and lead units of rows with a status.

    Who sends last week's file once more has reported, too: that nothing is new.
    """
    accepted = [submission for submission in submissions if submission.verdict is Verdict.ACCEPTED]
    came = (Verdict.ACCEPTED, Verdict.DUPLICATE)
    senders = {submission.unit for submission in submissions if submission.unit and submission.verdict in came}
    spoken = {row.item.lead_unit for submission in accepted for row in submission.rows if row.typed.get("status")}
    return frozenset(senders | spoken)


def _nothing_to_do(workspace: Workspace, waiting: Sequence[Waiting]) -> str:
    if waiting:
        names = "、".join(wait.name for wait in waiting)
        return f"inbox里的文件还不能处理（{names}）：{waiting[0].reason}"
    return f"“{workspace.inbox}”里没有文件。请先放入完整的整改台账（基准台账）或各单位报回的台账，再运行。"
