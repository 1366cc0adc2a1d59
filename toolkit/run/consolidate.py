"""What the office knows after some arrivals: read, match, merge, examine. Touches no file and imports no writer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.checks.examine import examine
from toolkit.checks.policy import Waived, policy_of, waive
from toolkit.checks.rule import CheckContext, all_rules
from toolkit.ledger.entry import own_headings
from toolkit.ledger.own import heading_path
from toolkit.ledger.submission import Role, Verdict
from toolkit.register.match import match
from toolkit.register.merge import Merged, merge
from toolkit.run.finding_catalogue import codes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from toolkit.ledger.decision import Decision
    from toolkit.ledger.finding import Finding
    from toolkit.ledger.letter import Reply
    from toolkit.ledger.submission import Submission
    from toolkit.register.snapshot import Snapshot
    from toolkit.settings.model import Settings

# FindingType what is being done, how much of it is done and how much there is.
Progress = Callable[[str, int, int], None]


# Said of a column that is none of the standard ones, until the ledger has it.
_OF_HEADINGS = frozenset({"X101", "X105"})


def no_progress(_what: str, _done: int, _of: int) -> None:
    """Progress nothing."""


@dataclass(frozen=True, slots=True)
class Consolidation:
    """What the office knows after some arrivals, all that is wrong with them, and what of that it has waived.

    `before` is what was known, `decided` the latest decision of the office about each item, by id.
    """

    before: Snapshot
    merged: Merged
    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...]
    decided: Mapping[str, Decision]

    @property
    def fresh_replies(self) -> tuple[Reply, ...]:
        """What units answered to letters, as far as the office has written it down since the last period."""
        known = {(reply.number, reply.on, reply.content) for reply in self.before.replies}
        given = (reply for submission in self.merged.submissions for reply in submission.replies)
        return tuple(r for r in given if (r.number, r.on, r.content) not in known)


def _matched(
    submissions: Sequence[Submission], known: Snapshot, likeness: int
) -> tuple[tuple[Submission, ...], tuple[Finding, ...]]:
    """Each row under its item; where there is no register yet, the full ledgers are what reports are held against.

    Units that reported before the ledger came numbered their problems in their own way.
    """
    ledgers = [given for given in submissions if _is_ledger(given)]
    if known.entries or not ledgers or len(ledgers) == len(submissions):
        return match(submissions, known, likeness)
    base, of_base = match(ledgers, known, likeness)
    set_up = replace(known, entries=merge(known, base).entries)
    others = [given for given in submissions if not _is_ledger(given)]
    rest, of_rest = match(others, set_up, likeness)
    found = {id(given): m for given, m in zip((*ledgers, *others), (*base, *rest), strict=True)}
    return tuple(found[id(given)] for given in submissions), (*of_base, *of_rest)


def _is_ledger(given: Submission) -> bool:
    return given.verdict is Verdict.ACCEPTED and given.role is Role.BASELINE


def consolidate(
    known: Snapshot,
    submissions: Sequence[Submission],
    settings: Settings,
    as_of: date,
    watch: Progress = no_progress,
) -> Consolidation:
    """Match, merge and examine what was read; touches no file.

    Raises SettingsError where 校验规则 cannot be followed.
    """
    policy = policy_of(settings.rules, all_rules(), codes())
    matched, unmatched = _matched(submissions, known, settings.matching.likeness)
    merged = merge(known, matched)
    watch("核查", 0, 1)
    around = CheckContext(
        settings=settings,
        as_of=as_of,
        role=Role.RETURN,
        known={entry.item.id: entry for entry in known.entries},
        unchanged_periods=known.unchanged_periods,
        parameters=policy.parameters,
        last_as_of=max((past.as_of for past in known.rounds), default=None),
    )
    faults = examine(merged.submissions, merged.entries, policy.rules(all_rules()), around)
    kept = {form for path in own_headings(known.entries) for form in (path, path.replace("／", ""))}
    own = tuple(
        finding
        for submission in merged.submissions
        for finding in submission.findings
        if not (finding.rule in _OF_HEADINGS and heading_path([finding.value]) in kept)
    )
    read_faults = policy.levelled((*own, *unmatched, *merged.findings))
    waivers = (
        *known.waivers,
        *(waiver for submission in merged.submissions for waiver in submission.waivers),
    )
    decided = {decision.id: decision for decision in (*known.decisions, *merged.decisions)}
    form = settings.form
    said = tuple(
        found.worded(settings.words.of).reworded(form.worded) for found in (*read_faults, *faults)
    )
    refused = tuple(left.worded(settings.words.of) for left in merged.unfollowed)
    merged = replace(merged, unfollowed=refused)
    return Consolidation(known, merged, *waive(said, waivers, as_of), decided)
