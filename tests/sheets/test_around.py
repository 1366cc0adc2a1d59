"""Everything that may stand in a worksheet has its place in the one table: moved, kept, gone or refused."""

from __future__ import annotations

import pytest
from lxml import etree

from toolkit.sheets.around import CHILDREN, NotCarried, move_around
from toolkit.sheets.references import Move

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
# The children of CT_Worksheet in their order (ECMA-376 part 1, 18.3.1.99 and annex A).
OF_THE_SCHEMA = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]
MOVE = Move(4, 6, 10)


def sheet_of(inside: str) -> etree._Element:
    return etree.fromstring('<worksheet xmlns="' + MAIN + '">' + inside + "</worksheet>")


def moved(inside: str) -> str:
    sheet = sheet_of(inside)
    move_around(sheet, MOVE, "台账")
    text = "".join(etree.tostring(child, encoding="unicode") for child in sheet)
    return text.replace(' xmlns="' + MAIN + '"', "")


def test_the_table_has_every_child_in_the_order_of_the_schema() -> None:
    assert [*OF_THE_SCHEMA, "AlternateContent"] == list(CHILDREN)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="A8:B8"/></mergeCells>', '<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="A15:B15"/></mergeCells>'),
        ('<mergeCells count="1"><mergeCell ref="A5:A6"/></mergeCells>', ""),
        ('<protectedRanges><protectedRange sqref="D4:D6 A9" name="填"/></protectedRanges>', '<protectedRanges><protectedRange sqref="D4:D13 A16" name="填"/></protectedRanges>'),
        ('<ignoredErrors><ignoredError sqref="A5" numberStoredAsText="1"/></ignoredErrors>', ""),
        ('<autoFilter ref="A3:E6"><filterColumn colId="1"/></autoFilter>', '<autoFilter ref="A3:E13"/>'),
        ('<sortState ref="A4:E6"/>', ""),
        ('<rowBreaks count="2" manualBreakCount="2"><brk id="5"/><brk id="8"/></rowBreaks>', '<rowBreaks count="1" manualBreakCount="1"><brk id="15"/></rowBreaks>'),
        ('<rowBreaks count="1" manualBreakCount="1"><brk id="6"/></rowBreaks>', '<rowBreaks count="1" manualBreakCount="1"><brk id="13"/></rowBreaks>'),
        ('<hyperlinks><hyperlink ref="B5" location="A1"/><hyperlink ref="B9" location="台账!A8"/></hyperlinks>', '<hyperlinks><hyperlink ref="B16" location="台账!A15"/></hyperlinks>'),
        ('<conditionalFormatting sqref="E4:E6"><cfRule><formula>$E4&lt;TODAY()</formula></cfRule></conditionalFormatting>', '<conditionalFormatting sqref="E4:E13"><cfRule><formula>$E4&lt;TODAY()</formula></cfRule></conditionalFormatting>'),
        ('<conditionalFormatting sqref="E5:E6"><cfRule><formula>E5=E4</formula></cfRule></conditionalFormatting>', ""),
        ('<conditionalFormatting sqref="E4:E6"><cfRule><formula>AND(E4&lt;&gt;E5,$E$9=1)</formula></cfRule></conditionalFormatting>', '<conditionalFormatting sqref="E4:E13"><cfRule><formula>AND(E4&lt;&gt;E5,$E$16=1)</formula></cfRule></conditionalFormatting>'),
        ('<conditionalFormatting sqref="A8"><cfRule><formula>A8&gt;B8</formula></cfRule></conditionalFormatting>', '<conditionalFormatting sqref="A15"><cfRule><formula>A15&gt;B15</formula></cfRule></conditionalFormatting>'),
        ('<dataValidations count="1"><dataValidation type="custom" sqref="B4:B6"><formula1>COUNTIF($B$4:$B$6,B4)=1</formula1></dataValidation></dataValidations>', '<dataValidations count="1"><dataValidation type="custom" sqref="B4:B13"><formula1>COUNTIF($B$4:$B$13,B4)=1</formula1></dataValidation></dataValidations>'),
        ('<dimension ref="A1:E9"/>', ""),
        ('<printOptions gridLines="1"/>', '<printOptions gridLines="1"/>'),
    ],
)  # fmt: skip
def test_what_becomes_of_it(before: str, after: str) -> None:
    assert moved(before) == after


@pytest.mark.parametrize(
    "name",
    ["scenarios", "dataConsolidate", "oleObjects", "controls", "webPublishItems", "unheardOf"],
)
def test_what_cannot_go_along_is_answered(name: str) -> None:
    with pytest.raises(NotCarried, match="另存为普通工作簿"):
        moved("<" + name + "/>")


def test_a_frozen_heading_stays_frozen_where_it_was() -> None:
    views = '<sheetViews><sheetView topLeftCell="A50"><pane ySplit="3" topLeftCell="B60" state="frozen"/><selection activeCell="C77" sqref="C77"/></sheetView></sheetViews>'
    assert moved(views) == (
        '<sheetViews><sheetView><pane ySplit="3" topLeftCell="B4" state="frozen"/><selection activeCell="A4" sqref="A4"/></sheetView></sheetViews>'
    )
