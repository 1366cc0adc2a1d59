"""One run, from inbox to outbox; it reads like the flow of the house.

inbox -> intake -> match -> merge -> checks -> figures -> outputs (staged) -> proof -> commit
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.errors import UsageError
from toolkit.figures.changes import Changes, changes
from toolkit.figures.counts import (
    Figures,
    compute,
    doubtful_columns,
    due_states,
    number_text,
)
from toolkit.figures.escalation import letters_due
from toolkit.ledger.submission import Submission, Verdict
from toolkit.papers.paper import returning_files
from toolkit.public import for_public
from toolkit.register.store import Register
from toolkit.run.consolidate import Consolidation, Progress, consolidate, no_progress
from toolkit.run.outputs import write_outputs
from toolkit.run.proof import prove
from toolkit.run.proof.truth import question
from toolkit.run.record import digests_of
from toolkit.run.returned_papers import read_returned_papers
from toolkit.run.settings_update import (
    ask_about_headings,
    lay_out_units,
    learned_units,
    open_headings,
)
from toolkit.run.templates import complete_templates
from toolkit.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from toolkit.arrivals import Waiting
    from toolkit.ledger.finding import Finding
    from toolkit.ledger.letter import Letter
    from toolkit.ledger.revision import Revision
    from toolkit.register.pending import StoredFigure
    from toolkit.register.snapshot import RoundRecord
    from toolkit.run.returned_papers import Issued, Recent
    from toolkit.settings.model import Settings
    from toolkit.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Outcome:
    """A committed state and the folder that it stands in."""

    state: State
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
        papers = read_returned_papers(arrivals, *_issued_by(workspace, register))
        known_now = consolidate(
            known, papers.others, settings, as_of, watch, papers=papers.submissions
        )
        for arrival in arrivals:
            workspace.archive(arrival)
        complete_templates(workspace, settings)
        made = assess(known_now, settings, as_of)
        with (
            register.begin(as_of, settings.digest) as pending,
            workspace.stage(f"{now:%Y%m%d%H%M%S%f}") as stage,
        ):
            taken = [(arrival.name, arrival.sha256) for arrival in arrivals]
            pending.keep(taken, known_now.merged, made.letters, papers.revisions)
            pending.keep_figures(stored_figures(made.figures), doubtful_values(known_now.findings))
            state = state_of(
                known_now,
                made,
                code=pending.close(),
                waiting=waiting,
                revisions=(*known.strokes, *papers.revisions),
            )
            written = write_outputs(state, arrivals, workspace.templates, stage.folder, watch)
            watch("核对数字", 0, 1)
            tally = pending.tally(question(state.settings, as_of, state.changes.since))
            prove(state, written, tally, workspace.templates, stage.folder)
            watch("归档", 0, 1)
            folder = workspace.free_folder(as_of.isoformat())
            issued = digests_of(stage.folder)
            workspace.archive_outputs(stage.folder, issued)
            workspace.commit(
                stage,
                folder,
                pending.link,
                arrivals,
                lambda: pending.seal(folder.name, issued),
                register,
            )
        if state.has_learned_units:
            lay_out_units(workspace.settings_path, state.settings, state.created)
        ask_about_headings(workspace.settings_path, open_headings(state.submissions, settings))
    return Outcome(state, folder)


_RECENT = 6


def _issued_by(workspace: Workspace, register: Register) -> tuple[Issued, Recent]:
    """Where papers that were issued are found: by name and code of their round, and the notices of the last rounds."""
    rounds, returning = register.rounds(), returning_files()

    def issued(paper: str, code: str) -> bytes | None:
        past = next((one for one in rounds if one.code == code), None)
        sha256 = dict(register.issued(past.id)).get(paper) if past else None
        return workspace.issued(sha256).read_bytes() if sha256 else None

    def recent() -> Iterator[tuple[str, bytes]]:
        for past in reversed(rounds[-_RECENT:]):
            for paper, sha256 in register.issued(past.id):
                if paper in returning:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What a merged ledger adds up to, and what is to be sent out for it: all that is known before the code is."""

    settings: Settings
    as_of: date
    has_learned_units: bool
    figures: Figures
    changes: Changes
    letters: tuple[Letter, ...]


def assess(known_now: Consolidation, settings: Settings, as_of: date) -> Assessment:
    """Count a merged ledger, compare it with the last period, see which letters are due."""
    merged, before = known_now.merged, known_now.before
    learned = not settings.units
    if learned:
        settings = settings.with_units(learned_units(merged.entries))
    returned = returned_units(merged.submissions)
    since = before.rounds[-1].as_of if before.rounds else None
    places = {(change.id, change.column): change.place for change in merged.changes}
    return Assessment(
        settings=settings,
        as_of=as_of,
        has_learned_units=learned,
        figures=compute(merged.entries, returned, settings, as_of, known_now.findings),
        changes=changes(before.entries, merged.entries, places, settings, (since, as_of)),
        letters=letters_due(merged.entries, before.letters, settings, as_of),
    )


def state_of(
    known_now: Consolidation,
    made: Assessment,
    *,
    code: str,
    waiting: tuple[Waiting, ...],
    revisions: tuple[Revision, ...],
) -> State:
    """All of it as one value to write papers from."""
    merged, before = known_now.merged, known_now.before
    return State(
        number=len(before.rounds) + 1,
        as_of=made.as_of,
        code=code,
        settings=made.settings,
        before=before.entries,
        entries=merged.entries,
        due_states=due_states(merged.entries, made.settings, made.as_of),
        submissions=merged.submissions,
        waiting=waiting,
        findings=known_now.findings,
        waived=known_now.waived,
        decisions=merged.decisions,
        decided=known_now.decided,
        answers=merged.answers,
        figures=made.figures,
        changes=made.changes,
        letters=made.letters,
        past_letters=before.letters,
        revisions=revisions,
        public=for_public(merged.entries, made.settings, made.as_of),
        has_learned_units=made.has_learned_units,
    )


def stored_figures(figures: Figures) -> Iterator[StoredFigure]:
    """Every figure of every set, as the register keeps it."""
    for totals in figures.sets:
        for code, number in totals.numbers.items():
            yield code, totals.by.value, totals.name, number_text(number)


def doubtful_values(findings: Sequence[Finding]) -> Iterator[tuple[str, str]]:
    """(item, column) of every value that enters no total."""
    for id_, columns in doubtful_columns(findings).items():
        yield from ((id_, column) for column in sorted(columns))


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
