"""One run, from inbox to outbox; it reads like the flow of the house.

inbox -> intake -> match -> merge -> checks -> figures -> outputs (staged) -> proof -> commit

A run makes a state of a period from all inputs of the period, against what was known before the period.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.errors import UsageError
from toolkit.figures.counts import (
    due_states,
)
from toolkit.intake.read import read
from toolkit.papers.paper import returning_files
from toolkit.public import for_public
from toolkit.register.store import Register
from toolkit.run.assessment import Assessment, assess
from toolkit.run.consolidate import Consolidation, Progress, consolidate, no_progress
from toolkit.run.kept_figures import doubtful_values, stored_figures
from toolkit.run.memory import refuse_lost_memory
from toolkit.run.office_book import OfficeLook, archived, office_look
from toolkit.run.outputs import write_outputs
from toolkit.run.plan import Files, basis_of, files_of, inputs_of, plan_of, superseded_by
from toolkit.run.plausibility import refuse_implausible
from toolkit.run.proof import prove
from toolkit.run.proof.truth import question
from toolkit.run.record import digests_of
from toolkit.run.returned_papers import read_returned_papers
from toolkit.run.set_up import latest_ledgers, with_answers, with_new_units
from toolkit.run.settings_update import (
    ask_about_headings,
    ask_about_statuses,
    lay_out_form,
    lay_out_settings,
    learned_units,
    open_headings,
    open_statuses,
)
from toolkit.run.templates import complete_templates
from toolkit.state import State
from toolkit.workspace.archive import Issued
from toolkit.workspace.commit import Finished, commit, consume, recover

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from toolkit.arrivals import Arrival, Waiting
    from toolkit.ledger.revision import Revision
    from toolkit.ledger.submission import Submission
    from toolkit.register.pending import Pending, Plan
    from toolkit.register.snapshot import RoundRecord, Snapshot
    from toolkit.run.returned_papers import Issued as PaperIssued
    from toolkit.run.returned_papers import Recent
    from toolkit.settings.model import Settings
    from toolkit.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Outcome:
    """A committed state, the folder that it stands in, and the files there that a person had changed."""

    state: State
    folder: Path
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NothingMade:
    """Why a run made nothing, in one sentence, and the folder of the state that stands."""

    sentence: str
    folder: Path


def run_round(
    workspace: Workspace,
    settings: Settings,
    as_of: date,
    *,
    now: datetime,
    watch: Progress = no_progress,
    begins_period: bool = False,
) -> Outcome | NothingMade:
    """Run under the workspace's lock; either all of it is kept or nothing of it.

    A second run of a period supplements it. `now` is the moment of the run (for telling half-copied files), never a
    date that a paper prints; `begins_period` begins another period whatever the calendar says. Raises UsageError where
    there is nothing to work on, and any ToolkitError that stops a run.
    """
    with workspace.lock(), Register.open(workspace.register_path) as register:
        recover(workspace, register)
        refuse_lost_memory(workspace, register)
        watch("清点收件", 0, 1)
        arrivals, waiting = workspace.arrivals(now.timestamp())
        before = superseded_by(register, as_of, settings, begins_period=begins_period)
        refuse_implausible(settings, as_of, now.date())
        if before and register.is_signed(before.id):
            return _frozen(workspace, before)
        files = files_of(register, before, arrivals)
        if not files.deliveries and not register.states():
            raise UsageError(_nothing_to_do(workspace, waiting))
        complete_templates(workspace, settings)
        plan = plan_of(register, before, as_of, settings)
        basis = basis_of(register, plan, files.deliveries, workspace.templates)
        if before and basis == before.basis:
            return _nothing_new(workspace, before, files)
        for arrival in files.fresh:
            workspace.archive.keep_original(arrival)
        run = _Run(workspace, register, settings, plan, files, waiting, watch)
        return run.made(now)


def _frozen(workspace: Workspace, signed: RoundRecord) -> NothingMade:
    sentence = (
        f"截至{signed.as_of}的一期已经签发定稿，不再改动；inbox中的文件留到下一期处理"
        "（现在就要开始下一期的，请加--新期）。"
    )
    return NothingMade(sentence, workspace.outbox / signed.folder)


def _nothing_new(workspace: Workspace, before: RoundRecord, files: Files) -> NothingMade:
    """What the period has already is taken out of the inbox; nothing else happens."""
    for arrival in files.again:
        consume(workspace, (arrival.name, arrival.sha256))
    names = "、".join(arrival.name for arrival in files.again)
    again = f"inbox中的“{names}”本期已经收过。" if names else ""
    sentence = f"收件、决定和设置与上次运行相同，没有新的内容，没有生成新的文件。{again}"
    return NothingMade(sentence, workspace.outbox / before.folder)


@dataclass(frozen=True, slots=True)
class _Run:
    """One run that makes a state: what it works with."""

    workspace: Workspace
    register: Register
    settings: Settings
    plan: Plan
    files: Files
    waiting: tuple[Waiting, ...]
    watch: Progress

    def made(self, now: datetime) -> Outcome:
        """Read, merge, count, write, prove, commit."""
        inputs = inputs_of(self.workspace, self.files)
        learned = self._learned_names()
        with (
            self.register.begin(self.plan) as pending,
            self.workspace.stage(f"{now:%Y%m%d%H%M%S%f}") as stage,
        ):
            known = pending.recall()
            known_now, revisions, settings = self._consolidated(known, inputs, pending, learned)
            fresh = frozenset(arrival.sha256 for arrival in self.files.fresh)
            numbers = self.register.letter_numbers()
            made = assess(known_now, settings, self.plan, numbers, fresh)
            state = self._recorded(pending, known_now, made, revisions)
            look = self._look(inputs, state.settings)
            templates = self.workspace.templates
            written = write_outputs(state, inputs, templates, stage, self.watch, look)
            self.watch("核对数字", 0, 1)
            tally = pending.tally(question(state.settings, state.as_of, state.changes.since))
            prove(state, written, tally, self.workspace.templates, stage)
            finished = self._committed(pending, stage)
        if state.has_learned_units or state.settings.units != self.settings.units:
            lay_out_settings(self.workspace.settings_path, state.settings, state.created)
        elif state.settings.form != self.settings.form:
            lay_out_form(self.workspace.settings_path, state.settings, state.created)
        path, done = self.workspace.settings_path, "本期成果已写入outbox，但"
        ask_about_headings(path, open_headings(state.submissions, state.settings), done)
        ask_about_statuses(path, open_statuses(state.submissions, state.settings), done)
        return Outcome(state, finished.folder, finished.kept_by_person)

    def _look(self, inputs: Sequence[Arrival], settings: Settings) -> OfficeLook:
        """How the office's ledger looks: this run may be the one that brings it."""
        fresh = {given.sha256: given.data for given in inputs}
        kept = archived(self.workspace)
        return office_look(
            self.register,
            settings,
            self.workspace.templates,
            lambda sha: fresh.get(sha) or kept(sha),
        )

    def _learned_names(self) -> frozenset[str]:
        """The units that an earlier run of the first period took from its ledger."""
        if self.plan.period > 1:
            return frozenset()
        entries = self.register.recall().entries
        return frozenset(unit.name for unit in learned_units(entries))

    def _consolidated(
        self,
        known: Snapshot,
        inputs: tuple[Arrival, ...],
        pending: Pending,
        learned: frozenset[str],
    ) -> tuple[Consolidation, tuple[Revision, ...], Settings]:
        """All inputs of the period against what was known before it; the settings with what the inputs answer."""
        self.watch("读取报送件", 0, 1)
        papers = read_returned_papers(inputs, *_issued_by(self.workspace, self.register))
        settings, has_baseline, as_of = self.settings, bool(known.entries), self.plan.as_of
        submissions = read(papers.others, settings, has_baseline=has_baseline, as_of=as_of)
        answered = with_answers(settings, submissions)
        if not known.entries:
            answered = with_new_units(answered, submissions, learned)
        if answered != settings:
            settings = answered
            submissions = read(papers.others, settings, has_baseline=has_baseline, as_of=as_of)
        if not known.entries:
            runs = zip(inputs, self.files.deliveries, strict=True)
            submissions = latest_ledgers(submissions, {a.name: d.run for a, d in runs})
        codes = {given.identity.code for given in submissions if given.identity}
        known = replace(known, bases=pending.bases(codes - {""}))
        all_ = (*submissions, *papers.submissions)
        known_now = consolidate(known, all_, settings, as_of, self.watch)
        if not known_now.merged.entries:
            refused = known_now.merged.submissions
            open_ = open_headings(refused, settings)
            ask_about_headings(self.workspace.settings_path, open_, "")
            raise UsageError(_nothing_readable(refused))
        return known_now, papers.revisions, settings

    def _recorded(
        self,
        pending: Pending,
        known_now: Consolidation,
        made: Assessment,
        revisions: tuple[Revision, ...],
    ) -> State:
        """Everything but the papers in the register, and with it the code; the state is complete."""
        pending.keep(self.files.deliveries, known_now.merged, made.letters, revisions)
        pending.keep_figures(stored_figures(made.figures), doubtful_values(known_now.findings))
        pending.keep_reports((r.unit, r.reported, r.reason) for r in made.reports)
        pending.bind_numbers(made.fresh_numbers)
        pending.keep_replies(known_now.fresh_replies)
        plan = replace(self.plan, settings=made.settings.digest)
        basis = basis_of(self.register, plan, self.files.deliveries, self.workspace.templates)
        return state_of(
            known_now,
            made,
            code=pending.close(basis),
            waiting=self.waiting,
            revisions=(*known_now.before.strokes, *revisions),
        )

    def _committed(self, pending: Pending, stage: Path) -> Finished:
        self.watch("归档", 0, 1)
        folder = self._folder()
        files = digests_of(stage)
        consumed = [(a.name, a.sha256) for a in (*self.files.fresh, *self.files.again)]
        return commit(
            self.workspace,
            Issued(pending.link, folder, files),
            stage,
            consumed,
            lambda: pending.seal(folder, files),
            self.register,
        )

    def _folder(self) -> str:
        """outbox/<as-of>; another name only where that folder belongs to another period."""
        name = self.plan.as_of.isoformat()
        others = {
            state.folder for state in self.register.states() if state.period != self.plan.period
        }
        number = 1
        while (folder := name if number == 1 else f"{name}-{number}") in others:
            number += 1
        return folder


