""".xlsx and .xlsm: values by python-calamine, the rest by one look into the XML.

calamine returns '' for an error cell and forgets hidden rows, comments and struck text; the look restores them. What
calamine is given is not the file but a package that we wrote: the cells in their usual form, measured, and nothing
else. So it cannot see another file than the one that passed the gate, and no claim of it: not how many texts there are,
not how far a sheet reaches. Where it refuses a value all the same, every cell is written anew and read again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

from toolkit.packages.gate import LIMITS, SEND, UnreadableFile
from toolkit.packages.markup import attributes, children, descendants, parse
from toolkit.packages.rewrite import stored_package
from toolkit.sheets import calamine_values, cell_pictures, sheetxml
from toolkit.sheets.blank_links import without_blank_links
from toolkit.sheets.cell_facts import Facts, Workbook, facts_of
from toolkit.sheets.grid import Book, Grid
from toolkit.sheets.parts import Parts, require
from toolkit.sheets.rich_values import rich_errors
from toolkit.sheets.shared_texts import SharedTexts
from toolkit.sheets.stylesheet import read_styles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_WORKBOOK = "xl/workbook.xml"
_IS_WORKBOOK = re.compile(
    rb"(?:spreadsheetml\.(?:sheet|template)|ms-excel\.(?:sheet|template)\.macroEnabled)\.main\+xml"
)
_MACROS = "工作簿含有宏，已忽略，未执行。"
_LINKS = "工作簿链接了其他文件，未更新链接，按其中保存的结果读取。"
# A part that large is unpacked bit by bit, blank cells dropped on the way; so many sheets are measured one by one.
_LARGE_PART, _FEW_SHEETS = 12_000_000, 3
_SMALL_SHEET = 26 * 9_999


def accepts(data: bytes) -> bool:
    """Whether this is a zip package with a workbook part, whatever that is called."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with Parts(data) as parts:
            return bool(parts.main(_IS_WORKBOOK, _WORKBOOK))
    except UnreadableFile:
        return True  # a broken package: reading says so


def read(data: bytes, name: str) -> Book:
    """All sheets of the workbook, hidden ones too; raises UnreadableFile."""
    del name
    try:
        return _read(data, anew=False)
    except calamine_values.ParserRefused:
        return _read(data, anew=True)


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    path: str
    hidden: bool


def _read(data: bytes, *, anew: bool) -> Book:
    """The book; `anew` writes every sheet anew, each value held against its type, for what the parser refused."""
    with Parts(data) as parts:
        path = parts.main(_IS_WORKBOOK, _WORKBOOK)
        root = parse(require(parts, path))
        related = parts.relations(path)
        sheets = tuple(_sheets(root, related))
        if not sheets:
            raise UnreadableFile(f"工作簿里没有工作表；{SEND}")
        styles = read_styles(_part(parts, related, "styles"))
        texts = SharedTexts(
            _part(parts, related, "sharedStrings"),
            is_wanted=bool(styles.struck or styles.shows_texts),
        )
        workbook = Workbook(is_1904(root), styles, texts, rich_errors(parts, related))
        package = _Package(workbook)
        facts = []
        for sheet in sheets:
            apart = sheetxml.take_apart(_sheet_xml(sheet, parts), texts, anew=anew)
            facts.append(facts_of(package.add(apart), workbook, parts, sheet.path))
        package.measure()
        properties = _properties(parts.read("docProps/custom.xml"))
        notes = (*_notes(parts.names), *_broken(sheets, facts))
    _refuse_remarks(facts)
    has_pictures = texts.has_pictures or any(fact.has_pictures for fact in facts)
    grids = calamine_values.read(package.take())
    named = [_named(*found) for found in zip(sheets, grids, facts, strict=True)]
    if has_pictures:
        named = [cell_pictures.with_pictures(grid) for grid in named]
    kind = "xlsm" if _MACROS in notes else "xlsx"
    return Book(kind, without_blank_links(named), notes, properties)


