"""Charts read back: what the picture shows (its cache), the cells that the cache is of, and what those must be."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import openpyxl
from lxml import etree
from openpyxl.utils.cell import rows_from_range

from toolkit.figures.printed import Printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from lxml.etree import _Element

    from toolkit.figures.printed import Ref
    from toolkit.papers.blocks import Bars
    from toolkit.run.proof.truth import Truth

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_WORD_CHART = re.compile(r"word/charts/chart\d*\.xml")
_AREA = re.compile(
    r"^'?(?P<sheet>[^']*?)'?!\$?(?P<from>[A-Z]+\$?\d+)(?::\$?(?P<to>[A-Z]+\$?\d+))?$"
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One series of a chart: the range of its values, and the values that the picture shows."""

    area: str
    values: tuple[str, ...]


def drawn_series(chart: bytes) -> tuple[Drawn, ...]:
    """The series of a chart part, in their order."""
    root = etree.fromstring(chart)
    return tuple(_series(series) for series in root.iter(f"{_C}ser"))


def _series(series: _Element) -> Drawn:
    numbers = series.find(f"{_C}val/{_C}numRef")
    if numbers is None:
        return Drawn("", ())
    area = numbers.findtext(f"{_C}f") or ""
    points = numbers.iter(f"{_C}pt")
    return Drawn(area, tuple(point.findtext(f"{_C}v") or "" for point in points))


def cells_of(area: str) -> tuple[str, tuple[str, ...]]:
    """(sheet, addresses) of a range such as '按单位'!$C$4:$C$9. Raises ValueError for any other text."""
    found = _AREA.match(area)
    if found is None:
        raise ValueError(area)
    first = found["from"].replace("$", "")
    last = (found["to"] or first).replace("$", "")
    rows = rows_from_range(f"{first}:{last}")
    return found["sheet"], tuple(address for row in rows for address in row)


def chart_faults(path: Path, bars: Sequence[Bars], truth: Truth) -> Iterator[str]:
    """Of the charts of a Word file: picture and workbook behind it show what the figures are."""
    with zipfile.ZipFile(path) as package:
        charts = sorted(name for name in package.namelist() if _WORD_CHART.fullmatch(name))
        if len(charts) != len(bars):
            yield f"应有{len(bars)}张图表，实有{len(charts)}张"
            return
        for name, block in zip(charts, bars, strict=True):
            book = name.replace("charts/", "embeddings/").replace(".xml", ".xlsx")
            yield from _chart_faults(package.read(name), package.read(book), block, truth)


def _chart_faults(chart: bytes, book: bytes, block: Bars, truth: Truth) -> Iterator[str]:
    drawn = drawn_series(chart)
    if len(drawn) != len(block.refs):
        yield f"图表应有{len(block.refs)}组数，实有{len(drawn)}组"
        return
    workbook = openpyxl.load_workbook(io.BytesIO(book), data_only=True)
    for series, refs in zip(drawn, block.refs, strict=True):
        yield from value_faults(series.values, refs, truth, "图表中")
        name, addresses = cells_of(series.area)
        behind = [str(workbook[name][address].value) for address in addresses]
        yield from value_faults(behind, refs, truth, "图表的数据表中")


def value_faults(
    values: Sequence[str], refs: Sequence[Ref], truth: Truth, where: str
) -> Iterator[str]:
    """Values that are not what stands behind them."""
    if len(values) != len(refs):
        yield f"{where}应有{len(refs)}个数，实有{len(values)}个"
        return
    for value, ref in zip(values, refs, strict=True):
        if fault := truth.fault(Printed(value, ref)):
            yield f"{where}{fault}"


def charts_of_sheets(path: Path) -> Mapping[str, bytes]:
    """The chart parts of a workbook, by name."""
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
        return {name: package.read(name) for name in names}
