"""Cells that say nothing new, lost merges, breaks between figures, two things in one column, columns that are missing."""

from __future__ import annotations

import datetime as dt
import io

import pytest
import xlsxwriter

from tests.support.drawn import HEAD, Sheet, line, reading, said, values
from tests.support.items import SETTINGS, arrival, read_one
from toolkit.ledger.finding import Severity
from toolkit.ledger.submission import Verdict

LEVELS = ["问题编号", "主要问题", "分项问题", "具体问题", "整改措施", "牵头领导", "牵头单位", "整改时限", "整改进展情况", "整改状态"]  # fmt: skip


def leveled(number: int, main: str, sub: str, problem: str = "", **changed: str) -> list[str]:
    cells = dict(zip(LEVELS, [f"1-{number}", main, sub, problem, f"落实第{number}项。", "张三丰", "规划建设局",
                              "2026-06-30", f"3月{number}日修订《甲办法》。", "正在整改"], strict=True))  # fmt: skip
    return [{**cells, **changed}[head] for head in LEVELS]


@pytest.mark.parametrize("words", ["同上周", "无变化", "（与上期一致）"])
def test_no_news_is_no_text_and_the_register_stands(words: str) -> None:
    read = reading([HEAD, line(1, 整改进展情况=words, 整改状态=words)])
    (row,) = read.rows
    assert (row.item.progress, row.item.status) == ("", None)
    assert row.unreadable["progress"].reported
    assert [found.column for found in said(read, "X222")] == ["progress", "status"]


def test_no_news_in_a_first_ledger_cannot_be_read() -> None:
    read = reading([HEAD, line(1, 整改进展情况="同上周")], has_baseline=False)
    assert not read.rows[0].unreadable["progress"].reported
    assert not said(read, "X222")


@pytest.mark.parametrize("words", ["（同上）", "(同上)", "【同 上】", "同上。", "〔见上〕"])
def test_a_ditto_in_brackets_is_one(words: str) -> None:
    read = reading([HEAD, line(1), line(2, 整改时限=words, 整改措施=words)])
    assert values(read, "deadline")[0] == values(read, "deadline")[1]
    assert values(read, "measures") == [("修订办法。",), ("修订办法。",)]


def test_nothing_is_no_name_and_no_evidence() -> None:
    read = reading([[*HEAD, "责任人", "佐证材料", "存在困难"], [*line(1), "无", "暂无", "无"]])
    item = read.rows[0].item
    assert (item.owner, item.evidence, item.difficulty) == ("", "", "无")
    assert read.rows[0].typed["evidence"] == "暂无"  # said, so that it empties what is known


def test_a_lost_merge_inherits_what_stands_above_and_says_so() -> None:
    blank = {"牵头领导": "", "整改时限": ""}
    rows = [leveled(1, "甲方面", "甲一。", "问题甲"), leveled(2, "", "", "问题乙", **blank), leveled(3, "", "甲二。", "问题丙"),
            leveled(4, "乙方面", "乙一。", "问题丁", 牵头领导="")]  # fmt: skip
    read = reading([LEVELS, *rows])
    assert values(read, "main_problem") == ["甲方面", "甲方面", "甲方面", "乙方面"]
    assert values(read, "sub_problem") == ["甲一。", "甲一。", "甲二。", "乙一。"]
    assert values(read, "lead_leader") == ["张三丰", "张三丰", "张三丰", ""]
    notes = {found.column: found.message for found in said(read, "X221")}
    assert set(notes) == {"main_problem", "sub_problem", "lead_leader", "deadline"}
    assert "第3、4行的主要问题空着" in notes["main_problem"]
    assert read.rows[1].place("sub_problem").cell == "C2"


@pytest.mark.parametrize(
    "rows",
    [
        [leveled(1, "甲方面", "甲一。", "问题甲"), leveled(2, "乙方面", "", "问题乙")],
        [leveled(1, "甲方面", "甲一。", "问题甲"), ["二、乙方面"], leveled(2, "", "", "问题乙")],
        [leveled(1, "甲方面", "甲一。", "问题甲"), leveled(2, "甲方面", "甲一。", "问题乙", 牵头领导="")],
        [leveled(1, "", "甲一。", "问题甲"), leveled(2, "", "甲二。", "问题乙")],
    ],
    ids=["another group", "another section", "no level is blank", "nothing stands above"],
)  # fmt: skip
def test_what_is_blank_for_another_reason_stays_blank(rows: list[list[str]]) -> None:
    assert not said(reading([LEVELS, *rows]), "X221")


def test_breaks_between_figures_are_shown_where_a_paper_joins_the_lines() -> None:
    read = reading(
        [
            HEAD,
            line(1, 具体问题="漏缴20\n60户", 整改进展情况="追缴8\n3户"),
            line(2, 整改进展情况="人均7.5\n4", 整改措施="1.追缴8\n3户"),
            line(3, 整改进展情况="责任\n不清。\n3月5日明确。"),
        ]
    )
    notes = {found.column: found for found in said(read, "X412")}
    assert set(notes) == {"problem", "progress"}
    assert "“追缴8⏎3户”（G2）、“人均7.5⏎4”（G3）。" in notes["progress"].message
    assert notes["progress"].place.cell == "G2"


def test_look_alike_characters_are_one_note() -> None:
    read = reading([HEAD, line(1, 整改时限="2026年6⽉30⽇", 整改进展情况="3⽉修订⼯作办法。"), line(2, 整改进展情况="⼈员培训3次。")])  # fmt: skip
    assert values(read, "progress") == ["3月修订工作办法。", "人员培训3次。"]
    (note,) = said(read, "X411")
    assert "3个单元格" in note.message
    assert "“⽉”→“月”" in note.message
    assert not said(read, "X402")


