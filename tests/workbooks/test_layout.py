"""Where columns stand: the form's in its order and words, a number first, others behind."""

from __future__ import annotations

from toolkit.ledger.columns import CODES, COLUMNS
from toolkit.ledger.form import Form, FormColumn
from toolkit.ledger.own import own_code
from toolkit.workbooks.layout import layout_of

FORM = Form(
    (
        FormColumn(heading="存在问题", code="sub_problem"),
        FormColumn(heading="审计项目", code=own_code("审计项目")),
        FormColumn(heading="整改情况", code="progress"),
    )
)


def headings(form: Form, own: tuple[str, ...] = (), beside: tuple[str, ...] = ()) -> list[str]:
    return [placed.heading for placed in layout_of(form, own, beside).columns]


def test_the_standard_form_is_the_table_of_columns_with_own_ones_behind() -> None:
    assert headings(Form(), ("甲",)) == [*(column.header for column in COLUMNS), "甲"]
    assert list(layout_of(Form()).index) == list(CODES)


def test_a_form_without_a_number_is_led_by_one() -> None:
    assert headings(FORM) == ["问题编号", "存在问题", "审计项目", "整改情况"]


def test_what_stands_beside_the_form_comes_behind_and_only_once() -> None:
    more = headings(FORM, ("审计项目", "新增"), ("evidence", "progress"))
    assert more == ["问题编号", "存在问题", "审计项目", "整改情况", "佐证材料", "新增"]


def test_letters_and_numbers_agree() -> None:
    layout = layout_of(FORM)
    assert layout.letters["progress"] == "D"
    assert layout.index["progress"] == 3
    assert [col for col, _ in layout.own] == [2]
    assert layout.standard_width == 4


def test_another_heading_of_one_column() -> None:
    assert layout_of(FORM).named("id", "编号").columns[0].heading == "编号"
