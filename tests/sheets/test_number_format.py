"""Number formats × values → what a person sees and what that means, held against what LibreOffice shows."""

from __future__ import annotations

import csv
from decimal import Context, Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import office
from tests.support.fuzz import examples
from toolkit.sheets.date_format import Precision
from toolkit.sheets.format_code import read_code
from toolkit.sheets.number_format import (
    Display,
    differs,
    display,
    display_text,
    is_date,
    is_duration,
    may_differ,
)

DAY, MOMENT = 46203.0, 46203 + 2 / 3  # 2026-06-30, and 16:00 of it
PLAIN = ""


class Case(NamedTuple):
    """A code, a stored number, what is shown of it, and what that means: "" the number itself, else the exact text."""

    code: str
    value: float
    shown: str
    means: str | Precision = PLAIN
    libreoffice: str = (
        ""  # what LibreOffice shows where it knows the code otherwise than Excel and WPS
    )


# The number itself, in one writing or another.
SAME = [
    Case("General", 0, "0"), Case("General", 12.5, "12.5"), Case("General", -3.25, "-3.25"), Case("General", 0.30000000000000004, "0.3"),
    Case("General", 1 / 3, "0.333333333333333"), Case("General", 123456789012, "123456789012"), Case("General", 1e20, "1E+20", PLAIN, "1E+020"),
    Case("0", 12.345, "12"), Case("0", 12.5, "13"), Case("0", -12.5, "-13"), Case("0.00", 12.345, "12.35"), Case("0.00", 1.005, "1.01"),
    Case("#,##0.00", 1234567.891, "1,234,567.89"), Case("#,##0", -1234567, "-1,234,567"), Case("#,##0.0#", 5, "5.0"),
    Case("0.##", 5, "5.", PLAIN, "5"), Case("0.##", 5.128, "5.13"), Case("#", 12, "12"), Case("?0.0?", 5, "5.0"),
    Case("0.00_ ", 3.2, "3.20"), Case("0.00_);[Red](0.00)", -5, "(5.00)"), Case("0.00;[Red]-0.00", -5, "-5.00"), Case("[Red]0.00", 5, "5.00"),
    Case('"¥"#,##0.00', 3200, "¥3,200.00"), Case("[$¥-804]#,##0.00", 3200, "¥3,200.00"), Case("+0;-0;0", 5, "+5"), Case("+0;-0;0", 0, "0"),
    Case('_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', 3200, "¥ 3,200.00", PLAIN, "¥3,200.00"),
    Case("# ?/?", 0.5, "1/2"), Case("# ??/??", 1.25, "1 1/4", PLAIN, "1  1/4"), Case("0.00E+00", 12345, "1.23E+04"), Case("##0.0E+0", 12345, "12.3E+3"),
    Case("yyyy-mm-dd", DAY, "2026-06-30"), Case("yyyy/m/d", DAY, "2026/6/30"), Case('yyyy"年"m"月"d"日"', DAY, "2026年6月30日"),
    Case("d-mmm-yy", DAY, "30-Jun-26"), Case("[$-804]aaaa", DAY, "星期二"), Case("yyyy/m/d h:mm", MOMENT, "2026/6/30 16:00"),
    Case('[DBNum1][$-804]yyyy"年"m"月"d"日";@', DAY, "二〇二六年六月三十日"), Case("@", 5, "5"), Case("0;-0;;@", 5, "5"),
    Case("[DBNum3]0", 123, "１２３", PLAIN, "123"), Case('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 0, "-"),
]  # fmt: skip
# Something more, something else, or less.
OTHER = [
    # a unit
    Case('#,##0.00"元"', 3200, "3,200.00元", "3200元"), Case('0.00"万元"', 12.5, "12.50万元", "12.5万元"), Case('0.00" 万元"', 3.2, "3.20 万元", "3.2万元"),
    Case("0.00_ 万元", 3.2, "3.20 万元", "3.2万元"), Case('0"人次"', 7, "7人次", "7人次"), Case('General"件"', 7, "7件", "7件"),
    Case('G/通用格式"元"', 12.5, "12.5元", "12.5元", "CE/通用格式元"), Case("[$$-409]#,##0.00", 3200, "$3,200.00", "$3200"), Case("[$€-2]#,##0.00", 3200, "€3,200.00", "€3200"),
    # a prefix
    Case('"3-"0', 1, "3-1", "3-1"), Case('"附件"0', 3, "附件3", "附件3"), Case('"第"0"号"', 12, "第12号", "第12号"), Case('"约"0', 5, "约5", "约5"),
    Case('"减"0;"增"0', -5, "增5", "增5"),
    # a scale
    Case("0!.0,万元", 126789, "12.7万元", "12.6789万元", "126!.8万元"), Case('0!.0,"万元"', 125000, "12.5万元", "12.5万元", "125!.0万元"),
    Case('0\\.0,"万元"', 126789, "12.7万元", "12.6789万元"), Case('0"."0,"万"', 126789, "12.7万", "12.6789万"), Case("0!.0000", 126789, "12.6789", "12.6789", "126789!.0000"),
    Case('0!.00,,"亿元"', 123456789, "1.23亿元", "1.23456789亿元", "123!.46亿元"), Case("#,##0,", 1234567, "1,235", "1234.567"),
    Case('#,##0.0,"千元"', 1234567, "1,234.6千元", "1234.567千元"), Case('0.00,,"百万"', 12345678, "12.35百万", "12.345678百万"), Case("0,.0", 12345, "12.3", "12.345", "12345"),
    Case("0%", 0.8, "80%", "80%"), Case("0.00%", 0.12345, "12.35%", "12.345%"), Case('0"%"', 80, "80%", "80%"),
    # another text for each number
    Case('[>=10000]0!.0,"万元";0"元"', 126789, "12.7万元", "12.6789万元", "126!.8万元"), Case('[>=10000]0!.0,"万元";0"元"', 999, "999元", "999元"),
    Case('[=1]"已完成";[=0]"未启动";"在办"', 1, "已完成", "已完成"), Case('[=1]"已完成";[=0]"未启动";"在办"', 0, "未启动", "未启动"),
    Case('[=1]"已完成";[=0]"未启动";"在办"', 0.5, "在办", "在办"), Case('[=1]"是";"否"', 3, "否", "否"),
    # nothing, or without its sign
    Case("0;-0;;@", 0, "", ""), Case(";;;", 5, "", ""), Case("0.0;;", -3, "", ""), Case("#", 0, "", "0"), Case("0.00;0.00", -5, "5.00", "5"),
    # another writing
    Case("000", 1, "001", "1"), Case("0000", 12, "0012", "12"), Case("000-0000", 5, "000-0005", "5"), Case("0#", 5, "05", "5"),
    Case("[DBNum1][$-804]General", 105, "一百〇五", "105"), Case("[DBNum1][$-804]General", 10, "一十", "10"), Case("[DBNum1][$-804]General", 100005, "一十万〇五", "100005"),
    Case('[DBNum2][$-804]General"元整"', 12, "壹拾贰元整", "12元整"), Case("[DBNum2][$-804]General", 1020, "壹仟零贰拾", "1020"),
    Case("[DBNum1]0", 123, "一二三", "123", "123"),
    # less of a date
    Case('yyyy"年"m"月"', DAY, "2026年6月", Precision.MONTH), Case('yyyy"年"m"月";@', DAY, "2026年6月", Precision.MONTH), Case("yyyy/m", DAY, "2026/6", Precision.MONTH),
    Case("yyyy.m", DAY, "2026.6", Precision.MONTH), Case("yyyy-mm", DAY, "2026-06", Precision.MONTH), Case("mmm-yy", DAY, "Jun-26", Precision.MONTH),
    Case("mmmm", DAY, "June", Precision.MONTH), Case('[DBNum1][$-804]yyyy"年"m"月"', DAY, "二〇二六年六月", Precision.MONTH), Case('yyyy"年"', DAY, "2026年", Precision.YEAR),
    Case("yyyy", DAY, "2026", Precision.YEAR), Case('m"月"d"日"', DAY, "6月30日", Precision.DAY), Case("m-d", DAY, "6-30", Precision.DAY),
    Case("d", DAY, "30", Precision.DAY), Case("h:mm", MOMENT, "16:00", Precision.TIME), Case("h:mm AM/PM", MOMENT, "4:00 PM", Precision.TIME),
    Case('上午/下午h"时"mm"分"', MOMENT, "下午4时00分", Precision.TIME, "46203.6666666667"), Case("[h]:mm", 1.5, "36:00", Precision.TIME), Case("mm:ss", 0.51, "14:24", Precision.TIME),
]  # fmt: skip
CASES = SAME + OTHER


def test_there_are_many() -> None:
    assert len(CASES) >= 60
    assert len({case.code for case in CASES}) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code} of {case.value}")