_RECENT = 6


def _issued_by(workspace: Workspace, register: Register) -> tuple[PaperIssued, Recent]:
    """Where papers that were issued are found: by name and code of their state, and the notices of the last states."""
    states, returning = register.states(), returning_files()

    def issued(paper: str, code: str) -> bytes | None:
        past = next((state for state in states if state.code == code), None)
        if past is None:
            return None
        files = register.issued_by(past)
        return workspace.archive.read(files, paper) if paper in files.files else None

    def recent() -> Iterator[tuple[str, bytes]]:
        for past in reversed(states[-_RECENT:]):
            files = register.issued_by(past)
            for paper in files.files:
                data = workspace.archive.read(files, paper) if paper in returning else None
                if data is not None:
                    yield paper, data

    return issued, recent


def resume(workspace: Workspace, as_of: date, now: datetime) -> Path | None:
    """The folder of a state of this date that was killed after its commit and has now been finished.

    None where nothing was left, or where the inbox has something new: then there is something to run.
    """
    with workspace.lock(), Register.open(workspace.register_path) as register:
        finished = recover(workspace, register)
        is_it = (
            finished
            and finished.is_commit
            and register.states()[-1].as_of == as_of
            and not any(workspace.arrivals(now.timestamp()))
        )
    return finished.folder if finished and is_it else None


