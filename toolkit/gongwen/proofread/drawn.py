"""Clauses that only a drawn page can show: rows, what stands outside the 版心, a date alone on a page. Pure: boxes in, faults out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.gongwen.proofread.clause import Fault, Weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MM = 25.4 / 72
_LEFT, _RIGHT = 27.0, 185.0
_PAGE_NUMBER = re.compile(r"^[—－-]?\s*\d+\s*[—－-]?$")
_DATE = re.compile(r"^[12]\d{3}年\d{1,2}月\d{1,2}日$")
_ROWS = 22


@dataclass(frozen=True, slots=True)
class Row:
    """One row of text as drawn: its text, and its box in points from the upper left of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """One page as drawn: its rows from the top, its width and height in points."""

    rows: tuple[Row, ...]
    width: float
    height: float


def drawn_faults(pages: Sequence[DrawnPage]) -> tuple[Fault, ...]:
    """Every fault of the drawn pages."""
    return tuple(fault for check in (_overhang, _rows, _alone, _numbers) for fault in check(pages))


def _fault(id_: str, number: str, page: int, said: tuple[str, str, str]) -> Fault:
    found, asks, fix = said
    return Fault(id_, number, Weight.MUST, 0, f"第{page}页", found, asks, fix)


def _text(page: DrawnPage) -> list[Row]:
    return [row for row in page.rows if not _PAGE_NUMBER.match(row.text.replace(" ", ""))]


def _overhang(pages: Sequence[DrawnPage]) -> Iterator[Fault]:
    for number, page in enumerate(pages, 1):
        if page.width > page.height:
            continue
        out = [
            row for row in _text(page) if row.left * _MM < _LEFT - 1 or row.right * _MM > _RIGHT + 6
        ]
        if out:
            said = (
                f"“{out[0].text[:12]}”超出版心",
                "版心以外除页码外没有文字。",
                "请调整页边距、缩进或表格宽度。",
            )
            yield _fault("5.2.1-overhang", "5.2.1", number, said)


def _rows(pages: Sequence[DrawnPage]) -> Iterator[Fault]:
    """On full pages of running text: at most 22 rows, and not fewer than 20."""
    for number, page in enumerate(pages[1:-1], 2):
        rows = _text(page)
        if page.width > page.height or not rows:
            continue
        tops = sorted({round(row.top) for row in rows})
        gaps = [b - a for a, b in pairwise(tops)]
        if not gaps or max(gaps) > 1.6 * min(gaps):
            continue  # a table, a picture or a new part: rows cannot be counted
        if len(tops) > _ROWS:
            said = (
                f"这一页有{len(tops)}行",
                "一般每面排22行。",
                "请把行距设为固定值28.95磅，并关闭“定义了文档网格时自动调整”。",
            )
            yield _fault("5.2.3-rows", "5.2.3", number, said)


def _alone(pages: Sequence[DrawnPage]) -> Iterator[Fault]:
    for number, page in enumerate(pages, 1):
        rows = _text(page)
        dates = [row for row in rows if _DATE.match(row.text.replace(" ", ""))]
        if number > 1 and dates and len(rows) <= 2:
            said = (
                "成文日期所在页没有正文",
                "不使落款、成文日期单独占一页。",
                "请调整行距、字距，使落款与正文同处一页。",
            )
            yield _fault("7.3.5-notalone", "7.3.5.5", number, said)


def _numbers(pages: Sequence[DrawnPage]) -> Iterator[Fault]:
    lacking = [
        number
        for number, page in enumerate(pages, 1)
        if page.rows and not any(_PAGE_NUMBER.match(row.text.replace(" ", "")) for row in page.rows)
    ]
    if len(pages) > 1 and [number for number in lacking if number > 1]:
        said = (
            f"第{'、'.join(map(str, lacking))}页没有页码",
            "各页连续编排页码。",
            "请检查各节的页脚。",
        )
        yield _fault("7.5-all", "7.5", lacking[-1], said)