def test_unit_and_owner_in_one_column() -> None:
    head = ["责任单位及责任人" if name == "牵头单位" else name for name in HEAD]
    cells = ["规划建设局 李芳华", "规划建设局\n（李芳华、王小明）", "李芳华"]
    rows = [line(number, 牵头单位=cell) for number, cell in enumerate(cells, 1)]
    read = reading([head, *rows])
    assert values(read, "lead_unit") == ["规划建设局", "规划建设局", ""]
    assert values(read, "owner") == ["李芳华", "李芳华、王小明", ""]
    assert read.rows[0].place("owner").cell == "E2"
    assert any("李芳华、王小明" in found.message for found in said(read, "X401"))


def test_a_plain_column_of_units_is_not_split() -> None:
    read = reading([HEAD, line(1, 牵头单位="规划建设局 李芳华")])
    assert values(read, "owner") == [""]


@pytest.mark.parametrize("has_baseline", [True, False])
def test_a_table_that_names_no_problem_and_reports_nothing_is_refused(has_baseline: bool) -> None:
    head = ["序号", "风险点描述", "整改措施", "整改时限", "牵头单位", "复核结论"]
    read = reading(
        [head, ["1", "通道堵塞", "清理", "2026-06-30", "规划建设局", "合格"]],
        has_baseline=has_baseline,
    )
    assert read.verdict is Verdict.REJECTED
    assert read.rows == ()
    assert "“风险点描述”“复核结论”" in read.reason
    assert {found.value for found in said(read, "X101")} == {"风险点描述", "复核结论"}


def test_a_return_by_number_is_read() -> None:
    read = reading([["问题编号", "整改进展情况", "整改状态"], ["1-1", "3月修订《甲办法》。", "正在整改"]])  # fmt: skip
    assert read.verdict is Verdict.ACCEPTED


@pytest.mark.parametrize(
    ("lacking", "has_baseline", "severity"),
    [
        ("整改状态", True, Severity.ERROR),
        ("整改措施", True, Severity.ERROR),
        ("整改时限", True, Severity.WARNING),
        ("整改状态", False, Severity.WARNING),
    ],
)
def test_a_missing_column_weighs_by_what_it_leaves_unsaid(
    lacking: str,
    has_baseline: bool,
    severity: Severity,
) -> None:
    kept = [number for number, name in enumerate(HEAD) if name != lacking]
    rows = [[row[number] for number in kept] for row in (HEAD, line(1), line(2))]
    (found,) = said(reading(rows, has_baseline=has_baseline), "X103")
    assert found.severity is severity
    assert found.message == f"表中没有栏目：{lacking}。"


def test_parallel_lists_of_one_ledger_lack_nothing_together() -> None:
    problems = [
        ["问题编号", "具体问题", "牵头单位", "整改时限"],
        ["1-1", "甲", "规划建设局", "2026-06-30"],
    ]
    tasks = [
        ["问题编号", "整改措施", "整改进展情况", "整改状态"],
        ["1-1", "修订。", "3月修订。", "正在整改"],
    ]
    read = reading(Sheet(problems, name="问题清单"), Sheet(tasks, name="任务清单"))
    assert len(read.rows) == 1
    assert not [found for found in said(read, "X103") if found.severity is Severity.ERROR]


def shown_as(code: str, day: dt.datetime, heading: str = "整改时限") -> bytes:
    """A return whose cell under a heading holds a day in this number format."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet("台账")
    for col, (head, text) in enumerate(zip(HEAD, line(1), strict=True)):
        page.write_string(0, col, head)
        page.write_string(1, col, text)
    page.write_datetime(1, HEAD.index(heading), day, book.add_format({"num_format": code}))
    book.close()
    return stream.getvalue()


@pytest.mark.parametrize(
    ("code", "due"),
    [
        ('yyyy"年"m"月"', dt.date(2026, 9, 30)),
        ("yyyy-mm", dt.date(2026, 9, 30)),
        ("mmm-yy", dt.date(2026, 9, 30)),
        ('m"月"', dt.date(2026, 9, 30)),
        ('[$-804]yyyy"年"m"月";@', dt.date(2026, 9, 30)),
        ("yyyy-mm-dd", dt.date(2026, 9, 1)),
        ('m"月"d"日"', dt.date(2026, 9, 1)),
        ("yyyy/m/d h:mm", dt.date(2026, 9, 1)),
        ("[$-804]aaaa", dt.date(2026, 9, 1)),
    ],
)
def test_a_day_shown_as_its_month_is_due_at_the_months_end(code: str, due: dt.date) -> None:
    data = shown_as(code, dt.datetime(2026, 9, 1))
    (row,) = read_one(arrival("规划建设局.xlsx", data), SETTINGS, has_baseline=True).rows
    assert row.item.deadline is not None
    assert row.item.deadline.due == due


def test_numbers_of_people_are_found_where_nobody_reads() -> None:
    head = [*HEAD, "身份证号", "合同编号"]
    rows = [[*line(1), "110101199003070012", "110101199003079998"], [*line(2), "", ""]]
    read = reading(Sheet([head, *rows], comments=(("G3", "退款账号3602000109200098765"),)))
    assert [(found.place.cell, found.severity) for found in said(read, "X611")] == [
        ("G3", Severity.ERROR), ("I2", Severity.ERROR)
    ]  # fmt: skip
