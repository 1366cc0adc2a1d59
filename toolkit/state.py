"""State: all that one run makes of a period, complete when it exists; papers, workbooks and records print nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property
from typing import TYPE_CHECKING

from toolkit.figures.wordings import Wordings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from toolkit.arrivals import Waiting
    from toolkit.checks.policy import Waived
    from toolkit.figures.changes import Changes
    from toolkit.figures.counts import Figures
    from toolkit.figures.due_state import DueState
    from toolkit.figures.escalation import Proposal
    from toolkit.ledger.answer import Answer
    from toolkit.ledger.decision import Decision, Unfollowed
    from toolkit.ledger.entry import Entry
    from toolkit.ledger.finding import Finding
    from toolkit.ledger.letter import Letter, LetterNumber, Reply
    from toolkit.ledger.revision import Revision
    from toolkit.ledger.submission import Submission
    from toolkit.ledger.unit_report import UnitReport
    from toolkit.public import PublicText
    from toolkit.settings.model import Settings


@dataclass(frozen=True, kw_only=True)
class State:
    """What is known after a run, what it adds up to, and what is to be sent out.

    `number` is that of the period, `run` counts the runs of it, `since` is its first as-of date; `code` the beginning of its link in the chain, such as 7F3A-91C2. `before` are the
    entries of the last period; `due_states` stand in the order of `entries`. `decisions` are those of this run,
    `decided` the latest about each item, by id, `unfollowed` what the office wrote and nobody followed. `reports` say of each unit whether it has reported. `letters` are those of this period, `past_letters` all earlier ones,
    `letter_numbers` all numbers that were ever given, `replies` what units answered, `proposals` warnings to decide on;
    `revisions` all that people wrote into papers of ours, oldest first. `public` is what the public may read.
    """

    number: int
    run: int
    since: date
    as_of: date
    code: str
    settings: Settings
    before: tuple[Entry, ...]
    entries: tuple[Entry, ...]
    due_states: tuple[DueState, ...]
    submissions: tuple[Submission, ...]
    waiting: tuple[Waiting, ...]
    reports: tuple[UnitReport, ...]
    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...]
    decisions: tuple[Decision, ...]
    decided: Mapping[str, Decision]
    unfollowed: tuple[Unfollowed, ...]
    answers: tuple[Answer, ...]
    figures: Figures
    changes: Changes
    letters: tuple[Letter, ...]
    past_letters: tuple[Letter, ...]
    letter_numbers: tuple[LetterNumber, ...]
    replies: tuple[Reply, ...]
    proposals: tuple[Proposal, ...]
    revisions: tuple[Revision, ...]
    public: PublicText
    has_learned_units: bool

    @property
    def created(self) -> datetime:
        """The moment that files are stamped with: midnight of the as-of date, so that equal states give equal bytes."""
        return datetime.combine(self.as_of, time())

    @cached_property
    def wordings(self) -> Wordings:
        """The words that people put in the place of paragraphs; changed figures are never taken over."""
        return Wordings.of(self.revisions)

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """The entries, by the id of their item."""
        return {entry.item.id: entry for entry in self.entries}

    @property
    def withdrawn(self) -> tuple[Decision, ...]:
        """The decisions by which items have left the ledger."""
        return tuple(decision for decision in self.decided.values() if decision.ruling.withdraws)

    @cached_property
    def due_by_id(self) -> Mapping[str, DueState]:
        """Where each item stands, by its id."""
        return {
            entry.item.id: state for entry, state in zip(self.entries, self.due_states, strict=True)
        }
