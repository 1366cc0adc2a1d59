"""整改周报: two pages for leaders – what is new, how it adds up, what is late or due, who did not report; each finds their lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.gongwen.chart import BarChart, Series, chart_paragraph
from toolkit.gongwen.document import append, new_document, save, visible_paragraphs
from toolkit.gongwen.elements import Run, paragraph, title
from toolkit.gongwen.lengths import pt
from toolkit.gongwen.styles import BODY, HEADING1, KAI_RUN, adopt
from toolkit.gongwen.tables import Column, Faces, table
from toolkit.gongwen.template import TemplateError, render, replace_marker
from toolkit.ledger.dates import chinese_date
from toolkit.ledger.status import Status
from toolkit.papers.fonts import house_fonts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from docx.document import Document
    from lxml.etree import _Element

    from toolkit.figures.counts import Figures, GroupFigures
    from toolkit.figures.due_state import DueState
    from toolkit.ledger.entry import Entry
    from toolkit.settings.model import Settings

BRIEF = "整改周报.docx"
_COLOURS = MappingProxyType(
    {
        Status.NOT_STARTED: "B8C2CC", Status.IN_PROGRESS: "F2C037", Status.PHASED: "A9CBA4", Status.DONE: "4C9F70",
        Status.STANDING: "4F86C6",
    }
)  # fmt: skip
# So many lines of late and due items a leader reads; the others are counted and stand in the workbook.
_LINES, _UNITS, _TWO_WEEKS = 14, 20, 14
_PROBLEM = 24
# What is left of the first page below the totals.
_CHART_HEIGHT = 74.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What the brief is written from; `stands` are in the order of `entries`, `changes` are sentences."""

    entries: Sequence[Entry]
    stands: Sequence[DueState]
    figures: Figures
    settings: Settings
    as_of: date
    changes: tuple[str, ...]
    number: int = 1
    urged: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Line:
    """One item that a leader must look at: whose it is, what, until when, and what is wrong (逾期9天, 3天后到期)."""

    leader: str
    unit: str
    id: str
    problem: str
    due: date
    what: str
    is_late: bool


def lines_of(brief: Brief) -> tuple[Line, ...]:
    """Late items, then those due within two weeks, ordered by leader as the ledger names them, then by day."""
    leaders = list(dict.fromkeys(entry.item.lead_leader for entry in brief.entries))
    found = [
        line
        for entry, stand in zip(brief.entries, brief.stands, strict=True)
        if (line := _line(entry, stand, brief.as_of)) is not None
    ]
    return tuple(
        sorted(found, key=lambda line: (not line.is_late, leaders.index(line.leader), line.due))
    )


def _line(entry: Entry, stand: DueState, as_of: date) -> Line | None:
    item = entry.item
    due = item.deadline.due if item.deadline else None
    if due is None or entry.closed or item.status in (Status.DONE, Status.STANDING):
        return None
    if not stand.overdue and due > as_of + timedelta(days=_TWO_WEEKS):
        return None
    days = (due - as_of).days
    what = f"逾期{-days}天" if stand.overdue else f"{days}天后到期" if days else "今天到期"
    problem = item.problem or item.sub_problem
    short = problem if len(problem) <= _PROBLEM else f"{problem[: _PROBLEM - 1]}…"
    return Line(item.lead_leader, item.lead_unit, item.id, short, due, what, is_late=stand.overdue)


TEMPLATE = "周报.docx"
# Where the template has what is computed.
_NEWS, _TOTALS, _CHART, _LEADERS, _WATCHED, _RETURNS = (
    f"【{name}】"
    for name in ("本期变化", "总体进展", "进展图表", "按牵头领导", "逾期和临期问题", "报送情况")
)


def write_brief_template(path: Path, created: datetime, settings: Settings) -> None:
    """Write 周报.docx: headings that an office edits, and a marker where each computed part goes."""
    document = new_document(house_fonts(settings))
    append(document, [title("{{发文机关简称}}巡察整改周报")])
    append(
        document,
        [
            paragraph(
                "Normal",
                Run("（第{{期数}}期，截至{{截至日期}}）{{样例说明}}", KAI_RUN),
                centred=True,
            )
        ],
    )
    for heading, markers in (
        ("一、本期变化", (_NEWS,)),
        ("二、总体进展", (_TOTALS, _CHART)),
        ("三、按牵头领导", (_LEADERS,)),
        ("四、逾期和两周内到期的问题", (_WATCHED,)),
        ("五、报送情况", (_RETURNS,)),
    ):
        append(
            document,
            [paragraph(HEADING1, heading), *(paragraph(BODY, marker) for marker in markers)],
        )
    save(document, path, created=created)


def placeholder_values(brief: Brief) -> dict[str, str]:
    """Every placeholder that the template of the brief may use."""
    return {
        **brief.settings.placeholders(),
        "期数": str(brief.number),
        "截至日期": chinese_date(brief.as_of),
        "样例说明": brief.settings.task.mark,
    }


