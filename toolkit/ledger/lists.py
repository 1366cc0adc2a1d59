"""Several things in one cell: measures, and the names of regulations."""

from __future__ import annotations

import re
from dataclasses import dataclass

from toolkit.ledger.numerals import read_numeral
from toolkit.ledger.text import clean

# Where a piece may begin: at the start, behind a break or a sentence's end; with the mark that stands there.
_MARK = re.compile(
    r"(?:(?<=^)|(?<=\n)|(?<=[。；;]))\s*"
    r"(?:(?P<number>\d{1,2})(?P<point>[.．、])(?P<next>\d*)"
    r"|[（(]\d{1,2}[）)]|[①-⑳]|[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}(?:是|、))",
    re.MULTILINE,
)
# One cheap look saves the costly one.
_ANY_MARK = (
    r"(?:\d{1,2}[.．、]|[（(][\d一二三四五六七八九十]|[①-⑳]|[一二三四五六七八九十]{1,3}(?:是|、))"
)
_MAY_BE_NUMBERED = re.compile(rf"[\n。；;]\s*{_ANY_MARK}")
_FIRST_MARK = re.compile(_ANY_MARK)
_SECOND = re.compile(r"\n\s*2[.．、]")
_YEAR_OR_DAY = re.compile(r"(?:19|20)\d\d(?:年|[-./])|\d{1,2}月")
_TITLE = re.compile(r"《(?:[^《》]|《[^《》]*》)*》")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Where a piece of a list begins, where its text behind the mark begins, and its number (0: no plain number)."""

    start: int
    text_at: int
    number: int


def read_list(text: str) -> tuple[str, ...]:
    """The pieces of a cell that lists several things by 1. 2., （1）, ①, 一是 or by lines, without their marks.

    `2．2026年6月底前…` is the second of a list where the first goes before it. `2.5万元…` there is a piece of its own
    that keeps its figures: nobody knows whether it is the second measure or an amount.
    """
    text = clean(text)
    pieces = _with_inner(text, _pieces(text))
    if not pieces:
        return tuple(piece for piece in (piece.strip() for piece in text.split("\n")) if piece)
    cut = [(0, pieces[0].start), *_spans(pieces, len(text))]
    return tuple(piece for start, end in cut if (piece := text[start:end].strip().rstrip("，,")))


# Marks that go on within a line: ①健全机制②开展培训, 一是健全机制，二是开展培训. A circled or bracketed figure stands by
# itself; 2. and 二是 need a comma or a blank before them, since they may belong to the sentence.
_INNER = re.compile(
    r"(?P<circled>[①-⑳])|[（(](?P<bracketed>\d{1,2})[）)]"
    r"|(?<=[，,\s])(?:(?P<number>\d{1,2})(?P<point>[.．、])(?!\d)|(?P<said>[一二三四五六七八九十]{1,3})是)"
)
_FIRST = re.compile(r"(?:①|[（(]1[）)]|1[.．、]|一是)")


def _with_inner(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """The pieces, with those that begin within one of them: a mark of the same kind that counts on from its first."""
    found: list[_Piece] = []
    ends = [*(each.start for each in pieces[1:]), len(text)]
    for piece, end in zip(pieces, ends, strict=False):  # of no piece there is no end
        found.append(piece)
        its_mark = text[piece.start : piece.text_at].strip()
        if not _FIRST.match(its_mark):
            continue
        kind, counted = _kind_of(its_mark), 1
        for mark in _INNER.finditer(text, piece.text_at, end):
            if (_kind_of(mark[0]), _ordinal(mark)) == (kind, counted + 1):
                counted += 1
                found.append(_Piece(mark.start(), mark.end(), 0))
    return found


def _kind_of(mark: str) -> str:
    """What kind of mark it is, whatever its number: ①, （）, the point behind a figure, 是."""
    return "①" if "①" <= mark[0] <= "⑳" else "（）" if mark[0] in "（(" else mark[-1]


def _ordinal(mark: re.Match[str]) -> int:
    if mark["circled"]:
        return ord(mark["circled"]) - ord("①") + 1
    if mark["said"]:
        return read_numeral(mark["said"]) or 0
    return int(mark["bracketed"] or mark["number"])


def list_numbers(text: str) -> tuple[int, ...]:
    """The plain numbers (1. 2. 3.) of the pieces of a list, in order."""
    return tuple(piece.number for piece in _pieces(clean(text)) if piece.number)


def _spans(pieces: list[_Piece], end: int) -> list[tuple[int, int]]:
    ends = [piece.start for piece in pieces[1:]] + [end]
    return [(piece.text_at, stop) for piece, stop in zip(pieces, ends, strict=True)]


def _pieces(text: str) -> list[_Piece]:
    """The pieces that begin with a mark; a number before a figure is one only where it counts on."""
    if not (_FIRST_MARK.match(text) or _MAY_BE_NUMBERED.search(text)):
        return []
    found: list[_Piece] = []
    counted = 0
    for mark in _MARK.finditer(text):
        number = int(mark["number"] or 0)
        text_at = mark.end("point") if number else mark.end()
        if mark["next"]:
            is_dated = _is_dated(text, mark)
            if number != counted + 1 or not (counted or is_dated or _counts_on(text, mark)):
                continue  # 1.5万元, 3、5号楼
            text_at = text_at if is_dated or mark["point"] == "、" else mark.start()
        found.append(_Piece(mark.start(), text_at, number))
        counted = number or counted
    return found


def _counts_on(text: str, mark: re.Match[str]) -> bool:
    """Whether a list that begins with this 1 has a 2 on a later line."""
    return _SECOND.search(text, mark.end()) is not None


def _is_dated(text: str, mark: re.Match[str]) -> bool:
    return _YEAR_OR_DAY.match(text, mark.end("point")) is not None


_TO_MAKE = r"(?:研究)?(?:制定|制订|修订|修改|起草|出台|印发|编制|完善|建立|审议)"
_PLANNED = rf"(?:拟|计划|准备|打算|正在|将|待|着手|抓紧|尚未)(?:于[^，。；《》]{{1,10}})?{_TO_MAKE}"
_DRAFT = r"征求意见稿|送审稿|讨论稿|草案|草稿|初稿|审议稿|报批稿"
_NOT_YET = rf"{_DRAFT}|拟制定|拟制订|拟修订|拟出台|拟印发|待印发|待审议|待出台|未印发|尚未|起草中|修订中|制定中|正在(?:制定|修订|起草|审议|印发|报批|征求|审核|完善)"
_PLANNED_BEFORE = re.compile(rf"{_PLANNED}[^，。；、《》]{{0,6}}$")
_PLANNED_BEHIND = re.compile(rf"\s*[（(\[【][^（）()\[\]【】]*(?:{_NOT_YET})|\s*(?:{_NOT_YET})")
# 《甲》、《乙》（均为征求意见稿） is about both, 《甲》、《乙》（征求意见稿） about the last, 《甲》《乙》（征求意见稿） about both.
_ALL_PLANNED_BEHIND = re.compile(
    rf"\s*[（(\[【]?\s*(?:以上|上述)?(?:均|都)[^（）()\[\]【】，。；《》]*(?:{_NOT_YET})"
)
_DRAFT_INSIDE = re.compile(rf"[（(](?:{_DRAFT})[）)]》?$")
_BLANK = re.compile(r"\s*")
_ALONGSIDE = re.compile(r"[、和与及\s]*")
_PLAN = re.compile(rf"^(?:\d{{1,2}}[.．、])?{_PLANNED}|(?:{_NOT_YET})[）)]?$")


def read_regulations(text: str) -> tuple[str, ...]:
    """The names of regulations with their 《》, each once, in order; text without 《》 is cut at separators.

    What is only planned (拟制定《甲办法》, 《甲办法》（征求意见稿）) is no regulation yet: `planned_regulations` has it.
    """
    return tuple(dict.fromkeys(name for name, is_planned in _named(text) if not is_planned))


def planned_regulations(text: str) -> tuple[str, ...]:
    """The regulations that a cell names as not yet made."""
    return tuple(dict.fromkeys(name for name, is_planned in _named(text) if is_planned))


def _named(text: str) -> list[tuple[str, bool]]:
    """Every name in the cell, and whether it is only planned."""
    text = clean(text)
    titles = list(_TITLE.finditer(text))
    if not titles:
        parts = [part.strip() for part in re.split(r"[；;\n]", text)]
        return [
            (name, _PLAN.search(part) is not None)
            for part in parts
            for name in (piece.strip() for piece in part.split("、"))
            if name
        ]
    planned: list[bool] = []
    end = 0
    for title in titles:
        before = text[end : title.start()]
        goes_on = planned[-1:] == [True] and _ALONGSIDE.fullmatch(before) is not None
        planned.append(goes_on or _is_unmade(text, title, before))
        end = title.end()
    remark: re.Pattern[str] | None = None
    for place in reversed(range(len(titles))):
        between = text[titles[place].end() :].partition("《")[0]
        shares = remark is not None and remark.fullmatch(between) is not None
        remark = remark if shares else _said_of_the_row(text, titles[place])
        planned[place] |= shares
    return [(title[0], is_planned) for title, is_planned in zip(titles, planned, strict=True)]


def _said_of_the_row(text: str, title: re.Match[str]) -> re.Pattern[str] | None:
    """What may stand between names that share the remark behind this one; None where nothing is remarked."""
    if _ALL_PLANNED_BEHIND.match(text, title.end()):
        return _ALONGSIDE
    return _BLANK if _PLANNED_BEHIND.match(text, title.end()) else None


def _is_unmade(text: str, title: re.Match[str], before: str) -> bool:
    return bool(
        _DRAFT_INSIDE.search(title[0])
        or _PLANNED_BEFORE.search(before)
        or _PLANNED_BEHIND.match(text, title.end())
        or _ALL_PLANNED_BEHIND.match(text, title.end())
    )
