"""The consolidated workbook come back: what the office waives, and what it left incomplete."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import pytest
import xlsxwriter

from tests.support.items import ITEM, SETTINGS, arrival, read_one
from toolkit.checks.policy import waive
from toolkit.ledger.decision import Ruling
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Finding, Place, Severity
from toolkit.ledger.submission import Origin, Role, Submission, Verdict
from toolkit.ledger.waiver import Waiver
from toolkit.register.merge import merge
from toolkit.register.snapshot import Snapshot

HEADS = [
    "级别",
    "规则",
    "文件",
    "位置",
    "问题编号",
    "栏目",
    "原填内容",
    "核查意见",
    "如何改正",
    "免核理由",
    "批准人",
    "有效期至",
]
FAULT = [
    "提醒",
    "T101",
    "局.xlsx",
    "整改台账!O4",
    "3-2",
    "整改进展情况",
    "高度重视。",
    "没有具体事实。",
    "请补充。",
]


def consolidated(*rows: list[str], review: Sequence[list[str]] = ()) -> Submission:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.add_worksheet("总览").write(0, 0, "总览")
    ledger = book.add_worksheet("整改台账")
    ledger.write_row(
        2,
        0,
        [
            "问题编号",
            "整改措施",
            "整改状态",
            "审核意见",
            "同意销号",
            "延期至",
            "依据",
            "审核人",
            "审核日期",
        ],
    )
    for number, row in enumerate(review, 3):
        ledger.write_row(number, 0, row)
    sheet = book.add_worksheet("核查意见")
    sheet.write_row(2, 0, HEADS)
    for number, row in enumerate(rows, 3):
        sheet.write_row(number, 0, row)
    book.close()
    return read_one(arrival("汇总台账.xlsx", stream.getvalue()), SETTINGS, has_baseline=True)


def test_a_complete_waiver_is_taken_even_when_the_workbook_lost_its_identity() -> None:
    read = consolidated([*FAULT, "已另行说明", "王主任", "2026-09-30"])
    assert (read.verdict, read.role, read.rows) == (Verdict.ACCEPTED, Role.REVIEW, ())
    assert read.waivers == (
        Waiver(
            rule="T101", id="3-2", column="progress", reason="已另行说明", by="王主任", until=dt.date(2026, 9, 30),
            message="没有具体事实。",
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("filled", "said"),
    [
        (("已另行说明", "", "2026-09-30"), "没有填写批准人"),
        (("", "王主任", ""), "没有填写免核理由、有效期至"),
        (("已另行说明", "王主任", "长期"), "“长期”不是日期"),
    ],
)
def test_a_half_waiver_waives_nothing_and_is_named(filled: tuple[str, str, str], said: str) -> None:
    read = consolidated([*FAULT, *filled])
    assert read.waivers == ()
    assert [(found.rule, said in found.message) for found in read.findings] == [("X501", True)]


DECIDED = ["3-2", "修订。", "已完成"]


@pytest.mark.parametrize(
    ("filled", "ruling", "until"),
    [
        (("同意", "是", "", "", "王主任", "2026-06-18"), Ruling.CLOSE, None),
        (
            ("同意延期", "", "2026-09-30", "会议纪要第3号", "王主任", "2026年6月18日"),
            Ruling.EXTEND,
            dt.date(2026, 9, 30),
        ),
        (("缺少数据", "否", "", "", "王主任", "2026-06-18"), Ruling.SEND_BACK, None),
    ],
)
def test_the_review_columns_are_the_office_s_decision(
    filled: tuple[str, ...], ruling: Ruling, until: dt.date | None
) -> None:
    (decision,) = consolidated(review=[[*DECIDED, *filled]]).decisions
    assert (decision.id, decision.ruling, decision.until) == ("3-2", ruling, until)
    assert (decision.by, decision.on, decision.place.cell) == ("王主任", dt.date(2026, 6, 18), "D4")


@pytest.mark.parametrize(
    ("filled", "said"),
    [
        (("同意", "是", "", "", "", "2026-06-18"), "没有填写审核人"),
        (("同意", "是", "", "", "王主任", ""), "没有填写审核日期"),
        (("同意", "是", "", "", "王主任", "前天"), "“前天”不是日期"),
        (("同意", "是", "2026-09-30", "x", "王主任", "2026-06-18"), "同时填了"),
        (("同意", "", "九月", "x", "王主任", "2026-06-18"), "“九月”不是日期"),
        (("同意", "", "2026-09-30", "", "王主任", "2026-06-18"), "没有填写依据"),
        (("同意", "好", "", "", "王主任", "2026-06-18"), "应为是或否"),
        (("已阅", "", "", "", "王主任", "2026-06-18"), "没有填写同意销号"),
        (("", "否", "", "", "王主任", "2026-06-18"), "没有写明意见"),
    ],
)
def test_a_decision_that_is_not_complete_is_not_followed_and_is_named(
    filled: tuple[str, ...], said: str
) -> None:
    read = consolidated(review=[[*DECIDED, *filled]])
    assert read.decisions == ()
    assert [(found.rule, said in found.message) for found in read.findings] == [("X502", True)]


def test_a_consolidated_workbook_from_which_nothing_follows_is_refused() -> None:
    known = Snapshot((Entry(item=ITEM, origin=Origin("", "", 0)),))
    merged = merge(known, [consolidated(FAULT)])
    assert merged.submissions[0].verdict is Verdict.REJECTED
    assert "没有填写审核意见" in merged.submissions[0].reason


def found(
    rule: str = "T101", item: str = "3-2", column: str = "progress", message: str = "没有具体事实。"
) -> Finding:
    return Finding(rule, Severity.WARNING, Place("局.xlsx"), message, "请补充。", item, column)


WAIVER = Waiver(
    rule="T101", id="3-2", column="progress", reason="r", by="w", until=dt.date(2026, 6, 30)
)


def test_a_waiver_covers_its_finding_up_to_its_last_day_and_then_it_speaks_again() -> None:
    standing, waived = waive([found()], [WAIVER], dt.date(2026, 6, 30))
    assert (standing, [w.finding for w in waived]) == ((), [found()])
    assert waive([found()], [WAIVER], dt.date(2026, 7, 1)) == ((found(),), ())


@pytest.mark.parametrize("other", [found(rule="T102"), found(item="3-3"), found(column="status")])
def test_a_waiver_covers_nothing_else(other: Finding) -> None:
    assert waive([other], [WAIVER], dt.date(2026, 6, 1)) == ((other,), ())


def test_a_finding_about_a_whole_file_is_waived_by_its_words() -> None:
    whole = Waiver(
        rule="I107",
        id="",
        column="id",
        reason="r",
        by="w",
        until=dt.date(2026, 6, 30),
        message="缺少1个问题",
    )
    same, other = found("I107", "", "id", "缺少1个问题"), found("I107", "", "id", "缺少2个问题")
    assert waive([same, other], [whole], dt.date(2026, 6, 1))[0] == (other,)
