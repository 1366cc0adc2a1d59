"""A native chart of Word: stacked bars, with its values in the document and in a workbook behind it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import xlsxwriter
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from toolkit.packages.rewrite import rewritten

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from docx.document import Document
    from lxml.etree import _Element

_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EMU_PER_MM = 36000
_NS = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


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
    part._blob = _chart_xml(chart, data).encode()  # noqa: SLF001 - its text names the relationship just made
    shown = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    width, height = round(chart.width_mm * _EMU_PER_MM), round(chart.height_mm * _EMU_PER_MM)
    return parse_xml(
        f'<w:p {nsdecls("w", "wp", "a", "r")}><w:pPr><w:pStyle w:val="Normal"/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/></w:pPr>'
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{8000 + number}" name="图表{number}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        f'<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="{shown}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )


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


def _chart_xml(chart: BarChart, data: str) -> str:
    count = len(chart.categories)
    categories = _points("c:strRef", f"Sheet1!$A$2:$A${count + 1}", "c:strCache", chart.categories)
    bars = "".join(
        _series_xml(number, series, categories, count) for number, series in enumerate(chart.series)
    )
    text = _text(chart.font, 900)
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace {_NS}><c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="stacked"/><c:varyColors val="0"/>{bars}<c:gapWidth val="40"/><c:overlap val="100"/><c:axId val="111"/><c:axId val="222"/></c:barChart>'
        f'<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{text}<c:crossAx val="222"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        f'<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:numFmt formatCode="0" sourceLinked="0"/>'
        f'<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{text}<c:crossAx val="111"/><c:crosses val="max"/><c:crossBetween val="between"/></c:valAx></c:plotArea>'
        f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{text}</c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>'
        f'<c:externalData r:id="{data}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _series_xml(number: int, series: Series, categories: str, count: int) -> str:
    letter = chr(ord("B") + number)
    name = _points("c:strRef", f"Sheet1!${letter}$1", "c:strCache", (series.name,))
    values = _points(
        "c:numRef",
        f"Sheet1!${letter}$2:${letter}${count + 1}",
        "c:numCache",
        tuple(map(str, series.values)),
    )
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx>{name}</c:tx><c:spPr><a:solidFill><a:srgbClr val="{series.colour}"/></a:solidFill></c:spPr>'
        f'<c:invertIfNegative val="0"/><c:cat>{categories}</c:cat><c:val>{values}</c:val></c:ser>'
    )


def _points(reference: str, formula: str, cache: str, values: Sequence[str]) -> str:
    code = "<c:formatCode>General</c:formatCode>" if cache == "c:numCache" else ""
    points = "".join(
        f'<c:pt idx="{n}"><c:v>{escape(value)}</c:v></c:pt>' for n, value in enumerate(values)
    )
    return f'<{reference}><c:f>{formula}</c:f><{cache}>{code}<c:ptCount val="{len(values)}"/>{points}</{cache}></{reference}>'


def _text(font: str, size: int) -> str:
    """Font of labels; size in hundredths of a point."""
    return (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="{size}"><a:latin typeface="{font}"/><a:ea typeface="{font}"/></a:defRPr></a:pPr>'
        f'<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )
