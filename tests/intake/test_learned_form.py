"""What a first ledger teaches: its columns in order, what each own one holds."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
import xlsxwriter

from tests.support.drawn import Sheet, workbook
from tests.support.items import SETTINGS, arrival
from toolkit.intake.learned_form import own_column_of
from toolkit.intake.read import read
from toolkit.ledger.columns import Filler
from toolkit.ledger.form import Form, OwnKind
from toolkit.ledger.units import Directory, Unit

DIRECTORY = Directory((Unit(name="规划建设局"), Unit(name="财政金融局")))


def form_of(*rows: Sequence[object], merges: tuple[str, ...] = ()) -> Form:
    file = arrival("台账.xlsx", workbook(Sheet([list(row) for row in rows], merges=merges)))
    (given,) = read([file], SETTINGS, has_baseline=False, as_of=SETTINGS.task.phase_end)
    return given.form


def line(number: int, **said: object) -> dict[str, object]:
    return {
        "序号": number, "存在问题": f"第{number}个问题没有整改到位", "责任单位": ("规划建设局", "财政金融局", "社会事务局")[number % 3],
        "整改时限": "2026-06-30", "整改情况": f"{number}月3日修订办法{number}项。", "整改状态": "正在整改", **said,
    }  # fmt: skip


def test_one_level_of_problems_is_the_level_that_papers_print() -> None:
    rows = [line(n) for n in range(1, 5)]
    form = form_of(list(rows[0]), *(list(row.values()) for row in rows))
    assert [(c.heading, c.code) for c in form.columns][:3] == [
        ("序号", "id"), ("存在问题", "sub_problem"), ("责任单位", "lead_unit"),
    ]  # fmt: skip


def test_words_of_two_rows_are_kept_where_the_lower_alone_does_not_tell() -> None:
    upper = ["序号", "存在问题", "责任单位", "时限", "整改落实", None, "验收", None]
    lower = [None, None, None, None, "进展情况", "状态", "时间", "意见"]
    rows = [
        [n, f"第{n}个问题没有整改到位", "规划建设局", "2026-06-30", f"{n}月3日修订办法。", "正在整改", "", ""]
        for n in range(1, 5)
    ]  # fmt: skip
    merges = ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "G1:H1")
    headings = {c.code: c.heading for c in form_of(upper, lower, *rows, merges=merges).columns}
    assert headings["own:验收／时间"] == "验收／时间"
    assert headings["own:验收／意见"] == "验收／意见"
    assert headings["status"] == "状态"


@pytest.mark.parametrize(
    ("heading", "texts", "kind"),
    [
        ("结算金额（元）", ["12600.5", "", "800"], OwnKind.YUAN),
        ("问题金额（万元）", ["36.5", "120"], OwnKind.WAN),
        ("涉及户数", ["12", "5"], OwnKind.NUMBER),
        ("完成率", ["60%", "100%"], OwnKind.PERCENT),
        ("验收日期", ["2026-05-08", ""], OwnKind.DATE),
        ("是否移送", ["是", "否"], OwnKind.CHOICE),
        ("督导单位", ["规划建设局"], OwnKind.UNIT),
        ("督导单位", ["省级督导组", "市级督导组"], OwnKind.TEXT),  # none of the office's units
        ("验收人", ["张三丰"], OwnKind.PEOPLE),
        ("档案编号", ["101", "102", "103"], OwnKind.TEXT),  # figures that are names
        ("年度", ["2025", "2026"], OwnKind.TEXT),
        ("专家组意见", ["资料齐全，符合要求，同意通过现场核查并按程序报批，后续继续跟踪问效。"], OwnKind.PROSE),
        ("风险等级", ["高", "中", "低", "高", "中", "低", "高", "中"], OwnKind.CHOICE),
        ("验收日期", ["待定", "下个月", "年底"], OwnKind.TEXT),  # the cells do not bear it out
    ],
)  # fmt: skip
def test_the_kind_of_an_own_column(heading: str, texts: list[str], kind: OwnKind) -> None:
    column = own_column_of(heading, texts, DIRECTORY)
    assert column.kind is kind
    assert not column.is_sure


def test_who_fills_it_whether_it_must_be_and_whether_it_is_summed() -> None:
    given = own_column_of("审计项目", ["甲", "乙", "丙"], DIRECTORY)
    asked = own_column_of("已上缴金额（元）（必填）", ["", "", "800"], DIRECTORY)
    assert (given.filled_by, given.required, given.is_summed) == (Filler.OFFICE, False, False)
    assert (asked.filled_by, asked.required, asked.is_summed) == (Filler.UNIT, True, True)


@pytest.mark.parametrize(
    "heading",
    ["验收日期", "交办时间", "立案时间", "督导日期", "公示日期", "约谈日期", "整改前评估时间"],
)
def test_a_day_of_something_else_is_not_when_the_work_was_done(heading: str) -> None:
    """Cells that are dates prove nothing where the heading tells of another act."""
    rows = [line(n, **{heading: f"2026-05-{n:02}"}) for n in range(1, 6)]
    form = form_of(list(rows[0]), *(list(row.values()) for row in rows))
    (last,) = form.columns[-1:]
    assert (last.heading, last.is_own, last.kind) == (heading, True, OwnKind.DATE)


def test_cells_of_own_columns_are_kept_as_they_are_shown() -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    head = [*line(1), "完成率", "退缴（元）", "文号", "验收日期"]
    formats = {
        "完成率": "0%",
        "退缴（元）": '#,##0.00"元"',
        "文号": '"第"0"号"',
        "验收日期": 'm"月"d"日"',
    }
    sheet.write_row(0, 0, head)
    for n in range(1, 4):
        sheet.write_row(n, 0, list(line(n).values()))
        cells = (0.6, 12600.5, 2026001, 46150)
        for col, (heading, value) in enumerate(zip(head[-4:], cells, strict=True), len(line(1))):
            shown_as = book.add_format({"num_format": formats[heading]})
            sheet.write_number(n, col, value, shown_as)
    book.close()
    file = arrival("台账.xlsx", stream.getvalue())
    (given,) = read([file], SETTINGS, has_baseline=False, as_of=SETTINGS.task.phase_end)
    said = {heading: cell.text for heading, cell in given.rows[0].own.items()}
    assert said == {
        "完成率": "60%", "退缴（元）": "12,600.50元", "文号": "第2026001号", "验收日期": "2026-05-08",
    }  # fmt: skip
    kinds = {column.heading: column.kind for column in given.form.own}
    assert kinds["退缴（元）"] is OwnKind.YUAN
    assert kinds["完成率"] is OwnKind.PERCENT
