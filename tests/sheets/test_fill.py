"""An office's workbook filled in: rows, what stands around them, what may not be in it."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.sheets.around import NotCarried
from toolkit.sheets.fill import KEY_HEADER, FilledRow, Filling, fill
from toolkit.sheets.lines_of_text import lines_of
from toolkit.sheets.open import open_book
from toolkit.sheets.skeleton import Place, Skeleton, learn

PLACE = Place(sheet="问题台账", head=3, first=4, last=7, left=1, right=6)
SECRETS = ("河道管理缺位长期无人巡查", "违规发放补贴未及时追缴", "已约谈分管负责同志三人次")


def _office_book() -> tuple[openpyxl.Workbook, Worksheet]:
    """A form with all that people put around a table: title, heading of two rows, rules, notes, a total, signatures."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "问题台账"
    sheet.append(["某区巡察整改问题台账"])
    sheet.merge_cells("A1:F1")
    sheet.append(["序号", "整改内容", None, "责任单位", "完成时限", "进展"])
    sheet.append([None, "类别", "具体问题", None, None, None])
    for merge in ("A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:F3"):
        sheet.merge_cells(merge)
    for n in range(4):
        sheet.append([n + 1, "党的建设方面" if n < 3 else "民生方面问题", SECRETS[n % 3], "甲局", dt.date(2026, 3, n + 1), f"进展内容第{n}条已完成"])  # fmt: skip
    sheet.merge_cells("B4:B6")
    sheet.append(["合计", None, "4项", None, None, "=COUNTA(F4:F7)"])
    sheet.append(["填报单位：", None, "填表人：张三", None, "联系电话：13800001111", None])
    thin = Side(style="thin")
    for row in sheet["A2:F8"]:
        for cell in row:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.alignment = Alignment(wrap_text=True)
            cell.font = Font(name="仿宋", size=12)
    for cell in sheet["E"][3:7]:
        cell.number_format = "yyyy/m/d"
    sheet["F4"].comment = Comment("旧批注：违规发放补贴未及时追缴", "李四")
    sheet["C3"].comment = Comment("逐条填写", "王五")
    sheet["F7"].fill = PatternFill("solid", fgColor="FFFF00")
    rule = DataValidation(type="list", formula1="下拉!$A$1:$A$2")
    rule.add("D4:D7")
    sheet.add_data_validation(rule)
    length = DataValidation(type="textLength", operator="lessThan", formula1="500")
    length.add("F4:F200")
    sheet.add_data_validation(length)
    sheet.conditional_formatting.add(
        "E4:E7",
        CellIsRule(  # type: ignore[no-untyped-call]
            operator="lessThan", formula=["TODAY()"], fill=PatternFill(bgColor="FF0000")
        ),
    )
    sheet.auto_filter.ref = "A3:F7"
    sheet.print_area = "A1:F9"
    sheet.print_title_rows = "1:3"
    sheet.freeze_panes = "A4"
    sheet.column_dimensions["C"].width = 30
    lists = book.create_sheet("下拉")
    lists.append(["甲局"])
    lists.append(["乙局"])
    last_month = book.create_sheet("上月")
    last_month.append([SECRETS[0]])
    book.create_sheet("填表说明").append(["请如实填写"])
    book.defined_names["全部进展"] = DefinedName("全部进展", attr_text="问题台账!$F$4:$F$7")
    book.defined_names["上月问题"] = DefinedName("上月问题", attr_text="上月!$A$1")
    book.properties.creator = "赵六"
    return book, sheet


def _saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def skeleton() -> Skeleton:
    return learn(_saved(_office_book()[0]), PLACE, frozenset({"甲局", "乙局"}))


def _rows(count: int) -> list[FilledRow]:
    return [
        FilledRow(
            {1: n + 1, 2: "类别甲" if n < 2 else "类别乙", 3: f"问题{n}\n第二行<&>", 4: "乙局", 5: dt.date(2026, 9, n % 28 + 1), 6: "=不是公式" if n else "_x000A_"},
            f"key-{n}",
        )
        for n in range(count)
    ]  # fmt: skip


def _filled(skeleton: Skeleton, count: int) -> bytes:
    return fill(skeleton, Filling(rows=_rows(count), properties={"模板": "zhenggai.ledger", "单位": "乙局"}))  # fmt: skip


def _sheet(data: bytes) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(data))["问题台账"]
    assert isinstance(sheet, Worksheet)
    return sheet


@pytest.mark.parametrize("count", [1, 2, 4, 90])
def test_what_stands_around_moves(skeleton: Skeleton, count: int) -> None:
    sheet = _sheet(_filled(skeleton, count))
    last = 3 + count
    merges = {str(merge) for merge in sheet.merged_cells.ranges}
    assert {"A1:F1", "B2:C2", "A2:A3"} <= merges
    assert not any(merge.startswith("B4") for merge in merges)
    assert sheet.auto_filter.ref == f"A3:G{last}"
    assert sheet.print_area == f"'问题台账'!$A$1:$F${last + 2}"
    assert sheet.print_title_rows == "$1:$3"
    assert sheet.cell(last + 1, 1).value == "合计"
    assert sheet.cell(last + 1, 6).value == f"=COUNTA(F4:F{last})"
    assert sheet.cell(last + 1, 6).border.left.style == "thin"
    first = "D4" if count == 1 else f"D4:D{last}"
    ranges = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert ranges == {first: "下拉!$A$1:$A$2", f"F4:F{196 + count}": "500"}
    assert sheet.freeze_panes == "A4"


_LINES = st.lists(st.text("整改ab，", max_size=60), min_size=1, max_size=12)


# In 12 pt column C takes 26 half-width characters a line (30 wide), column F 7 (as wide as columns are by default).
@given(_LINES, _LINES)
@example(["整" * 60], list("abcdefg"))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_row_is_as_high_as_its_longest_text(
    skeleton: Skeleton, wide: list[str], narrow: list[str]
) -> None:
    texts = ("\n".join(wide), "\n".join(narrow))
    row = FilledRow({3: texts[0], 6: texts[1]})
    found = _sheet(fill(skeleton, Filling(rows=[row]))).row_dimensions[4].height
    lines = (
        max(lines_of(text, width) for text, width in zip(texts, (26, 7), strict=True) if text)
        if any(texts)
        else 0
    )
    expected = lines * 12 * 1.32 + 4
    assert found == pytest.approx(min(409, max(14.4, expected)), abs=0.06)


def test_rows_have_the_look_of_the_first(skeleton: Skeleton) -> None:
    sheet = _sheet(_filled(skeleton, 9))
    for row in range(4, 13):
        assert sheet.cell(row, 6).font.name == "仿宋"
        assert sheet.cell(row, 6).fill.fill_type is None  # that of the fourth row only
        assert sheet.cell(row, 5).number_format == "yyyy/m/d"
        assert sheet.row_dimensions[row].height
    assert sheet.cell(5, 5).value == dt.datetime(2026, 9, 2)


def test_days_of_a_book_that_counts_from_1904() -> None:
    book, _ = _office_book()
    book.epoch = CALENDAR_MAC_1904
    grid = open_book(_filled(learn(_saved(book), PLACE), 3), "表.xlsx").grid("问题台账")
    assert grid is not None
    assert str(grid.value(5, 5))[:10] == "2026-09-02"


def test_values_are_read_back(skeleton: Skeleton) -> None:
    book = open_book(_filled(skeleton, 5), "表.xlsx")
    grid = book.grid("问题台账")
    assert grid is not None
    assert grid.value(4, 3) == "问题0\n第二行<&>"
    assert grid.value(4, 6) == "_x000A_"
    assert grid.value(5, 6) == "=不是公式"
    assert [grid.value(row, 7) for row in range(3, 9)] == [KEY_HEADER, *(f"key-{n}" for n in range(5))]  # fmt: skip
    assert book.properties["单位"] == "乙局"


def test_nothing_of_the_old_rows_is_left(skeleton: Skeleton) -> None:
    with zipfile.ZipFile(io.BytesIO(_filled(skeleton, 3))) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    everything = "".join(parts.values())
    for secret in (
        *SECRETS,
        "进展内容第",
        "党的建设方面",
        "张三",
        "13800001111",
        "李四",
        "王五",
        "赵六",
        "上月",
        "4项",
    ):
        assert secret not in everything, secret
    assert "逐条填写" in everything
    assert "请如实填写" in everything
    assert not any("sharedStrings" in name for name in parts)


def test_levels_look_merged_and_are_in_every_row(skeleton: Skeleton) -> None:
    sheet = _sheet(_filled(skeleton, 4))
    assert [sheet.cell(row, 2).value for row in range(4, 8)] == ["类别甲"] * 2 + ["类别乙"] * 2
    rules = {str(rule.sqref): rule.rules[0] for rule in sheet.conditional_formatting}
    assert rules["B5:B7"].formula == ["AND(B5=B4,SUBTOTAL(103,B4)=1)"]
    assert rules["B5:B7"].dxf.numFmt.formatCode == ";;;"
    assert "E4:E7" in rules


