"""The sentences that say the totals, for every paper and record that says them: one wording, each number tied to its figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.figures.printed import Line, Printed, Quoted, Ref, Source, joined
from toolkit.figures.table import BY_CODE, FIGURES
from toolkit.ledger.status import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.figures.counts import Figures, Totals
    from toolkit.settings.model import Settings

_LEFT_OUT_NAMED = 6
# What each sentence below can print, for papers to declare.
STATUS_CODES = ("problems", *(f"by_status.{status.value}" for status in Status), "unknown_status")
DUE_CODES = ("overdue", "due_soon")
RESULT_CODES = ("closed", "measures", "regulations")
LEFT_OUT_CODES = tuple(f"left_out.{figure.code}" for figure in FIGURES if figure.column)


def rate_codes(code: str) -> tuple[str, ...]:
    """A rate and the two numbers of its 口径."""
    return (code, f"{code}.numerator", f"{code}.denominator")


def status_sentence(totals: Totals, settings: Settings) -> Line:
    """`问题共12个：未启动2个，正在整改3个，…，状态不明1个。`; the last only where there are such."""
    codes = [code for code in STATUS_CODES[1:] if code != "unknown_status" or totals[code]]
    parts = tuple(_named(code, totals, settings) for code in codes)
    return ("问题共", totals.printed("problems"), "个：", *joined(parts, "，"), "。")


def _named(code: str, totals: Totals, settings: Settings) -> Line:
    figure = BY_CODE[code]
    name = Quoted(figure.name_in(settings.words), Source.SETTINGS)
    return (name, totals.printed(code), figure.unit)


def rate_sentence(code: str, totals: Totals, name: str) -> Line:
    """`完成率66.67%，口径：完成率＝…＝8÷12，四舍五入保留2位小数。`"""
    return (name, totals.printed(code), "，口径：", *totals.rule(code), "。")


def due_sentence(totals: Totals, settings: Settings) -> Line:
    """`逾期3个，10日内到期1个。`"""
    soon = Quoted(str(settings.lights.soon_days), Source.SETTINGS)
    return (
        "逾期", totals.printed("overdue"), "个，", soon, "日内到期", totals.printed("due_soon"), "个。",
    )  # fmt: skip


def results_sentence(totals: Totals, settings: Settings) -> Line:
    """`已销号4个，整改措施36条，制度成果5项。`; what is zero is not told, () where all are."""
    codes = [code for code in RESULT_CODES if totals[code]]
    parts = tuple(_named(code, totals, settings) for code in codes)
    return (*joined(parts, "，"), "。") if parts else ()


def left_out_sentences(figures: Figures, settings: Settings) -> tuple[Line, ...]:
    """Of every total that leaves a doubtful value out, which items those are; none where nothing is left out."""
    return tuple(
        left_out_sentence(code, ids, settings) for code, ids in figures.whole.left_out.items()
    )


def left_out_sentence(code: str, ids: Sequence[str], settings: Settings) -> Line:
    """`涉及金额有2个问题的数值待核实（3-2、5-1），未计入合计。`"""
    more = "等" if len(ids) > _LEFT_OUT_NAMED else ""
    figure = BY_CODE.get(code)
    name = figure.name_in(settings.words) if figure else settings.form.heading_of(code)
    return (
        Quoted(name, Source.SETTINGS),
        "有",
        Printed(str(len(ids)), Ref(f"left_out.{code}")),
        "个问题的数值待核实（",
        Quoted("、".join(ids[:_LEFT_OUT_NAMED]), Source.LABEL),
        f"{more}），未计入合计。",
    )
