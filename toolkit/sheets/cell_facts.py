"""What the cells of a worksheet carry besides their values: errors, formulas, struck text, comments, pictures, displays."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from toolkit.packages.gate import UnreadableFile
from toolkit.packages.markup import attributes, children, descendants, parse
from toolkit.sheets.blank_links import moved
from toolkit.sheets.cell_pictures import PICTURE, SIGN, is_picture
from toolkit.sheets.grid import Mark, Remark, column_number
from toolkit.sheets.number_format import Display, differs, display, display_text
from toolkit.sheets.parts import require
from toolkit.sheets.shared_texts import struck_of, text_of
from toolkit.sheets.sheetxml import each_cell, hidden_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from xml.etree.ElementTree import Element

    from toolkit.sheets.grid import Range
    from toolkit.sheets.parts import Parts
    from toolkit.sheets.shared_texts import SharedTexts
    from toolkit.sheets.sheetxml import SheetXml
    from toolkit.sheets.stylesheet import Styles

_Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a workbook says of the cells of all its sheets."""

    from_1904: bool
    styles: Styles
    texts: SharedTexts
    rich_errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found of one sheet besides its values; `has_pictures`: cells may hold them, or words that stand for them."""

    merges: tuple[Range, ...]
    remarks: dict[_Place, tuple[Remark, ...]]
    displays: dict[_Place, Display]
    hidden_rows: frozenset[int]
    hidden_cols: frozenset[int]
    has_pictures: bool
    has_broken_comments: bool


def facts_of(sheet: SheetXml, workbook: Workbook, parts: Parts, path: str) -> Facts:
    """Everything of one worksheet but its values; `path` is its part."""
    look = _Look(workbook, hides_zeros=sheet.hides_zeros)
    if look.is_needed(sheet.cells):
        for head, inside in each_cell(sheet.cells):
            if inside:
                look.at(head, inside)
    remarks = look.remarks
    for place in sheet.lost:
        remarks[place] = (*remarks.get(place, ()), Remark(Mark.LOST, ""))
    comments: Mapping[_Place, str] = {}
    is_broken = False
    try:
        comments = _comments(path, parts)
    except UnreadableFile:
        is_broken = True  # nobody needs them for the table
    for place, text in comments.items():
        remarks[place] = (*remarks.get(place, ()), Remark(Mark.COMMENT, text))
    has_pictures = SIGN in sheet.cells or any(PICTURE in said for said in remarks.values())
    return Facts(
        sheet.merges, remarks, look.displays, hidden_rows(sheet.cells), sheet.hidden_cols, has_pictures,
        is_broken,
    )  # fmt: skip


_REMARKABLE = (b't="e"', b"<f", b"<strike")
_ADDRESS = re.compile(rb"([A-Z]{1,3})(\d{1,7})")
_STYLE = re.compile(rb' s="(\d+)"')
_RICH = re.compile(rb' vm="(\d{1,9})"')
_FORMULA = re.compile(rb"<f((?:\s[^<>]*?)?)(?:/>|>([^<]*)</f>)")
_SHARED = re.compile(rb'\bsi="(\d{1,9})"')
_VALUE = re.compile(rb"<v(?:\s[^<>]*)?>([^<]*)</v>")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")


# So many styles are looked for one by one; a workbook with more of them is looked through.
_FEW_STYLES = 8


@dataclass
class _Look:
    """One look at all cells of a sheet."""

    workbook: Workbook
    hides_zeros: bool
    remarks: dict[_Place, tuple[Remark, ...]] = field(default_factory=dict)
    displays: dict[_Place, Display] = field(default_factory=dict)
    _shared: dict[bytes, tuple[_Place, str]] = field(default_factory=dict)

    def is_needed(self, cells: bytes) -> bool:
        """Whether any cell can carry something."""
        styles = self.workbook.styles
        return bool(
            self.hides_zeros
            or styles.struck
            or self.workbook.texts.struck
            or any(mark in cells for mark in _REMARKABLE)
            or (styles.days and b"<v>-" in cells)
            or len(styles.shown) > _FEW_STYLES
            or any(b' s="%s"' % style in cells for style in styles.shown)
        )

    def at(self, head: bytes, inside: bytes) -> None:
        """One cell that holds something."""
        found = _ADDRESS.match(head)
        if not found:
            return
        place = int(found[2]), column_number(found[1].decode())
        value = _VALUE.search(inside)
        text = unescape(value[1].decode("utf-8", "replace")) if value else ""
        remarks = tuple(self._remarks(place, head, inside, text))
        if remarks:
            self.remarks[place] = remarks
        if shown := self._display(head, inside, text):
            self.displays[place] = shown

    def _remarks(self, place: _Place, head: bytes, inside: bytes, text: str) -> Iterator[Remark]:
        if b't="e"' in head:
            yield self._error(head, inside, text)
        elif b"<f" in inside and (formula := _FORMULA.search(inside)):
            words = self._formula(place, formula[1], formula[2] or b"")
            if is_picture(words) or is_picture(text):
                yield PICTURE
            elif not text and b't="str"' not in head:
                yield Remark(Mark.UNCALCULATED, words)
            elif text:
                yield Remark(Mark.FORMULA, words)
        shared = b't="s"' in head
        texts = self.workbook.texts
        style = _STYLE.search(head) if self.workbook.styles.struck else None
        if style and style[1] in self.workbook.styles.struck:
            whole = texts.texts.get(text, "") if shared else _inline(inside, text_of) or text
            if whole:
                yield Remark(Mark.STRUCK, whole)
        elif struck := texts.struck.get(text, "") if shared else _inline(inside, struck_of):
            yield Remark(Mark.STRUCK, struck)

    def _error(self, head: bytes, inside: bytes, text: str) -> Remark:
        """An error value by the name that is shown; a rich value that is no error is a picture."""
        rich = _RICH.search(head)
        if rich is None:
            return PICTURE if SIGN in inside else Remark(Mark.ERROR, text or "#N/A")
        name = self.workbook.rich_errors.get(rich[1].decode())
        return PICTURE if name is None else Remark(Mark.ERROR, name or text or "#N/A")

    def _formula(self, place: _Place, attributes_: bytes, text: bytes) -> str:
        """The formula's words; one that a group of cells shares is written at its first cell only."""
        words = "=" + unescape(text.decode("utf-8", "replace"))
        shared = _SHARED.search(attributes_) if b"shared" in attributes_ else None
        if shared is None:
            return words
        if text:
            self._shared[shared[1]] = (place, words)
            return words
        (row, col), first = self._shared.get(shared[1], (place, words))
        return moved(first, place[0] - row, place[1] - col)

    def _display(self, head: bytes, inside: bytes, text: str) -> Display | None:
        """What is shown, where that is not what is stored."""
        if self.hides_zeros and text == "0" and b' t="' not in head:
            return Display("")
        styles = self.workbook.styles
        style = _STYLE.search(head) if styles.shown or text.startswith("-") else None
        code = styles.shown.get(style[1]) if style else None
        if style and code is None and text.startswith("-"):
            code = styles.days.get(style[1])
        if code is None or b't="e"' in head or b't="b"' in head:
            return None
        if b' t="' in head and b't="n"' not in head:
            shared = b't="s"' in head
            whole = self.workbook.texts.texts.get(text, "") if shared else _inline(inside, text_of)
            return display_text(code, whole or text) if self.workbook.styles.shows_texts else None
        if not _NUMBER.fullmatch(text):
            return None
        shown = display(code, float(text), from_1904=self.workbook.from_1904)
        return shown if differs(shown, code, float(text)) else None


