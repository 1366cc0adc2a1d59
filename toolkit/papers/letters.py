"""提醒函, 督办函 with 督办单 and reply slip, 告诫书: one letter a unit and rung, from templates that the office edits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.gongwen.document import append, save, visible_paragraphs
from toolkit.gongwen.elements import blank_row, paragraph, signature_with_seal, title
from toolkit.gongwen.lengths import pt
from toolkit.gongwen.letter import fit_mark, new_letter
from toolkit.gongwen.styles import ADDRESSEE, BODY, adopt
from toolkit.gongwen.tables import Cell, Column, Faces, form, table
from toolkit.gongwen.template import TemplateError, render, replace_marker
from toolkit.ledger.dates import chinese_date
from toolkit.ledger.letter import Letter, LetterKind
from toolkit.papers.fonts import house_fonts
from toolkit.settings.model import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from lxml.etree import _Element

    from toolkit.ledger.entry import Entry
    from toolkit.settings.model import Settings

ITEMS, SLIP = "【事项清单】", "【督办单和回执】"
TEMPLATES = MappingProxyType({kind: f"{kind.word}.docx" for kind in LetterKind})


@dataclass(frozen=True, slots=True)
class Correspondence:
    """A letter with the items that it is about."""

    letter: Letter
    entries: Sequence[Entry]
    settings: Settings


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
                "截至{{截至日期}}，你单位牵头的{{事项数}}个巡察整改事项已超过整改时限，仍未完成，具体如下：",
                ITEMS,
                "请主要负责人亲自研究，查明原因，明确措施和完成时间，加快推进整改，并于{{反馈期限}}前填写回执，连同佐证材料报{{函件落款}}。",
                "联系电话：{{电话}}。",
            ),
        ),
        LetterKind.WARN: _Wording(
            "关于巡察整改不力事项的告诫书",
            (
                "截至{{截至日期}}，你单位牵头的{{事项数}}个巡察整改事项逾期时间较长，或经督办仍未完成整改，具体如下：",
                ITEMS,
                "现予以告诫。请主要负责人认真分析原因，于{{反馈期限}}前提交书面情况说明和整改完成计划。逾期仍未完成的，将按有关规定处理。",
                "联系电话：{{电话}}。",
            ),
        ),
    }
)


def write_letter_template(
    kind: LetterKind, path: Path, created: datetime, settings: Settings
) -> None:
    """Write a template: ordinary Word text with placeholders, and markers where the items and the slip go."""
    wording = _WORDINGS[kind]
    document = new_letter(house_fonts(settings), "{{函件落款}}", "{{发文字号}}")
    append(document, [title(wording.title), blank_row(), paragraph(ADDRESSEE, "{{单位}}：")])
    append(document, (paragraph(BODY, text) for text in wording.paragraphs))
    append(document, [blank_row(), *signature_with_seal("{{函件落款}}", "{{截至日期}}")])
    if kind is LetterKind.URGE:
        append(document, [paragraph(BODY, SLIP)])
    save(document, path, created=created)


def placeholder_values(what: Correspondence) -> dict[str, str]:
    """Every placeholder that the template of a letter may use."""
    letter, settings = what.letter, what.settings
    reply = letter.as_of + timedelta(days=settings.letters.reply_days)
    return {
        **settings.placeholders(),
        "单位": letter.unit,
        "发文字号": letter.number,
        "事项数": str(len(letter.items)),
        "截至日期": chinese_date(letter.as_of),
        "反馈期限": chinese_date(reply),
        "函件落款": sender_of(settings),
    }


def sender_of(settings: Settings) -> str:
    """Who signs letters: as the settings say, else the office's own 领导小组办公室."""
    if settings.letters.sender or not settings.task.issuer_short:
        return settings.letters.sender or MISSING.format("函件落款")
    return f"{settings.task.issuer_short}巡察整改工作领导小组办公室"


def write_letter(what: Correspondence, template: Path, path: Path, created: datetime) -> None:
    """Write one letter. Raises TemplateError where the office's template cannot be used."""
    if not template.is_file():
        raise TemplateError(
            f"缺少模板“{template}”；请从新建的工作区复制templates/{template.name}。"
        )
    fonts = house_fonts(what.settings)
    faces = Faces(head=fonts.heading1, text=fonts.body, size=pt(12))
    document = render(template, placeholder_values(what))
    adopt(document, fonts)
    replace_marker(document, ITEMS, (_items(what, faces), paragraph(BODY, "")), template.name)
    if what.letter.kind is LetterKind.URGE:
        replace_marker(document, SLIP, _slip(what, faces), template.name)
    _sign(document, what)
    fit_mark(document)
    save(document, path, created=created)


