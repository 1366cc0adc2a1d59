"""run.json and 运行说明.txt read back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from toolkit.figures.printed import By, Printed, Ref, text_of
from toolkit.figures.table import FIGURES, RATES
from toolkit.run.record import RECORD
from toolkit.run.report import read_report, report_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from toolkit.run.leaks import Stopped
    from toolkit.run.proof.digits import Sources
    from toolkit.run.proof.truth import Truth
    from toolkit.state import State

_SHOWN = 40


def record_faults(state: State, folder: Path, truth: Truth) -> Iterator[str]:
    """Where run.json says another number than the figures are."""
    record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    figures = record["figures"]
    printed = [*_printed(figures, By.ALL, "")]
    printed += [
        number
        for by, listed in ((By.UNIT, "units"), (By.LEADER, "leaders"))
        for group in figures[listed]
        for number in _printed(group, by, group[by.value])
    ]
    printed += [
        Printed(str(group["quality"][code]), Ref(f"quality.{code}", By.UNIT, group["unit"]))
        for group in figures["units"]
        for code in ("score", "rows", "clean", "full", "thin")
    ]
    printed.append(Printed(str(len(figures["missing_units"])), Ref("missing_units")))
    printed.append(Printed(str(len(record["rows"])), Ref("problems")))
    for number in printed:
        if fault := truth.fault(number):
            yield f"run.json中{fault}"
    if record["code"] != state.code:
        yield f"run.json的简码是{record['code']}，应为{state.code}"
    if [row["id"] for row in record["rows"]] != [entry.item.id for entry in state.entries]:
        yield "run.json的各行与台账不一致"


def _printed(record: Mapping[str, Any], by: By, name: str) -> Iterator[Printed]:
    """Every figure and rate of one set of items."""
    for figure in FIGURES:
        if figure.is_grouped or by is By.ALL:
            yield Printed(str(_at(record, figure.code)), Ref(figure.code, by, name))
    for rate in RATES:
        said = record[rate.code]
        yield Printed(said["text"], Ref(rate.code, by, name))
        for part in ("numerator", "denominator"):
            yield Printed(str(said[part]), Ref(f"{rate.code}.{part}", by, name))


def _at(record: Mapping[str, Any], code: str) -> Any:
    value: Any = record
    for name in code.split("."):
        value = value[name]
    return value


def report_faults(
    state: State, stopped: Sequence[Stopped], folder: Path, truth: Truth, sources: Sources
) -> Iterator[str]:
    """Where 运行说明.txt says another number than there are."""
    lines = report_lines(state, stopped)
    found = read_report(folder).split("\n")
    expected = [part for line in lines for part in text_of(line).split("\n")]
    if found != expected:
        at = next((n for n, (a, b) in enumerate(zip(found, expected, strict=False)) if a != b), 0)
        shown = found[at][:_SHOWN] if at < len(found) else ""
        yield f"运行说明第{at + 1}行应为“{expected[at][:_SHOWN]}”，印的是“{shown}”"
    for line in lines:
        for piece in line:
            if isinstance(piece, Printed) and (fault := truth.fault(piece)):
                yield f"运行说明中{fault}"
        for fault in sources.faults(line):
            yield f"运行说明{fault}"
