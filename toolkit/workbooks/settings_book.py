"""设置.xlsx, laid out from the typed model: each setting with its explanation and an example beside it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from toolkit.ledger.columns import BY_CODE, COLUMNS
from toolkit.ledger.finding import Severity
from toolkit.ledger.status import Status, worded
from toolkit.settings.calendar import (
    CALENDAR_COLUMNS,
    CALENDAR_SHEET,
    CALENDAR_WORDS,
    calendar_rows,
)
from toolkit.settings.form_sheet import ALLOWED, form_row
from toolkit.settings.kinds import WholeNumber
from toolkit.settings.lists import (
    FORM_COLUMNS,
    FORM_SHEET,
    HEADING_COLUMNS,
    HEADINGS_SHEET,
    LEVELS,
    NO_STATUS,
    NOT_READ,
    RULE_COLUMNS,
    RULES_SHEET,
    STATUS_COLUMNS,
    STATUSES_SHEET,
    UNIT_COLUMNS,
    UNITS_SHEET,
    UNSURE,
    RuleLine,
)
from toolkit.settings.model import SECTIONS, Settings
from toolkit.sheets.grid import column_letters
from toolkit.sheets.write import new_workbook
from toolkit.workbooks.formats import FILLS, Look, look, print_setup, row_height

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from toolkit.settings.fields import Section
    from toolkit.settings.kinds import Kind

_HEAD = ("设置项", "值", "说明", "举例")
_WIDTHS = (22, 42, 56, 30)
_HINT = {
    UNITS_SHEET: "各责任单位。简称与别名用于识别各单位填写的名称，全称和简称都只能属于一个单位；首次运行前可不填，系统从基准台账中读出后写入，请核对。",
    "任务": "本次巡察整改任务的基本情况。只改“值”一栏，不要改动设置项名称。",
    "阈值": "红黄绿灯和完成率的口径。",
    "用语": "各整改状态在文稿和台账中印出的词，各地习惯不同，可以改。",
    "公文要素": "通报等公文中的要素和字体。空着的内容在文稿中以黄色“【请在设置中填写：…】”标出。",
    "函件": "提醒函、督办函、告诫书的字号、时限和落款。",
    "收件": "打开报送件用的密码。",
    RULES_SHEET: "各条核查规则可以改级别、停用，有参数的可以改参数；灰色栏目请勿改动，白色栏目留空即按默认。",
    FORM_SHEET: "本单位台账的栏目：建账时由工具箱从台账读出，下发、退回、汇总都照此。黄色的是推断，请核对；自有栏目请选好填什么、是否必填、是否合计。没有自己的台账格式的，留空即用标准栏目。",
    HEADINGS_SHEET: "各单位改动过的表头，认不出的会自动列在这里，请在“标准栏目”中选择它是哪一栏，下次运行就按您的选择读取。",
    STATUSES_SHEET: "各单位写的、认不出的整改状态会自动列在这里，请在“整改状态”中选择它是哪一种，下次运行就按您的选择读取。",
    CALENDAR_SHEET: "“×个工作日内”按这张表计算，放假日不算、调休上班日算。新一年的安排公布后补在最下面的空行，并改“已知至”；以后的日子按周一至周五推算，核查意见会指出。",
    "运行时间": "zhenggai serve 每周自动运行的时间。",
}
_EMPTY_UNIT_ROWS = 30


def write_settings(
    settings: Settings, path: Path, created: datetime, rules: Sequence[RuleLine] = ()
) -> None:
    """Write 设置.xlsx; `settings.load` of what is written gives the same settings."""
    workbook = new_workbook(path, created, {"模板": "zhenggai.settings"})
    looks = look(workbook)
    sheets: dict[str, Worksheet] = {}
    for attribute, kind in SECTIONS.items():
        if kind.sheet not in sheets:
            sheets[kind.sheet] = _sheet(workbook, looks, kind.sheet, _HEAD, _WIDTHS)
        _write_section(sheets[kind.sheet], looks, settings, attribute)
        if kind.sheet == "任务":
            _write_units(workbook, looks, settings)
            _write_form(workbook, looks, settings)
    _write_rules(workbook, looks, settings, rules)
    _write_headings(workbook, looks, settings)
    _write_statuses(workbook, looks, settings)
    _write_calendar(workbook, looks, settings)
    workbook.close()


def _sheet(
    workbook: Workbook, looks: Look, name: str, head: Sequence[str], widths: Sequence[int]
) -> Worksheet:
    sheet = workbook.add_worksheet(name)
    sheet.merge_range(0, 0, 0, len(head) - 1, _HINT[name], looks.subtitle)
    sheet.set_row(0, 34)
    sheet.set_row(1, 22)
    for col, (text, width) in enumerate(zip(head, widths, strict=True)):
        sheet.set_column(col, col, width, looks.plain)
        sheet.write_string(1, col, text, looks.head)
    sheet.freeze_panes(2, 0)
    print_setup(sheet, title=f"设置·{name}", head_row=1, paper=9)
    return sheet


def _next_row(kind: type[Section], attribute: str) -> int:
    """Sections that share a sheet stand one below the other."""
    row = 2
    for other, section in SECTIONS.items():
        if other == attribute:
            break
        row += len(section.entries()) if section.sheet == kind.sheet else 0
    return row


def _write_section(sheet: Worksheet, looks: Look, settings: Settings, attribute: str) -> None:
    section: Section = getattr(settings, attribute)
    first_row = _next_row(type(section), attribute)
    for row, (name, entry) in enumerate(section.entries().items(), first_row):
        explanation = worded(entry.explanation, settings.words.of)
        sheet.write_string(row, 0, entry.name, looks.office)
        _write_value(sheet, row, getattr(section, name), looks)
        sheet.write_string(row, 2, explanation, looks.office)
        sheet.write_string(row, 3, entry.example, looks.office)
        texts = {
            "explanation": (explanation, float(_WIDTHS[2])),
            "example": (entry.example, float(_WIDTHS[3])),
        }
        sheet.set_row(row, max(22.0, row_height(texts)))
        _validate(sheet, row, entry.kind)


def _write_value(sheet: Worksheet, row: int, value: object, looks: Look) -> None:
    if value is None or value == "":
        sheet.write_blank(row, 1, None, looks.text)
    elif isinstance(value, bool):
        sheet.write_string(row, 1, "是" if value else "否", looks.text)
    elif isinstance(value, dt.date):
        _write_date(sheet, row, 1, value, looks)
    elif isinstance(value, int):
        sheet.write_number(row, 1, value, looks.number)
    else:
        sheet.write_string(row, 1, str(value), looks.text)


def _validate(sheet: Worksheet, row: int, kind: Kind[Any]) -> None:
    """The drop-down list of the kind, or its range."""
    if kind.choices:
        sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": list(kind.choices)})
    elif isinstance(kind, WholeNumber):
        rule = {
            "validate": "integer",
            "criteria": "between",
            "minimum": kind.low,
            "maximum": kind.high,
            "error_title": "请填整数",
            "error_message": f"这里应填{kind.low}到{kind.high}的整数。",
        }
        sheet.data_validation(row, 1, row, 1, rule)


def _write_units(workbook: Workbook, looks: Look, settings: Settings) -> None:
    head = [column.name for column in UNIT_COLUMNS]
    sheet = _sheet(workbook, looks, UNITS_SHEET, head, (34, 34, 14, 14, 18, 14))
    for row in range(len(settings.units) + _EMPTY_UNIT_ROWS):
        unit = settings.units[row] if row < len(settings.units) else None
        for col, column in enumerate(UNIT_COLUMNS):
            value = getattr(unit, column.attribute) if unit else ""
            text = "、".join(value) if isinstance(value, tuple) else value
            sheet.write_string(row + 2, col, text, looks.text) if text else sheet.write_blank(
                row + 2, col, None, looks.text
            )
    for col, column in enumerate(UNIT_COLUMNS):
        sheet.data_validation(
            2,
            col,
            200,
            col,
            {
                "validate": "any",
                "input_title": column.name,
                "input_message": f"{column.explanation}，如：{column.example}",
            },
        )


_FORM_WIDTHS = (28, 18, 12, 14, 8, 30, 8, 8, 10, 24)
_SPARE_COLUMNS = 20


def _write_form(workbook: Workbook, looks: Look, settings: Settings) -> None:
    head = [name for name, _ in FORM_COLUMNS]
    sheet = _sheet(workbook, looks, FORM_SHEET, head, _FORM_WIDTHS)
    lists = workbook.add_worksheet("_栏目")
    lists.very_hidden()
    rows = [form_row(column) for column in settings.form.columns]
    last = len(rows) + 1 + _SPARE_COLUMNS
    for number in range(2, last + 1):
        cells = rows[number - 2] if number - 2 < len(rows) else ("",) * len(head)
        for col, text in enumerate(cells):
            if text:
                sheet.write_string(number, col, text, looks.text)
            else:
                sheet.write_blank(number, col, None, looks.text)
    for col, allowed in ALLOWED.items():
        for number, word in enumerate(allowed):
            lists.write_string(number, col, word)
        letters = column_letters(col + 1)
        name, explanation = FORM_COLUMNS[col - 1]
        rule = {
            "validate": "list", "source": f"=_栏目!${letters}$1:${letters}${len(allowed)}",
            "input_title": name, "input_message": explanation, "error_title": "请从列表中选择", "error_message": explanation,
        }  # fmt: skip
        sheet.data_validation(2, col - 1, last, col - 1, rule)
    doubtful = workbook.add_format({"bg_color": FILLS[Severity.WARNING]})
    status = column_letters(head.index("状态") + 1)
    condition = {"type": "formula", "criteria": f'=${status}3="{UNSURE}"', "format": doubtful}
    sheet.conditional_format(2, 0, last, len(head) - 1, condition)


def _write_rules(
    workbook: Workbook, looks: Look, settings: Settings, rules: Sequence[RuleLine]
) -> None:
    sheet = _sheet(
        workbook,
        looks,
        RULES_SHEET,
        [name for name, _ in RULE_COLUMNS],
        (8, 10, 10, 16, 34, 34, 60, 46),
    )
    levels = {choice.code: choice.level for choice in settings.rules if choice.level}
    values = {
        (choice.code, choice.parameter): choice.value for choice in settings.rules if choice.value
    }
    for row, line in enumerate(rules, 2):
        level = levels.get(line.code, "") if line.level else ""
        value = values.get((line.code, line.parameter), "")
        cells = (
            line.code,
            line.level,
            level,
            line.parameter,
            line.default,
            value,
            line.explanation,
            line.example,
        )
        for col, text in enumerate(cells):
            sheet.write_string(
                row,
                col,
                text,
                looks.text if RULE_COLUMNS[col][0].endswith("改为") else looks.office,
            )
        texts = {
            "default": (line.default, 34.0),
            "said": (line.explanation, 60.0),
            "example": (line.example, 46.0),
        }
        sheet.set_row(row, row_height(texts))
    last = max(len(rules) + 1, 2)
    sheet.data_validation(
        2, 2, last, 2,
        {"validate": "list", "source": list(LEVELS), "error_title": "请从列表中选择", "error_message": RULE_COLUMNS[2][1]},
    )  # fmt: skip
    sheet.autofilter(1, 0, last, len(RULE_COLUMNS) - 1)


def _write_headings(workbook: Workbook, looks: Look, settings: Settings) -> None:
    sheet = _sheet(
        workbook, looks, HEADINGS_SHEET, [name for name, _ in HEADING_COLUMNS], (34, 24, 50)
    )
    for row, choice in enumerate(settings.headings, 2):
        header = BY_CODE[choice.code].header if choice.code else NOT_READ if choice.decided else ""
        for col, text in enumerate((choice.text, header, choice.seen_in)):
            sheet.write_string(row, col, text, looks.text)
    dictionary = workbook.add_worksheet("_字典")
    dictionary.very_hidden()
    words = [NOT_READ, *(column.header for column in COLUMNS)]
    for row, word in enumerate(words):
        dictionary.write_string(row, 0, word)
    rule = {
        "validate": "list", "source": f"=_字典!$A$1:$A${len(words)}",
        "error_title": "请从列表中选择", "error_message": HEADING_COLUMNS[1][1],
    }  # fmt: skip
    sheet.data_validation(2, 1, len(settings.headings) + _EMPTY_UNIT_ROWS, 1, rule)


def _write_statuses(workbook: Workbook, looks: Look, settings: Settings) -> None:
    head = [name for name, _ in STATUS_COLUMNS]
    sheet = _sheet(workbook, looks, STATUSES_SHEET, head, (34, 24, 50))
    words = {status: settings.words.of(status) for status in Status}
    for row, choice in enumerate(settings.statuses, 2):
        meant = words[choice.status] if choice.status else NO_STATUS if choice.decided else ""
        for col, text in enumerate((choice.text, meant, choice.seen_in)):
            sheet.write_string(row, col, text, looks.text)
    rule = {
        "validate": "list", "source": [*words.values(), NO_STATUS],
        "error_title": "请从列表中选择", "error_message": STATUS_COLUMNS[1][1],
    }  # fmt: skip
    sheet.data_validation(2, 1, len(settings.statuses) + _EMPTY_UNIT_ROWS, 1, rule)


def _write_calendar(workbook: Workbook, looks: Look, settings: Settings) -> None:
    head = [name for name, _ in CALENDAR_COLUMNS]
    sheet = _sheet(workbook, looks, CALENDAR_SHEET, head, (14, 14, 12, 60))
    rows = list(calendar_rows(settings.calendar))
    for number, (first, last, word, name) in enumerate(rows, 2):
        _write_date(sheet, number, 0, first, looks)
        _write_date(sheet, number, 1, last, looks)
        sheet.write_string(number, 2, word, looks.text)
        sheet.write_string(number, 3, name, looks.text)
    end = len(rows) + 1 + _EMPTY_UNIT_ROWS
    for number in range(len(rows) + 2, end + 1):
        for col in range(len(head)):
            sheet.write_blank(number, col, None, looks.date if col < 2 else looks.text)
    rule = {
        "validate": "list", "source": list(CALENDAR_WORDS),
        "error_title": "请从列表中选择", "error_message": CALENDAR_COLUMNS[2][1],
    }  # fmt: skip
    sheet.data_validation(2, 2, end, 2, rule)


def _write_date(sheet: Worksheet, row: int, col: int, day: dt.date | None, looks: Look) -> None:
    if day is None:
        sheet.write_blank(row, col, None, looks.date)
    else:
        sheet.write_datetime(row, col, dt.datetime(day.year, day.month, day.day), looks.date)
