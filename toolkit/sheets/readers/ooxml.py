""".xlsx and .xlsm: values and merges by python-calamine, the rest by one look into the XML.

calamine returns '' for an error cell and forgets hidden rows, comments and struck text; the look restores them. It
costs little where cheap byte tests find nothing (measured: see benchmarks/).
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from html import unescape
from types import MappingProxyType

from toolkit.sheets import values
from toolkit.sheets.gate import UnreadableFile, open_package, read_member, refuse_entities, refuse_extents
from toolkit.sheets.grid import Book, Grid, Mark, Remark, column_number

_MACROS = "工作簿含有宏，已忽略，未执行。"


def accepts(data: bytes) -> bool:
    """Whether this is a zip package with a workbook part."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return "xl/workbook.xml" in package.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return True  # a broken package: reading says so


def read(data: bytes, name: str) -> Book:
    """All sheets of the workbook, hidden ones too."""
    with open_package(data) as package:
        sheets = _sheets(package)
        for sheet in sheets:
            refuse_entities(sheet.xml)
            refuse_extents(sheet.xml, sheet.name)
        names = frozenset(package.namelist())
        strings = _Strings(package)
        facts = {sheet.name: _facts(sheet, package, strings) for sheet in sheets}
        properties = _properties(read_member(package, "docProps/custom.xml"))
    macros = "xl/vbaProject.bin" in names
    hidden = {sheet.name: sheet.hidden for sheet in sheets}
    grids = tuple(
        _with_facts(grid, facts.get(grid.name, _NO_FACTS), hidden=hidden.get(grid.name, False))
        for grid in values.read(data, name)
    )
    return Book("xlsm" if macros else "xlsx", grids, (_MACROS,) if macros else (), properties)


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    path: str
    hidden: bool
    xml: bytes


@dataclass(frozen=True, slots=True)
class _Facts:
    remarks: dict[tuple[int, int], tuple[Remark, ...]]
    hidden_rows: frozenset[int]
    hidden_cols: frozenset[int]


_NO_FACTS = _Facts({}, frozenset(), frozenset())
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*"([^"]*)"')


def _attributes(tag: bytes) -> dict[str, str]:
    return {key.decode(): unescape(value.decode("utf-8", "replace")) for key, value in _ATTRIBUTE.findall(tag)}


def _relations(xml: bytes) -> dict[str, tuple[str, str]]:
    """Relationship id → (type's last word, target)."""
    relations = (_attributes(tag) for tag in _RELATION.findall(xml))
    return {
        relation.get("Id", ""): (relation.get("Type", "").rpartition("/")[2], relation.get("Target", ""))
        for relation in relations
    }


def _resolve(target: str, base: str) -> str:
    if target.startswith("/"):
        return target[1:]
    parts = base.split("/")[:-1]
    for part in target.split("/"):
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def _sheets(package: zipfile.ZipFile) -> tuple[_Sheet, ...]:
    workbook = read_member(package, "xl/workbook.xml")
    relations_xml = read_member(package, "xl/_rels/workbook.xml.rels")
    refuse_entities(workbook)
    refuse_entities(relations_xml)
    if not workbook:
        raise UnreadableFile("这不是工作簿，或文件已损坏；请报送.xlsx工作簿。")
    relations = _relations(relations_xml)
    sheets = []
    for tag in _SHEET.findall(workbook):
        attributes = _attributes(tag)
        relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        path = _resolve(relations.get(relation, ("", ""))[1], "xl/workbook.xml")
        hidden = attributes.get("state", "visible") != "visible"
        sheets.append(_Sheet(attributes.get("name", ""), path, hidden, read_member(package, path)))
    return tuple(sheets)