def _sign(document: object, what: Correspondence) -> None:
    """Name and date of a sealed letter by clause 7.3.5.1, which depends on their final lengths."""
    from docx.oxml.ns import qn

    from toolkit.gongwen.styles import DATE, SIGNATURE

    body = document.element.body  # type: ignore[attr-defined]
    named = {
        name.get(qn("w:val")): name.getparent().getparent() for name in body.iter(qn("w:pStyle"))
    }
    values = placeholder_values(what)
    placed = signature_with_seal(values["函件落款"], values["截至日期"])
    for style, new in zip((SIGNATURE, DATE), placed, strict=True):
        if style in named:
            named[style].getparent().replace(named[style], new)


_COLUMNS = (Column("编号", 16, "center"), Column("问题", 74), Column("整改时限", 26, "center"), Column("目前状态", 22, "center"), Column("说明", 22, "center"))  # fmt: skip


def rows_of(what: Correspondence) -> tuple[tuple[str, ...], ...]:
    """The items as the letter lists them: id, problem, deadline, status, how late or how soon."""
    by_id = {entry.item.id: entry.item for entry in what.entries}
    rows = []
    for id_ in what.letter.items:
        item = by_id[id_]
        due = item.deadline.due if item.deadline else None
        days = (due - what.letter.as_of).days if due else 0
        said = f"逾期{-days}天" if days < 0 else f"{days}天后到期" if days else "今天到期"
        status = what.settings.words.of(item.status) if item.status else "未填报"
        rows.append(
            (id_, item.problem or item.sub_problem, due.isoformat() if due else "", status, said)
        )
    return tuple(rows)


def _items(what: Correspondence, faces: Faces) -> _Element:
    return table(_COLUMNS, rows_of(what), faces)


def _slip(what: Correspondence, faces: Faces) -> Iterator[_Element]:
    """On pages of their own: 督办单 for the file, and the reply slip that the unit sends back."""
    yield _page_break(title("巡察整改督办单"))
    yield blank_row()
    yield form(_order(what), (30, 48, 30, 48), faces)
    yield _page_break(title("回　　执"))
    yield blank_row()
    yield form(_reply(what), (30, 48, 30, 48), faces)


def _page_break(element: _Element) -> _Element:
    properties = element[0]
    properties.insert(1, properties.makeelement(f"{{{element.nsmap['w']}}}pageBreakBefore", {}))
    return element


def _order(what: Correspondence) -> tuple[tuple[Cell, ...], ...]:
    values, letter = placeholder_values(what), what.letter
    matters = "；".join(f"{id_} {problem}（{said}）" for id_, problem, _, _, said in rows_of(what))
    return (
        (
            Cell("编号", is_label=True),
            Cell(letter.number),
            Cell("承办单位", is_label=True),
            Cell(letter.unit),
        ),
        (Cell("督办事项", height_mm=40, is_label=True), Cell(matters, span=3)),
        (
            Cell("办理要求", height_mm=20, is_label=True),
            Cell("查明逾期原因，明确责任人和完成时间，加快推进整改。", span=3),
        ),
        (Cell("反馈要求", height_mm=14, is_label=True), Cell("填写回执，附佐证材料。", span=3)),
        (
            Cell("办结时限", is_label=True),
            Cell(values["反馈期限"]),
            Cell("联系电话", is_label=True),
            Cell(values["电话"]),
        ),
        (
            Cell("签收人", height_mm=12, is_label=True),
            Cell(""),
            Cell("签收时间", is_label=True),
            Cell(""),
        ),
    )


def _reply(what: Correspondence) -> tuple[tuple[Cell, ...], ...]:
    letter = what.letter
    rows: list[tuple[Cell, ...]] = [
        (
            Cell("来函编号", is_label=True),
            Cell(letter.number),
            Cell("单位", is_label=True),
            Cell(letter.unit),
        )
    ]
    rows += [
        (Cell(f"{id_}办理情况", height_mm=24, is_label=True), Cell("", span=3))
        for id_ in letter.items
    ]
    rows += [
        (Cell("逾期原因", height_mm=20, is_label=True), Cell("", span=3)),
        (Cell("预计完成时间", height_mm=12, is_label=True), Cell(""), Cell("联系人及电话", is_label=True), Cell("")),
        (Cell("主要负责人签字", height_mm=18, is_label=True), Cell(""), Cell("单位（盖章）", is_label=True), Cell("年　　月　　日", align="right")),
    ]  # fmt: skip
    return tuple(rows)


def disagreements(what: Correspondence, path: Path) -> tuple[str, ...]:
    """What the written letter, read back, does not say: its number, and each of its items."""
    texts = visible_paragraphs(path)
    wanted = [what.letter.number, *(cell for row in rows_of(what) for cell in row[:3:2] if cell)]
    return tuple(f"{path.name}中没有“{said}”" for said in wanted if said not in texts)
