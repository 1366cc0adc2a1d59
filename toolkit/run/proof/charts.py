"""Charts read back: what the picture shows (its cache), the cells that the cache is of, and what those must be."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import openpyxl
from lxml import etree

from toolkit.figures.printed import Printed
from toolkit.figures.table import BY_CODE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lxml.etree import _Element
    from openpyxl.workbook import Workbook

    from toolkit.figures.printed import Ref
    from toolkit.papers.blocks import Bars
    from toolkit.run.proof.truth import Truth
    from toolkit.settings.sections import Words

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_WORD_CHART = re.compile(r"word/charts/chart\d*\.xml")
_AREA = re.compile(
    r"^'?(?P<sheet>[^']*?)'?!\$?(?P<from>[A-Z]+\$?\d+)(?::\$?(?P<to>[A-Z]+\$?\d+))?$"
)


@dataclass(frozen=True, slots=True)
class Points:
    """What a chart shows of a range: the range ("" where there is none), and the texts in its cache."""

    area: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One series of a chart: its name, its categories, its values."""

    name: Points
    categories: Points
    values: Points


def drawn_series(chart: bytes) -> tuple[Drawn, ...]:
    """The series of a chart part, in their order."""
    root = etree.fromstring(chart)
    return tuple(
        Drawn(*(_points(series.find(f"{_C}{part}")) for part in ("tx", "cat", "val")))
        for series in root.iter(f"{_C}ser")
    )


def _points(part: _Element | None) -> Points:
    """Range and cache of a part of a series; a name may stand there without a range."""
    if part is None:
        return Points("", ())
    values = [value.text or "" for value in part.iter(f"{_C}v")]
    return Points(next((found.text or "" for found in part.iter(f"{_C}f")), ""), tuple(values))


def cells_of(area: str) -> tuple[str, str]:
    """(sheet, cells such as C4:C9) of a range such as '按单位'!$C$4:$C$9. Raises ValueError for any other text."""
    found = _AREA.match(area)
    if found is None:
        raise ValueError(area)
    first = found["from"].replace("$", "")
    last = (found["to"] or first).replace("$", "")
    return found["sheet"], f"{first}:{last}"


def addresses_of(book: Workbook, area: str) -> tuple[tuple[str, str], ...]:
    """(sheet, address) of every cell of a range. Raises ValueError or KeyError where there is no such range."""
    sheet, cells = cells_of(area)
    rows = book[sheet][cells]
    return tuple((sheet, cell.coordinate) for row in rows for cell in row)


def chart_faults(path: Path, bars: Sequence[Bars], words: Words, truth: Truth) -> Iterator[str]:
    """Of the charts of a Word file: picture and workbook behind it show what the figures are."""
    with zipfile.ZipFile(path) as package:
        charts = sorted(name for name in package.namelist() if _WORD_CHART.fullmatch(name))
        if len(charts) != len(bars):
            yield f"应有{len(bars)}张图表，实有{len(charts)}张"
            return
        for name, block in zip(charts, bars, strict=True):
            book = name.replace("charts/", "embeddings/").replace(".xml", ".xlsx")
            drawn = drawn_series(package.read(name))
            yield from _chart_faults(drawn, package.read(book), block, (words, truth))


def _chart_faults(
    drawn: Sequence[Drawn], data: bytes, block: Bars, proofs: tuple[Words, Truth]
) -> Iterator[str]:
    words, truth = proofs
    if len(drawn) != len(block.refs):
        yield f"图表应有{len(block.refs)}组数，实有{len(drawn)}组"
        return
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    for series, refs in zip(drawn, block.refs, strict=True):
        yield from shown_faults(series, refs, words, truth, "图表中")
        behind = Drawn(
            *(_behind(book, points) for points in (series.name, series.categories, series.values))
        )
        yield from shown_faults(behind, refs, words, truth, "图表的数据表中")


def _behind(book: Workbook, points: Points) -> Points:
    """The same as it stands in the cells that the cache is of."""
    cells = addresses_of(book, points.area)
    return Points(points.area, tuple(str(book[sheet][cell].value) for sheet, cell in cells))


def shown_faults(
    series: Drawn, refs: Sequence[Ref], words: Words, truth: Truth, where: str
) -> Iterator[str]:
    """Where a series shows other values than stand behind it, or calls them by another name."""
    values = series.values.texts
    if len(values) != len(refs):
        yield f"{where}应有{len(refs)}个数，实有{len(values)}个"
        return
    for value, ref in zip(values, refs, strict=True):
        if fault := truth.fault(Printed(value, ref)):
            yield f"{where}{fault}"
    expected = (BY_CODE[refs[0].code].name_in(words), *(name_of(ref) for ref in refs))
    found = (*series.name.texts, *series.categories.texts)
    if found != expected:
        yield f"{where}的名称应为“{'、'.join(expected)}”，实为“{'、'.join(found)}”"


def name_of(ref: Ref) -> str:
    """What a unit or leader is called where its figures stand."""
    return ref.name or "（未填写）"


def charts_of_sheets(path: Path) -> Iterator[bytes]:
    """The chart parts of a workbook."""
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
        yield from [package.read(name) for name in names]