def _nothing_readable(submissions: Sequence[Submission]) -> str:
    """A first inbox in which there is no ledger makes no period."""
    why = "；".join(f"{given.file}：{given.reason or '没有可用的行'}" for given in submissions)
    return f"inbox里的文件中没有可以建账的台账，没有建立任何一期：{why}"


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
        number=made.plan.period,
        run=made.plan.run,
        since=made.plan.since,
        as_of=made.plan.as_of,
        code=code,
        settings=made.settings,
        before=before.entries,
        entries=merged.entries,
        due_states=due_states(merged.entries, made.settings, made.plan.as_of),
        submissions=merged.submissions,
        waiting=waiting,
        reports=made.reports,
        findings=known_now.findings,
        waived=known_now.waived,
        decisions=merged.decisions,
        decided=known_now.decided,
        unfollowed=merged.unfollowed,
        answers=merged.answers,
        figures=made.figures,
        changes=made.changes,
        letters=made.letters,
        past_letters=before.letters,
        letter_numbers=(*made.numbers, *made.fresh_numbers),
        replies=made.replies,
        proposals=made.proposals,
        revisions=revisions,
        public=for_public(merged.entries, made.settings, made.plan.as_of),
        has_learned_units=made.has_learned_units,
        past=before.past,
    )


def _nothing_to_do(workspace: Workspace, waiting: Sequence[Waiting]) -> str:
    if waiting:
        names = "、".join(wait.name for wait in waiting)
        return f"inbox里的文件还不能处理（{names}）：{waiting[0].reason}"
    return f"“{workspace.inbox}”里没有文件。请先放入完整的整改台账（基准台账）或各单位报回的台账，再运行。"
