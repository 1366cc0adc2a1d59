"""提醒函, 督办函 with 督办单 and reply slip, 告诫书: one letter a unit and rung, from templates that the office edits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from toolkit.figures.escalation import ITEM_COUNT, item_count
from toolkit.figures.printed import By, Line, Printed, Quoted, Ref, Source, joined
from toolkit.gongwen.document import append, save, texts_of
from toolkit.gongwen.elements import blank_row, paragraph, signature_with_seal, title
from toolkit.gongwen.lengths import pt
from toolkit.gongwen.letter import fit_mark, new_letter
from toolkit.gongwen.styles import ADDRESSEE, BODY, DATE, SIGNATURE
from toolkit.gongwen.tables import Column
from toolkit.ledger.dates import chinese_date
from toolkit.ledger.file_names import file_name
from toolkit.ledger.letter import Letter, LetterKind
from toolkit.papers.blocks import Box, Form, Grid, PageTitle, Text, blank, label
from toolkit.papers.fonts import house_fonts
from toolkit.papers.paper import Audience, Paper, date_line
from toolkit.settings.model import MISSING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from docx.document import Document

    from toolkit.figures.due_state import DueState
    from toolkit.gongwen.template import Templates
    from toolkit.papers.blocks import Block
    from toolkit.settings.model import Settings
    from toolkit.state import State

FOLDER = "督办"
ITEMS, SLIP = "【事项清单】", "【督办单和回执】"
# Markers that a template of an earlier version does not have.
EARLIER, COPIED = "【前发函件】", "【抄送领导】"
TEMPLATES = MappingProxyType({kind: f"{kind.word}.docx" for kind in LetterKind})
DAYS = "item.days"


@dataclass(frozen=True, slots=True)
class _Wording:
    """The prose that a fresh template carries until the office writes its own."""

    title: str
    paragraphs: tuple[str, ...]


_WORDINGS: Mapping[LetterKind, _Wording] = MappingProxyType(
    {
        LetterKind.REMIND: _Wording(
            "关于抓紧办理巡察整改事项的提醒函",
            (
                "经梳理，截至{{截至日期}}，你单位牵头的{{事项数}}个巡察整改事项临近整改时限，具体如下：",
                ITEMS,
                "请对照整改方案抓紧办理，按期完成整改，备齐佐证材料，并于{{反馈期限}}前将办理情况反馈{{函件落款}}。",
                "预计不能按期完成的，请在到期前书面说明原因并提出延期申请。",
                "联系电话：{{电话}}。",
            ),
        ),
        LetterKind.URGE: _Wording(
            "关于逾期巡察整改事项的督办函",
            (
                "截至{{截至日期}}，你单位牵头的{{事项数}}个巡察整改事项已超过整改时限，至今未报告完成整改，具体如下：",
                ITEMS,
                EARLIER,
                "请主要负责人亲自研究，查明原因，明确措施和完成时间，加快推进整改，并于{{反馈期限}}前填写回执，连同佐证材料报{{函件落款}}。",
                "联系电话：{{电话}}。",
            ),
        ),
        LetterKind.WARN: _Wording(
            "关于巡察整改不力事项的告诫书",
            (
                "截至{{截至日期}}，你单位牵头的{{事项数}}个巡察整改事项逾期时间较长，或经督办仍未报告完成整改，具体如下：",
                ITEMS,
                EARLIER,
                "现予以告诫。请主要负责人认真分析原因，于{{反馈期限}}前提交书面情况说明和整改完成计划。逾期仍未完成的，将按有关规定处理。",
                "联系电话：{{电话}}。",
            ),
        ),
    }
)


def write_blank(path: Path, created: datetime, settings: Settings, kind: LetterKind) -> None:
    """Write a template: ordinary Word text with placeholders, and markers where the items and the slip go."""
    wording = _WORDINGS[kind]
    document = new_letter(house_fonts(settings), "{{函件落款}}", "{{发文字号}}")
    append(document, [title(wording.title), blank_row(), paragraph(ADDRESSEE, "{{单位}}：")])
    append(document, (paragraph(BODY, text) for text in wording.paragraphs))
    append(document, [blank_row(), *signature_with_seal("{{函件落款}}", "{{截至日期}}")])
    append(document, [paragraph(BODY, COPIED)])
    if kind is LetterKind.URGE:
        append(document, [paragraph(BODY, SLIP)])
    save(document, path, created=created)


def _files(state: State, kind: LetterKind) -> Mapping[str, Letter]:
    return {path_of(letter): letter for letter in state.letters if letter.kind is kind}


def path_of(letter: Letter) -> str:
    """Where a letter stands in the folder of its period."""
    return f"{FOLDER}/{file_name(letter.name)}.docx"


def _values(state: State, letter: Letter) -> Mapping[str, Line]:
    """What the placeholders of a letter print."""
    return {
        "单位": (Quoted(letter.unit, Source.LETTER, letter.number),),
        "发文字号": _number(letter),
        "事项数": (item_count(letter.number, letter.items),),
        "截至日期": date_line(chinese_date(letter.as_of)),
        "反馈期限": date_line(_reply_by(state, letter)),
        "函件落款": (Quoted(sender_of(state.settings), Source.SETTINGS),),
    }


def _number(letter: Letter) -> Line:
    return (Quoted(letter.printed_number, Source.LETTER, letter.number),)


def _reply_by(state: State, letter: Letter) -> str:
    return chinese_date(letter.as_of + timedelta(days=state.settings.letters.reply_days))


def sender_of(settings: Settings) -> str:
    """Who signs letters: as the settings say, else the office's own 领导小组办公室."""
    if settings.letters.sender or not settings.task.issuer_short:
        return settings.letters.sender or MISSING.format("函件落款")
    return f"{settings.task.issuer_short}巡察整改工作领导小组办公室"


