"""run.json: the machine-readable record of a round (design §6; stable contract)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from toolkit import __version__
from toolkit.figures.changes import sentences
from toolkit.figures.counts import number_text
from toolkit.figures.printed import By, text_of
from toolkit.figures.table import FIGURES, RATES
from toolkit.ledger.decision import BASIS, BY, ON, OPINION, UNTIL
from toolkit.ledger.finding import Severity
from toolkit.ledger.own import is_own, own_heading
from toolkit.ledger.record import encode, encode_value
from toolkit.ledger.submission import Verdict
from toolkit.workspace import BACKUP

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from toolkit.checks.policy import Waived
    from toolkit.figures.counts import Figures, Totals
    from toolkit.figures.due_state import DueState
    from toolkit.figures.rates import Rate
    from toolkit.figures.table import Number
    from toolkit.ledger.decision import Decision, Unfollowed
    from toolkit.ledger.entry import Entry
    from toolkit.ledger.finding import Finding
    from toolkit.ledger.letter import Letter
    from toolkit.ledger.submission import Submission
    from toolkit.run.leaks import Stopped
    from toolkit.state import State

SCHEMA = "zhenggai.run/1"
RECORD = "run.json"


def write_record(state: State, stopped: Sequence[Stopped], folder: Path) -> None:
    """Write run.json beside the other outputs, which it lists with their SHA-256."""
    text = json.dumps(as_record(state, stopped, outputs_of(folder)), ensure_ascii=False, indent=1)
    (folder / RECORD).write_text(text + "\n", encoding="utf-8", newline="\n")


def read_record(folder: Path) -> dict[str, Any]:
    """The record of a round as it stands in its folder."""
    return dict(json.loads((folder / RECORD).read_text(encoding="utf-8")))


def has_errors(record: Mapping[str, Any]) -> bool:
    """Whether a finding at error level, or a rejected file, waits for a person."""
    return any(finding["severity"] == Severity.ERROR for finding in record["findings"]) or any(
        given["verdict"] == Verdict.REJECTED for given in record["inputs"]
    )


def as_record(
    state: State, stopped: Sequence[Stopped], outputs: Sequence[dict[str, str]] = ()
) -> dict[str, Any]:
    """The state as JSON-able data, by the contract of design §7."""
    return {
        "schema": SCHEMA,
        "toolkit": __version__,
        "as_of": state.as_of.isoformat(),
        "code": state.code,
        "period": {
            "number": state.number,
            "runs": state.run,
            "state": "open",
            "since": state.since.isoformat(),
        },
        "sample": state.settings.task.sample,
        "inputs": [input_record(submission) for submission in state.submissions]
        + [
            {**_BLANK_INPUT, "file": wait.name, "verdict": "waiting", "reason": wait.reason}
            for wait in state.waiting
        ],
        "rows": [
            _row(entry, due_state)
            for entry, due_state in zip(state.entries, state.due_states, strict=True)
        ],
        "untaken": untaken_records(state.submissions),
        "reports": [
            {"unit": report.unit, "reported": report.reported, "reason": report.reason}
            for report in state.reports
        ],
        "findings": [finding_record(finding) for finding in state.findings],
        "decisions": [
            *(decision_record(decision) for decision in state.decisions),
            *(_unfollowed_record(unfollowed) for unfollowed in state.unfollowed),
        ],
        "waived": [_waived(waived) for waived in state.waived],
        "figures": figures_record(state.figures),
        "changes": _changes(state),
        "letters": [_letter(letter) for letter in state.letters],
        "proposals": [
            {"unit": p.unit, "items": list(p.items), "after": list(p.after)}
            for p in state.proposals
        ],
        "public": {
            "withheld": list(state.public.withheld),
            "masked": {
                id_: {kind.value: n for kind, n in found.items()}
                for id_, found in state.public.masked.items()
            },
        },
        "stopped": [{"paper": paper.paper, "reason": paper.why} for paper in stopped],
        "outputs": list(outputs),
    }


def _letter(letter: Letter) -> dict[str, Any]:
    return {
        "number": letter.number,
        "kind": letter.kind.value,
        "unit": letter.unit,
        "items": list(letter.items),
        "correction": letter.is_correction,
        "after": list(letter.after),
    }


def _changes(state: State) -> dict[str, Any]:
    """What is new since the last round: cells with both values, and ids by what became of them."""
    news = state.changes
    return {
        "since": news.since.isoformat() if news.since else None,
        "sentences": [
            text_of(line) for line in sentences(news, state.settings, state.figures.completion)
        ],
        "cells": [
            {
                "id": cell.id,
                "column": cell.column,
                "old": encode_value(cell.column, cell.old),
                "new": encode_value(cell.column, cell.new),
                "file": cell.place.file,
                "sheet": cell.place.sheet,
                "cell": cell.place.cell,
            }
            for cell in news.cells
        ],
        **{name: list(getattr(news, name)) for name in _NEWS},
    }


_NEWS = ("added", "withdrawn", "overdue", "no_longer_overdue", "closed", "reopened", "extended")
_BLANK_INPUT = {
    "file": "",
    "sha256": "",
    "unit": "",
    "role": None,
    "verdict": "",
    "rows": 0,
    "reason": "",
}


def input_record(submission: Submission) -> dict[str, Any]:
    """One input by the contract."""
    return {
        "file": submission.file,
        "sha256": submission.sha256,
        "unit": submission.unit,
        "role": submission.role.value if submission.role else None,
        "verdict": submission.verdict.value,
        "rows": len(submission.rows),
        "reason": submission.reason,
    }


def untaken_records(submissions: Iterable[Submission]) -> list[dict[str, Any]]:
    """Every row and sheet that was seen and not taken, with the reason (row 0: a whole sheet)."""
    return [
        {
            "file": submission.file,
            "sheet": left.sheet,
            "row": left.row,
            "reason": left.reason,
            "text": left.text,
        }
        for submission in submissions
        for left in submission.untaken
    ]


def _row(entry: Entry, due_state: DueState) -> dict[str, Any]:
    record = encode(entry.item)
    deadline = entry.item.deadline
    flags = {
        "overdue": due_state.overdue,
        "due_soon": due_state.due_soon,
        "extended": entry.extended,
        "closed": entry.closed,
        "carried": entry.carried,
    }
    return {
        **record,
        "deadline": deadline.raw if deadline else "",
        "due": deadline.due.isoformat() if deadline and deadline.due else None,
        "standing": bool(deadline and deadline.standing),
        "deadline_kind": deadline.kind.value if deadline else None,
        "deadline_inferred": bool(deadline and deadline.inferred),
        "light": due_state.light.value,
        "flags": [flag for flag, holds in flags.items() if holds],
        "own": [{"heading": heading, "value": value} for heading, value in entry.own],
        "origin": {"file": entry.origin.file, "sheet": entry.origin.sheet, "row": entry.origin.row},
    }


def finding_record(finding: Finding) -> dict[str, str]:
    """One finding by the contract; `check --json` prints the same."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "file": finding.place.file,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell,
        "id": finding.id,
        "column": finding.column,
        "value": finding.value,
        "message": finding.message,
        "fix": finding.fix,
    }


