"""销号单: one form for each item that was closed in a round, with its evidence listed and the decision that closed it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.gongwen.document import append, new_document, save
from toolkit.gongwen.elements import Run, blank_row, paragraph, title
from toolkit.gongwen.lengths import pt
from toolkit.gongwen.styles import KAI_RUN, adopt
from toolkit.gongwen.tables import Cell, Faces, form
from toolkit.gongwen.template import TemplateError, render, replace_marker
from toolkit.ledger.dates import chinese_date
from toolkit.papers.fonts import house_fonts

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from toolkit.ledger.decision import Decision
    from toolkit.ledger.entry import Entry
    from toolkit.settings.model import Settings

_PIECES = re.compile(r"[\n；;]+|(?<=[》）)])、")
_MARK = re.compile(r"^\s*(?:\d{1,2}[.、．)）]|[（(]\d{1,2}[)）]|[①-⑳])\s*")
_WIDTHS = (30, 48, 30, 48)


@dataclass(frozen=True, slots=True)
class Closing:
    """An item and the decision by which it was closed."""

    entry: Entry
    decision: Decision
    settings: Settings


def evidence_list(text: str) -> tuple[str, ...]:
    """The pieces of evidence that a cell names, numbered anew: `1.会议纪要`."""
    pieces = [_MARK.sub("", piece).strip("。， ") for piece in _PIECES.split(text)]
    return tuple(
        f"{number}.{piece}" for number, piece in enumerate((piece for piece in pieces if piece), 1)
    )


TEMPLATE = "销号单.docx"
_FORM = "【销号表】"


def write_closing_template(path: Path, created: datetime, settings: Settings) -> None:
    """Write 销号单.docx: a heading that an office edits, and a marker where the form goes."""
    document = new_document(house_fonts(settings))
    append(
        document,
        [
            paragraph("Normal", Run("{{样例说明}}", KAI_RUN), centred=True),
            title("巡察整改问题销号单"),
            blank_row(),
        ],
    )
    append(document, [paragraph("Normal", _FORM)])
    save(document, path, created=created)


def write_closing(what: Closing, template: Path, path: Path, created: datetime) -> None:
    """Write one form. Raises TemplateError where the office's template cannot be used."""
    if not template.is_file():
        raise TemplateError(
            f"缺少模板“{template}”；请从新建的工作区复制templates/{template.name}。"
        )
    fonts = house_fonts(what.settings)
    document = render(
        template, {**what.settings.placeholders(), "样例说明": what.settings.task.mark}
    )
    adopt(document, fonts)
    filled = form(_boxes(what), _WIDTHS, Faces(head=fonts.heading1, text=fonts.body, size=pt(12)))
    replace_marker(document, _FORM, [filled, paragraph("Normal", "")], template.name)
    save(document, path, created=created)


def _boxes(what: Closing) -> tuple[tuple[Cell, ...], ...]:
    item, decision = what.entry.item, what.decision
    done = chinese_date(item.completed_on) if item.completed_on else ""
    measures = "\n".join(f"{number}.{text}" for number, text in enumerate(item.measures, 1))
    basis = "，".join(part for part in (decision.opinion, decision.basis) if part)
    return (
        (
            Cell("问题编号", is_label=True),
            Cell(item.id),
            Cell("完成时间", is_label=True),
            Cell(done),
        ),
        (Cell("问题", height_mm=16, is_label=True), Cell(item.problem or item.sub_problem, span=3)),
        (
            Cell("牵头单位", is_label=True),
            Cell(item.lead_unit),
            Cell("责任人", is_label=True),
            Cell(item.owner),
        ),
        (Cell("整改措施", height_mm=20, is_label=True), Cell(measures, span=3)),
        (Cell("整改进展和成效", height_mm=34, is_label=True), Cell(item.progress, span=3)),
        (
            Cell("佐证材料清单", height_mm=20, is_label=True),
            Cell("\n".join(evidence_list(item.evidence)), span=3),
        ),
        (
            Cell("单位意见", height_mm=18, is_label=True),
            Cell("主要负责人签字：\n　　年　　月　　日", span=3),
        ),
        (
            Cell("牵头领导意见", height_mm=18, is_label=True),
            Cell(f"{item.lead_leader}（签字）：\n　　年　　月　　日", span=3),
        ),
        (
            Cell("审核意见", height_mm=16, is_label=True),
            Cell(f"同意销号。{basis}\n审核人：{decision.by}", span=3),
        ),
        (
            Cell("销号日期", is_label=True),
            Cell(chinese_date(decision.on)),
            Cell("出处", is_label=True),
            Cell(str(decision.place)),
        ),
    )