def test_what_is_shown_and_what_it_means(case: Case) -> None:
    shown = display(case.code, case.value)
    assert shown.text == case.shown
    is_other = case in OTHER
    assert differs(shown, case.code, case.value) is is_other
    assert not is_other or may_differ(case.code), "a sheet would not even be looked through"
    if isinstance(case.means, Precision):
        assert shown.precision is case.means
    elif is_other:
        assert shown.exact == case.means


@pytest.mark.parametrize("case", [case for case in OTHER if case.shown], ids=lambda case: case.code)
def test_the_scale_leads_from_the_stored_number_to_the_one_shown(case: Case) -> None:
    shown = display(case.code, case.value)
    if shown.number:
        assert abs(Decimal(repr(case.value)) * shown.scale) == abs(Decimal(shown.number))


USUAL = ["General", "0", "0.00", "#,##0.00", "yyyy-mm-dd", "yyyy/m/d;@", "@", "0.00_ ", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ']  # fmt: skip


@pytest.mark.parametrize("code", USUAL)
def test_the_usual_formats_cost_no_look_at_the_cells(code: str) -> None:
    assert not may_differ(code)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", "number"), ("0.00", "number"), ('0"d"', "number"), ('#,##0"元/m"', "number"), ("[Red]0", "number"), ("@", "number"), ("0!s", "number"),
        ("yyyy-mm-dd", "day"), ("m/d", "day"), ("h:mm", "day"), ("aaaa", "day"), ('"第"d"天"', "day"), ("[$-804]e", "day"), ("mm:ss.0", "day"),
        ("[h]:mm", "length"), ("[mm]:ss", "length"),
    ],
)  # fmt: skip
def test_which_codes_show_days(code: str, kind: str) -> None:
    assert (is_date(code), is_duration(code)) == (kind != "number", kind == "length")


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("yyyy/m/d", 0, "1900/1/0"), ("yyyy-mm-dd", 0, "1900-01-00"), ("yyyy/m/d", 1, "1900/1/1"), ("yyyy-mm-dd", 59, "1900-02-28"),
        ("yyyy-mm-dd", 61, "1900-03-01"), ("yyyy-mm-dd", -5, "#"), ("yyyy-mm-dd", 3e6, "#"),
    ],
)  # fmt: skip
def test_the_first_days_as_excel_has_them(code: str, value: float, shown: str) -> None:
    assert display(code, value).text == shown


