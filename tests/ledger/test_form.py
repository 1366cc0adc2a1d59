"""The form as a value: which columns are written, what it lacks, how a ledger with less or more completes it."""

from __future__ import annotations

import pytest

from toolkit.ledger.columns import CODES, Filler
from toolkit.ledger.form import STANDARD, Form, FormColumn, complete
from toolkit.ledger.own import own_code


def column(heading: str, code: str = "") -> FormColumn:
    return FormColumn(heading=heading, code=code or own_code(heading))


AUDIT = Form(
    (
        column("序号", "id"),
        column("审计项目"),
        column("查出的问题", "sub_problem"),
        column("整改情况", "progress"),
        column("整改成效", "progress"),
    )
)


def test_without_columns_it_is_the_standard_form() -> None:
    form = Form()
    assert form.is_standard
    assert [column.code for column in form.written] == list(CODES)
    assert not any(form.lacks(code) for code in CODES)
    assert not form.own


def test_what_it_lacks_and_how_it_words_what_it_has() -> None:
    assert AUDIT.lacks("evidence")
    assert not AUDIT.lacks("progress")
    assert not AUDIT.lacks(own_code("审计项目"))
    assert AUDIT.heading_of("sub_problem") == "查出的问题"
    assert AUDIT.heading_of("evidence") == "佐证材料"
    assert AUDIT.heading_of(own_code("审计项目")) == "审计项目"


def test_of_several_columns_with_one_meaning_the_first_is_written() -> None:
    assert [column.heading for column in AUDIT.written] == [
        "序号",
        "审计项目",
        "查出的问题",
        "整改情况",
    ]


def test_a_column_that_is_not_read_is_not_written() -> None:
    form = Form((*AUDIT.columns, FormColumn(heading="内部编码", code="")))
    assert "内部编码" not in [column.heading for column in form.written]


def test_a_ledger_without_a_column_to_report_in_is_given_those_of_the_units() -> None:
    form = complete(
        [column("序号", "id"), column("存在问题", "sub_problem"), column("整改措施", "measures")]
    )
    headings = [column.heading for column in form.columns]
    assert headings[:3] == ["序号", "存在问题", "整改措施"]
    assert {"整改进展情况", "整改状态"} <= set(headings)
    assert len(headings) == len(set(headings))
    added = [column for column in form.columns[3:] if column.filled_by is not Filler.UNIT]
    assert not added


@pytest.mark.parametrize("left_out", ["备注", "佐证材料"])
def test_the_standard_ledger_has_no_form_of_its_own(left_out: str) -> None:
    assert complete(STANDARD).is_standard
    assert complete(c for c in STANDARD if c.heading != left_out).columns


def test_columns_of_a_better_ledger_come_to_their_place() -> None:
    better = Form((*AUDIT.columns[:2], column("被审计单位"), *AUDIT.columns[2:]))
    form = AUDIT.with_columns_of(better)
    assert [column.heading for column in form.columns] == [
        "序号", "审计项目", "被审计单位", "查出的问题", "整改情况", "整改成效",
    ]  # fmt: skip
    assert form.with_columns_of(AUDIT) == form


def test_what_the_office_decided_about_a_column_stands() -> None:
    decided = Form((FormColumn(heading="审计项目", code=""), *AUDIT.columns[2:]))
    headings = [column.code for column in decided.with_columns_of(AUDIT).columns]
    assert own_code("审计项目") not in headings


def test_sentences_name_columns_in_the_offices_words() -> None:
    assert (
        AUDIT.worded("“整改进展情况”未填写；“分项问题”为空。")
        == "“整改情况”未填写；“查出的问题”为空。"
    )
    assert AUDIT.worded("整改进展情况为空") == "整改进展情况为空"
    assert Form().worded("“整改进展情况”未填写。") == "“整改进展情况”未填写。"
