"""run.json and the texts (运行说明.txt, 回执.txt) read back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from toolkit.figures.printed import By, Printed, Ref, text_of
from toolkit.figures.table import FIGURES, RATES
from toolkit.papers.blocks import split
from toolkit.run.outputs import RETURNED
from toolkit.run.proof.lines import difference, parted
from toolkit.run.record import RECORD, as_record, read_record
from toolkit.run.report import REPORT, report_lines
from toolkit.workbooks.receipt import RECEIPT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from toolkit.figures.printed import Line
    from toolkit.run.proof.context import ProofContext

_SHOWN = 40
# The list of files is made from the files themselves, and again when the round is committed.
_NOT_PRINTED = "outputs"


def record_faults(context: ProofContext) -> Iterator[str]:
    """Where run.json says something else than the state, or a figure is not what stands behind it."""
    found = read_record(context.folder)
    # Through JSON and back, as it was written.
    expected = json.loads(json.dumps(as_record(context.state, context.written.stopped)))
    different = [
        f"{RECORD} {fault}"
        for fault in _differences({**expected, _NOT_PRINTED: []}, {**found, _NOT_PRINTED: []})
    ]
    yield from different
    if different:
        return
    for number in _figures_of(found["figures"]):
        if fault := context.truth.fault(number):
            yield f"{RECORD}中{fault}"
    problems = Printed(str(len(found["rows"])), Ref("problems"))
    if fault := context.truth.fault(problems):
        yield f"{RECORD} rows中{fault}"


def _differences(expected: Any, found: Any, path: str = "") -> Iterator[str]:
    """Every value that is another, with its path and both values; lists by number, objects by key."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in {**expected, **found}:
            inner = f"{path}.{key}" if path else key
            yield from _differences(expected.get(key), found.get(key), inner)
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for number, pair in enumerate(zip(expected, found, strict=True)):
            yield from _differences(*pair, f"{path}[{number}]")
    elif isinstance(expected, str) and isinstance(found, str) and expected != found:
        yield f"{path}{parted(expected, found)}"
    elif expected != found:
        yield f"{path}印的是{_shown(found)}，应为{_shown(expected)}"


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:_SHOWN]


def _figures_of(figures: Mapping[str, Any]) -> Iterator[Printed]:
    """Every number under `figures`, with what it stands for."""
    yield from _set_of(figures, By.ALL, "")
    for by, listed in ((By.UNIT, "units"), (By.LEADER, "leaders")):
        for group in figures[listed]:
            yield from _set_of(group, by, group[by.value])
    for group in figures["units"]:
        for code in ("score", "rows", "clean", "full", "thin"):
            text = str(group["quality"][code])
            yield Printed(text, Ref(f"quality.{code}", By.UNIT, group["unit"]))
    yield Printed(str(len(figures["missing_units"])), Ref("missing_units"))


def _set_of(record: Mapping[str, Any], by: By, name: str) -> Iterator[Printed]:
    """Every figure and rate of one set of items."""
    for figure in FIGURES:
        if figure.is_grouped or by is By.ALL:
            yield Printed(str(_at(record, figure.code)), Ref(figure.code, by, name))
    for rate in RATES:
        told = record[rate.code]
        yield Printed(told["text"], Ref(rate.code, by, name))
        for part in ("numerator", "denominator"):
            yield Printed(str(told[part]), Ref(f"{rate.code}.{part}", by, name))


def _at(record: Mapping[str, Any], code: str) -> Any:
    value: Any = record
    for name in code.split("."):
        value = value[name]
    return value


def text_faults(context: ProofContext) -> Iterator[str]:
    """Where 运行说明.txt or 回执.txt says another number than there are."""
    report = report_lines(context.state, context.written.stopped, context.written.look)
    yield from _file_faults(context, context.folder / REPORT, report)
    if context.written.receipt:
        path = context.folder / RETURNED / RECEIPT
        yield from _file_faults(context, path, context.written.receipt)


def _file_faults(context: ProofContext, path: Path, lines: Sequence[Line]) -> Iterator[str]:
    """A text file against its lines; a quoted reason may stand over several."""
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    found = text.removesuffix("\n").split("\n")
    expected = [part for line in lines for part in split(line)]
    if len(found) != len(expected):
        yield f"{path.stem}应有{len(expected)}行，实有{len(found)}行"
    for number, (line, printed) in enumerate(zip(expected, found, strict=False), 1):
        where = f"{path.stem}第{number}行"
        if text_of(line).removesuffix("\r") != printed:
            yield f"{where}{difference(line, printed)}"
        for piece in line:
            if isinstance(piece, Printed) and (fault := context.truth.fault(piece)):
                yield f"{where}：{fault}"
        for fault in context.sources.faults(line):
            yield f"{where}{fault}"
