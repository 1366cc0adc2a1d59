""".xlsx and .xlsm: values and merges by python-calamine, the rest by one look into the XML.

calamine returns '' for an error cell and forgets hidden rows, comments and struck text; the look restores them. What
calamine is given is not the file but a package that we wrote: the sheets in their usual form, measured, and nothing
else. So it cannot see another file than the one that passed the gate.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from html import unescape
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.packages.gate import LIMITS, SEND, UnreadableFile
from toolkit.packages.markup import attributes, children, descendants, local, parse
from toolkit.packages.rewrite import stored_package
from toolkit.sheets import calamine_values, sheetxml
from toolkit.sheets.grid import Book, Grid, Mark, Remark, column_number
from toolkit.sheets.parts import Parts, require
from toolkit.sheets.stylesheet import Styles, read_styles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from xml.etree.ElementTree import Element

_WORKBOOK = "xl/workbook.xml"
_MACROS = "工作簿含有宏，已忽略，未执行。"
_LINKS = "工作簿链接了其他文件，未更新链接，按其中保存的结果读取。"
# A part that large is unpacked bit by bit, blank cells dropped on the way; so many sheets are measured one by one.
_LARGE_PART, _FEW_SHEETS = 12_000_000, 3
_SMALL_SHEET = 26 * 9_999


def accepts(data: bytes) -> bool:
    """Whether this is a zip package with a workbook part."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return any(name.replace("\\", "/").lower() == _WORKBOOK for name in package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return True  # a broken package: reading says so


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


def read(data: bytes, name: str) -> Book:
    """All sheets of the workbook, hidden ones too; raises UnreadableFile."""
    del name
    with Parts(data) as parts:
        workbook = parse(require(parts, _WORKBOOK))
        related = parts.relations(_WORKBOOK)
        sheets = tuple(_sheets(workbook, related))
        if not sheets:
            raise UnreadableFile(f"工作簿里没有工作表；{SEND}")
        styles = read_styles(_part(parts, related, "styles"))
        strings = _Strings(_part(parts, related, "sharedStrings"), bool(styles.struck))
        package = _Package(is_1904(workbook), styles, strings)
        facts = [
            _facts(sheet, package.add(_sheet_xml(sheet, parts)), parts, package) for sheet in sheets
        ]
        package.measure()
        properties = _properties(parts.read("docProps/custom.xml"))
        notes = tuple(_notes(parts.names))
    del data
    grids = calamine_values.read(package.take())
    if sum(len(fact.remarks) for fact in facts) > LIMITS.remarks:
        raise UnreadableFile(f"工作簿的公式、错误值等超过{LIMITS.remarks}处；请粘贴为数值，{SEND}")
    named = (_named(*found) for found in zip(sheets, grids, facts, strict=True))
    return Book("xlsm" if _MACROS in notes else "xlsx", tuple(named), notes, properties)


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
    """The sheet's XML in its usual form; a large one is thinned while it is unpacked."""
    if parts.size(sheet.path) <= _LARGE_PART:
        return sheetxml.usual_form(require(parts, sheet.path))
    kept: list[bytes] = []
    rest = b""
    for piece in parts.pieces(sheet.path):
        ready, mark, rest = (rest + piece).rpartition(b"<row ")
        rest = mark + rest
        kept.append(sheetxml.without_blanks(ready))
        parts.spend(len(kept[-1]))
    parts.spend(len(rest))
    return sheetxml.usual_form(b"".join((*kept, sheetxml.without_blanks(rest))))


