"""How our workbooks look: fonts, colours and print set-up, once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.ledger.finding import Severity
from toolkit.sheets.lines_of_text import lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FONT, HEADING_FONT = "宋体", "黑体"
INK, LINE, HEAD, OFFICE, UNIT = "#1F2933", "#B8C2CC", "#E4ECF4", "#F2F4F6", "#FFFFFF"
ERROR, WARNING, NOTE = "#F8D7DA", "#FFF3CD", "#E7F1FB"
GREEN, RED = "#3C7D4B", "#9C2A2A"
NOTE_PAPER = "#FFFBE8"
FILLS: Mapping[Severity, str] = {
    Severity.ERROR: ERROR,
    Severity.WARNING: WARNING,
    Severity.NOTE: NOTE,
}
LIGHTS: Mapping[str, str] = {"红": "#E4572E", "黄": "#F2C037", "绿": "#6BAA75", "蓝": "#4F86C6"}
A3, A4 = 8, 9
# Points of one line of 10.5 pt text, and how many half-width characters one unit of column width holds.
LINE_HEIGHT = 15.0

_BASE: Mapping[str, Any] = {
    "font_name": FONT,
    "font_size": 10.5,
    "font_color": INK,
    "valign": "vcenter",
}
_CELL: Mapping[str, Any] = {**_BASE, "border": 1, "border_color": LINE, "text_wrap": True}


@dataclass(frozen=True, slots=True)
class Look:
    """The formats of one workbook (a format belongs to its workbook)."""

    title: Format
    subtitle: Format
    head: Format
    text: Format
    office: Format
    centre: Format
    date: Format
    office_date: Format
    number: Format
    money: Format
    plain: Format
    strong: Format
    link: Format
    check: Format
    jump: Format


def look(workbook: Workbook, fill: str = "") -> Look:
    """All formats, all with this `fill` where one is given.

    Cells are unlocked, so that pasting never locks one (the sheets are not protected either).
    """
    filled = {"bg_color": fill} if fill else {}

    def add(**properties: object) -> Format:
        return workbook.add_format({**properties, **filled, "locked": False})

    workbook.formats[0].set_font_name(FONT)
    workbook.formats[0].set_font_size(10.5)
    workbook.formats[0].set_locked(False)
    return Look(
        title=add(**{**_BASE, "font_name": HEADING_FONT, "font_size": 18, "align": "center"}),
        subtitle=add(**{**_BASE, "align": "left", "text_wrap": True}),
        head=add(**{**_CELL, "font_name": HEADING_FONT, "bg_color": HEAD, "align": "center"}),
        text=add(**_CELL, align="left"),
        office=add(**_CELL, align="left", bg_color=OFFICE),
        centre=add(**_CELL, align="center"),
        date=add(**_CELL, align="center", num_format="yyyy-mm-dd"),
        office_date=add(**_CELL, align="center", num_format="yyyy-mm-dd", bg_color=OFFICE),
        number=add(**_CELL, align="center", num_format="0"),
        money=add(**_CELL, align="center", num_format="#,##0.####"),
        plain=add(**_BASE),
        strong=add(**{**_CELL, "font_name": HEADING_FONT, "align": "center"}),
        link=add(**{**_CELL, "align": "left", "font_size": 9}),
        jump=add(**{**_CELL, "align": "center", "font_color": "#1F5FA8", "underline": 1}),
        check=add(**{**_CELL, "align": "left", "font_size": 9, "font_color": RED}),
    )


def filled_centre(workbook: Workbook, fill: str) -> Format:
    """`centre` with this fill, where it is the only format that is wanted: a whole look is fifteen of them."""
    return workbook.add_format({**_CELL, "align": "center", "bg_color": fill, "locked": False})


def refused(workbook: Workbook) -> Format:
    """A cell with what somebody wrote and nobody followed: red on pale red, left as it was typed."""
    properties = {**_CELL, "align": "left", "font_color": RED, "bg_color": ERROR}
    return workbook.add_format({**properties, "locked": False})


def print_setup(
    sheet: Worksheet, *, title: str, head_row: int, landscape: bool = True, paper: int = A3
) -> None:
    """One page wide, headings repeated, page numbers in the footer; `head_row` counts from 0, -1 for none."""
    sheet.set_paper(paper)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer(f"&L&9{title}&R&9第&P页 共&N页")
    if head_row >= 0:
        sheet.repeat_rows(head_row)


def row_height(texts: Mapping[str, tuple[str, float]]) -> float:
    """The height in points of a row whose cells hold these (text, column width); Excel allows 409 at most."""
    lines = max((lines_of(text, width) for text, width in texts.values()), default=1)
    return min(409.0, max(1, lines) * LINE_HEIGHT + 4)