def test_days_from_1904() -> None:
    assert display("yyyy-mm-dd", 44741, from_1904=True).text == "2026-06-30"


@pytest.mark.parametrize(
    ("code", "text", "shown"),
    [
        ('@"局"', "规划", "规划局"), ('"3-"@', "1", "3-1"), ('0;0;0;"第"@"号"', "7", "第7号"), (";;;", "隐藏", ""), ("@", "甲", None),
        ("0.00", "甲", None), ("General", "甲", None), ("0;-0;;@", "甲", None), ("_ @_ ", "甲", None),
    ],
)  # fmt: skip
def test_texts_have_formats_too(code: str, text: str, shown: str | None) -> None:
    assert display_text(code, text) == (None if shown is None else Display(shown))
    assert shown is None or may_differ(code)


@settings(max_examples=examples(300), deadline=None)
@given(code=st.text(alphabet='0#?.,%/E+-@"\\!_*[]<>=;yYmMdhsa年月元万$DBNum1 ()', max_size=40), value=st.floats(allow_nan=False, allow_infinity=False))  # fmt: skip
def test_no_code_and_no_number_is_too_odd(code: str, value: float) -> None:
    shown = display(code, value)
    assert isinstance(differs(shown, code, value), bool)
    assert len(read_code(code).numbers) <= 3
    may_differ(code)
    display_text(code, "字")


@pytest.mark.parametrize("value", [1e28, 1.000000062271131e28, -1.7976931348623157e308])
@pytest.mark.parametrize("code", ["0", "#,##0.00", "0.00,", "0%"])
def test_the_greatest_numbers_have_all_their_digits(code: str, value: float) -> None:
    scale = {"0.00,": Decimal("0.001"), "0%": Decimal(100)}.get(code, Decimal(1))
    shown = display(code, value).text.replace(",", "").rstrip("%")
    assert Decimal(shown).quantize(Decimal(1), context=Context(prec=400)) == (
        Decimal(repr(value)) * scale
    ).quantize(Decimal(1), context=Context(prec=400))


@pytest.mark.office
@office.needed
def test_libreoffice_shows_the_same(tmp_path: Path) -> None:
    path = tmp_path / "格式.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    for number, case in enumerate(CASES):
        page.write_number(number, 0, case.value, book.add_format({"num_format": case.code}))
        page.write_string(number, 1, "行")
    book.close()
    written = office.convert(path, tmp_path, "csv:Text - txt - csv (StarCalc):44,34,76")
    with written.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    found = {case: row[0].strip() for case, row in zip(CASES, rows, strict=True)}
    assert found == {case: case.libreoffice or case.shown for case in CASES}