def write_brief(brief: Brief, template: Path, path: Path, created: datetime) -> None:
    """Write the brief. Raises TemplateError where the office's template cannot be used."""
    if not template.is_file():
        raise TemplateError(
            f"缺少模板“{template}”；请从新建的工作区复制templates/{template.name}。"
        )
    fonts = house_fonts(brief.settings)
    faces = Faces(head=fonts.heading1, text=fonts.body, size=pt(10.5))
    document = render(template, placeholder_values(brief))
    adopt(document, fonts)
    leaders = table(
        _leader_columns(brief), [_leader(group) for group in brief.figures.leaders[:_UNITS]], faces
    )
    for marker, elements in (
        (_NEWS, [paragraph(BODY, "".join(brief.changes))]),
        (_TOTALS, [paragraph(BODY, text) for text in total_sentences(brief)]),
        (_CHART, _chart(brief, document, created)),
        (_LEADERS, [leaders, *_more(len(brief.figures.leaders), _UNITS, "位领导", "按领导")]),
        (_WATCHED, _watched(brief, faces)),
        (_RETURNS, [paragraph(BODY, text) for text in _reporting(brief)]),
    ):
        replace_marker(document, marker, elements, template.name)
    save(document, path, created=created)


def total_sentences(brief: Brief) -> tuple[str, ...]:
    """The totals with their rule; what `disagreements` looks for in the written brief."""
    figures, words = brief.figures, brief.settings.words
    counts = "，".join(
        f"{words.of(status)}{number}个" for status, number in figures.by_status.items()
    )
    soon = brief.settings.lights.soon_days
    unknown = f"，状态不明{figures.unknown_status}个" if figures.unknown_status else ""
    return (
        f"问题共{figures.problems}个：{counts}{unknown}。完成率{figures.completion.text}，口径：{figures.completion.rule}。",
        f"逾期{figures.overdue}个，{soon}日内到期{figures.due_soon}个；整改措施{figures.measures}条，制度成果{figures.regulations}项。",
    )


def _chart(brief: Brief, document: Document, created: datetime) -> Iterator[_Element]:
    """A bar a unit, parted by status."""
    units = [unit for unit in brief.figures.units if unit.name][:_UNITS]
    if not units:
        return
    series = tuple(
        Series(
            brief.settings.words.of(status),
            _COLOURS[status],
            tuple(unit.by_status[status] for unit in units),
        )
        for status in Status
    )
    chart = BarChart(
        categories=tuple(unit.name for unit in units),
        series=series,
        width_mm=154,
        height_mm=min(14 + 4.0 * len(units), _CHART_HEIGHT),
        font=brief.settings.document.font_page,
    )
    yield chart_paragraph(document, chart, created)
    yield from _more(len(brief.figures.units), _UNITS, "个单位", "按单位")


_LINE_COLUMNS = (
    Column("牵头领导", 20), Column("单位", 32), Column("编号", 13, "center"), Column("问题", 50), Column("时限", 21, "center"),
    Column("情况", 24, "center"),
)  # fmt: skip


def _leader_columns(brief: Brief) -> tuple[Column, ...]:
    done = brief.settings.words.done
    return (
        Column("牵头领导", 34), Column("问题", 16, "center"), Column(done, 18, "center"), Column("完成率", 24, "center"),
        Column("逾期", 16, "center"), Column("临期", 16, "center"),
    )  # fmt: skip


def _leader(group: GroupFigures) -> tuple[str, ...]:
    done = group.by_status[Status.DONE]
    numbers = (group.problems, done, group.completion.text, group.overdue, group.due_soon)
    return (group.name or "（未填写）", *(str(number) for number in numbers))


def _watched(brief: Brief, faces: Faces) -> Iterator[_Element]:
    lines = lines_of(brief)
    if not lines:
        yield paragraph(BODY, "没有逾期和两周内到期的问题。")
        return
    late = sum(line.is_late for line in lines)
    yield paragraph(BODY, f"逾期{late}个，两周内到期{len(lines) - late}个。")
    rows = [
        (line.leader, line.unit, line.id, line.problem, line.due.isoformat(), line.what)
        for line in lines[:_LINES]
    ]
    yield table(_LINE_COLUMNS, rows, faces)
    yield from _more(len(lines), _LINES, "个问题", "整改台账")


def _more(count: int, shown: int, what: str, sheet: str) -> Iterator[_Element]:
    if count > shown:
        yield paragraph(BODY, f"另有{count - shown}{what}，见汇总台账“{sheet}”表。")


def _reporting(brief: Brief) -> Iterator[str]:
    missing = brief.figures.missing_units
    listed = "、".join(missing[:_UNITS]) + (
        f"等{len(missing)}个单位" if len(missing) > _UNITS else ""
    )
    yield f"本期未报送、沿用上期数据的单位：{listed}。" if missing else "各单位本期均已报送。"
    scored = [
        (unit.quality.score, unit.name)
        for unit in brief.figures.units
        if unit.quality and unit.name
    ]
    if scored:
        lowest = min(score for score, _ in scored)
        names = "、".join(name for score, name in scored if score == lowest)
        average = sum(score for score, _ in scored) / len(scored)
        yield f"报送质量平均{average:.0f}分，最低{lowest}分（{names[:60]}），各单位得分见汇总台账“按单位”表。"


def disagreements(brief: Brief, path: Path) -> tuple[str, ...]:
    """What the written brief, read back, does not say of the totals."""
    texts = visible_paragraphs(path)
    return tuple(
        f"周报中没有“{said[:30]}…”" for said in total_sentences(brief) if said not in texts
    )