def _parts(state: State, letter: Letter, _templates: Templates) -> Mapping[str, Sequence[Block]]:
    parts: dict[str, Sequence[Block]] = {
        ITEMS: (Grid(_COLUMNS, _rows(state, letter), pt(12)), Text(("",))),
        EARLIER: _earlier(letter),
        COPIED: _copied(state, letter),
    }
    if letter.kind is LetterKind.URGE:
        parts[SLIP] = _slip(state, letter)
    return parts


def _earlier(letter: Letter) -> Sequence[Block]:
    """The letters that went out about the same items before, by number."""
    if not letter.after:
        return ()
    numbers = Quoted("、".join(letter.after), Source.LETTER)
    return (Text(("此前已就上述事项发出", numbers, "。")),)


def _copied(state: State, letter: Letter) -> Sequence[Block]:
    """The leaders of the items, to whom a copy goes; nobody where the office does not want it."""
    by_id = state.by_id
    leaders = dict.fromkeys(by_id[id_].item.lead_leader for id_ in letter.items)
    names = "、".join(name for name in leaders if name)
    if not names or not state.settings.letters.copies_leader:
        return ()
    return (Text(("抄送：", Quoted(names, Source.ITEM), "。")),)


_COLUMNS = (
    Column("编号", 16, "center"),
    Column("问题", 74),
    Column("整改时限", 26, "center"),
    Column("目前状态", 22, "center"),
    Column("说明", 22, "center"),
)


def _rows(state: State, letter: Letter) -> tuple[tuple[Line, ...], ...]:
    """The items as the letter lists them: id, problem, deadline, status, how late or how soon."""
    by_id, due_by_id = state.by_id, state.due_by_id
    rows = []
    for id_ in letter.items:
        item = by_id[id_].item
        due = item.deadline.due if item.deadline else None
        status = state.settings.words.of(item.status) if item.status else "未填报"
        rows.append(
            (
                (Quoted(id_, Source.ITEM, id_),),
                (Quoted(item.problem or item.sub_problem, Source.ITEM, id_),),
                (Quoted(due.isoformat() if due else "", Source.ITEM, id_),),
                (Quoted(status, Source.SETTINGS),),
                days_line(due_by_id[id_], id_),
            )
        )
    return tuple(rows)


def days_line(state: DueState, id_: str) -> Line:
    """`逾期9天`, `3天后到期`, `今天到期`, the days tied to the item."""
    days = Printed(str(abs(state.days_left or 0)), Ref(DAYS, By.ITEM, id_))
    if state.days_left is None:
        return ("",)
    if state.overdue:
        return ("逾期", days, "天")
    return (days, "天后到期") if state.days_left else ("今天到期",)


