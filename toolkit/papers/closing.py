"""销号单: one form for each item that was closed in a period, with its evidence listed and the decision that closed it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.figures.printed import Line, Quoted, Source
from toolkit.gongwen.document import append, new_document, save
from toolkit.gongwen.elements import Run, blank_row, paragraph, title
from toolkit.gongwen.styles import KAI_RUN
from toolkit.ledger.dates import chinese_date
from toolkit.ledger.decision import Ruling
from toolkit.ledger.file_names import file_name
from toolkit.ledger.joining import number_mark
from toolkit.papers.blocks import Box, Form, Text, label
from toolkit.papers.fonts import house_fonts
from toolkit.papers.paper import Audience, Paper

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from toolkit.gongwen.template import Templates
    from toolkit.ledger.decision import Decision
    from toolkit.papers.blocks import Block
    from toolkit.settings.model import Settings
    from toolkit.state import State

FOLDER = "销号"
TEMPLATE = "销号单.docx"
_PIECES = re.compile(r"[\n；;]+|(?<=[》）)])、")
_MARK = re.compile(r"^\s*(?:\d{1,2}(?:[.．、](?!\d)|[)）])|[（(]\d{1,2}[)）]|[①-⑳])\s*")
_WIDTHS = (30, 48, 30, 48)
_FORM = "【销号表】"
_SIGNED_ON = "　　年　　月　　日"


def evidence_list(text: str) -> tuple[str, ...]:
    """The pieces of evidence that a cell names, without their marks."""
    pieces = [_MARK.sub("", piece).strip("。， ") for piece in _PIECES.split(text)]
    return tuple(piece for piece in pieces if piece)


def write_blank(path: Path, created: datetime, settings: Settings) -> None:
    """Write 销号单.docx: a heading that an office edits, and a marker where the form goes."""
    document = new_document(house_fonts(settings))
    mark = paragraph("Normal", Run("{{样例说明}}", KAI_RUN), centred=True)
    append(document, [mark, title("巡察整改问题销号单"), blank_row()])
    append(document, [paragraph("Normal", _FORM)])
    save(document, path, created=created)


def _files(state: State) -> Mapping[str, Decision]:
    """A form for every item that was closed in this period."""
    by_id = state.by_id
    return {
        f"{FOLDER}/{file_name(f'销号单-{decision.id}')}.docx": decision
        for decision in state.decisions
        if decision.ruling is Ruling.CLOSE and decision.id in by_id
    }


def _parts(
    state: State, decision: Decision, _templates: Templates
) -> Mapping[str, Sequence[Block]]:
    return {_FORM: (Form(_boxes(state, decision), _WIDTHS), Text(("",), style="Normal"))}


def _boxes(state: State, decision: Decision) -> tuple[tuple[Box, ...], ...]:
    item = state.by_id[decision.id].item

    def of_item(text: str) -> Line:
        return (Quoted(text, Source.ITEM, item.id),)

    def decided(text: str) -> Line:
        return (Quoted(text, Source.DECISION, item.id),)

    done = chinese_date(item.completed_on) if item.completed_on else ""
    basis = "，".join(part for part in (decision.opinion, decision.basis) if part)
    opinion: Line = ("同意销号。", *decided(basis), "\n审核人：", *decided(decision.by))
    return (
        (label("问题编号"), Box(line=of_item(item.id)), label("完成时间"), Box(line=of_item(done))),
        _wide("问题", of_item(item.problem or item.sub_problem), 16),
        (
            label("牵头单位"),
            Box(line=of_item(item.lead_unit)),
            label("责任人"),
            Box(line=of_item(item.owner)),
        ),
        _wide("整改措施", _numbered(item.measures, item.id), 20),
        _wide("整改进展和成效", of_item(item.progress), 34),
        _wide("佐证材料清单", _numbered(evidence_list(item.evidence), item.id), 20),
        _wide("单位意见", (f"主要负责人签字：\n{_SIGNED_ON}",), 18),
        _wide("牵头领导意见", (*of_item(item.lead_leader), f"（签字）：\n{_SIGNED_ON}"), 18),
        _wide("审核意见", opinion, 16),
        (
            label("销号日期"),
            Box(line=decided(chinese_date(decision.on))),
            label("出处"),
            Box(line=decided(str(decision.place))),
        ),
    )


def _wide(text: str, line: Line, height_mm: float) -> tuple[Box, Box]:
    return label(text, height_mm), Box(line=line, span=3)


def _numbered(texts: Sequence[str], id_: str) -> Line:
    """`1.…` one below the other."""
    return tuple(
        piece
        for number, text in enumerate(texts, 1)
        for piece in (
            Quoted(f"{'' if number == 1 else chr(10)}{number_mark(number, text)}", Source.LABEL),
            Quoted(text, Source.ITEM, id_),
        )
    )


PAPERS = (
    Paper(
        name="销号单",
        template=lambda _settings: TEMPLATE,
        blank={TEMPLATE: write_blank},
        files=_files,
        values=lambda _state, _decision: {},
        parts=_parts,
        numbers=frozenset(),
        audience=Audience.OFFICE,
    ),
)
