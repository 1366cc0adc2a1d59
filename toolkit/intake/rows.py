"""Cells to items: each value typed by its column, each kept with its address, each oddity named."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.intake.codes import finding
from toolkit.intake.tables import Table, data_rows, value_with_merges
from toolkit.ledger.columns import BY_CODE, COLUMNS, Column
from toolkit.ledger.finding import Finding, Place
from toolkit.ledger.item import Item
from toolkit.ledger.readers import Context, read_cell
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.submission import Origin, Row, Untaken
from toolkit.ledger.text import as_typed, blank, clean
from toolkit.sheets.grid import Mark, address, column_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.sheets.grid import Remark, Value

_DITTO = frozenset({"同上", "〃", "″", '"', "同前", "同上行"})
_FILLED_DOWN = frozenset(
    {"id", "source", "main_problem", "sub_problem", "problem", "lead_leader", "lead_unit", "co_units", "owner", "kind",
     "deadline", "root_cause", "goal", "progress", "status", "completed_on"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadTable:
    """What one table gave: rows, rows not taken, findings about headings and cells."""

    rows: tuple[Row, ...]
    untaken: tuple[Untaken, ...]
    findings: tuple[Finding, ...]


def read_table(table: Table, file: str, context: Context) -> ReadTable:
    """Every row of a table, as items or as named rows that are none."""
    columns = _columns(table)
    letters = MappingProxyType({column.code: column_letters(col) for col, column in columns})
    findings = list(_heading_findings(table, file, letters))
    merged = value_with_merges(table)
    rows: list[Row] = []
    untaken: list[Untaken] = []
    above: Mapping[str, Value] = {}
    for number, reason in data_rows(table):
        if reason:
            untaken.append(Untaken(table.grid.name, number, reason, _text_of(table, number)))
            continue
        cells = dict(_cells(table, number, columns, merged))
        findings += _cell_findings(table, file, number, columns)
        cells, dittos = _without_dittos(cells, above)
        findings += [
            _ditto(Place(file, table.grid.name, f"{letters[code]}{number}"), code, cells[code]) for code in dittos
        ]
        if not cells:
            untaken.append(Untaken(table.grid.name, number, "台账栏目以外的内容", _text_of(table, number)))
            continue
        key = clean(as_typed(table.grid.value(number, table.key_col))) if table.key_col else ""
        rows.append(_row(Origin(file, table.grid.name, number), cells, letters, key, context))
        above = cells
    return ReadTable(tuple(rows), tuple(untaken), tuple(findings))


def _columns(table: Table) -> tuple[tuple[int, Column], ...]:
    """The Excel columns that are read, each code once (the first)."""
    taken: dict[str, int] = {}
    for heading in table.headings:
        if heading.code:
            taken.setdefault(heading.code, heading.col)
    return tuple((col, BY_CODE[code]) for code, col in taken.items())


def _cells(
    table: Table, number: int, columns: tuple[tuple[int, Column], ...], merged: Mapping[tuple[int, int], Value]
) -> Iterator[tuple[str, Value]]:
    row = table.grid.rows[number - 1]
    for col, column in columns:
        value = row[col - 1] if col <= len(row) else None
        if value is None and column.code in _FILLED_DOWN:
            value = merged.get((number, col))
        if value is not None and not blank(value):
            yield column.code, value


def _without_dittos(cells: Mapping[str, Value], above: Mapping[str, Value]) -> tuple[dict[str, Value], tuple[str, ...]]:
    """同上 and 〃 replaced by the row above, where that says something."""
    dittos = tuple(
        code for code, value in cells.items() if isinstance(value, str) and value.strip() in _DITTO and code in above
    )
    return {code: above[code] if code in dittos else value for code, value in cells.items()}, dittos


def _row(origin: Origin, cells: Mapping[str, Value], letters: Mapping[str, str], key: str, context: Context) -> Row:
    values: dict[str, object] = {}
    unreadable: dict[str, Unreadable] = {}
    for code, value in cells.items():
        read = read_cell(BY_CODE[code], value, context)
        if isinstance(read, Unreadable):
            unreadable[code] = read
        elif read is not None:
            values[code] = read
    typed = {code: as_typed(value) for code, value in cells.items()}
    return Row(origin, Item(**values), letters, typed, unreadable, key)  # type: ignore[arg-type]


def _text_of(table: Table, number: int) -> str:
    return " ".join(clean(as_typed(value)) for value in table.grid.rows[number - 1] if value is not None)[:80]


def _heading_findings(table: Table, file: str, letters: Mapping[str, str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for heading in table.headings:
        place = Place(file, table.grid.name, address(table.header_row, heading.col))
        if not heading.code:
            yield finding(
                "X101",
                place,
                f"不认识的栏目“{heading.text}”，未读取。",
                "需要读取的，请把表头改为标准栏目名称。",
                value=heading.text,
            )
        elif heading.code in seen:
            header = BY_CODE[heading.code].header
            yield finding(
                "X102",
                place,
                f"“{heading.text}”与前面的栏目都是“{header}”，只读取第一处。",
                "请只保留一列。",
                column=heading.code,
            )
        elif heading.fuzzy:
            header = BY_CODE[heading.code].header
            yield finding(
                "X104",
                place,
                f"表头“{heading.text}”按“{header}”读取。",
                f"请核对；应把表头改为“{header}”。",
                column=heading.code,
            )
        seen.add(heading.code)
    missing = [column.header for column in COLUMNS if column.required and column.code not in letters]
    if missing:
        place = Place(file, table.grid.name, address(table.header_row, 1))
        yield finding(
            "X103", place, f"表中没有栏目：{'、'.join(missing)}。", "请使用下发的台账模板填报，不要删除栏目。"
        )


_SAID = {
    Mark.ERROR: ("X201", "单元格是错误值{}，没有内容可读。", "请填写实际内容。"),
    Mark.UNCALCULATED: ("X202", "公式{}没有计算结果，没有内容可读。", "请用Excel或WPS打开并保存一次，或直接填写内容。"),
    Mark.STRUCK: ("X203", "单元格中有删除线文字“{}”，已照常读取。", "不需要的文字请直接删除。"),
    Mark.COMMENT: ("X204", "批注：{}", "批注不进入台账；需要写入的，请填到单元格中。"),
    Mark.FORMULA: ("X207", "内容由公式{}得出，已按结果读取。", "请粘贴为数值。"),
}


def _cell_findings(table: Table, file: str, number: int, columns: tuple[tuple[int, Column], ...]) -> Iterator[Finding]:
    grid = table.grid
    if number in grid.hidden_rows:
        place = Place(file, grid.name, f"A{number}")
        yield finding("X205", place, "该行是隐藏行，已照常读取。", "不需要的行请删除，需要的行请取消隐藏。")
    if not grid.remarks:
        return
    for col, column in columns:
        for remark in grid.remarks.get((number, col), ()):
            yield _said(remark, Place(file, grid.name, address(number, col)), column.code)


def _said(remark: Remark, place: Place, column: str) -> Finding:
    code, message, fix = _SAID[remark.mark]
    return finding(code, place, message.format(remark.text), fix, column=column, value=remark.text)


def _ditto(place: Place, column: str, value: Value) -> Finding:
    text = as_typed(value)
    return finding("X206", place, f"“同上”已按上一行读为“{text[:30]}”。", "请逐行填写。", column=column, value=text)