def _slip(state: State, letter: Letter) -> Sequence[Block]:
    """On pages of their own: 督办单 for the file, and the reply slip that the unit sends back."""
    return (
        PageTitle("巡察整改督办单"),
        blank(),
        Form(_order(state, letter), _WIDTHS),
        PageTitle("回　　执"),
        blank(),
        Form(_reply(letter), _WIDTHS),
    )


_WIDTHS = (30.0, 48.0, 30.0, 48.0)


def _order(state: State, letter: Letter) -> tuple[tuple[Box, ...], ...]:
    unit: Line = (Quoted(letter.unit, Source.LETTER, letter.number),)
    phone: Line = (Quoted(state.settings.placeholders()["电话"], Source.SETTINGS),)
    demand = "查明逾期原因，明确责任人和完成时间，加快推进整改。"
    return (
        (label("编号"), Box(line=_number(letter)), label("承办单位"), Box(line=unit)),
        (label("督办事项", 40), Box(line=_matters(state, letter), span=3)),
        (label("办理要求", 20), Box(line=(demand,), span=3)),
        (label("反馈要求", 14), Box(line=("填写回执，附佐证材料。",), span=3)),
        (
            label("办结时限"),
            Box(line=date_line(_reply_by(state, letter))),
            label("联系电话"),
            Box(line=phone),
        ),
        (label("签收人", 12), Box(line=("",)), label("签收时间"), Box(line=("",))),
    )


def _matters(state: State, letter: Letter) -> Line:
    """`3-2 …（逾期9天）；…`"""
    matters = tuple(
        (*id_, " ", *problem, "（", *days, "）")
        for id_, problem, _, _, days in _rows(state, letter)
    )
    return joined(matters, "；")


def _reply(letter: Letter) -> tuple[tuple[Box, ...], ...]:
    unit: Line = (Quoted(letter.unit, Source.LETTER, letter.number),)
    nothing: Line = ("",)
    rows: list[tuple[Box, ...]] = [
        (label("来函编号"), Box(line=_number(letter)), label("单位"), Box(line=unit))
    ]
    rows += [
        (
            Box(line=(Quoted(id_, Source.ITEM, id_), "办理情况"), height_mm=24, is_label=True),
            Box(line=nothing, span=3),
        )
        for id_ in letter.items
    ]
    rows += [
        (label("逾期原因", 20), Box(line=nothing, span=3)),
        (
            label("预计完成时间", 12),
            Box(line=nothing),
            label("联系人及电话"),
            Box(line=nothing),
        ),
        (
            label("主要负责人签字", 18),
            Box(line=nothing),
            label("单位（盖章）"),
            Box(line=("年　　月　　日",), align="right"),
        ),
    ]
    return tuple(rows)


def _finish(document: Document, _state: State, _letter: Letter) -> None:
    """Name and date of a sealed letter by clause 7.3.5.1, which depends on their final lengths; the size of its mark."""
    body = document.element.body
    named = {
        name.get(qn("w:val")): name.getparent().getparent() for name in body.iter(qn("w:pStyle"))
    }
    if SIGNATURE in named and DATE in named:
        texts = ("".join(texts_of(named[style])) for style in (SIGNATURE, DATE))
        for style, new in zip((SIGNATURE, DATE), signature_with_seal(*texts), strict=True):
            named[style].getparent().replace(named[style], new)
    fit_mark(document)


def _paper(kind: LetterKind) -> Paper[Letter]:
    return Paper(
        name=kind.word,
        template=lambda _settings: TEMPLATES[kind],
        blank={TEMPLATES[kind]: partial(write_blank, kind=kind)},
        files=partial(_files, kind=kind),
        placeholders=("单位", "发文字号", "事项数", "截至日期", "反馈期限", "函件落款"),
        values=_values,
        parts=_parts,
        optional_parts=frozenset({EARLIER, COPIED}),
        numbers=frozenset({DAYS, ITEM_COUNT}),
        audience=Audience.UNIT,
        finish=_finish,
    )


PAPERS = tuple(_paper(kind) for kind in LetterKind)
