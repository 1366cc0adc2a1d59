"""What a merged ledger adds up to, and what is to be sent out for it: all that is known before the code is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.figures.changes import Changes, changes
from toolkit.figures.counts import Figures, compute
from toolkit.figures.escalation import Proposal, escalate
from toolkit.run.letter_numbers import with_numbers
from toolkit.run.reporting import unit_reports
from toolkit.run.settings_update import learned_form, learned_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.ledger.letter import Letter, LetterNumber, Reply
    from toolkit.ledger.unit_report import UnitReport
    from toolkit.register.pending import Plan
    from toolkit.run.consolidate import Consolidation
    from toolkit.settings.model import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What a merged ledger adds up to, and what is to be sent out for it: all that is known before the code is."""

    settings: Settings
    plan: Plan
    has_learned_units: bool
    figures: Figures
    changes: Changes
    reports: tuple[UnitReport, ...]
    letters: tuple[Letter, ...]
    numbers: tuple[LetterNumber, ...]
    fresh_numbers: tuple[LetterNumber, ...]
    replies: tuple[Reply, ...]
    proposals: tuple[Proposal, ...]


def assess(
    known_now: Consolidation,
    settings: Settings,
    plan: Plan,
    numbers: Sequence[LetterNumber],
    fresh_files: frozenset[str] = frozenset(),
) -> Assessment:
    """Count a merged ledger, compare it with the last period, see which letters are due.

    `fresh_files` are the SHA-256 of the files that this run has taken: a full ledger among them sets up the form anew.
    """
    merged, before, as_of = known_now.merged, known_now.before, plan.as_of
    learned = not settings.units
    if learned:
        settings = settings.with_units(learned_units(merged.entries))
    if not before.entries:
        settings = settings.with_form(learned_form(settings.form, merged.submissions, fresh_files))
    reports = unit_reports(
        [unit.name for unit in settings.units], merged.submissions, merged.entries, before
    )
    returned = [report.unit for report in reports if report.reported]
    since = before.rounds[-1].as_of if before.rounds else None
    places = {(change.id, change.column): change.place for change in merged.changes}
    replies = (*before.replies, *known_now.fresh_replies)
    ladder = escalate(merged.entries, before.letters, replies, settings, as_of)
    numbered, fresh = with_numbers(ladder.letters, numbers, plan)
    return Assessment(
        settings=settings,
        plan=plan,
        has_learned_units=learned,
        figures=compute(merged.entries, returned, settings, as_of, known_now.findings),
        changes=changes(before.entries, merged.entries, places, settings, (since, as_of)),
        reports=reports,
        letters=numbered,
        numbers=tuple(numbers),
        fresh_numbers=fresh,
        replies=replies,
        proposals=ladder.proposals,
    )