def _refuse_remarks(facts: Iterable[Facts]) -> None:
    remarks = sum(len(fact.remarks) for fact in facts)
    displays = sum(len(fact.displays) for fact in facts)
    if remarks > LIMITS.remarks:
        raise UnreadableFile(f"工作簿的公式、错误值等超过{LIMITS.remarks}处；请粘贴为数值，{SEND}")
    if displays > LIMITS.displays:
        raise UnreadableFile(
            f"工作簿中用数字格式改变显示的单元格超过{LIMITS.displays}个；请改为常规格式，{SEND}"
        )


def _broken(sheets: Iterable[_Sheet], facts: Iterable[Facts]) -> Iterator[str]:
    for sheet, fact in zip(sheets, facts, strict=True):
        if fact.has_broken_comments:
            yield f"工作表“{sheet.name}”的批注已损坏，没有读取。"


def _notes(names: Iterable[str]) -> Iterator[str]:
    if any(name.startswith(("xl/vbaproject", "xl/macrosheets/")) for name in names):
        yield _MACROS
    if any(name.startswith("xl/externallinks/") and name.endswith(".xml") for name in names):
        yield _LINKS


def is_1904(workbook: Element) -> bool:
    """Whether dates count from 1904, as in workbooks that began on an old Mac."""
    return any(
        attributes(found).get("date1904", "").lower() in ("1", "true")
        for found in children(workbook, "workbookPr")
    )


def _sheets(workbook: Element, related: Mapping[str, tuple[str, str]]) -> Iterator[_Sheet]:
    """The worksheets in order; chart sheets, dialogs and macro sheets hold no table."""
    for sheet in descendants(workbook, "sheet"):
        told = attributes(sheet)
        kind, path = related.get(told.get("id", ""), ("", ""))
        if kind == "worksheet":
            yield _Sheet(told.get("name", ""), path, told.get("state", "visible") != "visible")


def _part(parts: Parts, related: Mapping[str, tuple[str, str]], kind: str) -> bytes:
    """The part of this kind that the workbook names."""
    return next((parts.read(target) for found, target in related.values() if found == kind), b"")


def _sheet_xml(sheet: _Sheet, parts: Parts) -> bytes:
    """The sheet's XML; a large one is thinned while it is unpacked."""
    if parts.size(sheet.path) <= _LARGE_PART or not parts.is_utf8(sheet.path):
        return require(parts, sheet.path)
    kept: list[bytes] = []
    rest = b""
    for piece in parts.pieces(sheet.path):
        ready, mark, rest = (rest + piece).rpartition(b"<row ")
        rest = mark + rest
        kept.append(sheetxml.without_formats(ready))
        parts.spend(len(kept[-1]))
    parts.spend(len(rest))
    return b"".join((*kept, sheetxml.without_formats(rest)))