def test_what_was_filled_in_can_be_a_form_itself(skeleton: Skeleton) -> None:
    """An office may put a workbook that it got from us into templates: levels still look merged."""
    data = fill(skeleton, Filling(rows=_rows(4)))
    again = learn(data, replace(PLACE, last=7), frozenset({"甲局", "乙局"}))
    assert again.merged == frozenset({2})
    sheets = [_sheet(fill(form, Filling(rows=_rows(6)))) for form in (again, skeleton)]
    cells = [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in sheets]
    assert cells[0] == cells[1]
    hidden = [{str(rule.sqref) for rule in sheet.conditional_formatting} for sheet in sheets]
    assert hidden[0] == hidden[1] == {"B5:B9", "E4:E9"}


def test_stripes_are_told() -> None:
    book, sheet = _office_book()
    for row in (5, 7):
        for cell in sheet[row][:6]:
            cell.fill = PatternFill("solid", fgColor="EEEEEE")
    told = learn(_saved(book), PLACE, frozenset({"甲局", "乙局"})).notes
    assert any("隔行" in note for note in told)
    assert not any("隔行" in note for note in learn(_saved(_office_book()[0]), PLACE).notes)


def test_notes_tell_what_stayed_behind(skeleton: Skeleton) -> None:
    told = "；".join(skeleton.notes)
    assert "上月" in told
    assert "下拉" not in told
    assert "4项" in told


def test_equal_rows_are_equal_bytes(skeleton: Skeleton) -> None:
    again = learn(_saved_again(), PLACE, frozenset({"甲局", "乙局"}))
    assert _filled(again, 7) == _filled(skeleton, 7)


def _saved_again() -> bytes:
    book, _ = _office_book()
    book.properties.modified = dt.datetime(2030, 1, 1)
    return _saved(book)


def test_without_an_identity_nothing_of_ours_is_in_it(skeleton: Skeleton) -> None:
    data = fill(skeleton, Filling(rows=_rows(3)))
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["问题台账", "下拉", "填表说明"]
    assert _sheet(data).max_column == 6
    assert _sheet(data).auto_filter.ref == "A3:F6"


def test_a_table_takes_the_key_in() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["序号", "问题"])
    sheet.append([1, "某问题"])
    sheet.add_table(Table(displayName="台账", ref="A1:B2"))
    place = Place(sheet="Sheet", head=1, first=2, last=2, left=1, right=2)
    rows = [FilledRow({1: n, 2: f"问题{n}"}, f"k{n}") for n in range(3)]
    filled = fill(learn(_saved(book), place), Filling(rows=rows, properties={"模板": "x"}))
    table = openpyxl.load_workbook(io.BytesIO(filled))["Sheet"].tables["台账"]
    assert table.ref == "A1:C4"
    assert table.tableColumns[-1].name == KEY_HEADER


def test_a_formula_of_every_row_goes_on() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["序号", "应完成", "已完成", "完成率"])
    for row in (2, 3):
        sheet.append([row, 4, 2, f"=C{row}/B{row}"])
    place = Place(sheet="Sheet", head=1, first=2, last=3, left=1, right=4)
    data = fill(
        learn(_saved(book), place), Filling(rows=[FilledRow({1: n, 2: 5, 3: 4}) for n in range(3)])
    )
    made = openpyxl.load_workbook(io.BytesIO(data))["Sheet"]
    assert [made.cell(row, 4).value for row in (2, 3, 4)] == ["=C2/B2", "=C3/B3", "=C4/B4"]


def _beside(sheet: Worksheet) -> None:
    sheet["J5"] = "右侧的小表"


def _repeats_a_row(sheet: Worksheet) -> None:
    sheet["A1"] = SECRETS[0]


def _array(sheet: Worksheet) -> None:
    from openpyxl.worksheet.formula import ArrayFormula

    sheet["F5"] = ArrayFormula("F5", "=SUM(A4:A5*1)")


def _single_cells(sheet: Worksheet) -> None:
    sheet["F8"] = "=SUM(A4,A5,A6)"


def _by_text(sheet: Worksheet) -> None:
    sheet["F8"] = '=SUM(INDIRECT("F4:F7"))'


def _all_locked(sheet: Worksheet) -> None:
    sheet.protection.enable()


def _other_book(sheet: Worksheet) -> None:
    sheet["F8"] = "=[1]表!A1"


@pytest.mark.parametrize(
    ("spoil", "says"),
    [(_beside, "J5"), (_repeats_a_row, "重复了数据行"), (_array, "数组公式"), (_all_locked, "全部锁定"), (_by_text, "INDIRECT"), (_single_cells, "逐个引用"), (_other_book, "别的工作簿")],
)  # fmt: skip
def test_what_cannot_be_carried_is_answered(spoil: object, says: str) -> None:
    book, sheet = _office_book()
    assert callable(spoil)
    spoil(sheet)
    with pytest.raises(NotCarried, match=says):
        learn(_saved(book), PLACE)
