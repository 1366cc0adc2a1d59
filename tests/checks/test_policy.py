"""What the office decides about the rules in 设置.xlsx, sheet 校验规则."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.support.cases import table_of
from toolkit.checks.examine import examine
from toolkit.checks.history import ROUNDS
from toolkit.checks.policy import Policy, policy_of
from toolkit.checks.rule import all_rules
from toolkit.checks.texts import EMPTY
from toolkit.errors import SettingsError
from toolkit.ledger.finding import Severity
from toolkit.run.finding_catalogue import codes, rule_lines_of_settings
from toolkit.settings.lists import RuleChoice
from toolkit.settings.model import Settings
from toolkit.settings.reading import load
from toolkit.settings.sections import Words
from toolkit.workbooks.settings_book import write_settings


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "设置.xlsx"
    write_settings(Settings(), path, dt.datetime(2026, 1, 1), rule_lines_of_settings(Words()))
    return path


def fill(path: Path, code: str, column: str, value: int | str) -> Settings:
    """Write into the row of this rule what a clerk would."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["校验规则"]
    heads = {cell.value: cell.column for cell in sheet[2]}
    rows = [row[0].row for row in sheet.iter_rows(min_row=3) if row[0].value == code] or [
        sheet.max_row + 1
    ]
    row, place = rows[0], heads[column]
    assert row is not None
    assert place is not None
    sheet.cell(row, 1).value = code
    sheet.cell(row, place).value = value
    workbook.save(path)
    return load(path.read_bytes())


def policy(settings: Settings) -> Policy | None:
    return policy_of(settings.rules, all_rules(), codes())


def found(settings: Settings, example: dict[str, str]) -> list[tuple[str, Severity]]:
    _, around, submission = table_of((example,))
    chosen = policy(settings)
    around = replace(around, parameters=chosen.parameters)
    entries = ()
    return [
        (f.rule, f.severity)
        for f in examine([submission], entries, chosen.rules(all_rules()), around)
    ]


DATELESS = {"整改状态": "已完成", "完成时间": ""}


def test_every_rule_there_is_stands_in_the_sheet_and_blank_means_default(book: Path) -> None:
    sheet = openpyxl.load_workbook(book)["校验规则"]
    assert set(codes()) == {row[0].value for row in sheet.iter_rows(min_row=3) if row[0].value}
    assert load(book.read_bytes()) == Settings()
    assert found(Settings(), DATELESS) == [("S102", Severity.ERROR)]


def test_a_rule_takes_the_level_that_the_office_chose(book: Path) -> None:
    assert found(fill(book, "S102", "级别改为", "提醒"), DATELESS) == [("S102", Severity.WARNING)]


def test_a_rule_that_is_switched_off_keeps_quiet(book: Path) -> None:
    assert found(fill(book, "S102", "级别改为", "停用"), DATELESS) == []


def test_a_finding_of_the_reading_rooms_takes_its_level_too(book: Path) -> None:
    chosen = policy(fill(book, "X204", "级别改为", "停用"))
    assert chosen.levels == {"X204": None}


def test_numbers_and_words_of_a_rule_are_the_office_s(book: Path) -> None:
    settings = fill(book, "H101", "参数改为", 5)
    settings = replace(
        settings, rules=(*settings.rules, *fill(book, "T101", "参数改为", "稳步开展、常抓").rules)
    )
    chosen = policy(settings)
    assert (chosen.parameters[ROUNDS], chosen.parameters[EMPTY]) == (5, ("稳步开展", "常抓"))


@pytest.mark.parametrize(
    ("code", "column", "value", "said"),
    [
        ("H101", "参数改为", "许多", "期数”应为不小于0的整数"),
        ("S102", "级别改为", "严重", "不是级别"),
        ("S102", "参数改为", "5", "没有可以调整的参数"),
        ("Z1", "参数改为", "5", "不存在"),
    ],
)
def test_a_choice_that_cannot_be_followed_is_named_with_its_cell(
    book: Path, code: str, column: str, value: str, said: str
) -> None:
    with pytest.raises(SettingsError, match=said) as wrong:
        policy(fill(book, code, column, value))
    assert "校验规则" in str(wrong.value)


def test_an_unknown_rule_is_named() -> None:
    with pytest.raises(SettingsError, match="Z999"):
        policy_of(
            (RuleChoice(code="Z999", level="停用", place="“校验规则”!A9"),), all_rules(), codes()
        )
