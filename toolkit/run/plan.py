"""Which state a run makes: of which period, from which files; and whether there is anything new to make one of."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from toolkit import __version__
from toolkit.arrivals import Arrival
from toolkit.errors import UsageError
from toolkit.ledger.period import is_one_period
from toolkit.register.pending import Plan
from toolkit.register.snapshot import Delivered
from toolkit.run.office_book import own_template
from toolkit.settings.sections import WEEKDAYS
from toolkit.workbooks.in_place import WHOLE
from toolkit.workspace import WorkspaceTrouble

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from toolkit.register.snapshot import RoundRecord
    from toolkit.register.store import Register
    from toolkit.settings.model import Settings
    from toolkit.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Files:
    """The files that a state is made from: those that were taken already, and those that are new.

    `again` lie in the inbox once more although the period has them.
    """

    earlier: tuple[Delivered, ...]
    fresh: tuple[Arrival, ...]
    again: tuple[Arrival, ...]
    run: int

    @property
    def deliveries(self) -> tuple[Delivered, ...]:
        """All of them, in the order in which they came: by run, then by their time of change, then by name."""
        new = [Delivered(a.name, a.sha256, self.run, a.modified) for a in self.fresh]
        return tuple(sorted((*self.earlier, *new), key=lambda d: (d.run, d.arrived, d.file)))


def superseded_by(
    register: Register, as_of: date, settings: Settings, *, begins_period: bool
) -> RoundRecord | None:
    """The state whose period this run goes on with; None where it begins another.

    A period of a version before 0.4 is final. Raises UsageError for a date before the last one.
    """
    states = register.states()
    last = states[-1] if states else None
    if last is None:
        return None
    if as_of < last.as_of:
        raise UsageError(
            f"截至日期{as_of}早于最近一期（{last.as_of}）。请检查电脑的日期，或用--as-of写明截至日期；"
            "如果最近一期的日期本身有误，请先用zhenggai undo撤销它。"
        )
    schedule = settings.schedule
    weekday = WEEKDAYS.index(schedule.weekday)
    goes_on = last.basis and is_one_period(schedule.cycle, weekday, last.as_of, as_of)
    return last if goes_on and not begins_period else None


def plan_of(
    register: Register, before: RoundRecord | None, as_of: date, settings: Settings
) -> Plan:
    """The state that is to be made."""
    if before is not None:
        return Plan(
            period=before.period,
            run=before.run + 1,
            since=before.since or before.as_of,
            as_of=as_of,
            settings=settings.digest,
        )
    last = max((state.period for state in register.states()), default=0)
    return Plan(period=last + 1, run=1, since=as_of, as_of=as_of, settings=settings.digest)


def files_of(register: Register, before: RoundRecord | None, arrivals: Iterable[Arrival]) -> Files:
    """The files of the period so far, and which of those in the inbox are new to it."""
    earlier = register.deliveries(before.id) if before else ()
    had = {given.sha256 for given in earlier}
    arrivals = tuple(arrivals)
    return Files(
        earlier=earlier,
        fresh=tuple(arrival for arrival in arrivals if arrival.sha256 not in had),
        again=tuple(arrival for arrival in arrivals if arrival.sha256 in had),
        run=before.run + 1 if before else 1,
    )


def inputs_of(workspace: Workspace, files: Files) -> tuple[Arrival, ...]:
    """Every file of the period, read, in the order in which they came; two of one name are told apart.

    Raises WorkspaceTrouble where an original is lost.
    """
    fresh = {(arrival.name, arrival.sha256): arrival for arrival in files.fresh}
    names: dict[str, int] = {}
    inputs = []
    for given in files.deliveries:
        names[given.file] = names.get(given.file, 0) + 1
        name = _numbered(given.file, names[given.file])
        known = fresh.get((given.file, given.sha256))
        data = known.data if known else _original(workspace, given)
        inputs.append(Arrival(name, data, given.sha256, given.arrived))
    return tuple(inputs)


def _numbered(name: str, number: int) -> str:
    """`林业局（2）.xlsx` of the second file that came under a name."""
    if number == 1:
        return name
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}（{number}）{path.suffix}"))


def _original(workspace: Workspace, given: Delivered) -> bytes:
    path = workspace.archive.original(given.sha256)
    data = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(data).hexdigest() != given.sha256:
        raise WorkspaceTrouble(
            f"归档的原件“{given.file}”缺失或已损坏，不能重新计算本期；请运行zhenggai doctor查看。"
        )
    return data


def office_template(templates: Path) -> dict[str, str]:
    """The office's own workbook in templates, by its digest; nothing where there is none."""
    own = own_template(templates)
    return {} if own is None else {WHOLE: hashlib.sha256(own).hexdigest()}


def basis_of(
    register: Register, plan: Plan, deliveries: Sequence[Delivered], templates: Path
) -> str:
    """The digest of all that a state is computed from (hex): an equal one means that nothing is new."""
    stands_on = {
        "before": register.head(plan.period),
        "inputs": sorted([given.file, given.sha256] for given in deliveries),
        "settings": plan.settings,
        "templates": {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(templates.glob("*.docx"))
            if not path.name.startswith((".", "~"))
        }
        | office_template(templates),
        "toolkit": __version__,
        "as_of": plan.as_of.isoformat(),
    }
    text = json.dumps(stands_on, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
