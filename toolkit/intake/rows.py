"""Cells to items: each value typed by its column, each kept with its address, each oddity named."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.intake.cells import Cells, resolve_dittos
from toolkit.intake.codes import finding
from toolkit.intake.findings import cell_findings, heading_findings, merge_findings, row_findings
from toolkit.intake.group_rows import gather
from toolkit.intake.pulled_down import without_pulled_down
from toolkit.intake.repairs import Repairs, repaired
from toolkit.intake.row_kinds import ELSEWHERE, STROKES, lines, text_of
from toolkit.intake.sections import tell_apart
from toolkit.intake.tables import Table, money_unit
from toolkit.ledger.columns import BY_CODE, Kind
from toolkit.ledger.finding import Finding, Place
from toolkit.ledger.item import Item
from toolkit.ledger.people import PEOPLE
from toolkit.ledger.readers import Context, read_cell
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.submission import Origin, Row, Untaken
from toolkit.ledger.text import blank, clean
from toolkit.ledger.units import read_lead
from toolkit.sheets.grid import Mark, address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.intake.raw_row import Raw
    from toolkit.sheets.grid import Value

_FREE = frozenset(
    c for c, column in BY_CODE.items() if column.kind in (Kind.TEXT, Kind.PROSE) and c not in PEOPLE
)
_NO_VALUES: Mapping[str, Unreadable] = MappingProxyType({})
_NO_PLACES: Mapping[str, Place] = MappingProxyType({})
_WAN = {
    "亿": Decimal(10000),
    "万": Decimal(1),
    "百万": Decimal(100),
    "千": Decimal("0.1"),
    "": Decimal("0.0001"),
}
_WHY = {Mark.ERROR: "单元格是错误值", Mark.UNCALCULATED: "公式没有计算结果"}


@dataclass(frozen=True, slots=True)
class ReadTable:
    """What one table gave: rows, rows not taken, findings about headings and cells."""

    table: Table
    rows: tuple[Row, ...]
    untaken: tuple[Untaken, ...]
    findings: tuple[Finding, ...]


# (column, money unit, cleaned text) → what it reads as, and how that is written where the text does not say it plainly.
Memo = dict[tuple[str, str, object], tuple[object, str]]
_MEMO_SIZE, _MEMO_TEXT = 20_000, 60
_REMEMBERED = frozenset({str, date})


def read_table(
    table: Table,
    file: str,
    context: Context,
    memo: Memo | None = None,
    *,
    has_baseline: bool = True,
) -> ReadTable:
    """Every row of a table, as items or as named rows that are none.

    `memo` remembers, over the tables of one office, what short texts read as; `has_baseline`: the office has a ledger already.
    """
    cells = Cells(table)
    typist = _Typist(table, file, context, cells, {} if memo is None else memo)
    findings = [
        *heading_findings(table, file, cells.columns),
        *cell_findings(table, file, cells.columns),
        *merge_findings(table, file, cells),
    ]
    untaken: list[Untaken] = []
    rows: list[Row] = []
    above: Raw | None = None
    raws: list[Raw] = []
    for number, reason in lines(table):
        raw = None if reason else cells.row(number)
        if raw is None or not (raw.cells or raw.faults):
            untaken.append(
                Untaken(
                    table.grid.name,
                    number,
                    reason or _nothing_read(table, number),
                    text_of(table.grid, number),
                )
            )
            continue
        resolve_dittos(raw, above)
        row = typist.row(raw)
        findings += row_findings(raw, row, cells)
        rows.append(row)
        raws.append(raw)
        above = raw
    findings += cells.spread.findings(file, raws)
    kept = without_pulled_down(rows, table, has_baseline=has_baseline)
    gathered = gather(kept.rows, cells, table)
    told, said = tell_apart(gathered.rows, untaken)
    repairs = typist.repairs.findings(file, table.grid.name)
    return ReadTable(
        table,
        told,
        (*untaken, *kept.untaken, *gathered.untaken),
        (*findings, *typist.findings, *repairs, *kept.findings, *gathered.findings, *said),
    )


def _nothing_read(table: Table, number: int) -> str:
    """Why a row that looked like data gave none."""
    cells = table.grid.rows[number - 1] if number <= len(table.grid.rows) else ()
    return STROKES if all(blank(value) for value in cells) else ELSEWHERE


class _Typist:
    """Reads the cells of one table's rows as values, and remembers what it put right."""

    def __init__(self, table: Table, file: str, context: Context, cells: Cells, memo: Memo) -> None:
        self._table, self._file, self._context, self._memo = table, file, context, memo
        self._letters = MappingProxyType(dict(cells.letters))
        self._columns = cells.columns
        self._money = next(
            (money_unit(table, h.text) for h in table.headings if h.code == "money"), "万"
        )
        self._asked = frozenset(code for h in table.headings if not h.code for code in h.candidates)
        self.repairs = Repairs()
        self.findings: list[Finding] = []

    def row(self, raw: Raw) -> Row:  # noqa: C901 - the innermost loop of reading; a call a cell costs as much again
        """One row, typed."""
        values: dict[str, object] = {}
        unreadable: dict[str, Unreadable] = {}
        typed, at = raw.typed, raw.at
        memo, money = self._memo, self._money
        for code, value in raw.cells.items():
            if code in _FREE:
                if type(value) is str:
                    values[code] = value
                    if value is not typed[code] and code not in at and value != typed[code]:
                        self.repairs.note_cleaned(
                            typed[code], value, code, self._address(raw, code)
                        )
                else:
                    values[code] = typed[code]
                continue
            known = (
                memo.get((code, money, value))
                if type(value) in _REMEMBERED and code != "lead_unit"
                else None
            )
            if known and not known[1]:
                read = known[0]  # seen before, and nothing to say of it: the usual case
            elif code == "lead_unit":
                read = self._lead(raw, typed[code], values)
            else:
                read = self._read(raw, code, value)
            if isinstance(read, Unreadable):
                unreadable[code] = (
                    replace(read, raw=typed[code]) if read.raw != typed[code] else read
                )
            elif read is not None:
                before = values.get(code) if code == "co_units" else None
                values[code] = tuple(dict.fromkeys((*before, *read))) if before else read  # type: ignore[misc]
        for code in raw.lost_ditto:
            values.pop(code, None)
            unreadable[code] = Unreadable(typed[code], "上一行没有内容可以沿用")
        unreadable.update(raw.doubts)
        for code, remark in raw.faults.items():
            typed[code] = remark.text
            unreadable[code] = Unreadable(remark.text, _WHY[remark.mark], reported=True)
        return Row(
            Origin(self._file, self._table.grid.name, raw.number),
            Item(**values),  # type: ignore[arg-type]
            self._letters,
            typed,
            unreadable or _NO_VALUES,
            raw.key,
            self._places(raw),
            asked=self._asked,
        )

    def _read(self, raw: Raw, code: str, value: Value) -> object:
        """One cell by its column; what was put right is noted."""
        if type(value) is not str:
            read = self._typed(code, value)
            if type(value) is date and len(self._memo) < _MEMO_SIZE:
                self._memo[code, self._money, value] = (read, "")
            if (
                isinstance(value, int | float)
                and read is not None
                and not isinstance(read, Unreadable)
            ):
                self._note(raw, code, repaired(code, raw.typed[code], read, self._context))
            return read
        key = (code, self._money, value)
        known = self._memo.get(key)
        if known is None:
            read = self._typed(code, value)
            after = (
                ""
                if read is None or isinstance(read, Unreadable)
                else repaired(code, value, read, self._context)
            )
            known = (read, after)
            if len(value) <= _MEMO_TEXT and len(self._memo) < _MEMO_SIZE:
                self._memo[key] = known
        if known[1]:
            self._note(raw, code, known[1])
        return known[0]

    def _note(self, raw: Raw, code: str, after: str) -> None:
        if after and code not in raw.at:
            self.repairs.note(code, clean(raw.typed[code]), after, self._address(raw, code))

    def _typed(self, code: str, value: Value) -> object:
        read = read_cell(BY_CODE[code], value, self._context)
        return (
            self._in_wan(value, read) if isinstance(read, Decimal) and self._money != "万" else read
        )

    def _in_wan(self, value: Value, read: Decimal) -> Decimal:
        """A bare number in a column whose heading says 元, in 万元; an amount that names its unit stays."""
        bare = not isinstance(value, str) or not any(unit in value for unit in "元万亿")
        return (read * _WAN[self._money]).normalize() + 0 if bare else read

    def _lead(self, raw: Raw, text: str, values: dict[str, object]) -> str | Unreadable:
        lead = read_lead(text, self._context.directory)
        if isinstance(lead, Unreadable):
            return lead
        place = Place(self._file, self._table.grid.name, self._address(raw, "lead_unit"))
        if lead.others:
            values["co_units"] = tuple(dict.fromkeys((*lead.others, *values.get("co_units", ()))))  # type: ignore[misc]
            raw.typed.setdefault("co_units", raw.typed["lead_unit"])
            raw.at.setdefault("co_units", (raw.number, self._columns["lead_unit"]))
            if not lead.marked:
                others = "、".join(lead.others)
                self.findings.append(
                    finding(
                        "X309",
                        place,
                        f"几个单位没有标明谁牵头，按“{lead.unit}”牵头、{others}配合读取。",
                        "请只填一个牵头单位，其余填入配合单位，或注明“（牵头）”。",
                        column="lead_unit",
                        value=raw.typed["lead_unit"],
                    )
                )
        elif (
            after := repaired("lead_unit", text, lead.unit, self._context)
        ) and "lead_unit" not in raw.at:
            self.repairs.note("lead_unit", text, after, place.cell)
        return lead.unit

    def _address(self, raw: Raw, code: str) -> str:
        return address(*raw.at.get(code, (raw.number, self._columns[code])))

    def _places(self, raw: Raw) -> Mapping[str, Place]:
        if not raw.at:
            return _NO_PLACES
        return {
            code: Place(self._file, self._table.grid.name, address(*at))
            for code, at in raw.at.items()
        }
