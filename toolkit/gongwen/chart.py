"""A native chart of Word: stacked bars, with its values in the document and in a workbook behind it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import xlsxwriter
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from toolkit.gongwen.lengths import Length, mm, pt
from toolkit.gongwen.wordml import align, rows, style, w
from toolkit.gongwen.xml import NAMESPACES, element
from toolkit.packages.rewrite import rewritten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from docx.document import Document
    from lxml.etree import _Element

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Numbers of the axes, of the first drawing of ours in a document; size of labels.
_CATEGORIES, _VALUES = 111, 222
_FIRST_DRAWING = 8000
_LABEL = pt(9)


@dataclass(frozen=True, slots=True)
class Series:
    """One part of every bar: its name, its colour (six hex digits), a value for each category."""

    name: str
    colour: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Horizontal stacked bars, the first category on top; width and height in mm."""

    categories: tuple[str, ...]
    series: tuple[Series, ...]
    width_mm: float
    height_mm: float
    font: str


def chart_paragraph(document: Document, chart: BarChart, created: datetime) -> _Element:
    """Put the chart's parts into the document and return the paragraph that shows it."""
    package = document.part.package
    number = 1 + sum(
        str(part.partname).startswith("/word/charts/chart") for part in package.iter_parts()
    )
    book = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"),
        _BOOK_TYPE,
        _workbook(chart, created),
        package,
    )
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, b"", package)
    data = part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    written = etree.tostring(
        _chart_space(chart, data), xml_declaration=True, encoding="UTF-8", standalone=True
    )
    part._blob = written  # noqa: SLF001 - its text names the relationship just made
    shown = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    return _paragraph(number, shown, mm(chart.width_mm), mm(chart.height_mm))


def _paragraph(number: int, shown: str, width: Length, height: Length) -> _Element:
    """The paragraph in which Word shows the chart part that the relationship names."""
    data = element("a:graphicData", {"uri": NAMESPACES["c"]}, element("c:chart", {"r:id": shown}))
    inline = element(
        "wp:inline",
        {f"dist{side}": 0 for side in "TBLR"},
        element("wp:extent", {"cx": width.emu, "cy": height.emu}),
        element("wp:docPr", {"id": _FIRST_DRAWING + number, "name": f"图表{number}"}),
        element("wp:cNvGraphicFramePr", {}),
        element("a:graphic", {}, data),
    )
    properties = w("pPr", style("Normal"), rows(pt(12), "auto"), align("center"))
    return w("p", properties, w("r", w("drawing", inline)))


def _workbook(chart: BarChart, created: datetime) -> bytes:
    """The values as a sheet, so that a person can edit the chart's data in Word."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": created})
    sheet = book.add_worksheet("Sheet1")
    for col, series in enumerate(chart.series, 1):
        sheet.write_string(0, col, series.name)
        for row, value in enumerate(series.values, 1):
            sheet.write_number(row, col, value)
    for row, category in enumerate(chart.categories, 1):
        sheet.write_string(row, 0, category)
    book.close()
    return rewritten(stream.getvalue())


def _chart_space(chart: BarChart, data: str) -> _Element:
    """The whole chart; `data` is the relationship to the workbook behind it."""
    outline = element("a:ln", {}, element("a:noFill", {}))
    return element(
        "c:chartSpace",
        {},
        _c("roundedCorners", 0),
        element(
            "c:chart",
            {},
            _c("autoTitleDeleted", 1),
            _plot(chart),
            _legend(chart.font),
            _c("plotVisOnly", 1),
            _c("dispBlanksAs", "gap"),
        ),
        element("c:spPr", {}, outline),
        element("c:externalData", {"r:id": data}, _c("autoUpdate", 0)),
    )


def _c(tag: str, value: str | int) -> _Element:
    """An element of a chart that holds one value."""
    return element(f"c:{tag}", {"val": value})


def _plot(chart: BarChart) -> _Element:
    bars = (_series(number, series, chart) for number, series in enumerate(chart.series))
    return element(
        "c:plotArea",
        {},
        element("c:layout", {}),
        element(
            "c:barChart",
            {},
            _c("barDir", "bar"),
            _c("grouping", "stacked"),
            _c("varyColors", 0),
            *bars,
            _c("gapWidth", 40),
            _c("overlap", 100),
            _c("axId", _CATEGORIES),
            _c("axId", _VALUES),
        ),
        _category_axis(chart.font),
        _value_axis(chart.font),
    )


def _category_axis(font: str) -> _Element:
    """The names, the first on top."""
    return element(
        "c:catAx",
        {},
        _c("axId", _CATEGORIES),
        element("c:scaling", {}, _c("orientation", "maxMin")),
        *_ticks("l", "General", font),
        _c("crossAx", _VALUES),
        _c("crosses", "autoZero"),
        _c("auto", 1),
        _c("lblAlgn", "ctr"),
        _c("lblOffset", 100),
        _c("noMultiLvlLbl", 0),
    )


def _value_axis(font: str) -> _Element:
    """The numbers, from zero."""
    return element(
        "c:valAx",
        {},
        _c("axId", _VALUES),
        element("c:scaling", {}, _c("orientation", "minMax"), _c("min", 0)),
        *_ticks("b", "0", font),
        _c("crossAx", _CATEGORIES),
        _c("crosses", "max"),
        _c("crossBetween", "between"),
    )


def _ticks(side: str, code: str, font: str) -> Iterator[_Element]:
    """Labels beside an axis without marks; `code` is their number format."""
    yield _c("delete", 0)
    yield _c("axPos", side)
    yield element("c:numFmt", {"formatCode": code, "sourceLinked": 0})
    yield _c("majorTickMark", "none")
    yield _c("minorTickMark", "none")
    yield _c("tickLblPos", "nextTo")
    yield _text(font)


def _legend(font: str) -> _Element:
    return element("c:legend", {}, _c("legendPos", "b"), _c("overlay", 0), _text(font))


def _series(number: int, series: Series, chart: BarChart) -> _Element:
    letter, last = chr(ord("B") + number), len(chart.categories) + 1
    name = _points("str", f"Sheet1!${letter}$1", (series.name,))
    categories = _points("str", f"Sheet1!$A$2:$A${last}", chart.categories)
    values = _points("num", f"Sheet1!${letter}$2:${letter}${last}", tuple(map(str, series.values)))
    fill = element("a:solidFill", {}, element("a:srgbClr", {"val": series.colour}))
    return element(
        "c:ser",
        {},
        _c("idx", number),
        _c("order", number),
        element("c:tx", {}, name),
        element("c:spPr", {}, fill),
        _c("invertIfNegative", 0),
        element("c:cat", {}, categories),
        element("c:val", {}, values),
    )


def _points(kind: str, formula: str, values: Sequence[str]) -> _Element:
    """Values with the cells that they stand in; `kind` is str or num."""
    general = [element("c:formatCode", {}, "General")] if kind == "num" else []
    points = (
        element("c:pt", {"idx": number}, element("c:v", {}, value))
        for number, value in enumerate(values)
    )
    cache = element(f"c:{kind}Cache", {}, *general, _c("ptCount", len(values)), *points)
    return element(f"c:{kind}Ref", {}, element("c:f", {}, formula), cache)


def _text(font: str) -> _Element:
    """Font of labels."""
    faces = (element(f"a:{script}", {"typeface": font}) for script in ("latin", "ea"))
    look = element("a:pPr", {}, element("a:defRPr", {"sz": _LABEL.hundredths}, *faces))
    end = element("a:endParaRPr", {"lang": "zh-CN"})
    return element("c:txPr", {}, element("a:bodyPr", {}), element("a:p", {}, look, end))
