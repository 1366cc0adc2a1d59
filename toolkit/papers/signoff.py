"""发文审批单: the form that a leader signs, filled in as far as it is known, and what the figures of the paper stand on."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.gongwen.document import append, new_document, save
from toolkit.gongwen.elements import Run, blank_row, paragraph, title
from toolkit.gongwen.lengths import pt
from toolkit.gongwen.picture import picture_paragraph
from toolkit.gongwen.styles import BODY, HEI_RUN, KAI_RUN, adopt
from toolkit.gongwen.tables import Cell, Column, Faces, form, table
from toolkit.gongwen.template import TemplateError, render, replace_marker
from toolkit.ledger.dates import chinese_date
from toolkit.ledger.finding import Severity
from toolkit.papers.fonts import house_fonts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from docx.document import Document
    from lxml.etree import _Element

    from toolkit.figures.counts import Figures
    from toolkit.ledger.finding import Finding
    from toolkit.settings.model import Settings

SIGN_OFF = "发文审批单.docx"
_LISTED = 12


@dataclass(frozen=True, slots=True)
class InputLine:
    """One file that came in, as the sheet lists it."""

    file: str
    unit: str
    verdict: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """What the sheet is filled in from; `title` is that of the paper to be signed, `changes` are sentences."""

    title: str
    settings: Settings
    as_of: date
    code: str
    figures: Figures
    inputs: tuple[InputLine, ...]
    changes: tuple[str, ...]
    findings: tuple[Finding, ...]
    withheld: int = 0


TEMPLATE = "发文审批单.docx"
_FORM, _BASIS = "【审批表】", "【数据说明】"


def write_sign_off_template(path: Path, created: datetime, settings: Settings) -> None:
    """Write 发文审批单.docx: a heading that an office edits, and markers where the form and what it stands on go."""
    document = new_document(house_fonts(settings))
    append(
        document,
        [
            paragraph("Normal", Run("{{样例说明}}", KAI_RUN), centred=True),
            title("发文审批单"),
            blank_row(),
        ],
    )
    append(document, [paragraph("Normal", _FORM), paragraph("Normal", _BASIS)])
    save(document, path, created=created)


def write_sign_off(sheet: SignOff, template: Path, path: Path, created: datetime) -> None:
    """Write the sheet: the form on the first page, what it stands on from the second. Raises TemplateError."""
    if not template.is_file():
        raise TemplateError(
            f"缺少模板“{template}”；请从新建的工作区复制templates/{template.name}。"
        )
    fonts = house_fonts(sheet.settings)
    faces = Faces(head=fonts.heading1, text=fonts.body, size=pt(14))
    document = render(
        template, {**sheet.settings.placeholders(), "样例说明": sheet.settings.task.mark}
    )
    adopt(document, fonts)
    replace_marker(document, _FORM, [form(tuple(_boxes(sheet)), _WIDTHS, faces)], template.name)
    basis = _basis(sheet, document, Faces(head=fonts.heading1, text=fonts.body, size=pt(10.5)))
    replace_marker(document, _BASIS, basis, template.name)
    save(document, path, created=created)


_WIDTHS = (24, 54, 24, 54)


def _boxes(sheet: SignOff) -> Iterator[tuple[Cell, ...]]:
    """The fields of a 发文稿纸; what people write by hand is left blank. 发文字号 is given only after signing."""
    said = sheet.settings.document
    yield (*_pair("密级和保密期限", said.secrecy), *_pair("紧急程度", said.urgency))
    yield (*_pair("发文字号", said.doc_no or "（签发后编号）"), *_pair("公开属性", said.openness))
    yield _wide("签发", "", 34)
    yield _wide("会签", "", 20)
    yield (*_pair("部门核稿", "", 16), *_pair("办公室核稿", "", 16))
    yield _wide("标题", sheet.title, 18)
    yield _wide("主送", said.main_to)
    yield _wide("抄送", said.cc)
    yield _wide("附件", "")
    yield (*_pair("拟稿部门", said.drafting_office), *_pair("拟稿人", said.drafter))
    yield (*_pair("联系电话", said.phone), *_pair("拟稿日期", chinese_date(sheet.as_of)))
    yield (*_pair("印制份数", said.copies), *_pair("校对", ""))


def _pair(label: str, text: str, height: float = 11) -> tuple[Cell, Cell]:
    return Cell(label, height_mm=height, is_label=True), Cell(text, height_mm=height)


def _wide(label: str, text: str, height: float = 11) -> tuple[Cell, Cell]:
    return Cell(label, height_mm=height, is_label=True), Cell(text, span=3, height_mm=height)


def _basis(sheet: SignOff, document: Document, faces: Faces) -> Iterator[_Element]:
    """数据说明: as-of date, code, figures with their rule, changes, inputs with their digests, what is not settled."""
    first = paragraph("Normal", Run("数据说明", HEI_RUN), centred=True)
    first[0].insert(1, first[0].makeelement(f"{{{first.nsmap['w']}}}pageBreakBefore", {}))
    yield first
    yield picture_paragraph(document, qr_code(sheet), 24)
    yield paragraph("Normal", f"简码 {sheet.code}", centred=True)
    for text in _lines(sheet):
        yield paragraph(BODY, text)
    errors = [found for found in sheet.findings if found.severity is Severity.ERROR]
    if errors:
        yield table(_FINDING_COLUMNS, [_finding(found) for found in errors[:_LISTED]], faces)
        yield paragraph(BODY, _more(len(errors), "错误", "核查意见"))
    yield paragraph(BODY, f"本期收件{len(sheet.inputs)}个：" if sheet.inputs else "本期没有收件。")
    if sheet.inputs:
        lines = [
            (given.file, given.unit, given.verdict, given.sha256[:12])
            for given in sheet.inputs[: 3 * _LISTED]
        ]
        yield table(_INPUT_COLUMNS, lines, faces)
        if len(sheet.inputs) > 3 * _LISTED:
            yield paragraph(BODY, _more(len(sheet.inputs), "收件", "报送情况", 3 * _LISTED))


_FINDING_COLUMNS = (
    Column("规则", 14, "center"),
    Column("编号", 16, "center"),
    Column("未决问题", 126),
)
_INPUT_COLUMNS = (
    Column("文件", 78),
    Column("单位", 40),
    Column("处理", 14, "center"),
    Column("SHA-256前12位", 30),
)


def _lines(sheet: SignOff) -> Iterator[str]:
    figures = sheet.figures
    yield f"数据截至{chinese_date(sheet.as_of)}，期次简码{sheet.code}。"
    yield f"问题{figures.problems}个，完成率{figures.completion.text}，口径：{figures.completion.rule}；逾期{figures.overdue}个。"
    yield "".join(sheet.changes)
    counted = Counter(found.severity for found in sheet.findings)
    said = "，".join(f"{severity.word}{counted[severity]}条" for severity in Severity)
    yield f"尚未解决的核查意见：{said}。"
    missing = sheet.figures.missing_units
    yield (
        f"本期未报送、沿用上期数据的单位：{'、'.join(missing)}。"
        if missing
        else "各单位本期均已报送。"
    )
    if sheet.withheld:
        yield f"公开稿中按规定不公开的问题{sheet.withheld}个，详见运行记录。"


def _more(count: int, what: str, sheet: str, listed: int = _LISTED) -> str:
    return (
        f"共{what}{count}条，以上列出前{min(count, listed)}条，其余见汇总台账“{sheet}”表。"
        if count > listed
        else f"共{what}{count}条。"
    )


def _finding(found: Finding) -> Sequence[str]:
    return (found.rule, found.id, f"{found.message}（{found.place}）")


def qr_code(sheet: SignOff) -> bytes:
    """A PNG with what tells this round from any other: the task, the as-of date, the code; the same bytes every time."""
    import segno

    stream = io.BytesIO()
    text = f"{sheet.settings.task.issuer_short} {sheet.as_of.isoformat()} {sheet.code}"
    segno.make(text, error="m", micro=False).save(stream, kind="png", scale=6, border=2)
    return stream.getvalue()
