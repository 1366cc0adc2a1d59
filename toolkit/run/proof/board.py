"""看板.html read back by a parser of its own: texts, bars and points are figures, rows are items, no other digit stands there."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from toolkit.board.page import BOARD, STATIC_ROWS
from toolkit.figures.printed import Printed, text_of
from toolkit.run.proof.lines import difference, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.figures.due_state import DueState
    from toolkit.ledger.entry import Entry
    from toolkit.run.proof.context import ProofContext

_DIGIT = re.compile(r"\d")
_NEAR = Decimal("0.011")
_BASE = Decimal(120)
_VOID = frozenset({"meta", "br", "input", "link"})
_NO_STATUS = "状态不明"


@dataclass
class _Element:
    tag: str
    attributes: Mapping[str, str]
    text: str = ""


@dataclass
class _Read(HTMLParser):
    """Everything with an id, the cells of the first items, and texts that no id owns."""

    by_id: dict[str, _Element] = field(default_factory=dict)
    first: list[list[str]] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    open: list[_Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self, convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = _Element(tag, {name: value or "" for name, value in attrs})
        if id_ := found.attributes.get("id"):
            if id_ in self.by_id:
                self.doubled.append(id_)
            self.by_id[id_] = found
        if self._is_first() and tag == "tr":
            self.first.append([])
        if self._is_first() and tag == "td":
            self.first[-1].append("")
        if tag not in _VOID:
            self.open.append(found)

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        inner = self.open[-1] if self.open else _Element("", {})
        if inner.tag in {"style", "script"} and inner.attributes.get("id") != "data":
            return
        if inner.attributes.get("id"):
            inner.text += data
        elif self._is_first() and inner.tag == "td":
            self.first[-1][-1] += data
        elif _DIGIT.search(data):
            self.stray.append(data.strip())

    def _is_first(self) -> bool:
        return any(each.attributes.get("id") == "first" for each in self.open)


def board_faults(context: ProofContext) -> Iterator[str]:
    """Where the page prints another number, or another item, than it must; nothing of a page that was stopped."""
    if any(stopped.paper == BOARD for stopped in context.written.stopped):
        return
    page = _Read()
    page.feed((context.folder / BOARD).read_text(encoding="utf-8"))
    page.close()
    for fault in (
        *_text_faults(page, context),
        *_drawn_faults(page, context),
        *_row_faults(page, context),
    ):
        yield f"看板{fault}"


def _text_faults(page: _Read, context: ProofContext) -> Iterator[str]:
    lines = context.written.board.lines
    for id_ in page.doubled:
        yield f"中的{id_}不止一处"
    for text in page.stray:
        yield f"“{text[:40]}”中的数不在数字表中"
    for id_, line in lines.items():
        found = page.by_id.get(id_)
        if found is None:
            yield f"中没有“{text_of(line)}”"
            continue
        if plain(found.text) != plain(text_of(line)):
            yield difference(line, found.text)
        for piece in line:
            if isinstance(piece, Printed) and (fault := context.truth.fault(piece)):
                yield f"的{fault}"
        yield from context.sources.faults(line)
    known = {*lines, "data", "first", "list", "rest"}
    for id_, found in page.by_id.items():
        if id_ not in known and _DIGIT.search(found.text):
            yield f"“{found.text[:40]}”中的数不在数字表中"


def _drawn_faults(page: _Read, context: ProofContext) -> Iterator[str]:
    """Bars are as long, and points as high, as what they stand for."""
    board, truth = context.written.board, context.truth
    for id_, (printed, scale) in board.bars.items():
        width = _number(page, id_, "width")
        if (fault := truth.fault(printed)) or abs(width - Decimal(printed.text) * scale) > _NEAR:
            yield f"图中的{fault or f'{printed.ref}画得与数不符'}"
    for id_, (printed, scale) in board.points.items():
        height = _BASE - _number(page, id_, "cy")
        if (fault := truth.fault(printed)) or abs(height - Decimal(printed.text) * scale) > _NEAR:
            yield f"图中的{fault or f'{printed.ref}画得与数不符'}"


def _number(page: _Read, id_: str, name: str) -> Decimal:
    found = page.by_id.get(id_)
    try:
        return Decimal(found.attributes.get(name, "")) if found else Decimal(-1)
    except InvalidOperation:
        return Decimal(-1)


def _row_faults(page: _Read, context: ProofContext) -> Iterator[str]:
    state = context.state
    data = json.loads(page.by_id["data"].text) if "data" in page.by_id else {"rows": [], "keys": []}
    rows = [dict(zip(data["keys"], row, strict=True)) for row in data["rows"]]
    if len(rows) != len(state.entries):
        yield f"有{len(rows)}个问题，应为{len(state.entries)}个"
    for row, entry in zip(rows, state.entries, strict=False):
        for key, value in _expected(entry, state.due_by_id[entry.item.id], context).items():
            if row.get(key) != value:
                yield f"中问题{entry.item.id}的{key}是{row.get(key)}，应为{value}"
    firsts = [cells for cells in page.first if cells]
    if len(firsts) != min(len(state.entries), STATIC_ROWS):
        yield f"列出{len(firsts)}个问题，应为{min(len(state.entries), STATIC_ROWS)}个"
    for cells, entry in zip(firsts, state.entries, strict=False):
        row = _expected(entry, state.due_by_id[entry.item.id], context)
        wanted = [
            row["id"], row["light"], row["problem"] or row["sub_problem"], row["lead_unit"],
            row["lead_leader"], row["deadline"], row["status"], row["timing"],
        ]  # fmt: skip
        cells[1:2] = [text[-1:] for text in cells[1:2]]
        for found, value in zip(cells, wanted, strict=True):
            if plain(found) != plain(str(value)):
                yield f"列出的问题{entry.item.id}印的是“{found[:40]}”，应为“{str(value)[:40]}”"


def _expected(entry: Entry, due: DueState, context: ProofContext) -> dict[str, Any]:
    """What must stand in the row of an item: its columns, and what figures are counted from."""
    item = entry.item
    return {
        "id": item.id,
        "problem": item.problem,
        "sub_problem": item.sub_problem,
        "progress": item.progress,
        "measures": list(item.measures),
        "regulations": list(item.regulations),
        "lead_unit": item.lead_unit,
        "lead_leader": item.lead_leader,
        "deadline": item.deadline.raw if item.deadline else "",
        "due": item.deadline.due.isoformat() if item.deadline and item.deadline.due else "",
        "status": context.state.settings.words.of(item.status) if item.status else _NO_STATUS,
        "money": "" if item.money is None else str(item.money),
        "light": due.light.word,
        "timing": due.sentence,
    }
