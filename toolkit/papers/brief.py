"""整改周报: two pages for leaders – what is new, how it adds up, what is late or due, who did not report; each finds their lines."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.figures.changes import CHANGE_CODES, sentences
from toolkit.figures.due_state import TWO_WEEKS
from toolkit.figures.printed import By, Line, Printed, Quoted, Ref, Source, joined
from toolkit.figures.quality import average
from toolkit.figures.totals_sentences import (
    LEFT_OUT_CODES,
    RESULT_CODES,
    STATUS_CODES,
    left_out_sentences,
    rate_codes,
    rate_sentence,
    results_sentence,
    status_sentence,
)
from toolkit.gongwen.chart import BarChart, Series
from toolkit.gongwen.document import append, new_document, save
from toolkit.gongwen.elements import Run, paragraph, title
from toolkit.gongwen.styles import BODY, HEADING1, KAI_RUN
from toolkit.gongwen.tables import Column
from toolkit.ledger.joining import shortened
from toolkit.ledger.status import Status
from toolkit.papers.blocks import Bars, Grid, Text
from toolkit.papers.fonts import house_fonts
from toolkit.papers.letters import DAYS, days_line
from toolkit.papers.paper import Audience, Paper

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from toolkit.figures.counts import Totals
    from toolkit.figures.due_state import DueState
    from toolkit.gongwen.template import Templates
    from toolkit.ledger.entry import Entry
    from toolkit.papers.blocks import Block
    from toolkit.settings.model import Settings
    from toolkit.state import State

BRIEF = "整改周报.docx"
TEMPLATE = "周报.docx"
_COLOURS = MappingProxyType(
    {
        Status.NOT_STARTED: "B8C2CC",
        Status.IN_PROGRESS: "F2C037",
        Status.PHASED: "A9CBA4",
        Status.DONE: "4C9F70",
        Status.STANDING: "4F86C6",
    }
)
# So many lines of late and due items a leader reads; the others are counted and stand in the workbook.
_LINES, _UNITS = 14, 20
_PROBLEM = 24
# What is left of the first page below the totals, in mm.
_CHART_HEIGHT = 74.0
# Where the template has what is computed.
_NEWS, _TOTALS, _CHART, _LEADERS, _WATCHED, _RETURNS = (
    f"【{name}】"
    for name in ("本期变化", "总体进展", "进展图表", "按牵头领导", "逾期和临期问题", "报送情况")
)
# The codes of what the brief counts by itself.
PERIOD, LATE, DUE_IN_TWO_WEEKS, MISSING = "period", "brief.late", "brief.due", "missing_units"
MORE, AVERAGE, LOWEST = "brief.more", "quality.average", "quality.lowest"


def write_blank(path: Path, created: datetime, settings: Settings) -> None:
    """Write 周报.docx: headings that an office edits, and a marker where each computed part goes."""
    document = new_document(house_fonts(settings))
    append(document, [title("{{发文机关简称}}巡察整改周报")])
    issue = Run("（第{{期数}}期，截至{{截至日期}}）{{样例说明}}", KAI_RUN)
    append(document, [paragraph("Normal", issue, centred=True)])
    for heading, markers in (
        ("一、本期变化", (_NEWS,)),
        ("二、总体进展", (_TOTALS, _CHART)),
        ("三、按牵头领导", (_LEADERS,)),
        ("四、逾期和两周内到期的问题", (_WATCHED,)),
        ("五、报送情况", (_RETURNS,)),
    ):
        body = (paragraph(BODY, marker) for marker in markers)
        append(document, [paragraph(HEADING1, heading), *body])
    save(document, path, created=created)


def _values(state: State, _subject: None) -> Mapping[str, Line]:
    return {"期数": (Printed(str(state.number), Ref(PERIOD)),)}


def _parts(state: State, _subject: None, _templates: Templates) -> Mapping[str, Sequence[Block]]:
    whole, settings = state.figures.whole, state.settings
    news = sentences(state.changes, settings, whole.completion)
    return {
        _NEWS: (Text(joined(news, "")),),
        _TOTALS: tuple(Text(line) for line in total_lines(state)),
        _CHART: tuple(_chart(state)),
        _LEADERS: tuple(_leaders(state)),
        _WATCHED: tuple(_watched(state)),
        _RETURNS: tuple(Text(line) for line in _reporting(state)),
    }


def total_lines(state: State) -> tuple[Line, ...]:
    """The totals with their rule, and what they leave out; what is due has a part of its own, with one window of time."""
    whole, settings = state.figures.whole, state.settings
    rate = rate_sentence("completion_rate", whole, "完成率")
    lines = (
        (*status_sentence(whole, settings), *rate),
        results_sentence(whole, settings),
        *left_out_sentences(state.figures, settings),
    )
    return tuple(line for line in lines if line)


def _chart(state: State) -> Iterator[Block]:
    """A bar a unit, parted by status."""
    named = [unit for unit in state.figures.units if unit.name]
    units = named[:_UNITS]
    if not units:
        return
    words = state.settings.words
    series = tuple(
        Series(words.of(status), _COLOURS[status], tuple(int(unit.of(status)) for unit in units))
        for status in Status
    )
    chart = BarChart(
        categories=tuple(unit.name for unit in units),
        series=series,
        width_mm=154,
        height_mm=min(14 + 4.0 * len(units), _CHART_HEIGHT),
        font=state.settings.document.font_page,
    )
    refs = tuple(
        tuple(Ref(f"by_status.{status.value}", By.UNIT, unit.name) for unit in units)
        for status in Status
    )
    yield Bars(chart, refs)
    yield from _more(len(named), _UNITS, "个单位", "按单位")


_LEADER_CODES = ("problems", "by_status.done", "completion_rate", "overdue", "due_soon")


def _leaders(state: State) -> Iterator[Block]:
    leaders = state.figures.leaders
    columns = (
        Column("牵头领导", 34),
        Column("问题", 16, "center"),
        Column(state.settings.words.done, 18, "center"),
        Column("完成率", 24, "center"),
        Column("逾期", 16, "center"),
        Column("临期", 16, "center"),
    )
    yield Grid(columns, tuple(_leader(group) for group in leaders[:_UNITS]))
    yield from _more(len(leaders), _UNITS, "位领导", "按领导")


def _leader(group: Totals) -> tuple[Line, ...]:
    name: Line = (Quoted(group.name or "（未填写）", Source.ITEM),)
    return (name, *((group.printed(code),) for code in _LEADER_CODES))


@dataclass(frozen=True, slots=True)
class Watched:
    """One item that a leader must look at: late, or due within two weeks."""

    entry: Entry
    state: DueState


def watched_items(state: State) -> tuple[Watched, ...]:
    """Late items, then those due within two weeks, ordered by leader as the ledger names them, then by day."""
    leaders = dict.fromkeys(entry.item.lead_leader for entry in state.entries)
    place = {leader: number for number, leader in enumerate(leaders)}
    found = [
        Watched(entry, due)
        for entry, due in zip(state.entries, state.due_states, strict=True)
        if due.overdue or due.is_due_within(TWO_WEEKS)
    ]

    def order(watched: Watched) -> tuple[bool, int, int]:
        due = watched.state
        return not due.overdue, place[watched.entry.item.lead_leader], due.days_left or 0

    return tuple(sorted(found, key=order))


_LINE_COLUMNS = (
    Column("牵头领导", 20),
    Column("单位", 32),
    Column("编号", 13, "center"),
    Column("问题", 50),
    Column("时限", 21, "center"),
    Column("情况", 24, "center"),
)


def _watched(state: State) -> Iterator[Block]:
    items = watched_items(state)
    if not items:
        yield Text(("没有逾期和两周内到期的问题。",))
        return
    late = sum(watched.state.overdue for watched in items)
    yield Text(
        (
            "逾期",
            Printed(str(late), Ref(LATE)),
            "个，两周内到期",
            Printed(str(len(items) - late), Ref(DUE_IN_TWO_WEEKS)),
            "个。",
        )
    )
    yield Grid(_LINE_COLUMNS, tuple(_line(watched) for watched in items[:_LINES]))
    yield from _more(len(items), _LINES, "个问题", "整改台账")


def _line(watched: Watched) -> tuple[Line, ...]:
    item = watched.entry.item
    short = shortened(item.problem or item.sub_problem, _PROBLEM)
    due = item.deadline.due.isoformat() if item.deadline and item.deadline.due else ""
    texts = (item.lead_leader, item.lead_unit, item.id, short, due)
    quoted: tuple[Line, ...] = tuple((Quoted(text, Source.ITEM, item.id),) for text in texts)
    return (*quoted, days_line(watched.state, item.id))


def lists_of(units: int, leaders: int, watched: int) -> tuple[tuple[str, int, int], ...]:
    """(sheet that has the whole list, its length, how many of it the brief shows); the arguments are lengths."""
    return (
        ("按单位", units, _UNITS),
        ("按领导", leaders, _UNITS),
        ("整改台账", watched, _LINES),
    )


def _more(count: int, shown: int, what: str, sheet: str) -> Iterator[Block]:
    if count > shown:
        number = Printed(str(count - shown), Ref(f"{MORE}.{sheet}"))
        yield Text(("另有", number, f"{what}，见汇总台账“{sheet}”表。"))


def _reporting(state: State) -> Iterator[Line]:
    missing = state.figures.missing_units
    if not missing:
        yield ("各单位本期均已报送。",)
    else:
        listed = Quoted("、".join(missing[:_UNITS]), Source.SETTINGS)
        more: Line = ("等", Printed(str(len(missing)), Ref(MISSING)), "个单位")
        rest = more if len(missing) > _UNITS else ()
        yield ("本期未报送、沿用上期数据的单位：", listed, *rest, "。")
    yield from _quality(state)


def _quality(state: State) -> Iterator[Line]:
    scored = [(found.score, name) for name, found in state.figures.quality.items() if name]
    if not scored:
        return
    lowest = min(score for score, _ in scored)
    names = "、".join(name for score, name in scored if score == lowest)
    yield (
        "报送质量平均",
        Printed(str(average([score for score, _ in scored])), Ref(AVERAGE)),
        "分，最低",
        Printed(str(lowest), Ref(LOWEST)),
        "分（",
        Quoted(names[:60], Source.SETTINGS),
        "），各单位得分见汇总台账“按单位”表。",
    )


PAPERS = (
    Paper(
        name="整改周报",
        template=lambda _settings: TEMPLATE,
        blank={TEMPLATE: write_blank},
        path=BRIEF,
        files=lambda _state: {BRIEF: None},
        placeholders=("期数",),
        values=_values,
        parts=_parts,
        numbers=frozenset(
            {
                *STATUS_CODES,
                *RESULT_CODES,
                *LEFT_OUT_CODES,
                *rate_codes("completion_rate"),
                *CHANGE_CODES,
                *_LEADER_CODES,
                DAYS,
                PERIOD,
                LATE,
                DUE_IN_TWO_WEEKS,
                MISSING,
                AVERAGE,
                LOWEST,
                *(f"{MORE}.{sheet}" for sheet in ("按单位", "按领导", "整改台账")),
            }
        ),
        audience=Audience.LEADERS,
        is_proofread=True,
    ),
)