class _Package:
    """The package for calamine, and the sums that decide whether calamine may have it."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._sheets: list[bytes] = []
        self._areas: list[int] = []

    def add(self, sheet: sheetxml.SheetXml) -> sheetxml.SheetXml:
        """One more sheet; gives it back as it will be read."""
        is_few = len(self._areas) < _FEW_SHEETS
        area = _SMALL_SHEET if is_few and sheetxml.is_small(sheet.cells) else _area(sheet.cells)
        if area > LIMITS.cells:
            sheet = replace(sheet, cells=self._thinned(sheet.cells))
            area = _area(sheet.cells)
        self._sheets.append(sheetxml.for_parser(sheet.cells))
        self._areas.append(area)
        return sheet

    def _thinned(self, cells: bytes) -> bytes:
        thin = sheetxml.without_formats(cells)
        return sheetxml.without_blanks(thin, self._workbook.texts.blank_numbers())

    def measure(self) -> None:
        """Raise UnreadableFile where the cells or their texts would take more memory than a ledger does.

        calamine allocates rows × columns at once, and every cell gets its own copy of a shared text.
        """
        if sum(self._areas) > LIMITS.cells:
            self._sheets = [self._thinned(xml) for xml in self._sheets]
            self._areas = [_area(xml) for xml in self._sheets]
        if sum(self._areas) > LIMITS.cells:
            raise UnreadableFile(
                f"工作表的使用范围异常大（{sum(self._areas)}格）；请删除台账以外的空行空列，{SEND}"
            )
        texts = self._workbook.texts
        used = sum(xml.count(b't="s"') for xml in self._sheets)
        if not texts.has_longer_than(LIMITS.text_bytes // max(used, 1)):
            return
        sizes = texts.sizes()
        numbers = (number for xml in self._sheets for number in _SHARED.findall(xml))
        if (
            sum(sizes[int(number)] for number in numbers if int(number) < len(sizes))
            > LIMITS.text_bytes
        ):
            raise UnreadableFile(
                f"单元格文字总量异常大，为安全起见未打开；请只保留台账内容，{SEND}"
            )

    def take(self) -> bytes:
        """The package, given away: what it was made of is let go, for memory's sake."""
        members = [
            *_frame(len(self._sheets), "1" if self._workbook.from_1904 else "0"),
            ("xl/styles.xml", self._workbook.styles.plain),
            ("xl/sharedStrings.xml", self._workbook.texts.take()),
            *((f"xl/worksheets/sheet{n}.xml", xml) for n, xml in enumerate(self._sheets, 1)),
        ]
        self._sheets = []
        return stored_package(members)


_SHARED = re.compile(rb't="s"[^<>]{0,20}><v>(\d{1,7})</v>')


def _area(cells: bytes) -> int:
    rows, cols = sheetxml.extent(cells)
    return rows * cols


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def _frame(sheets: int, from_1904: str) -> Iterator[tuple[str, bytes]]:
    """The parts around the sheets; the sheets are called 1, 2, 3 …, their names are put back afterwards."""
    numbers = range(1, sheets + 1)
    workbook = Element("workbook", {"xmlns": _MAIN, "xmlns:r": _RELATED})
    SubElement(workbook, "workbookPr", {"date1904": from_1904})
    listed = SubElement(workbook, "sheets")
    for n in numbers:
        SubElement(listed, "sheet", {"name": f"{n}", "sheetId": f"{n}", "r:id": f"s{n}"})
    targets = [("y", "styles", "styles.xml"), ("t", "sharedStrings", "sharedStrings.xml")]
    targets += [(f"s{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    yield "_rels/.rels", _relations([("w", "officeDocument", _WORKBOOK)])
    yield _WORKBOOK, tostring(workbook, encoding="unicode").encode()
    yield "xl/_rels/workbook.xml.rels", _relations(targets)


def _relations(entries: list[tuple[str, str, str]]) -> bytes:
    root = Element("Relationships", {"xmlns": _RELATIONS})
    for key, kind, target in entries:
        named = {"Id": key, "Type": f"{_RELATED}/{kind}", "Target": target}
        SubElement(root, "Relationship", named)
    return tostring(root, encoding="unicode").encode()


def _properties(xml: bytes) -> Mapping[str, str]:
    """The custom document properties; those of a damaged part are as good as none."""
    try:
        found = list(descendants(parse(xml), "property")) if xml else []
    except UnreadableFile:
        return MappingProxyType({})
    return MappingProxyType(
        {attributes(entry).get("name", ""): "".join(entry.itertext()).strip() for entry in found}
    )


def _named(sheet: _Sheet, values: calamine_values.Rows, facts: Facts) -> Grid:
    grid = calamine_values.grid_of(sheet.name, values, facts.merges)
    return Grid(
        sheet.name, grid.rows, grid.merges, sheet.hidden, facts.hidden_rows, facts.hidden_cols,
        MappingProxyType(facts.remarks), MappingProxyType(facts.displays),
    )  # fmt: skip
