"""A skeleton filled in: rows as text with the look of its first data row, everything around them moved, keys hidden."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from lxml import etree

from toolkit.sheets.around import CHILDREN
from toolkit.sheets.cell_tags import CellTags
from toolkit.sheets.escapes import escape
from toolkit.sheets.grid import MOST_COLS, column_letters, column_number, read_range
from toolkit.sheets.leading_sheet import LeadingSheet, add_leading_sheet
from toolkit.sheets.lines_of_text import lines_of
from toolkit.sheets.moving import CELL, cells_of, move_workbook
from toolkit.sheets.notes import Note, add_notes
from toolkit.sheets.package import (
    Package,
    child_of,
    first_child,
    local_children,
    new_root,
    serialised,
    set_text,
)
from toolkit.sheets.references import Move, shifted
from toolkit.sheets.style_book import StyleBook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from toolkit.sheets.package import Tree
    from toolkit.sheets.skeleton import Skeleton

KEY_HEADER, IDENTITY_SHEET = "_key", "_标识"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_ROWS, _ROWS_MARK = "rows", b"<!--rows-->"
_ORDER = tuple(CHILDREN)
# Excel's own limits and defaults: points of a row, characters of a column.
# Excel refuses a longer list that is not in cells.
_LONGEST_LIST = 255
_HIGHEST, _USUAL_HEIGHT, _USUAL_WIDTH = 409.0, 14.4, 8.43
# A line of text takes this many times its font's size. A unit of column width is 7 pixels (5.25 pt), half a figure of
# twice that size: reckoned any wider, the last line of a text that fills its column is cut off.
_LEADING, _FIGURE = 1.32, 10.5
# Points above and below the lines of a cell.
_AROUND_TEXT = 4.0
_SERIAL_ZERO, _SERIAL_ZERO_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
# What XML cannot hold, and what a reader would take for an escape (22.9.2.19).
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row: values by column (from 1), and the hidden key behind it."""

    cells: Mapping[int, object]
    key: str = ""


@dataclass(frozen=True, slots=True)
class CellMark:
    """A colour (RRGGBB) and a note on a cell of the rows: the row counts from 0, the column from 1."""

    row: int
    col: int
    colour: str
    note: str
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What a skeleton is filled in with.

    `properties` are the hidden identity; without any there is neither identity nor key, and nothing of ours in the book.
    `line` rewrites a text of the lines above and below the table, `told` are what cells there say or their formulas give,
    by address in the skeleton, `heads` are new words of headings by column, `lists`
    the words to choose from in columns that offer none themselves. `marks` colour cells and say why; `leading` is a sheet
    of ours before all others.
    """

    rows: Sequence[FilledRow]
    properties: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    line: Callable[[str], str] = str
    told: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    heads: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    lists: Mapping[int, Sequence[str]] = field(default_factory=lambda: MappingProxyType({}))
    marks: Sequence[CellMark] = ()
    leading: LeadingSheet | None = None


def fill(skeleton: Skeleton, filling: Filling, *, level: int = 1) -> bytes:
    """The workbook with these rows, equal bytes for equal rows. Raises NotCarried for what cannot be moved."""
    return _Filler(skeleton, filling).filled(level)


@dataclass(frozen=True, slots=True)
class Calculated:
    """A value beside the formula that gives it: the row's own, or "" for that of the column, which is written once."""

    value: str | int | bool
    formula: str = ""


class Formula(str):
    """A value that is calculated."""

    __slots__ = ()


