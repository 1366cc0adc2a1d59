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
from toolkit.sheets.gate import LIMITS, SEND, UnreadableFile, open_package, read_member, refuse_entities, within_extents
from toolkit.sheets.grid import Book, Grid, Mark, Remark, column_number

_MACROS = "工作簿含有宏，已忽略，未执行。"
_LINKS = "工作簿链接了其他文件，未更新链接，按其中保存的结果读取。"


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
        names = frozenset(package.namelist())
        strings = _Strings(package)
        facts: dict[str, _Facts] = {}
        thinned: dict[str, bytes] = {}
        for sheet in _sheets(package):
            xml = _xml_of(sheet, package)
            bounded = within_extents(xml, sheet.name)
            if bounded is not xml:
                thinned[sheet.path] = bounded
            facts[sheet.name] = _facts(sheet, bounded, package, strings)
        properties = _properties(read_member(package, "docProps/custom.xml"))
        if thinned:
            data = _rebuilt(package, thinned)
    grids = tuple(_with_facts(grid, facts.get(grid.name, _NO_FACTS)) for grid in values.read(data, name))
    macros = "xl/vbaProject.bin" in names
    notes = (*((_MACROS,) if macros else ()), *((_LINKS,) if any(_is_link(part) for part in names) else ()))
    return Book("xlsm" if macros else "xlsx", grids, notes, properties)


def _is_link(part: str) -> bool:
    return part.startswith("xl/externalLinks/") and part.endswith(".xml")


def _xml_of(sheet: _Sheet, package: zipfile.ZipFile) -> bytes:
    """The sheet's XML, without the namespace prefix that some writers put before every name."""
    xml = read_member(package, sheet.path)
    refuse_entities(xml)
    prefixed = _PREFIXED_ROOT.search(xml[:2000])
    return re.sub(rb"<(/?)" + prefixed[1] + rb":", rb"<\1", xml) if prefixed else xml


def _rebuilt(package: zipfile.ZipFile, replaced: dict[str, bytes]) -> bytes:
    """The package with these parts in place of its own, for the parser."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as fresh:
        for part in package.namelist():
            fresh.writestr(part, replaced.get(part) or read_member(package, part))
    return stream.getvalue()


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    path: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class _Facts:
    remarks: dict[tuple[int, int], tuple[Remark, ...]]
    hidden_rows: frozenset[int]
    hidden_cols: frozenset[int]
    hidden: bool = False


_NO_FACTS = _Facts({}, frozenset(), frozenset())
_PREFIXED_ROOT = re.compile(rb"<(\w+):worksheet[\s>]")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        key.decode(): unescape((double or single).decode("utf-8", "replace"))
        for key, double, single in _ATTRIBUTE.findall(tag)
    }


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
        sheets.append(_Sheet(attributes.get("name", ""), path, hidden))
    return tuple(sheets)


_REMARKABLE = re.compile(rb"""t=(?:"e"|'e')|<f[ />]|<strike""")
_ROW_OR_CELL = re.compile(rb"<row(\s[^>]*)?>|<c(\s[^>]*?)?(?:/>|>(.*?)</c>)", re.DOTALL)
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
        if styles.count(b"<xf ") > LIMITS.styles:
            raise UnreadableFile(f"工作簿的单元格样式超过{LIMITS.styles}种，不是正常的工作簿；{SEND}")
        self.struck_styles = _struck_styles(styles) if b"<strike" in styles else frozenset()
        self.struck_texts = _struck_texts(shared) if b"<strike" in shared else {}
        self._texts = [_plain(string) for string in _STRING.findall(shared)] if self.struck_styles else []

    def text(self, attributes: dict[str, str], inside: bytes, value: str) -> str:
        """The whole text of a cell: shared, inline or its plain value."""
        if attributes.get("t") == "s":
            return self._texts[int(value)] if value.isdecimal() and int(value) < len(self._texts) else ""
        return _plain(inside) or value


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


def _facts(sheet: _Sheet, xml: bytes, package: zipfile.ZipFile, strings: _Strings) -> _Facts:
    remarks: dict[tuple[int, int], tuple[Remark, ...]] = {}
    if _REMARKABLE.search(xml) or strings.struck_styles or strings.struck_texts:
        remarks = _cell_remarks(xml, strings)
    for place, text in _comments(sheet, package).items():
        remarks[place] = (*remarks.get(place, ()), Remark(Mark.COMMENT, text))
    rows = frozenset(int(row) for row in _ROW_HIDDEN.findall(xml)) if b"hidden=" in xml else frozenset()
    cols = _hidden_cols(xml) if b"hidden=" in xml else frozenset()
    return _Facts(remarks, rows, cols, sheet.hidden)


def _hidden_cols(xml: bytes) -> frozenset[int]:
    ranges = (_attributes(tag) for tag in _COL_HIDDEN.findall(xml))
    return frozenset(col for found in ranges for col in range(int(found["min"]), min(int(found["max"]), 1000) + 1))


def _cell_remarks(xml: bytes, strings: _Strings) -> dict[tuple[int, int], tuple[Remark, ...]]:
    """(row, column) → what the cell carries; rows and cells may leave their reference out, then they just follow."""
    remarks = {}
    row, col = 0, 0
    for found in _ROW_OR_CELL.finditer(xml):
        attributes = _attributes(found[1] or found[2] or b"")
        if found[0].startswith(b"<row"):
            row, col = int(attributes["r"]) if attributes.get("r", "").isdecimal() else row + 1, 0
            continue
        reference = _REF.fullmatch(attributes.get("r", ""))
        row, col = (int(reference[2]), column_number(reference[1])) if reference else (row, col + 1)
        if carried := tuple(_remarks_of(attributes, found[3] or b"", strings)):
            remarks[row, col] = carried
    return remarks


def _remarks_of(attributes: dict[str, str], inside: bytes, strings: _Strings) -> list[Remark]:
    value = _CELL_VALUE.search(inside)
    text = unescape(value[1].decode("utf-8", "replace")) if value else ""
    remarks = []
    if attributes.get("t") == "e":
        remarks.append(Remark(Mark.ERROR, text or "#N/A"))
    formula = _FORMULA.search(inside)
    if formula:
        mark = Mark.FORMULA if text or attributes.get("t") == "str" else Mark.UNCALCULATED
        remarks.append(Remark(mark, "=" + unescape((formula[1] or b"").decode("utf-8", "replace"))))
    if attributes.get("s") in strings.struck_styles and inside:
        remarks.append(Remark(Mark.STRUCK, strings.text(attributes, inside, text)))
    elif inline := "".join(_plain(run) for run in _RUN.findall(inside) if _STRIKE.search(run)):
        remarks.append(Remark(Mark.STRUCK, inline))
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


def _with_facts(grid: Grid, facts: _Facts) -> Grid:
    return Grid(
        grid.name, grid.rows, grid.merges, facts.hidden, facts.hidden_rows, facts.hidden_cols,
        MappingProxyType(facts.remarks),
    )  # fmt: skip