def decision_record(decision: Decision) -> dict[str, Any]:
    """One decision by the contract; `why --json` prints the same."""
    place = decision.place
    return {
        "id": decision.id,
        "ruling": decision.ruling.value,
        "opinion": decision.opinion,
        "basis": decision.basis,
        "by": decision.by,
        "on": decision.on.isoformat(),
        "until": decision.until.isoformat() if decision.until else None,
        "was": decision.was,
        "nth": decision.nth,
        "others": list(decision.others),
        "followed": True,
        "reason": "",
        "file": place.file,
        "sheet": place.sheet,
        "cell": place.cell,
    }


def _unfollowed_record(unfollowed: Unfollowed) -> dict[str, Any]:
    """What the office wrote and nobody followed, in the keys of a decision; the days as they were typed."""
    said, place = dict(unfollowed.cells), unfollowed.place
    return {
        "id": unfollowed.id,
        "ruling": "",
        "opinion": said.get(OPINION, ""),
        "basis": said.get(BASIS, ""),
        "by": said.get(BY, ""),
        "on": said.get(ON, ""),
        "until": said.get(UNTIL),
        "was": "",
        "nth": 0,
        "others": [],
        "followed": False,
        "reason": unfollowed.reason,
        "file": place.file,
        "sheet": place.sheet,
        "cell": place.cell,
    }


def _waived(waived: Waived) -> dict[str, str]:
    waiver = waived.waiver
    return {
        **finding_record(waived.finding),
        "reason": waiver.reason,
        "by": waiver.by,
        "until": waiver.until.isoformat(),
    }


def figures_record(figures: Figures) -> dict[str, Any]:
    """The figures by the contract, code by code of the table; rates with numerator, denominator and rule."""
    return {
        **totals_record(figures.whole),
        "sums": _sums(figures.whole),
        "units": [
            {
                "unit": unit.name,
                **totals_record(unit),
                "sums": _sums(unit),
                "quality": _quality(figures, unit.name),
            }
            for unit in figures.units
        ],
        "leaders": [
            {"leader": leader.name, **totals_record(leader), "sums": _sums(leader)}
            for leader in figures.leaders
        ],
        "missing_units": list(figures.missing_units),
        "left_out": {
            code: list(ids) for code, ids in figures.whole.left_out.items() if not is_own(code)
        },
    }


def _sums(totals: Totals) -> list[dict[str, Any]]:
    """The sums of own columns, by their heading paths; amounts as text."""
    return [
        {
            "heading": own_heading(code),
            "value": number_text(number),
            "left_out": list(totals.left_out.get(code, ())),
        }
        for code, number in totals.sums.items()
    ]


def totals_record(totals: Totals) -> dict[str, Any]:
    """The figures of one set, nested by the points in their codes; of a group those that groups have."""
    record: dict[str, Any] = {}
    for figure in FIGURES:
        if figure.is_grouped or totals.by is By.ALL:
            _put(record, figure.code, encoded(totals[figure.code]))
        for rate in RATES:
            if rate.after == figure.code:
                record[rate.code] = _rate(totals.rates[rate.code])
    return record


def encoded(number: Number) -> int | str:
    """A count as a number, an amount as text (JSON has no decimals)."""
    return str(number) if isinstance(number, Decimal) else number


def _put(record: dict[str, Any], code: str, value: object) -> None:
    *path, last = code.split(".")
    for name in path:
        record = record.setdefault(name, {})
    record[last] = value


def _rate(rate: Rate) -> dict[str, Any]:
    return {
        "numerator": rate.numerator,
        "denominator": rate.denominator,
        "text": rate.text,
        "rule": rate.rule,
    }


def _quality(figures: Figures, unit: str) -> dict[str, Any]:
    quality = figures.quality[unit]
    return {**asdict(quality), "reasons": text_of(quality.reasons(unit))}


def outputs_of(folder: Path) -> list[dict[str, str]]:
    """Every file of the folder but run.json itself and the copy of the register, with its SHA-256, by name."""
    digests = digests_of(folder)
    return [
        {"file": name, "sha256": digest}
        for name, digest in digests.items()
        if name not in (RECORD, BACKUP)
    ]


def digests_of(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file of a folder, by its path there, in the order of the paths."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }
