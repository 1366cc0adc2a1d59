"""Periods side by side: the newest that is filled counts and is named; what was so last time never does."""

from __future__ import annotations

import pytest

from tests.support.drawn import HEAD, LINE, Sheet, reading, said, values
from tests.support.items import SETTINGS
from toolkit.intake.periods import newest_first, period_in
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Submission
from toolkit.settings.lists import HeadingChoice
from toolkit.settings.model import Settings

PLAIN = HEAD[:-2]


def periods(*headings: str, rows: list[list[str]], settings: Settings = SETTINGS) -> Submission:
    """A ledger whose progress stands under these headings; `rows` are their cells, row by row."""
    lines = [[f"1-{n}", *LINE[1:-2], *cells, "正在整改"] for n, cells in enumerate(rows, 1)]
    return reading([[*PLAIN, *headings, "整改状态"], *lines], settings=settings)


@pytest.mark.parametrize(
    "headings",
    [
        ("3月整改进展", "4月整改进展", "5月整改进展"),
        ("5月整改进展", "4月整改进展", "3月整改进展"),
        ("截至11月底整改进展", "截至12月底整改进展", "截至1月底整改进展"),
        ("2025年第四季度整改进展", "2026年第一季度整改进展", "2026年第二季度整改进展"),
        ("第9周进展情况", "第10周进展情况", "第11周进展情况"),
        ("整改进展情况（6.5）", "整改进展情况（6.12）", "整改进展情况（6.19）"),
        ("一月份整改情况", "二月份整改情况", "三月份整改情况"),
        ("1-3月整改进展", "1-6月整改进展", "1-9月整改进展"),
        ("4月整改进展", "5月整改进展", "本期整改进展"),
        ("5月整改进展", "6月整改进展", "整改进展情况"),
    ],
)
def test_the_newest_period_that_is_filled_counts(headings: tuple[str, ...]) -> None:
    is_newest_first = headings[0].startswith("5月整改进展") and "3月整改进展" in headings
    cells = [
        ["三月。", "四月。", "五月。"],
        ["三月。", "四月。", ""],
        ["三月。", "", ""],
        ["", "", ""],
    ]
    if is_newest_first:
        cells = [row[::-1] for row in cells]
    read = periods(*headings, rows=cells)
    assert values(read, "progress") == ["五月。", "四月。", "三月。", ""]
    assert "progress" not in read.rows[3].typed


def test_the_note_says_which_column_counted_in_which_rows() -> None:
    read = periods("4月整改进展", "5月整改进展", rows=[["四月。", "五月。"], ["四月。", ""]])
    (note,) = said(read, "X111")
    assert "“5月整改进展”1行；“4月整改进展”1行（第3行）" in note.message
    assert [row.place("progress").cell for row in read.rows] == ["H2", "G3"]
    assert not said(read, "X102")
    assert not said(read, "X210")


@pytest.mark.parametrize(
    ("past", "present"), [("上期", "本期"), ("上周", "本周"), ("上月", "本月"), ("上次", "本次")]
)
@pytest.mark.parametrize("upper_is_period", [True, False])
def test_last_time_never_counts_in_either_level(
    past: str, present: str, *, upper_is_period: bool
) -> None:
    pairs = [
        (past, "整改进展情况"),
        (past, "整改状态"),
        (present, "整改进展情况"),
        (present, "整改状态"),
    ]
    if not upper_is_period:
        pairs = [(low, high) for high, low in sorted(pairs, key=lambda pair: pair[1])]
    upper = [*PLAIN, pairs[0][0], "", pairs[2][0], ""]
    lower = [*[""] * len(PLAIN), *(low for _, low in pairs)]
    cells = {(past, "整改进展情况"): "旧进展。", (past, "整改状态"): "未启动"}
    cells |= {(present, "整改进展情况"): "新进展。", (present, "整改状态"): "已完成"}
    row = [cells[pair if upper_is_period else pair[::-1]] for pair in pairs]
    blank = ["" if text in ("新进展。", "已完成") else text for text in row]
    merges = ("G1:H1", "I1:J1", *(f"{letter}1:{letter}2" for letter in "ABCDEF"))
    rows = [upper, lower, [*LINE[:-2], *row], ["1-2", *LINE[1:-2], *blank]]
    for drawn in (Sheet(rows, merges=merges), Sheet(rows)):
        read = reading(drawn)
        assert values(read, "progress") == ["新进展。", ""]
        assert values(read, "status") == [Status.DONE, None]
        assert len(said(read, "X112")) == 2
        assert not said(read, "X101")


@pytest.mark.parametrize(
    "heading", ["上期整改进展", "上周进展情况", "上季度整改情况", "去年整改情况"]
)
def test_last_time_in_one_heading(heading: str) -> None:
    read = periods(heading, "本期整改进展", rows=[["旧的。", "新的。"], ["旧的。", ""]])
    assert values(read, "progress") == ["新的。", ""]
    (note,) = said(read, "X112")
    assert note.value == heading


def test_months_over_progress_and_status() -> None:
    upper = [*PLAIN, "4月", "", "5月", ""]
    lower = [*[""] * len(PLAIN), "整改进展", "整改状态", "整改进展", "整改状态"]
    rows = [
        [*LINE[:-2], "四月。", "正在整改", "五月。", "已完成"],
        ["1-2", *LINE[1:-2], "四月。", "正在整改", "", ""],
    ]
    merges = ("G1:H1", "I1:J1", *(f"{letter}1:{letter}2" for letter in "ABCDEF"))
    read = reading(Sheet([upper, lower, *rows], merges=merges))
    assert values(read, "progress") == ["五月。", "四月。"]
    assert values(read, "status") == [Status.DONE, Status.IN_PROGRESS]
    assert len(said(read, "X111")) == 2


def test_columns_that_the_office_named_itself_are_periods_too() -> None:
    chosen = tuple(
        HeadingChoice(text=f"{month}月办理动态", code="progress", decided=True) for month in (4, 5)
    )
    read = periods(
        "4月办理动态", "5月办理动态", rows=[["四月。", "五月。"], ["四月。", ""]],
        settings=Settings(task=SETTINGS.task, units=SETTINGS.units, headings=chosen),
    )  # fmt: skip
    assert values(read, "progress") == ["五月。", "四月。"]


def test_one_month_alone_is_simply_the_progress() -> None:
    read = periods("6月整改进展", rows=[["六月。"]])
    assert values(read, "progress") == ["六月。"]
    assert not said(read, "X111")


def test_amounts_of_several_months_are_asked_and_not_chosen() -> None:
    """They may be sums so far or parts of one: nobody can tell from the heading."""
    read = reading([[*HEAD, "4月涉及金额", "5月涉及金额"], [*LINE, "3", "5"]])
    assert values(read, "money") == [None]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("整改措施", "整改措施"), ("整改第一责任人", "整改第一责任人"), ("上级主管部门", "上级主管部门"), ("13月进展", "13月进展"),
        ("涉及金额（万元）", "涉及金额(万元)"),
    ],
)  # fmt: skip
def test_what_is_no_period(text: str, rest: str) -> None:
    assert period_in(text) == (None, rest)


@pytest.mark.parametrize(
    ("names", "newest"),
    [
        (["3月", "4月", "5月"], "5月"),
        (["5月", "4月", "3月"], "5月"),
        (["11月", "12月", "1月", "2月"], "2月"),
        (["2月", "1月", "12月"], "2月"),
        (["1月", "3月", "2月"], "3月"),
        (["2025年12月", "2026年1月"], "2026年1月"),
        (["一季度", "4月", "5月"], "5月"),
        (["上半年", "7月"], "7月"),
        (["本期", "6月"], "本期"),
        (["第三周", "第12周"], "第12周"),
        (["5月上旬", "5月中旬", "5月下旬"], "5月下旬"),
    ],
)
def test_the_newest_of_several(names: list[str], newest: str) -> None:
    found = [period for name in names if (period := period_in(name)[0])]
    assert len(found) == len(names)
    assert names[newest_first(found)[0]] == newest