class _Package:
    """The package for calamine, and the sums that decide whether calamine may have it."""

    def __init__(self, from_1904: bool, styles: Styles, strings: _Strings) -> None:  # noqa: FBT001 - read, not chosen
        self.styles, self.strings = styles, strings
        self._sheets: list[bytes] = []
        self._areas: list[int] = []
        self._from_1904 = from_1904

    def add(self, xml: bytes) -> bytes:
        """One more sheet; gives it back as it will be read."""
        area = (
            _SMALL_SHEET
            if len(self._areas) < _FEW_SHEETS and sheetxml.is_small(xml)
            else _area(xml)
        )
        if area > LIMITS.cells:
            xml = sheetxml.without_blanks(xml)
            area = _area(xml)
        self._sheets.append(xml)
        self._areas.append(area)
        return xml

    def measure(self) -> None:
        """Raise UnreadableFile where the cells or their texts would take more memory than a ledger does.

        calamine allocates rows × columns at once, and every cell gets its own copy of a shared text.
        """
        if sum(self._areas) > LIMITS.cells:
            raise UnreadableFile(
                f"工作表的使用范围异常大（{sum(self._areas)}格）；请删除台账以外的空行空列，{SEND}"
            )
        used = sum(xml.count(b't="s"') for xml in self._sheets)
        if not self.strings.has_longer_than(LIMITS.text_bytes // max(used, 1)):
            return
        sizes = self.strings.sizes()
        if (
            sum(sizes.get(number, 0) for xml in self._sheets for number in _SHARED.findall(xml))
            > LIMITS.text_bytes
        ):
            raise UnreadableFile(
                f"单元格文字总量异常大，为安全起见未打开；请只保留台账内容，{SEND}"
            )

    def take(self) -> bytes:
        """The package, given away: what it was made of is let go, for memory's sake."""
        members = [
            *_frame(len(self._sheets), "1" if self._from_1904 else "0"),
            ("xl/styles.xml", self.styles.plain),
            ("xl/sharedStrings.xml", self.strings.take()),
            *(
                (f"xl/worksheets/sheet{number}.xml", xml)
                for number, xml in enumerate(self._sheets, 1)
            ),
        ]
        self._sheets = []
        return stored_package(members)


_SHARED = re.compile(rb't="s"[^<>]*><v>(\d+)</v>')


def _area(xml: bytes) -> int:
    rows, cols = sheetxml.extent(xml)
    return rows * cols


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def _frame(sheets: int, from_1904: str) -> Iterator[tuple[str, bytes]]:
    """The parts around the sheets; the sheets are called 1, 2, 3 …, their names are put back afterwards."""
    numbers = range(1, sheets + 1)
    listed = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="s{n}"/>' for n in numbers)
    settings = f'<workbookPr date1904="{from_1904}"/>'
    workbook = f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}">{settings}<sheets>{listed}</sheets></workbook>'
    targets = [("y", "styles", "styles.xml"), ("t", "sharedStrings", "sharedStrings.xml")]
    targets += [(f"s{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    yield "_rels/.rels", _relations([("w", "officeDocument", _WORKBOOK)])
    yield _WORKBOOK, workbook.encode()
    yield "xl/_rels/workbook.xml.rels", _relations(targets)


def _relations(entries: list[tuple[str, str, str]]) -> bytes:
    inside = "".join(
        f'<Relationship Id="{key}" Type="{_RELATED}/{kind}" Target="{target}"/>'
        for key, kind, target in entries
    )
    return f'<Relationships xmlns="{_RELATIONS}">{inside}</Relationships>'.encode()


class _Strings:
    """The shared texts: the part itself, the length of its longest text, and what is struck through in it."""

    def __init__(self, xml: bytes, wanted: bool) -> None:  # noqa: FBT001 - whether a style needs the texts
        self._xml = xml
        self.texts: dict[str, str] = {}
        self.struck: dict[str, str] = {}
        if b"strike" in xml or wanted:
            for number, string in enumerate(children(parse(xml), "si") if xml else ()):
                self.texts[str(number)] = text_of(string)
                if struck := struck_of(string):
                    self.struck[str(number)] = struck

    def has_longer_than(self, most: int) -> bool:
        """Whether one text alone takes more bytes; found by leaps of that length, not by looking at each."""
        at = self._xml.find(b"<si") if most >= len(b"<si") else -1
        while 0 <= at < len(self._xml) - most:
            further = self._xml.rfind(b"<si", at + 1, at + most + len(b"<si"))
            if further < 0:
                return True
            at = further
        return most < len(b"<si")

    def sizes(self) -> dict[bytes, int]:
        """The size of each text in bytes, by its number as the sheets write it; exact enough for a limit."""
        return {
            b"%d" % number: len(string) for number, string in enumerate(self._xml.split(b"<si")[1:])
        }

    def take(self) -> bytes:
        """The part, given away."""
        xml, self._xml = self._xml, b""
        return xml or f'<sst xmlns="{_MAIN}"/>'.encode()


def text_of(string: Element) -> str:
    """The text of a string item, its runs joined, phonetic guides left out."""
    return "".join(
        piece.text or ""
        for part in string
        if local(part.tag) != "rPh"
        for piece in part.iter()
        if local(piece.tag) == "t"
    )


def struck_of(string: Element) -> str:
    """The struck-through part of a string item with runs."""
    runs = (
        run
        for run in children(string, "r")
        if any(is_on(mark) for mark in descendants(run, "strike"))
    )
    return "".join(text_of_run(run) for run in runs)


def text_of_run(run: Element) -> str:
    """The text of one run."""
    return "".join(piece.text or "" for piece in children(run, "t"))


def is_on(mark: Element) -> bool:
    """Whether a property such as `<strike/>` or `<strike val="1"/>` is on."""
    return attributes(mark).get("val", "1") in ("1", "true")


def _facts(sheet: _Sheet, xml: bytes, parts: Parts, package: _Package) -> _Facts:
    remarks: dict[tuple[int, int], tuple[Remark, ...]] = {}
    if package.styles.struck or package.strings.struck or any(mark in xml for mark in _REMARKABLE):
        remarks = dict(_cell_remarks(xml, package.styles, package.strings))
    for place, text in _comments(sheet, parts).items():
        remarks[place] = (*remarks.get(place, ()), Remark(Mark.COMMENT, text))
    if b"hidden=" not in xml:
        return _Facts(remarks, frozenset(), frozenset())
    return _Facts(remarks, sheetxml.hidden_rows(xml), sheetxml.hidden_cols(xml))


_REMARKABLE = (b't="e"', b"<f", b"<strike")
_ADDRESS = re.compile(rb"([A-Z]{1,3})(\d{1,7})")
_STYLE = re.compile(rb' s="(\d+)"')
_FORMULA = re.compile(rb"<f(?:\s[^<>]*)?(?:/>|>([^<]*)</f>)")
_VALUE = re.compile(rb"<v(?:\s[^<>]*)?>([^<]*)</v>")


def _cell_remarks(
    xml: bytes, styles: Styles, strings: _Strings
) -> Iterator[tuple[tuple[int, int], tuple[Remark, ...]]]:
    for head, inside in sheetxml.cells(xml):
        if not inside:
            continue
        found = _ADDRESS.match(head)
        remarks = tuple(_remarks_of(head, inside, styles, strings))
        if remarks and found:
            yield (int(found[2]), column_number(found[1].decode())), remarks


def _remarks_of(head: bytes, inside: bytes, styles: Styles, strings: _Strings) -> Iterator[Remark]:
    value = _VALUE.search(inside)
    text = unescape(value[1].decode("utf-8", "replace")) if value else ""
    if b't="e"' in head:
        yield Remark(Mark.ERROR, text or "#N/A")
    elif b"<f" in inside and (formula := _FORMULA.search(inside)):
        mark = Mark.FORMULA if text or b't="str"' in head else Mark.UNCALCULATED
        yield Remark(mark, "=" + unescape((formula[1] or b"").decode("utf-8", "replace")))
    shared = b't="s"' in head
    style = _STYLE.search(head) if styles.struck else None
    if style and style[1] in styles.struck:
        whole = strings.texts.get(text, "") if shared else _inline(inside, text_of) or text
        if whole:
            yield Remark(Mark.STRUCK, whole)
    elif struck := strings.struck.get(text, "") if shared else _inline(inside, struck_of):
        yield Remark(Mark.STRUCK, struck)


def _inline(inside: bytes, part: Callable[[Element], str]) -> str:
    """The text of an inline string, or its struck part."""
    if b"<is>" not in inside:
        return ""
    return part(parse(b"<is>" + inside.partition(b"<is>")[2].partition(b"</is>")[0] + b"</is>"))


def _comments(sheet: _Sheet, parts: Parts) -> Mapping[tuple[int, int], str]:
    """Notes by their cells; of a conversation, all that was said (its note is only a hint for old versions)."""
    notes: dict[tuple[int, int], str] = {}
    threads: dict[tuple[int, int], str] = {}
    for kind, target in parts.relations(sheet.path).values():
        if kind == "comments":
            for place, note in _by_place(parse(require(parts, target)), "comment"):
                notes[place] = "".join(piece.text or "" for piece in descendants(note, "t")).strip()
        elif kind == "threadedComment":
            for place, note in _by_place(parse(require(parts, target)), "threadedComment"):
                said = "".join(piece.text or "" for piece in children(note, "text")).strip()
                threads[place] = "\n".join(filter(None, (threads.get(place, ""), said)))
    return {**notes, **threads}


def _by_place(root: Element, name: str) -> Iterator[tuple[tuple[int, int], Element]]:
    for note in descendants(root, name):
        found = _ADDRESS.fullmatch(attributes(note).get("ref", "").upper().encode())
        if found:
            yield (int(found[2]), column_number(found[1].decode())), note


def _properties(xml: bytes) -> Mapping[str, str]:
    """The custom document properties."""
    found = descendants(parse(xml), "property") if xml else ()
    return MappingProxyType(
        {attributes(entry).get("name", ""): "".join(entry.itertext()).strip() for entry in found}
    )


def _named(sheet: _Sheet, grid: Grid, facts: _Facts) -> Grid:
    return Grid(
        sheet.name, grid.rows, grid.merges, sheet.hidden, facts.hidden_rows, facts.hidden_cols,
        MappingProxyType(facts.remarks),
    )  # fmt: skip
