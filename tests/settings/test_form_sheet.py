"""The sheet 栏目: what is written reads back as it was; what is wrong is named with its cell."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import SettingsError
from toolkit.ledger.columns import Filler
from toolkit.ledger.form import STANDARD, SUMMABLE, Form, FormColumn, OwnKind
from toolkit.ledger.own import own_code
from toolkit.settings.form_sheet import form_row, read_form
from toolkit.settings.model import Settings
from toolkit.settings.reading import load
from toolkit.sheets.grid import Grid
from toolkit.workbooks.settings_book import write_settings

if TYPE_CHECKING:
    from pathlib import Path

WORDS = st.text("审计项目整改落实金额元（）", min_size=1, max_size=9)


@st.composite
def own_columns(draw: st.DrawFn) -> FormColumn:
    heading = draw(WORDS)
    kind = draw(st.sampled_from(OwnKind))
    return FormColumn(
        heading=heading,
        code=own_code(heading),
        kind=kind,
        filled_by=draw(st.sampled_from(Filler)),
        required=draw(st.booleans()),
        choices=tuple(draw(st.lists(st.text("是否有无", min_size=1), max_size=3, unique=True))),
        is_summed=kind in SUMMABLE and draw(st.booleans()),
        is_public=draw(st.booleans()),
        is_sure=draw(st.booleans()),
    )


@given(st.lists(own_columns(), max_size=6, unique_by=lambda column: column.heading))
def test_what_is_written_reads_back(columns: list[FormColumn]) -> None:
    form = Form((*STANDARD[:5], *columns, FormColumn(heading="不要的", code="")))
    rows = tuple(tuple(form_row(column)) for column in form.columns)
    faults: list[str] = []
    assert read_form(Grid("栏目", rows), range(1, len(rows) + 1), faults) == form
    assert faults == []


def test_through_the_workbook(tmp_path: Path) -> None:
    paid = FormColumn(
        heading="已上缴", code=own_code("已上缴"), kind=OwnKind.YUAN, is_summed=True, is_sure=False
    )
    settings = replace(Settings(), form=Form((*STANDARD, paid)))
    write_settings(settings, tmp_path / "设置.xlsx", dt.datetime(2026, 6, 1))
    assert load((tmp_path / "设置.xlsx").read_bytes()) == settings


def test_confirming_is_no_new_setting() -> None:
    unsure = FormColumn(heading="甲", code=own_code("甲"), is_sure=False)
    asked = replace(Settings(), form=Form((unsure,)))
    confirmed = replace(asked, form=Form((replace(unsure, is_sure=True),)))
    assert asked.digest == confirmed.digest != Settings().digest


@pytest.mark.parametrize(
    ("cell", "text", "said"),
    [
        ("A4", "问题编号", "与第3行重复"),
        ("B3", None, "没有选对应栏目"),
        ("B3", "什么", "“栏目”!B3不是对应栏目的可选项，写的是“什么”"),
        ("C3", "大家", "“栏目”!C3"),
        ("A3", None, "“栏目”!A3没有写表头"),
        ("A2", "栏", "没有表头“表头”"),
    ],
)
def test_what_is_wrong_is_named_with_its_cell(
    tmp_path: Path, cell: str, text: str | None, said: str
) -> None:
    path = tmp_path / "设置.xlsx"
    own = FormColumn(heading="甲", code=own_code("甲"))
    write_settings(replace(Settings(), form=Form((*STANDARD, own))), path, dt.datetime(2026, 6, 1))
    book = openpyxl.load_workbook(path)
    book["栏目"][cell].value = text
    book.save(path)
    with pytest.raises(SettingsError) as stopped:
        load(path.read_bytes())
    assert said in str(stopped.value)