_CELL = re.compile(rb"<c\s([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_FORMULA = re.compile(rb"<f[^>]*?(?:/>|>(.*?)</f>)", re.DOTALL)
_CELL_VALUE = re.compile(rb"<v[^>]*>(.*?)</v>", re.DOTALL)
_REF = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ROW_HIDDEN = re.compile(rb'<row\s(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
_COL_HIDDEN = re.compile(rb'<col\s(?=[^>]*\bhidden="(?:1|true)")([^>]*)>')


class _Strings:
    """The struck-through texts of the shared strings and the struck cell styles, found once a package."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        styles = read_member(package, "xl/styles.xml")
        shared = read_member(package, "xl/sharedStrings.xml")
        refuse_entities(styles)
        refuse_entities(shared)
        self.struck_styles = _struck_styles(styles) if b"<strike" in styles else frozenset()
        self.struck_texts = _struck_texts(shared) if b"<strike" in shared else {}


_STRIKE = re.compile(rb'<strike(?:\s*/>|\s+val="(?:1|true)"\s*/>)')
_FONT = re.compile(rb"<font>(.*?)</font>|<font/>", re.DOTALL)
_XF = re.compile(rb"<xf\s([^>]*)>")
_STRING = re.compile(rb"<si>(.*?)</si>|<si/>", re.DOTALL)
_RUN = re.compile(rb"<r>(.*?)</r>", re.DOTALL)
_TEXT = re.compile(rb"<t(?:\s[^>]*)?>(.*?)</t>", re.DOTALL)


def _struck_styles(styles: bytes) -> frozenset[str]:
    fonts = styles.partition(b"<fonts")[2].partition(b"</fonts>")[0]
    struck = {str(number) for number, font in enumerate(_FONT.findall(fonts)) if _STRIKE.search(font)}
    formats = styles.partition(b"<cellXfs")[2].partition(b"</cellXfs>")[0]
    return frozenset(
        str(number) for number, xf in enumerate(_XF.findall(formats)) if _attributes(xf).get("fontId") in struck
    )


def _plain(xml: bytes) -> str:
    return unescape(b"".join(_TEXT.findall(xml)).decode("utf-8", "replace"))


def _struck_texts(shared: bytes) -> dict[str, str]:
    """Shared string index → its struck part, for strings with struck runs."""
    texts = {}
    for number, string in enumerate(_STRING.findall(shared)):
        struck = "".join(_plain(run) for run in _RUN.findall(string) if _STRIKE.search(run))
        if struck:
            texts[str(number)] = struck
    return texts


def _facts(sheet: _Sheet, package: zipfile.ZipFile, strings: _Strings) -> _Facts:
    xml = sheet.xml
    remarks: dict[tuple[int, int], tuple[Remark, ...]] = {}
    if b't="e"' in xml or b"<f" in xml or strings.struck_styles or strings.struck_texts:
        remarks = _cell_remarks(xml, strings)
    for place, text in _comments(sheet, package).items():
        remarks[place] = (*remarks.get(place, ()), Remark(Mark.COMMENT, text))
    rows = frozenset(int(row) for row in _ROW_HIDDEN.findall(xml)) if b"hidden=" in xml else frozenset()
    cols = _hidden_cols(xml) if b"hidden=" in xml else frozenset()
    return _Facts(remarks, rows, cols)


def _hidden_cols(xml: bytes) -> frozenset[int]:
    ranges = (_attributes(tag) for tag in _COL_HIDDEN.findall(xml))
    return frozenset(col for found in ranges for col in range(int(found["min"]), min(int(found["max"]), 1000) + 1))


def _cell_remarks(xml: bytes, strings: _Strings) -> dict[tuple[int, int], tuple[Remark, ...]]:
    remarks = {}
    for tag, inside in _CELL.findall(xml):
        attributes = _attributes(tag)
        found = tuple(_remarks_of(attributes, inside, strings))
        reference = _REF.fullmatch(attributes.get("r", ""))
        if found and reference:
            remarks[int(reference[2]), column_number(reference[1])] = found
    return remarks


def _remarks_of(attributes: dict[str, str], inside: bytes, strings: _Strings) -> list[Remark]:
    value = _CELL_VALUE.search(inside)
    text = unescape(value[1].decode("utf-8", "replace")) if value else ""
    remarks = []
    if attributes.get("t") == "e":
        remarks.append(Remark(Mark.ERROR, text or "#N/A"))
    formula = _FORMULA.search(inside)
    if formula:
        mark = Mark.FORMULA if value else Mark.UNCALCULATED
        remarks.append(Remark(mark, "=" + unescape((formula[1] or b"").decode("utf-8", "replace"))))
    if attributes.get("s") in strings.struck_styles and inside:
        remarks.append(Remark(Mark.STRUCK, ""))
    elif attributes.get("t") == "s" and text in strings.struck_texts:
        remarks.append(Remark(Mark.STRUCK, strings.struck_texts[text]))
    return remarks


_COMMENT = re.compile(rb'<comment\s[^>]*?ref="([A-Z]{1,3})(\d{1,7})"[^>]*>(.*?)</comment>', re.DOTALL)
_THREADED = re.compile(rb'<threadedComment\s[^>]*?ref="([A-Z]{1,3})(\d{1,7})"[^>]*>(.*?)</threadedComment>', re.DOTALL)
_THREAD_TEXT = re.compile(rb"<text>(.*?)</text>", re.DOTALL)


def _comments(sheet: _Sheet, package: zipfile.ZipFile) -> dict[tuple[int, int], str]:
    folder, _, file = sheet.path.rpartition("/")
    relations = _relations(read_member(package, f"{folder}/_rels/{file}.rels"))
    comments: dict[tuple[int, int], str] = {}
    for kind, target in relations.values():
        if kind not in ("comments", "threadedComment"):
            continue
        xml = read_member(package, _resolve(target, sheet.path))
        refuse_entities(xml)
        for letters, row, inside in (_COMMENT if kind == "comments" else _THREADED).findall(xml):
            text = (
                _plain(inside)
                if kind == "comments"
                else unescape(b"\n".join(_THREAD_TEXT.findall(inside)).decode("utf-8", "replace"))
            )
            place = (int(row), column_number(letters.decode()))
            if not comments.get(place, "").startswith("[Threaded") or kind == "threadedComment":
                comments[place] = text.strip()
    return comments


_PROPERTY = re.compile(rb'<property\s[^>]*?name="([^"]*)"[^>]*>\s*<vt:\w+>(.*?)</vt:\w+>', re.DOTALL)


def _properties(xml: bytes) -> MappingProxyType[str, str]:
    refuse_entities(xml)
    return MappingProxyType({unescape(key.decode()): unescape(value.decode()) for key, value in _PROPERTY.findall(xml)})


def _with_facts(grid: Grid, facts: _Facts, *, hidden: bool) -> Grid:
    return Grid(
        grid.name, grid.rows, grid.merges, hidden, facts.hidden_rows, facts.hidden_cols, MappingProxyType(facts.remarks)
    )
