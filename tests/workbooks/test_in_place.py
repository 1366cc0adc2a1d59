"""The office's own workbook: what stands in its columns, the lines around them, and nothing of another unit."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.drawn import Sheet, workbook
from tests.support.items import ENTRY, SETTINGS
from tests.support.own_ledger import COUNT, FIRST_ROW, UNITS, own_ledger
from toolkit.intake.form_place import form_place
from toolkit.ledger.entry import Entry
from toolkit.ledger.form import Form, FormColumn
from toolkit.ledger.status import Status
from toolkit.settings.model import Settings
from toolkit.sheets.around import NotCarried
from toolkit.workbooks.in_place import OfficeBook

DAY = dt.date(2026, 6, 19)
HEADS = {
    "序号": "id", "反馈问题／类别": "main_problem", "反馈问题／具体问题": "sub_problem", "整改措施": "measures",
    "责任单位": "lead_unit", "责任领导": "lead_leader", "整改时限": "deadline", "进展情况": "progress",
    "整改状态": "status", "备注": "remarks",
}  # fmt: skip


def office(heads: dict[str, str], data: bytes) -> tuple[OfficeBook, Settings]:
    form = Form(tuple(FormColumn(heading=head, code=code) for head, code in heads.items()))
    known = SETTINGS.with_form(form)
    return OfficeBook.learned(data, form_place(data, "台账.xlsx", known), known), known


BOOK, KNOWN = office(HEADS, own_ledger())


def entry(number: int, unit: str, text: str = "") -> Entry:
    item = replace(
        ENTRY.item, id=str(number), lead_unit=unit, main_problem=f"类别{number // 3}", sub_problem=f"问题{number}{text}", progress=f"进展{number}{text}",
    )  # fmt: skip
    return replace(ENTRY, item=item)


def sent(entries: list[Entry], unit: str) -> bytes:
    return BOOK.for_unit(entries, KNOWN, unit=unit, code="7F3A-91C2", as_of=DAY)


def test_each_column_holds_what_the_form_says() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(sent([entry(7, "乙局")], "乙局")))["问题整改台账"]
    cells = [sheet.cell(FIRST_ROW, col).value for col in range(1, 10)]
    assert cells[:3] == [7, "类别2", "问题7"]
    assert cells[4] == "乙局"
    assert cells[7] == "进展7"
    assert sheet["A2"].value == "填报单位：乙局"
    assert sheet["G2"].value == "填报时间："
    assert sheet.cell(FIRST_ROW + 2, 7).value == "审核人："


def test_the_whole_ledger_says_who_and_when_and_nothing_of_ours() -> None:
    data = BOOK.whole([entry(n, "乙局") for n in range(1, 31)], KNOWN, DAY)
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["问题整改台账"]
    assert sheet["A2"].value == f"填报单位：{KNOWN.task.issuer_short}"
    assert sheet["G2"].value == "填报时间：2026年6月19日"
    assert book.sheetnames == ["问题整改台账"]
    assert sheet.max_column == 10
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert "docProps/custom.xml" not in package.namelist()
        assert b"zhenggai" not in b"".join(package.read(name) for name in package.namelist())


@pytest.mark.parametrize(
    ("text", "stands"),
    [("甲\r\n乙\r丙", "甲\n乙\n丙"), ("长" * 32_767, "长" * 32_767), ("长" * 32_768, None), (" 前后空格 ", " 前后空格 ")],
    ids=["lines", "longest", "too long", "blanks"],
)  # fmt: skip
def test_texts_stand_as_a_cell_gives_them_back(text: str, stands: str | None) -> None:
    item = replace(ENTRY.item, id="1", lead_unit="乙局", progress=text)
    data = sent([replace(ENTRY, item=item)], "乙局")
    sheet = openpyxl.load_workbook(io.BytesIO(data))["问题整改台账"]
    assert sheet.cell(FIRST_ROW, 8).value == stands


@pytest.mark.parametrize(
    ("line", "filled"),
    [
        ("填报单位：某局", "填报单位：乙局"),
        ("报送部门（盖章）：", "报送部门（盖章）：乙局"),
        ("填报单位：某局    填报时间：2026.3.1", "填报单位：乙局    填报时间："),
        ("截至2026年5月31日", "截至2026年6月19日"),
        ("数据截止时间：2026-05-31", "数据截止时间：2026年6月19日"),
        ("责任单位按职责填写", "责任单位按职责填写"),
    ],
)
def test_lines_around_the_table(line: str, filled: str) -> None:
    heads = {
        "序号": "id",
        "存在问题": "sub_problem",
        "责任单位": "lead_unit",
        "进展情况": "progress",
    }
    book, known = office(
        heads, workbook(Sheet([[line], list(heads), [1, "某问题", "乙局", "某进展"]]))
    )
    data = book.for_unit([entry(1, "乙局")], known, unit="乙局", code="", as_of=DAY)
    assert openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["A1"].value == filled


def test_ticks_stand_under_the_status() -> None:
    heads = ["序号", "存在问题", "责任单位", "整改措施", "已完成", "正在整改", "未启动"]
    rows = [[n, f"某问题{n}", "乙局", "1.整改。", "√" if n == 1 else "", "√" if n > 1 else "", ""] for n in range(1, 5)]  # fmt: skip
    codes = {"序号": "id", "存在问题": "sub_problem", "责任单位": "lead_unit", "整改措施": "measures", "整改状态": "status"}  # fmt: skip
    book, known = office(codes, workbook(Sheet([heads, *rows])))
    done = replace(ENTRY, item=replace(ENTRY.item, id="1", status=Status.DONE))
    sheet = openpyxl.load_workbook(io.BytesIO(book.whole([done], known, DAY))).worksheets[0]
    assert [sheet.cell(2, col).value for col in (5, 6, 7)] == ["√", None, None]


def test_a_column_that_the_workbook_lacks_is_answered() -> None:
    with pytest.raises(NotCarried, match="整改目标"):
        office({**HEADS, "整改目标": "goal"}, own_ledger())


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=8, max_size=40)  # fmt: skip


@given(st.lists(TEXTS, min_size=2, max_size=9, unique=True))
@settings(max_examples=60, deadline=None)
def test_nothing_of_another_unit_is_in_any_part(texts: list[str]) -> None:
    entries = [entry(n, UNITS[n % 3], f"〈{n}〉{text}") for n, text in enumerate(texts)]
    for unit in UNITS:
        own = [each for each in entries if each.item.lead_unit == unit]
        with zipfile.ZipFile(io.BytesIO(sent(own, unit))) as package:
            everything = "".join(package.read(name).decode() for name in package.namelist())
        for each in entries:
            is_own = each.item.lead_unit == unit
            assert (f"〈{each.item.id}〉" in everything) == is_own
        for n in range(1, COUNT + 1):  # the workbook that the form was learned from
            assert f"第{n}个领域" not in everything
            assert f"核查点位{n + 3}处" not in everything
