"""A whole workbook after the data rows of one sheet became more or fewer: rows, formulas, names, tables, notes, pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.sheets.around import (
    NotCarried,
    move_anchors,
    move_around,
    move_comments,
    move_names,
    move_shapes,
    move_table,
    moved_formula,
)
from toolkit.sheets.grid import MOST_ROWS, column_letters, column_number
from toolkit.sheets.package import first_child, local_children

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from toolkit.sheets.package import Package, Tree
    from toolkit.sheets.references import Move

CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_OTHER_BOOK = re.compile(r"\[\d+\]")
_BY_TEXT = re.compile(r"\bINDIRECT\(", re.IGNORECASE)
_PARTS: Mapping[str, Callable[[Tree, Move], None]] = {
    "table": move_table,
    "comments": move_comments,
    "vmlDrawing": move_shapes,
    "drawing": move_anchors,
}


def sheets_of(package: Package, book: str) -> Mapping[str, str]:
    """The sheets of a workbook in their order: name → part."""
    targets = package.relations(book)
    sheets = first_child(package.tree(book), "sheets")
    return {
        sheet.get("name", ""): targets.get(link_of(sheet), ("", ""))[1]
        for sheet in (sheets if sheets is not None else ())
    }


def link_of(element: Tree) -> str:
    """The r:id of an element, in the transitional or the strict namespace."""
    ids = (value for name, value in element.attrib.items() if name.endswith("relationships}id"))
    return next(ids, "")


def cells_of(sheet: Tree) -> Iterator[tuple[int, int, Tree]]:
    """Every cell with its row and column; what the writer has not numbered is numbered."""
    row = 0
    data = first_child(sheet, "sheetData")
    for element in data if data is not None else ():
        row = int(element.get("r") or row + 1)
        element.set("r", str(row))
        col = 0
        for cell in local_children(element, "c"):
            found = CELL.fullmatch(cell.get("r", ""))
            col = column_number(found[1].upper()) if found else col + 1
            cell.set("r", f"{column_letters(col)}{row}")
            yield row, col, cell


def may_calculate(part: bytes) -> bool:
    """Whether a sheet can hold formulas; one without says nothing of other sheets, and need not be read as a tree."""
    is_wide = b"\x00" in part[:4]  # UTF-16, in which the tags are not looked for
    return is_wide or _FORMULA.search(part) is not None


def move_workbook(package: Package, book: str, name: str, move: Move) -> None:
    """Move what belongs to the data rows of the sheet `name`, in every part that speaks of them.

    Raises NotCarried for what cannot be moved.
    """
    sheets = sheets_of(package, book)
    sheet = package.tree(sheets[name])
    _move_rows(sheet, move, name)
    move_around(sheet, move, name)
    for kind, part in package.relations(sheets[name]).values():
        if kind in _PARTS and package.has(part):
            _PARTS[kind](package.tree(part), move)
    for other, part in sheets.items():
        if other != name and package.has(part) and may_calculate(package.read(part)):
            for _, _, cell in cells_of(package.tree(part)):
                _move_cell(cell, move, name, other)
    move_names(package.tree(book), move, name)


def _move_rows(sheet: Tree, move: Move, name: str) -> None:
    """Data rows behind the first go, those below move, formulas everywhere follow."""
    for _, _, cell in cells_of(sheet):
        _move_cell(cell, move, name, name)
    data = first_child(sheet, "sheetData")
    for row in list(data if data is not None else ()):
        number = int(row.get("r", "0"))
        moved = move.row(number)
        if moved is None:
            row.getparent().remove(row)
            continue
        if moved > MOST_ROWS:
            _refuse_below(row, name)
            row.getparent().remove(row)
            continue
        row.attrib.pop("spans", None)
        if moved != number:
            row.set("r", str(moved))
            for cell in local_children(row, "c"):
                letters = CELL.fullmatch(cell.get("r", ""))
                cell.set("r", f"{letters[1] if letters else 'A'}{moved}")


def _refuse_below(row: Tree, name: str) -> None:
    if any(len(cell) for cell in row):
        raise NotCarried(
            f"工作表“{name}”第{row.get('r')}行在最末行附近还有内容，加行后放不下；请删去台账下方很远处的内容后另存。"
        )


def _move_cell(cell: Tree, move: Move, sheet: str, here: str) -> None:
    """The formula of a cell; what it gave before is not true any more."""
    formula = first_child(cell, "f")
    if formula is None:
        return
    if formula.get("ref"):
        formula.set("ref", move.ref(formula.get("ref")) or formula.get("ref"))
    if formula.text:
        if _OTHER_BOOK.search(formula.text):
            raise NotCarried(f"公式“{formula.text}”引用了别的工作簿；请改为数值后另存。")
        if _BY_TEXT.search(formula.text):
            raise NotCarried(
                f"公式“{formula.text}”用INDIRECT按文字取单元格，行数一变就会取错；请改为直接引用区域后另存。"
            )
        moved = moved_formula(formula.text, move, sheet, here)
        if here != sheet and moved == formula.text:
            return
        formula.text = moved
    value = first_child(cell, "v")
    if value is not None:
        cell.remove(value)
    cell.attrib.pop("t", None)