def _inline(inside: bytes, part: Callable[[Element], str]) -> str:
    """The text of an inline string, or its struck part."""
    if b"<is>" not in inside:
        return ""
    return part(parse(b"<is>" + inside.partition(b"<is>")[2].partition(b"</is>")[0] + b"</is>"))


def _comments(path: str, parts: Parts) -> Mapping[_Place, str]:
    """Notes by their cells; of a conversation, all that was said (its note is only a hint for old versions)."""
    notes: dict[_Place, str] = {}
    threads: dict[_Place, str] = {}
    for kind, target in parts.relations(path).values():
        if kind == "comments":
            for place, note in _by_place(parse(require(parts, target)), "comment"):
                notes[place] = "".join(piece.text or "" for piece in descendants(note, "t")).strip()
        elif kind == "threadedComment":
            for place, note in _by_place(parse(require(parts, target)), "threadedComment"):
                said = "".join(piece.text or "" for piece in children(note, "text")).strip()
                threads[place] = "\n".join(filter(None, (threads.get(place, ""), said)))
    return {**notes, **threads}


def _by_place(root: Element, name: str) -> Iterator[tuple[_Place, Element]]:
    for note in descendants(root, name):
        found = _ADDRESS.fullmatch(attributes(note).get("ref", "").upper().encode())
        if found:
            yield (int(found[2]), column_number(found[1].decode())), note
