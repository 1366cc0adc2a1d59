"""发文审批单: the form that a leader signs, filled in as far as it is known, and what the figures of the paper stand on."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.figures.changes import CHANGE_CODES, sentences
from toolkit.figures.printed import Line, Printed, Quoted, Ref, Source, joined
from toolkit.figures.totals_sentences import LEFT_OUT_CODES, left_out_sentences, rate_codes
from toolkit.gongwen.document import append, new_document, save
from toolkit.gongwen.elements import Run, blank_row, paragraph, title
from toolkit.gongwen.lengths import pt
from toolkit.gongwen.styles import HEI_RUN, KAI_RUN
from toolkit.gongwen.tables import Column
from toolkit.ledger.dates import chinese_date
from toolkit.ledger.finding import Severity
from toolkit.ledger.submission import Verdict
from toolkit.papers.blocks import Box, Form, Grid, Picture, Text, label, on_new_page
from toolkit.papers.fonts import house_fonts
from toolkit.papers.notice import title_of_notice
from toolkit.papers.paper import Audience, Paper, date_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from lxml.etree import _Element

    from toolkit.gongwen.template import Templates
    from toolkit.ledger.finding import Finding
    from toolkit.ledger.submission import Submission
    from toolkit.papers.blocks import Block, Setting
    from toolkit.settings.model import Settings
    from toolkit.state import State

SIGN_OFF = "发文审批单.docx"
TEMPLATE = "发文审批单.docx"
_FORM, _BASIS = "【审批表】", "【数据说明】"
_LISTED, _INPUTS_LISTED = 6, 4  # the statement stays on one page
_WIDTHS = (24.0, 54.0, 24.0, 54.0)
# The codes of what the sheet counts by itself.
INPUTS, WITHHELD, FINDINGS = "inputs", "withheld", "findings"


def write_blank(path: Path, created: datetime, settings: Settings) -> None:
    """Write 发文审批单.docx: a heading that an office edits, and markers where the form and what it stands on go."""
    document = new_document(house_fonts(settings))
    mark = paragraph("Normal", Run("{{样例说明}}", KAI_RUN), centred=True)
    append(document, [mark, title("发文审批单"), blank_row()])
    append(document, [paragraph("Normal", _FORM), paragraph("Normal", _BASIS)])
    save(document, path, created=created)


def _parts(state: State, _subject: None, templates: Templates) -> Mapping[str, Sequence[Block]]:
    """The form on the first page, what it stands on from the second."""
    return {
        _FORM: (Form(tuple(_boxes(state, templates)), _WIDTHS, pt(14)),),
        _BASIS: tuple(_basis(state)),
    }


def _boxes(state: State, templates: Templates) -> Iterator[tuple[Box, ...]]:
    """The fields of a 发文稿纸; what people write by hand is left blank. 发文字号 is given only after signing."""
    document = state.settings.document
    # The label has two lines: 11 mm would cut the lower one.
    yield (*_pair("密级和保密期限", document.secrecy, 15), *_pair("紧急程度", document.urgency, 15))
    number = document.doc_no or "（签发后编号）"
    yield (*_pair("发文字号", number), *_pair("公开属性", document.openness))
    yield _wide("签发", "", 34)
    yield _wide("会签", "", 20)
    yield (*_pair("部门核稿", "", 16), *_pair("办公室核稿", "", 16))
    yield (label("标题", 18), Box(line=title_of_notice(state, templates), span=3, height_mm=18))
    yield _wide("主送", document.main_to)
    yield _wide("抄送", document.cc)
    yield _wide("附件", "")
    yield (*_pair("拟稿部门", document.drafting_office), *_pair("拟稿人", document.drafter))
    drafted = Box(line=date_line(chinese_date(state.as_of)), height_mm=11)
    yield (*_pair("联系电话", document.phone), label("拟稿日期", 11), drafted)
    yield (*_pair("印制份数", document.copies), *_pair("校对", ""))


def _pair(name: str, text: str, height_mm: float = 11) -> tuple[Box, Box]:
    return label(name, height_mm), Box(line=_setting(text), height_mm=height_mm)


def _wide(name: str, text: str, height_mm: float = 11) -> tuple[Box, Box]:
    return label(name, height_mm), Box(line=_setting(text), span=3, height_mm=height_mm)


def _setting(text: str) -> Line:
    return (Quoted(text, Source.SETTINGS),)


@dataclass(frozen=True, slots=True)
class _PageHead:
    """The words 数据说明 at the head of a new page."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """The words."""
        return (("数据说明",),)

    def elements(self, setting: Setting) -> Sequence[_Element]:
        """One centred paragraph after a page break."""
        del setting
        return [on_new_page(paragraph("Normal", Run("数据说明", HEI_RUN), centred=True))]


def _basis(state: State) -> Iterator[Block]:
    """数据说明: as-of date, code, figures with their rule, changes, inputs with their digests, what is not settled."""
    yield _PageHead()
    yield Picture(qr_code(state), 24)
    yield Text(("简码 ", _code(state)), style="Normal", is_centred=True)
    yield from (Text(line) for line in _lines(state))
    yield from _errors(state.findings)
    yield from _inputs(state)


def _code(state: State) -> Quoted:
    return Quoted(state.code, Source.LABEL)


def _errors(findings: Sequence[Finding]) -> Iterator[Block]:
    errors = [found for found in findings if found.severity is Severity.ERROR]
    if errors:
        yield Grid(_FINDING_COLUMNS, tuple(_finding(found) for found in errors[:_LISTED]))
        count = Printed(str(len(errors)), Ref(f"{FINDINGS}.{Severity.ERROR.value}"))
        yield Text(_listed(count, "错误", "核查意见", _LISTED))


def _inputs(state: State) -> Iterator[Block]:
    if not state.submissions:
        yield Text(("本期没有收件。",))
        return
    count = Printed(str(len(state.submissions)), Ref(INPUTS))
    yield Text(("本期收件", count, "个："))
    rows: tuple[tuple[Line, ...], ...] = tuple(
        tuple((Quoted(text, Source.INPUT, given.file),) for text in texts)
        for given in _most_telling(state.submissions)[:_INPUTS_LISTED]
        for texts in ((given.file, given.unit, given.verdict.word, given.sha256[:12]),)
    )
    yield Grid(_INPUT_COLUMNS, rows)
    if len(state.submissions) > _INPUTS_LISTED:
        yield Text(_listed(count, "收件", "报送情况", _INPUTS_LISTED))


def _most_telling(submissions: Sequence[Submission]) -> list[Submission]:
    """What was not simply taken before what was."""
    return sorted(submissions, key=lambda given: given.verdict is Verdict.ACCEPTED)


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


def _lines(state: State) -> Iterator[Line]:
    whole = state.figures.whole
    yield (
        "数据截至",
        Quoted(chinese_date(state.as_of), Source.DATE),
        "，期次简码",
        _code(state),
        "。",
    )
    yield (
        "问题",
        whole.printed("problems"),
        "个，完成率",
        whole.printed("completion_rate"),
        "，口径：",
        *whole.rule("completion_rate"),
        "；已销号",
        whole.printed("closed"),
        "个，逾期",
        whole.printed("overdue"),
        "个。",
    )
    yield joined(sentences(state.changes, state.settings, whole.completion), "")
    yield from left_out_sentences(state.figures, state.settings)
    yield ("尚未解决的核查意见：", *findings_by_severity(state.findings), "。")
    missing = state.figures.missing_units
    names = Quoted("、".join(missing), Source.SETTINGS)
    yield (
        ("本期未报送、沿用上期数据的单位：", names, "。") if missing else ("各单位本期均已报送。",)
    )
    if state.public.withheld:
        withheld = Printed(str(len(state.public.withheld)), Ref(WITHHELD))
        yield ("公开稿中按规定不公开的问题", withheld, "个，详见运行记录。")


def findings_by_severity(findings: Sequence[Finding]) -> Line:
    """`错误3条，提醒5条，说明2条`."""
    counted = Counter(found.severity for found in findings)
    parts: tuple[Line, ...] = tuple(
        (severity.word, Printed(str(counted[severity]), Ref(f"{FINDINGS}.{severity.value}")), "条")
        for severity in Severity
    )
    return joined(parts, "，")


def _listed(count: Printed, what: str, sheet: str, listed: int) -> Line:
    if int(count.text) <= listed:
        return (f"共{what}", count, "条。")
    first = Quoted(str(listed), Source.LABEL)
    return (f"共{what}", count, "条，以上列出前", first, f"条，其余见汇总台账“{sheet}”表。")


def _finding(found: Finding) -> tuple[Line, ...]:
    texts = (found.rule, found.id, f"{found.message}（{found.place}）")
    return tuple((Quoted(text, Source.FINDING, found.id),) for text in texts)


def qr_code(state: State) -> bytes:
    """A PNG with what tells this state from any other: the task, the as-of date, the code; the same bytes every time."""
    import segno

    stream = io.BytesIO()
    text = f"{state.settings.task.issuer_short} {state.as_of.isoformat()} {state.code}"
    segno.make(text, error="m", micro=False).save(stream, kind="png", scale=6, border=2)
    return stream.getvalue()


PAPERS = (
    Paper(
        name="发文审批单",
        template=lambda _settings: TEMPLATE,
        blank={TEMPLATE: write_blank},
        path=SIGN_OFF,
        files=lambda _state: {SIGN_OFF: None},
        values=lambda _state, _subject: {},
        parts=_parts,
        numbers=frozenset(
            {
                *("problems", "closed", "overdue"),
                *rate_codes("completion_rate"),
                *CHANGE_CODES,
                *LEFT_OUT_CODES,
                *(f"{FINDINGS}.{severity.value}" for severity in Severity),
                INPUTS,
                WITHHELD,
            }
        ),
        audience=Audience.OFFICE,
    ),
)
