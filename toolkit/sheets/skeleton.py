"""The skeleton of a workbook: its layout with one blank data row, and nothing of what stood in its rows, anywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from toolkit.packages.gate import DAMAGED, UnreadableFile
from toolkit.sheets.around import NotCarried
from toolkit.sheets.grid import column_letters, column_number
from toolkit.sheets.moving import CELL, cells_of, link_of, move_workbook, sheets_of
from toolkit.sheets.package import Package, first_child, like, local_children, set_text
from toolkit.sheets.references import Move, shifted
from toolkit.sheets.style_book import StyleBook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.sheets.package import Tree

_SAVE_PLAIN = "另存为普通工作簿（.xlsx）后放到templates/整改台账.xlsx。"
# What a workbook is related to and a form needs nothing of: caches, histories, people, other books.
_OF_THE_BOOK = frozenset(
    {
        "externalLink", "pivotCacheDefinition", "connections", "customXml", "calcChain", "sharedStrings", "person",
        "cellImage", "cellimage", "volatileDependencies", "sheetMetadata", "rdRichValue", "rdRichValueStructure", "rdRichValueTypes",
        "rdRichValueWebImage", "richValueRel", "slicerCache", "timelineCache", "revisionHeaders", "usernames", "attachedToolbars",
    }
)  # fmt: skip
_OF_THE_PACKAGE = frozenset(
    {"core-properties", "extended-properties", "custom-properties", "thumbnail"}
)
_HUNG_UP = frozenset({"comments", "vmlDrawing", "drawing", "pivotTable", "table"})
_OF_A_SHEET = frozenset({"threadedComment", "queryTable", "slicer", "timeline", "customProperty"})
_BOOK_CHILDREN = frozenset({"externalReferences", "pivotCaches", "customWorkbookViews", "fileSharing", "webPublishing", "webPublishObjects", "fileRecoveryPr", "smartTagPr", "smartTagTypes"})  # fmt: skip
# A sheet that tells how to fill in the form, or holds the words of its drop-downs, goes along.
_TRAVELS = re.compile(r"说明|须知|字典|下拉|选项|参数|代码|填表|填报要求|^_")
_TOTAL = re.compile(r"^\s*(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计)")
_COUNTED = re.compile(r"共?\s*\d+\s*(?:项|个|条|件)")
# Whose name or number stands behind such a word in a line around the table.
_PERSON = re.compile(
    r"((?:填\s*表|填\s*报|制\s*表|审\s*核|负\s*责|联\s*系|经\s*办|复\s*核|签\s*发|主要领导|分管领导|责任)\s*人(?:签\s*字|签\s*名)?(?:及(?:联系)?电话)?|联系(?:电话|方式)|电\s*话|手\s*机)"
    r"([：:])\s*[^\s：:，,；;]+"
)
_HIDES = re.compile(r"AND\(([A-Z]{1,3})\d+=\1\d+,SUBTOTAL\(103,\1\d+\)=1\)")
_LEAST_TELLING = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the table of a workbook stands; rows and columns count from 1.

    `head` is the last row of the heading, `first` … `last` are the data rows (at least one, maybe blank), `left` …
    `right` the columns.
    """

    sheet: str
    head: int
    first: int
    last: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A workbook with one blank data row at `place.first`; `notes` tell in Chinese what did not come along.

    `merged` are the columns that were merged over several rows, `joined` the columns (first, last) that are merged within
    each data row, `formulas` the columns whose cells all hold the same formula, as it stands in the first data row.
    `key` is the hidden column of keys, where the form brings one.
    """

    data: bytes
    place: Place
    part: str
    merged: frozenset[int]
    joined: tuple[tuple[int, int], ...]
    formulas: tuple[tuple[int, str], ...]
    notes: tuple[str, ...] = ()
    key: int = 0


def learn(data: bytes, place: Place, known: frozenset[str] = frozenset()) -> Skeleton:
    """The skeleton of an .xlsx. `known` are texts that may stand anywhere: names of units, words of statuses.

    Raises NotCarried, with what to do, where the layout cannot be filled in as it is; UnreadableFile for no workbook.
    """
    return _Learner(data, place, known).skeleton()


class _Learner:
    """Takes everything out of a workbook that belongs to its rows."""

    def __init__(self, data: bytes, place: Place, known: frozenset[str]) -> None:
        self._package = Package(data)
        self._place, self._known = place, known
        self._move = Move(place.first, place.last, 1)
        self._notes: list[str] = []
        self._book = next(iter(self._package.of_kind("", "officeDocument")), "")
        if not self._package.has(self._book):
            raise UnreadableFile(DAMAGED)
        self._texts = self._shared_texts()
        self._sheets = sheets_of(self._package, self._book)
        self._part = self._sheets.get(place.sheet, "")
        if not self._package.has(self._part):
            raise UnreadableFile(DAMAGED)
        self._sheet = self._package.tree(self._part)

    def skeleton(self) -> Skeleton:
        """Clean, in an order in which each step still finds what it needs."""
        self._refuse()
        self._tell_stripes()
        content = self._content()
        merged, joined = self._take_merges()
        formulas = tuple(self._formulas())
        self._inline_texts(self._sheet)
        self._empty_rows()
        kept = self._drop_sheets(content)
        move_workbook(self._package, self._book, self._place.sheet, self._move)
        self._clean_lines()
        self._clean_parts()
        self._clean_book(kept)
        self._refuse_leaks(content)
        self._package.spell_targets()
        return Skeleton(
            self._package.saved(), self._at_one_row(), self._part, merged, joined, formulas, tuple(self._notes)
        )  # fmt: skip

    def _at_one_row(self) -> Place:
        place = self._place
        return Place(
            sheet=place.sheet, head=place.head, first=place.first, last=place.first, left=place.left, right=place.right
        )  # fmt: skip

    # What cannot be carried

    def _refuse(self) -> None:
        kinds = {kind for kind, _ in self._package.relations(self._book).values()}
        if "vbaProject" in kinds:
            raise NotCarried(f"工作簿带有宏，不能把宏发给各单位；请{_SAVE_PLAIN}")
        if not self._package.of_kind(self._book, "styles"):
            raise NotCarried(f"工作簿没有样式表，版式无从照写；请用Excel或WPS打开后{_SAVE_PLAIN}")
        if self._package.of_kind(self._part, "pivotTable"):
            raise NotCarried(
                f"工作表“{self._place.sheet}”上有数据透视表；请移到另一个工作表，{_SAVE_PLAIN}"
            )
        self._refuse_locked()
        for row, col, cell in self._cells():
            if not self._in_data(row):
                continue
            formula = first_child(cell, "f")
            if formula is not None and formula.get("t") in ("array", "dataTable"):
                raise NotCarried(
                    f"{self._place.sheet}!{cell.get('r')}是数组公式，无法逐行照写；请改为普通公式，{_SAVE_PLAIN}"
                )
            is_beside = not self._place.left <= col <= self._place.right
            if is_beside and self._text(cell).strip():
                raise NotCarried(
                    f"{self._place.sheet}!{cell.get('r')}在台账右侧或左侧另有内容，行数变了会错位；请移到台账上方或另一个工作表，{_SAVE_PLAIN}"
                )

    def _refuse_locked(self) -> None:
        """A protected sheet in which nobody could write anything."""
        protection = first_child(self._sheet, "sheetProtection")
        if protection is None or protection.get("sheet") not in ("1", "true"):
            return
        styles = StyleBook(self._package.tree(self._package.of_kind(self._book, "styles")[0]))
        looks = [int(cell.get("s", "0")) for row, _, cell in self._cells() if self._in_data(row)]
        if all(styles.is_locked(look) for look in looks):
            raise NotCarried(
                f"工作表“{self._place.sheet}”受保护，数据行的单元格全部锁定，单位无法填写；请取消要填的单元格的“锁定”，{_SAVE_PLAIN}"
            )

    def _tell_stripes(self) -> None:
        """Rows that take turns in two looks all get the first one."""
        looks: dict[int, list[str]] = {}
        for row, _, cell in self._cells():
            if self._in_data(row):
                looks.setdefault(row, []).append(cell.get("s", "0"))
        rows = list(looks.values())[:4]
        if len(rows) == 4 and rows[0] == rows[2] != rows[1] == rows[3]:
            self._notes.append("隔行不同的底色没有保留，各行都照第一行")

    def _in_data(self, row: int) -> bool:
        return self._place.first <= row <= self._place.last

    # Cells and their texts

    def _cells(self, sheet: Tree | None = None) -> Iterator[tuple[int, int, Tree]]:
        return cells_of(self._sheet if sheet is None else sheet)

    def _shared_texts(self) -> list[Tree]:
        part = next(iter(self._package.of_kind(self._book, "sharedStrings")), "")
        return list(self._package.tree(part)) if self._package.has(part) else []

    def _text(self, cell: Tree) -> str:
        if cell.get("t") == "s":
            return _plain_text(self._shared(cell))
        value = first_child(cell, "is") if cell.get("t") == "inlineStr" else first_child(cell, "v")
        return "" if value is None else _plain_text(value)

    def _shared(self, cell: Tree) -> Tree:
        value = first_child(cell, "v")
        number = int(value.text or "0") if value is not None else -1
        return self._texts[number] if 0 <= number < len(self._texts) else ()

    def _content(self) -> frozenset[str]:
        """What the rows say, in texts long enough to tell something of them."""
        texts = (self._text(cell).strip() for row, _, cell in self._cells() if self._in_data(row))
        return frozenset(text for text in texts if len(text) >= _LEAST_TELLING) - self._known

    def _inline_texts(self, sheet: Tree) -> None:
        """Each text into its own cell: the shared ones are those of all rows."""
        for row, _, cell in self._cells(sheet):
            for name in ("vm", "cm", "ph"):
                cell.attrib.pop(name, None)
            if cell.get("t") != "s" or (sheet is self._sheet and self._in_data(row)):
                continue
            inside = cell.makeelement(like(cell, "is"), {})
            for child in list(self._shared(cell)):
                if etree.QName(child).localname in ("t", "r"):
                    inside.append(child.__deepcopy__({}))
            for child in list(cell):
                cell.remove(child)
            cell.set("t", "inlineStr")
            cell.append(inside)

    # Rows

    def _take_merges(self) -> tuple[frozenset[int], tuple[tuple[int, int], ...]]:
        """Merges of data rows out; the columns that were merged downwards, and the columns joined in the first row."""
        merged: set[int] = set()
        joined: list[tuple[int, int]] = []
        merges = first_child(self._sheet, "mergeCells")
        for merge in list(merges if merges is not None else ()):
            (top, left), (bottom, right) = (_at(end) for end in _ends(merge.get("ref", "A1")))
            if bottom < self._place.first or top > self._place.last:
                continue
            if top < self._place.first:
                self._notes.append(f"{merge.get('ref')}把表头和数据行合并在一起，只保留了表头部分")
                merge.set("ref", _area(top, left, self._place.first - 1, right))
                continue
            merge.getparent().remove(merge)
            if bottom > top:
                merged.update(range(left, right + 1))
            elif top == self._place.first and right > left:
                joined.append((left, right))
        return frozenset(merged | self._hidden_repeats()), tuple(joined)

    def _hidden_repeats(self) -> set[int]:
        """Columns whose repeats are hidden by a rule already, as `fill` writes it: the form was a workbook of ours."""
        rules = local_children(self._sheet, "conditionalFormatting")
        told = ("".join(rule.itertext()) for rule in rules)
        found = (_HIDES.fullmatch(text.strip()) for text in told)
        return {column_number(column[1]) for column in found if column}

    def _formulas(self) -> Iterator[tuple[int, str]]:
        """Columns in which every filled data row holds the formula of the first, relative to its row."""
        by_col: dict[int, dict[int, str]] = {}
        for row, col, text in self._formula_texts():
            if self._in_data(row):
                by_col.setdefault(col, {})[row] = text
        filled = {
            col
            for row, col, cell in self._cells()
            if self._in_data(row) and first_child(cell, "f") is None and self._text(cell).strip()
        }
        for col, formulas in sorted(by_col.items()):
            first = formulas.get(self._place.first)
            if first is not None and col not in filled and self._is_one(first, formulas):
                yield col, first

    def _is_one(self, first: str, formulas: Mapping[int, str]) -> bool:
        """Whether all rows hold the same formula, relative to where they stand."""
        down = ((shifted(first, row - self._place.first), text) for row, text in formulas.items())
        return all(expected == text for expected, text in down)

    def _formula_texts(self) -> Iterator[tuple[int, int, str]]:
        """Every formula with its row and column, those that are shared written out for their row."""
        masters: dict[str, tuple[int, str]] = {}
        for row, col, cell in self._cells():
            formula = first_child(cell, "f")
            if formula is None:
                continue
            text = formula.text or ""
            if formula.get("t") == "shared" and text:
                masters[formula.get("si", "")] = (row, text)
            elif formula.get("t") == "shared":
                at, master = masters.get(formula.get("si", ""), (row, ""))
                text = shifted(master, row - at)
                if not self._in_data(row) and self._in_data(at):
                    self._expand(formula, text)
            yield row, col, text

    @staticmethod
    def _expand(formula: Tree, text: str) -> None:
        """A child of a shared formula whose master goes stands by itself."""
        for name in ("t", "si", "ref"):
            formula.attrib.pop(name, None)
        formula.text = text

    def _empty_rows(self) -> None:
        """Data rows without anything in them; at least one, even where the form has none."""
        for row, _, cell in self._cells():
            if self._in_data(row):
                for child in list(cell):
                    cell.remove(child)
                cell.attrib.pop("t", None)
        data = first_child(self._sheet, "sheetData")
        first = self._place.first
        if data is None or any(row.get("r") == str(first) for row in data):
            return
        at = sum(int(row.get("r", "0")) < first for row in data)
        data.insert(at, data.makeelement(like(data, "row"), {"r": str(first)}))

    def _clean_lines(self) -> None:
        """Lines around the table: figures of the old rows and names of persons go, words stay."""
        for row, _, cells in self._lines():
            is_total = any(_TOTAL.match(self._text(cell)) for cell in cells)
            for cell in cells:
                text = self._text(cell)
                is_number = cell.get("t", "n") == "n" and first_child(cell, "f") is None and text
                if row > self._place.first and (is_total and (is_number or _COUNTED.search(text))):
                    self._notes.append(f"{self._place.sheet}第{row}行写死的“{text}”是旧数，已留空")
                    set_text(cell, "")
                elif _PERSON.search(text):
                    set_text(cell, _PERSON.sub(r"\1\2", text))

    def _lines(self) -> Iterator[tuple[int, Tree, list[Tree]]]:
        data = first_child(self._sheet, "sheetData")
        for row in data if data is not None else ():
            number = int(row.get("r", "0"))
            if number <= self._place.head - 1 or number > self._place.first:
                yield number, row, list(local_children(row, "c"))

    # Further sheets and parts

    def _sheet_elements(self) -> list[Tree]:
        sheets = first_child(self._package.tree(self._book), "sheets")
        return list(sheets) if sheets is not None else []

    def _drop_sheets(self, content: frozenset[str]) -> list[str]:
        """Only instructions and lists of drop-downs stay beside the ledger; the names that stay, in their order."""
        kept, gone = [], []
        rules = b" ".join(
            etree.tostring(child)
            for child in self._sheet
            if etree.QName(child).localname
            in ("dataValidations", "extLst", "conditionalFormatting")
        ).decode()
        names = first_child(self._package.tree(self._book), "definedNames")
        rules += " ".join(
            name.text or ""
            for name in (names if names is not None else ())
            if (name.get("name") or "") in rules
        )
        for element in self._sheet_elements():
            name, part = element.get("name", ""), self._sheets[element.get("name", "")]
            if name == self._place.sheet:
                kept.append(name)
                continue
            is_used = bool(_TRAVELS.search(name)) or f"{name}!" in rules or f"'{name}'!" in rules
            if is_used and self._package.has(part) and not self._says(part, content):
                kept.append(name)
                self._take_along(part)
            else:
                gone.append(name)
                element.getparent().remove(element)
                self._package.unrelate(self._book, frozenset({link_of(element)}))
        if gone:
            self._notes.append(f"工作表{'、'.join(f'“{name}”' for name in gone)}没有随表发出")
        return kept

    def _says(self, part: str, content: frozenset[str]) -> bool:
        """Whether a sheet holds anything that the rows say."""
        sheet = self._package.tree(part)
        return any(self._text(cell).strip() in content for _, _, cell in self._cells(sheet))

    def _take_along(self, part: str) -> None:
        """A sheet of instructions or of words to choose from: its cells, and nothing hung upon them."""
        sheet = self._package.tree(part)
        self._inline_texts(sheet)
        self._package.unrelate(part, _OF_A_SHEET | _HUNG_UP)
        for child in list(sheet):
            if etree.QName(child).localname in (
                "drawing",
                "legacyDrawing",
                "picture",
                "tableParts",
            ):
                sheet.remove(child)

    def _clean_parts(self) -> None:
        """Who wrote notes, charts with what they have drawn, and links that nothing leads to."""
        package = self._package
        for part in package.of_kind(self._part, "comments"):
            _forget_authors(package.tree(part))
        for part in package.of_kind(self._part, "drawing"):
            self._drop_charts(package.tree(part))
            self._drop_unused_links(part)
        package.unrelate(self._part, _OF_A_SHEET)
        self._drop_unused_links(self._part)

    def _drop_charts(self, drawing: Tree) -> None:
        for anchor in list(drawing):
            if any(_is_chart(found) for found in anchor.iter()):
                drawing.remove(anchor)
                self._notes.append("图表里存有旧数据，没有随表发出")

    def _drop_unused_links(self, part: str) -> None:
        """Relationships that nothing names any more, such as links and pictures of old rows."""
        used = {
            value for found in self._package.tree(part).iter() for value in found.attrib.values()
        }
        unused = frozenset(self._package.all_ids(part)) - used
        implicit = {"comments", "table", "pivotTable", "printerSettings"}
        kinds = {id_: kind for id_, (kind, _) in self._package.relations(part).items()}
        self._package.unrelate(
            part, frozenset(id_ for id_ in unused if kinds.get(id_) not in implicit)
        )

    def _clean_book(self, kept: list[str]) -> None:
        package, book = self._package, self._package.tree(self._book)
        package.unrelate("", _OF_THE_PACKAGE)
        package.unrelate(self._book, _OF_THE_BOOK)
        package.unrelate_matching("", "customXml")
        for child in list(book):
            local = etree.QName(child).localname
            if local in _BOOK_CHILDREN or (local == "extLst" and _has_links(child)):
                book.remove(child)
            elif local == "bookViews":
                for view in child:
                    view.attrib.update(
                        {"activeTab": str(kept.index(self._place.sheet)), "firstSheet": "0"}
                    )
            elif local == "calcPr":
                child.set("fullCalcOnLoad", "1")
        self._clean_names(kept)

    def _clean_names(self, kept: list[str]) -> None:
        """Names of what is still there; those of single sheets count the sheets anew (18.2.5)."""
        names = first_child(self._package.tree(self._book), "definedNames")
        before = list(self._sheets)
        for name in list(names if names is not None else ()):
            text, scope = name.text or "", name.get("localSheetId")
            owner = before[int(scope)] if scope and int(scope) < len(before) else None
            others = (other for other in before if other not in kept)
            is_lost = any(f"{other}!" in text or f"'{other}'!" in text for other in others)
            if (
                "#REF!" in text
                or re.search(r"\[\d+\]", text)
                or is_lost
                or (owner and owner not in kept)
            ):
                name.getparent().remove(name)
            elif owner:
                name.set("localSheetId", str(kept.index(owner)))
        if names is not None and not len(names):
            names.getparent().remove(names)

    def _refuse_leaks(self, content: frozenset[str]) -> None:
        """Nothing that the rows said may stand in what is left; what does is an error of the form, told with its text."""
        self._package.drop_unreachable()
        for name in self._package.names:
            if not name.lower().endswith((".xml", ".vml", ".rels")):
                continue
            for found in self._package.tree(name).iter():
                texts = (found.text or "", *found.attrib.values())
                leaked = next((text for text in texts if text.strip() in content), None)
                if leaked is not None:
                    raise NotCarried(
                        f"工作簿的表头、说明或设置里重复了数据行的内容“{leaked.strip()[:30]}”，会随表发给别的单位；请删去，{_SAVE_PLAIN}"
                    )


def _forget_authors(comments: Tree) -> None:
    """Notes of the heading stay, without who wrote them."""
    for authors in local_children(comments, "authors"):
        for author in authors:
            author.text = ""


def _is_chart(found: Tree) -> bool:
    return isinstance(found.tag, str) and etree.QName(found).localname == "graphicFrame"


def _has_links(element: Tree) -> bool:
    return any("relationships" in name for found in element.iter() for name in found.attrib)


def _plain_text(element: Tree) -> str:
    if isinstance(element, tuple):
        return ""  # a number of a text that is not there
    return "".join(found.text or "" for found in element.iter() if _is_text(found))


def _is_text(found: Tree) -> bool:
    """The words of a cell or a shared text; how they are read aloud (rPh) is none of them."""
    if not isinstance(found.tag, str):
        return False
    local = etree.QName(found).localname
    parent = found.getparent()
    is_phonetic = parent is not None and etree.QName(parent).localname == "rPh"
    return local in ("t", "v") and not is_phonetic


def _ends(reference: str) -> tuple[str, str]:
    first, _, last = reference.replace("$", "").partition(":")
    return first, last or first


def _at(cell: str) -> tuple[int, int]:
    found = CELL.fullmatch(cell)
    return (int(found[2]), column_number(found[1].upper())) if found else (1, 1)


def _area(top: int, left: int, bottom: int, right: int) -> str:
    return f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
