"""A sheet of our own put before those of an existing workbook: a title, a few lines, a table with links into the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from toolkit.sheets.grid import address, column_letters
from toolkit.sheets.lines_of_text import lines_of
from toolkit.sheets.package import child_of, first_child, like, new_root, serialised

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.sheets.package import Package, Tree
    from toolkit.sheets.style_book import StyleBook

_PART = "xl/worksheets/zhenggai_findings.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_INK, _LINE, _HEAD, _LINK = "FF1F2933", "B8C2CC", "E4ECF4", "FF1F5FA8"
# Points: a line of 10.5 pt text, the title's row, a line above the table, the heading.
_LINE_HEIGHT, _TITLE_HEIGHT, _ABOVE_HEIGHT, _HEAD_HEIGHT = 15.0, 34.0, 30.0, 26.0


@dataclass(frozen=True, slots=True)
class TableLine:
    """A line of the table: its texts, the ground (RRGGBB, "" for none) of the first, where the link leads ("" nowhere)."""

    texts: Sequence[str]
    ground: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadingSheet:
    """What the sheet says; `columns` are headings with their widths in characters, `link_col` (from 0) holds the links."""

    name: str
    title: str
    above: Sequence[str]
    columns: Sequence[tuple[str, float]]
    lines: Sequence[TableLine]
    link_col: int


def add_leading_sheet(
    package: Package, book: str, styles: StyleBook, links: str, sheet: LeadingSheet
) -> None:
    """Put the sheet first and open the book with it. `links` is the namespace of r:id in this book."""
    space = etree.QName(package.tree(book)).namespace or ""
    package.put(_PART, serialised(_Drawn(styles, sheet, space).tree()))
    package.declare(_PART, _TYPE)
    link = package.relate(book, "worksheet", _PART, prefix=links)
    sheets = child_of(package.tree(book), "sheets")
    number = max(int(one.get("sheetId", "0")) for one in sheets) + 1
    told = {"name": sheet.name, "sheetId": str(number), f"{{{links}}}id": link}
    sheets.insert(0, sheets.makeelement(like(sheets, "sheet"), told))
    _open_first(package, book)


def _open_first(package: Package, book: str) -> None:
    """The first sheet is the one that is seen; names of single sheets count one further (18.2.5)."""
    tree = package.tree(book)
    names = first_child(tree, "definedNames")
    for name in names if names is not None else ():
        if name.get("localSheetId") is not None:
            name.set("localSheetId", str(int(name.get("localSheetId")) + 1))
    views = first_child(tree, "bookViews")
    for view in views if views is not None else ():
        view.attrib.update({"activeTab": "0", "firstSheet": "0"})
    for part in package.of_kind(book, "worksheet"):
        shown = first_child(package.tree(part), "sheetViews") if part != _PART else None
        for view in shown if shown is not None else ():
            view.attrib.pop("tabSelected", None)


class _Drawn:
    """Draws the sheet."""

    def __init__(self, styles: StyleBook, sheet: LeadingSheet, space: str) -> None:
        self._styles, self._sheet, self._space = styles, sheet, space
        self._last_col = len(sheet.columns)

    def tree(self) -> Tree:
        root = new_root(self._space, "worksheet")
        head = 2 + len(self._sheet.above)
        views = self._add(root, "sheetViews")
        view = self._add(views, "sheetView", tabSelected="1", workbookViewId="0")
        told = {"ySplit": str(head), "topLeftCell": f"A{head + 1}", "state": "frozen"}
        self._add(view, "pane", **told, activePane="bottomLeft")
        cols = self._add(root, "cols")
        for number, (_, width) in enumerate(self._sheet.columns, 1):
            self._add(
                cols, "col", min=str(number), max=str(number), width=str(width), customWidth="1"
            )
        data = self._add(root, "sheetData")
        self._row(
            data,
            1,
            _TITLE_HEIGHT,
            [self._sheet.title],
            [self._look(font="黑体", size="18", is_cell=False)],
        )
        plain = self._look(is_cell=False)
        for number, text in enumerate(self._sheet.above, 2):
            self._row(data, number, _ABOVE_HEIGHT, [text], [plain])
        looks = [self._look(font="黑体", ground=_HEAD)] * self._last_col
        self._row(data, head, _HEAD_HEIGHT, [words for words, _ in self._sheet.columns], looks)
        for number, line in enumerate(self._sheet.lines, head + 1):
            self._line(data, number, line)
        merges = self._add(root, "mergeCells", count=str(head - 1))
        for number in range(1, head):
            self._add(
                merges, "mergeCell", ref=f"A{number}:{column_letters(self._last_col)}{number}"
            )
        self._links(root, head)
        self._add(
            root,
            "pageMargins",
            left="0.5",
            right="0.5",
            top="0.6",
            bottom="0.7",
            header="0.3",
            footer="0.3",
        )
        self._add(root, "pageSetup", paperSize="9", orientation="landscape", fitToHeight="0")
        fits = root.makeelement(f"{{{self._space}}}sheetPr", {})
        self._add(fits, "pageSetUpPr", fitToPage="1")
        root.insert(0, fits)
        return root

    def _line(self, data: Tree, number: int, line: TableLine) -> None:
        text = self._look()
        looks = [text] * self._last_col
        looks[0] = self._look(ground=line.ground)
        if line.link:
            looks[self._sheet.link_col] = self._look(is_link=True)
        widths = (width for _, width in self._sheet.columns)
        lines = max(lines_of(words, width) for words, width in zip(line.texts, widths, strict=True))
        self._row(data, number, min(409.0, lines * _LINE_HEIGHT + 4), line.texts, looks)

    def _links(self, root: Tree, head: int) -> None:
        linked = [(n, line) for n, line in enumerate(self._sheet.lines, head + 1) if line.link]
        if not linked:
            return
        links = self._add(root, "hyperlinks")
        for number, line in linked:
            at = address(number, self._sheet.link_col + 1)
            self._add(links, "hyperlink", ref=at, location=line.link)

    def _row(self, data: Tree, number: int, height: float, texts: Sequence[str], looks: Sequence[int]) -> None:  # fmt: skip
        row = self._add(data, "row", r=str(number), ht=format(height, "g"), customHeight="1")
        for col, (text, look) in enumerate(zip(texts, looks, strict=True), 1):
            cell = self._add(row, "c", r=address(number, col), s=str(look), t="inlineStr")
            words = self._add(self._add(cell, "is"), "t")
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            words.text = text

    def _look(
        self, *, font: str = "宋体", size: str = "10.5", ground: str = "", is_cell: bool = True, is_link: bool = False
    ) -> int:  # fmt: skip
        """A format of ours beside those of the office."""
        fonts: Mapping[str, str] = {
            **({"u": "single"} if is_link else {}),
            "sz": size,
            "color": _LINK if is_link else _INK,
            "name": font,
        }
        alignment = {"vertical": "center", "wrapText": "1"}
        border = _LINE if is_cell else ""
        return self._styles.like(0, fill=ground, font=fonts, border=border, alignment=alignment)

    def _add(self, element: Tree, local: str, **told: str) -> Tree:
        return etree.SubElement(element, f"{{{self._space}}}{local}", told)