class _Filler:
    """Fills one workbook."""

    def __init__(self, skeleton: Skeleton, filling: Filling) -> None:
        self._skeleton, self._filling = skeleton, filling
        self._place = skeleton.place
        self._package = Package(skeleton.data)
        self._book = self._package.of_kind("", "officeDocument")[0]
        self._sheet = self._package.tree(skeleton.part)
        self._styles = StyleBook(self._package.tree(self._package.of_kind(self._book, "styles")[0]))
        self._tags = CellTags.of(self._sheet.prefix or "")
        self._count = max(len(filling.rows), 1)
        self._last = self._place.first + self._count - 1
        cells = list(cells_of(self._sheet))
        self._looks = {
            col: int(cell.get("s", "0")) for row, col, cell in cells if row == self._place.first
        }
        used = [col for row, col, cell in cells if row >= self._place.head and len(cell)]
        beside = max(self._place.right, *used, *self._looks) + 1
        self._key_col = skeleton.key or beside
        self._widths = self._column_widths()
        self._colours = {
            (self._place.first + mark.row, mark.col): mark.colour for mark in filling.marks
        }
        about = first_child(self._package.tree(self._book), "workbookPr")
        is_1904 = about is not None and about.get("date1904") in ("1", "true")
        self._day_zero = _SERIAL_ZERO_1904 if is_1904 else _SERIAL_ZERO
        self._texts: dict[int, tuple[float, bool]] = {}
        self._rooms: dict[int, tuple[float, float, bool]] = {}
        self._shared = {col: escape(text) for col, text in skeleton.formulas}

    def filled(self, level: int) -> bytes:
        first = self._place.first
        self._rewrite_lines()
        self._rewrite_heads()
        self._add_lists()
        self._empty_first_row()
        move_workbook(self._package, self._book, self._place.sheet, Move(first, first, self._count))
        self._tell()
        self._hide_repeats()
        self._join()
        if self._filling.properties:
            if not self._skeleton.key:
                self._add_key_column()
            self._add_identity()
        self._add_marks()
        rows = b"".join(self._rows())
        self._take_out_first_row()
        xml = serialised(self._sheet).replace(_ROWS_MARK, rows, 1)
        self._package.put(self._skeleton.part, xml)
        return self._package.saved(level)

    # The lines around the table

    def _rewrite_lines(self) -> None:
        for row, _, cell in cells_of(self._sheet):
            is_around = row < self._place.head or row > self._place.first
            inside = first_child(cell, "is") if is_around else None
            for words in local_children(inside, "t") if inside is not None else ():
                words.text = self._filling.line(words.text or "")

    def _rewrite_heads(self) -> None:
        """New words in the lowest cell of a heading that has any."""
        cells = [(col, cell) for row, col, cell in cells_of(self._sheet) if row <= self._place.head]
        lowest = {col: cell for col, cell in cells if len(cell)}
        for col, words in self._filling.heads.items():
            if col in lowest:
                set_text(lowest[col], words)

    def _tell(self) -> None:
        """What cells above the table say, and what those with a formula give."""
        told = self._filling.told
        for _, _, cell in cells_of(self._sheet) if told else ():
            words = told.get(cell.get("r", ""))
            if words is None:
                continue
            if first_child(cell, "f") is None:
                set_text(cell, words)
            else:
                cell.set("t", "str")
                etree.SubElement(cell, self._name("v")).text = words

    def _add_lists(self) -> None:
        """Drop-downs of the first data row, which then are moved with it; the form's own ones stand."""
        rules = first_child(self._sheet, "dataValidations")
        at = f"{{}}{self._place.first}"
        lists = {
            col: ",".join(words)
            for col, words in self._filling.lists.items()
            if words and not _covers(rules, self._place.first, col)
        }
        lists = {
            col: words
            for col, words in lists.items()
            if len(words) <= _LONGEST_LIST and '"' not in words
        }
        if not lists:
            return
        if rules is None:
            rules = self._new("dataValidations", {})
            self._insert(rules)
        for col, words in lists.items():
            told = {
                "type": "list",
                "errorStyle": "warning",
                "allowBlank": "1",
                "showErrorMessage": "1",
            }
            told |= {
                "error": "请从下拉列表中选择。",
                "errorTitle": "请核对",
                "sqref": at.format(column_letters(col)),
            }
            rule = etree.SubElement(rules, self._name("dataValidation"), told)
            etree.SubElement(rule, self._name("formula1")).text = f'"{words}"'
        rules.set("count", str(len(rules)))

    # The data rows

    def _empty_first_row(self) -> None:
        """Its formulas are written with the rows: moving them here would be for nothing."""
        for cell in self._first_row():
            for child in list(cell):
                cell.remove(child)

    def _take_out_first_row(self) -> None:
        for row in child_of(self._sheet, "sheetData"):
            if row.get("r") == str(self._place.first):
                row.getparent().replace(row, etree.Comment(_ROWS))
                return

    def _rows(self) -> Iterator[bytes]:
        """The rows, one after the other, those formulas of the form in them that every row has."""
        first, look = self._place.first, self._first_row()
        form_height = float(look.get("ht", _USUAL_HEIGHT))
        is_custom = look.get("customHeight") in ("1", "true")
        formulas = dict(self._skeleton.formulas)
        blank = FilledRow({})
        for number, row in enumerate(self._filling.rows or (blank,), first):
            height = self._height(row, form_height)
            cells = dict(row.cells)
            if row.key and self._filling.properties:
                cells[self._key_col] = row.key
            out = self._tags.row(number, height, is_custom=is_custom and height == form_height)
            for col in sorted({*self._looks, *cells, *formulas}):
                value = cells.get(col)
                if value in (None, "") and col in formulas:
                    value = Formula(shifted(formulas[col], number - first))
                out += self._cell(col, number, value)
            out.append(self._tags.row_end)
            yield "".join(out).encode()

    def _first_row(self) -> Tree:
        rows = child_of(self._sheet, "sheetData")
        return next(row for row in rows if row.get("r") == str(self._place.first))

    def _cell(self, col: int, row: int, value: object) -> list[str]:
        """One cell as the type of its value asks for, in the look of its column."""
        tags, style = self._tags, self._looks.get(col, 0)
        colour = self._colours.get((row, col))
        style = self._styles.filled(style, colour) if colour else style
        if type(value) is str and value:  # nearly every cell
            return tags.text(col, row, style, escape(_UNWRITABLE.sub(_escaped, value)))
        match value:
            case None | "":
                return tags.blank(col, row, style)
            case Formula():
                return tags.formula(col, row, style, escape(value))
            case Calculated():
                return self._calculated(col, row, style, value)
            case bool():
                return tags.number(col, row, self._styles.for_numbers(style), str(int(value)))
            case int() | float() | Decimal():
                return tags.number(col, row, self._styles.for_numbers(style), str(value))
            case dt.date():
                serial = (dt.date(value.year, value.month, value.day) - self._day_zero).days
                return tags.number(col, row, self._styles.for_days(style), str(serial))
        text = escape(_UNWRITABLE.sub(_escaped, str(value)))
        return tags.text(col, row, style, text)

    def _calculated(self, col: int, row: int, style: int, cell: Calculated) -> list[str]:
        """A formula with what it gives; that of a column stands in its first row, for all of them (18.3.1.40)."""
        tags, formula, area = self._tags, escape(cell.formula), ""
        if not formula and row == self._place.first:
            letters = column_letters(col)
            area = f"{letters}{row}:{letters}{self._last}"
            formula = self._shared[col]
        shared = "" if cell.formula else tags.shared(col, area)
        match cell.value:
            case bool():
                kind, value = "b", str(int(cell.value))
            case int():
                kind, value = "", str(cell.value)
            case _:
                kind, value = "str", escape(_UNWRITABLE.sub(_escaped, cell.value))
        return tags.calculated(col, row, style, (shared, formula), (kind, value))

    def _height(self, row: FilledRow, least: float) -> float:
        """What the texts of a row take in points where their columns wrap, `least` and Excel's limit kept to."""
        highest = least
        for col, cell in row.cells.items():
            text = cell.value if isinstance(cell, Calculated) else cell
            if not isinstance(text, str) or not text:
                continue
            room, line, wraps = self._room(col)
            if not wraps and "\n" not in text:
                continue
            # Counting lines is dear: texts that even as Chinese throughout cannot need more are passed over.
            most = 2 * len(text) / room + 1 + text.count("\n")
            if most * line + _AROUND_TEXT > highest:
                highest = max(highest, lines_of(text, room) * line + _AROUND_TEXT)
        return max(least, min(_HIGHEST, round(highest, 1)))

    def _room(self, col: int) -> tuple[float, float, bool]:
        """Of a column: half-width characters in a line, the height of one in points, and whether it wraps."""
        if col not in self._rooms:
            size, wraps = self._look_of_text(self._looks.get(col, 0))
            room = max(self._widths.get(col, _USUAL_WIDTH) * _FIGURE / size, 2.0)
            self._rooms[col] = (float(int(room)), size * _LEADING, wraps)
        return self._rooms[col]

    def _look_of_text(self, style: int) -> tuple[float, bool]:
        """The size of a format's font in points, and whether it wraps."""
        if style not in self._texts:
            self._texts[style] = (self._styles.font_size(style), self._styles.wraps(style))
        return self._texts[style]

    def _column_widths(self) -> dict[int, float]:
        formats = first_child(self._sheet, "sheetFormatPr")
        usual = float((formats if formats is not None else {}).get("defaultColWidth", _USUAL_WIDTH))
        widths = dict.fromkeys(range(1, self._key_col + 1), usual)
        cols = first_child(self._sheet, "cols")
        for col in cols if cols is not None else ():
            last = min(int(col.get("max", "0")), self._key_col)
            for number in range(int(col.get("min", "1")), last + 1):
                widths[number] = float(col.get("width", usual))
        for left, right in self._skeleton.joined:
            widths[left] = sum(widths.get(col, usual) for col in range(left, right + 1))
        return widths

    # Marks and the sheet that lists them

    def _add_marks(self) -> None:
        filling, first = self._filling, self._place.first
        notes = [Note(first + mark.row, mark.col, mark.note, mark.lines) for mark in filling.marks]
        add_notes(self._package, self._skeleton.part, self._links(), notes)
        if filling.leading:
            add_leading_sheet(
                self._package, self._book, self._styles, self._links(), filling.leading
            )

    # Levels and merges

    def _hide_repeats(self) -> None:
        """What was merged over several rows is written in each; repeats are hidden while the row above is shown."""
        if self._count < 2:
            return
        second = self._place.first + 1
        for col in sorted(self._skeleton.merged):
            if not self._place.left <= col <= self._place.right:
                continue
            letters = column_letters(col)
            rule = self._new(
                "conditionalFormatting", {"sqref": f"{letters}{second}:{letters}{self._last}"}
            )
            told = {
                "type": "expression",
                "dxfId": str(self._styles.hiding_rule()),
                "priority": str(self._priority()),
            }
            condition = etree.SubElement(rule, self._name("cfRule"), told)
            above = f"{letters}{second - 1}"
            formula = f"AND({letters}{second}={above},SUBTOTAL(103,{above})=1)"
            etree.SubElement(condition, self._name("formula")).text = formula
            self._insert(rule)

    def _priority(self) -> int:
        """After all rules that are there (18.3.1.10)."""
        rules = (found for found in self._sheet.iter() if found.tag == self._name("cfRule"))
        return max((int(rule.get("priority", "0")) for rule in rules), default=0) + 1

    def _join(self) -> None:
        """Cells that are merged within the first data row are merged in each."""
        if not self._skeleton.joined:
            return
        merges = first_child(self._sheet, "mergeCells")
        if merges is None:
            merges = self._new("mergeCells", {})
            self._insert(merges)
        for row in range(self._place.first, self._last + 1):
            for left, right in self._skeleton.joined:
                ref = f"{column_letters(left)}{row}:{column_letters(right)}{row}"
                etree.SubElement(merges, self._name("mergeCell"), {"ref": ref})
        merges.set("count", str(len(merges)))

    # What is hidden

    def _add_key_column(self) -> None:
        """The keys behind the rows: a hidden column, within the range that the filter sorts."""
        self._hide_column()
        head = self._row_of(self._place.head)
        cell = etree.SubElement(
            head, self._name("c"), {"r": f"{column_letters(self._key_col)}{self._place.head}"}
        )
        cell.set("t", "inlineStr")
        etree.SubElement(
            etree.SubElement(cell, self._name("is")), self._name("t")
        ).text = KEY_HEADER
        found = first_child(self._sheet, "autoFilter")
        if found is not None:
            self._widen_filter(found, self._package.tree(self._book))
        for part in self._package.of_kind(self._skeleton.part, "table"):
            self._widen_table(self._package.tree(part))

    def _widen_filter(self, found: Tree, book: Tree) -> None:
        first = found.get("ref", "A1").partition(":")[0]
        ref = f"{first}:{column_letters(self._key_col)}{self._last}"
        found.set("ref", ref)
        self._hide_button(found, first)
        names = first_child(book, "definedNames")
        for name in names if names is not None else ():
            is_here = (name.text or "").rpartition("!")[0].strip("'") == self._place.sheet
            if name.get("name") == "_xlnm._FilterDatabase" and is_here:
                whole = "!".join(((name.text or "").rpartition("!")[0], _absolute(ref)))
                name.text = whole

    def _hide_button(self, found: Tree, first: str) -> None:
        corner = CELL.fullmatch(first)
        left = column_number(corner[1].upper()) if corner else 1
        told = {"colId": str(self._key_col - left), "hiddenButton": "1"}
        etree.SubElement(found, f"{{{etree.QName(found).namespace}}}filterColumn", told)

    def _widen_table(self, table: Tree) -> None:
        """A table that the rows belong to takes the key in, or sorting would part them."""
        first, _, last = table.get("ref", "A1:A1").partition(":")
        corner, end = CELL.fullmatch(first), CELL.fullmatch(last)
        columns = first_child(table, "tableColumns")
        if corner is None or end is None or columns is None or int(corner[2]) != self._place.head:
            return
        right = column_number(end[1].upper())
        ids = [int(column.get("id", "0")) for column in columns]
        space = etree.QName(table).namespace
        for col in range(right + 1, self._key_col + 1):
            name = KEY_HEADER if col == self._key_col else f"{KEY_HEADER}{col}"
            told = {"id": str(max(ids) + col - right), "name": name}
            etree.SubElement(columns, f"{{{space}}}tableColumn", told)
        columns.set("count", str(len(columns)))
        letters = column_letters(self._key_col)
        table.set("ref", f"{first}:{letters}{end[2]}")
        found = first_child(table, "autoFilter")
        if found is not None:
            bottom = CELL.fullmatch(found.get("ref", "").partition(":")[2])
            found.set("ref", f"{first}:{letters}{bottom[2] if bottom else end[2]}")
            self._hide_button(found, first)

    def _hide_column(self) -> None:
        """A hidden column of its own; one `col` that runs over it is split."""
        cols = first_child(self._sheet, "cols")
        if cols is None:
            cols = self._new("cols", {})
            self._insert(cols)
        key = self._key_col
        for col in list(cols):
            low, high = int(col.get("min", "1")), int(col.get("max", "1"))
            if not low <= key <= high:
                continue
            for first, last in ((low, key - 1), (key + 1, min(high, MOST_COLS))):
                if first <= last:
                    part = cols.makeelement(
                        col.tag, {**col.attrib, "min": str(first), "max": str(last)}
                    )
                    col.addprevious(part)
            cols.remove(col)
        told = {"min": str(key), "max": str(key), "width": "10", "hidden": "1", "customWidth": "1"}
        at = sum(int(col.get("max", "0")) < key for col in cols)
        cols.insert(at, cols.makeelement(self._name("col"), told))

    def _add_identity(self) -> None:
        """Whose it is and of which state: in the properties and in a hidden sheet, since some programs drop either."""
        package = self._package
        package.put("docProps/custom.xml", _custom_properties(self._filling.properties))
        package.declare("docProps/custom.xml", _CUSTOM_TYPE)
        package.relate("", "custom-properties", "docProps/custom.xml")
        part = "xl/worksheets/zhenggai_identity.xml"
        package.put(part, self._identity_sheet())
        package.declare(part, _SHEET_TYPE)
        link = package.relate(self._book, "worksheet", part, prefix=self._links())
        sheets = child_of(package.tree(self._book), "sheets")
        ids = [int(sheet.get("sheetId", "0")) for sheet in sheets]
        told = {"name": IDENTITY_SHEET, "sheetId": str(max(ids) + 1), "state": "veryHidden"}
        added = etree.SubElement(sheets, sheets[0].tag, told)
        name = next(name for name in sheets[0].attrib if name.endswith("relationships}id"))
        added.set(name, link)

    def _links(self) -> str:
        """The namespace of relationship types in this book: the transitional or the strict one."""
        sheet = next(iter(child_of(self._package.tree(self._book), "sheets")))
        name = next(name for name in sheet.attrib if name.endswith("relationships}id"))
        return str(etree.QName(name).namespace)

    def _identity_sheet(self) -> bytes:
        space = etree.QName(self._sheet).namespace
        root = new_root(space, "worksheet")
        data = etree.SubElement(root, f"{{{space}}}sheetData")
        keys = (
            (str(number), row.key)
            for number, row in enumerate(self._filling.rows, self._place.first)
        )
        pairs = [*self._filling.properties.items(), ("", ""), *keys]
        for number, pair in enumerate(pairs, 1):
            row = etree.SubElement(data, f"{{{space}}}row", {"r": str(number)})
            for letter, text in zip("AB", pair, strict=True):
                if text:
                    cell = etree.SubElement(
                        row, f"{{{space}}}c", {"r": f"{letter}{number}", "t": "inlineStr"}
                    )
                    inside = etree.SubElement(cell, f"{{{space}}}is")
                    etree.SubElement(inside, f"{{{space}}}t").text = text
        return serialised(root)

    # Elements of the sheet

    def _row_of(self, number: int) -> Tree:
        data = child_of(self._sheet, "sheetData")
        return next(row for row in data if row.get("r") == str(number))

    def _insert(self, element: Tree) -> None:
        """A child at its place in the order of CT_Worksheet."""
        place = _ORDER.index(etree.QName(element).localname)
        at = sum(_ORDER.index(etree.QName(child).localname) <= place for child in self._sheet)
        self._sheet.insert(at, element)

    def _new(self, local: str, told: Mapping[str, str]) -> Tree:
        return self._sheet.makeelement(self._name(local), dict(told))

    def _name(self, local: str) -> str:
        return f"{{{etree.QName(self._sheet).namespace}}}{local}"


def _covers(rules: Tree | None, row: int, col: int) -> bool:
    """Whether one of the form's own rules is about this cell."""
    areas = (
        area
        for rule in (rules if rules is not None else ())
        for area in rule.get("sqref", "").split()
    )
    found = (read_range(area) for area in areas)
    return any(
        area is not None
        and area.first_row <= row <= area.last_row
        and area.first_col <= col <= area.last_col
        for area in found
    )


def _escaped(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"


def _absolute(reference: str) -> str:
    return ":".join(
        f"${found[1]}${found[2]}" for found in map(CELL.fullmatch, reference.split(":")) if found
    )


def _custom_properties(properties: Mapping[str, str]) -> bytes:
    """docProps/custom.xml (15.2.12.2)."""
    root = new_root(_PROPERTIES, "Properties", vt=_TYPES)
    for number, (name, value) in enumerate(properties.items(), 2):
        told = {"fmtid": _FORMAT_ID, "pid": str(number), "name": name}
        held = etree.SubElement(root, f"{{{_PROPERTIES}}}property", told)
        etree.SubElement(held, f"{{{_TYPES}}}lpwstr").text = value
    return serialised(root)
