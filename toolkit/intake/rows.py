"""Cells to items: each value typed by its column, each kept with its address, each oddity named."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.intake.cells import Cells, mark_no_news, resolve_dittos
from toolkit.intake.codes import finding
from toolkit.intake.findings import cell_findings, heading_findings, merge_findings, row_findings
from toolkit.intake.group_rows import gather
from toolkit.intake.headers import How
from toolkit.intake.lost_merges import inherit, lost_merge_findings
from toolkit.intake.pulled_down import without_pulled_down
from toolkit.intake.repairs import Repairs, repaired
from toolkit.intake.row_kinds import ELSEWHERE, SECTION, STROKES, ZEROS, lines, text_of
from toolkit.intake.sections import tell_apart
from toolkit.intake.tables import Table, money_unit
from toolkit.intake.unread_secrets import grave_numbers
from toolkit.ledger.columns import BY_CODE, Kind
from toolkit.ledger.finding import Finding, Place
from toolkit.ledger.item import Item
from toolkit.ledger.joining import joints
from toolkit.ledger.numbers import IN_WAN
from toolkit.ledger.own import OwnCell, heading_path
from toolkit.ledger.readers import NAMES, Context, read_cell
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.submission import Origin, Row, Untaken
from toolkit.ledger.text import blank, clean
from toolkit.ledger.unit_and_people import asks_for_both, split_unit_and_people
from toolkit.ledger.units import read_lead
from toolkit.sheets.grid import Mark, address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.intake.raw_row import Raw
    from toolkit.sheets.grid import Value

_FREE = frozenset(
    c for c, column in BY_CODE.items() if column.kind in (Kind.TEXT, Kind.PROSE) and c not in NAMES
)
# Columns of several lines that a paper prints as running text.
_PRINTED = ("main_problem", "sub_problem", "problem", "progress")
_NO_VALUES: Mapping[str, Unreadable] = MappingProxyType({})
_NO_PLACES: Mapping[str, Place] = MappingProxyType({})
_NO_OWN: Mapping[str, OwnCell] = MappingProxyType({})
_WHY = {
    Mark.ERROR: "单元格是错误值",
    Mark.UNCALCULATED: "公式没有计算结果",
    Mark.PICTURE: "单元格是图片，读不出文字",
    Mark.LOST: "单元格的文字在文件中已丢失",
}


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

    `memo` remembers, over the tables of one office, what short texts read as. `has_baseline`: the office has a ledger
    already; where nothing is known yet, a cell that says 无变化 cannot be read.
    """
    cells = Cells(table)
    typist = _Typist(table, file, context, cells, {} if memo is None else memo)
    typist.knows_before = has_baseline
    findings = [
        *heading_findings(table, file, cells.columns),
        *cell_findings(table, file, cells.columns),
        *merge_findings(table, file, cells),
    ]
    untaken: list[Untaken] = []
    rows: list[Row] = []
    above: Raw | None = None
    raws: list[Raw] = []
    group: Raw | None = None
    heirs: list[Raw] = []
    for number, reason in lines(table):
        group = None if reason == SECTION else group
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
        mark_no_news(raw)
        inherit(raw, group, cells)
        if raw.inherited:
            heirs.append(raw)
        row = typist.row(raw)
        findings += row_findings(raw, row, cells)
        rows.append(row)
        raws.append(raw)
        above = group = raw
    kept = without_pulled_down(rows, table, has_baseline=has_baseline)
    gathered = gather(kept.rows, cells, table)
    told, said = tell_apart(gathered.rows, untaken)
    repairs = typist.repairs.findings(file, table.grid.name)
    return ReadTable(
        table,
        told,
        (*untaken, *kept.untaken, *gathered.untaken),
        (
            *findings,
            *cells.spread.findings(file, raws),
            *cells.shown.findings(file),
            *lost_merge_findings(heirs, cells, Place(file, table.grid.name)),
            *typist.findings,
            *repairs,
            *kept.findings,
            *gathered.findings,
            *said,
        ),
    )


def _nothing_read(table: Table, number: int) -> str:
    """Why a row that looked like data gave none."""
    cells = table.grid.rows[number - 1] if number <= len(table.grid.rows) else ()
    if all(value is None or value in (0, time()) for value in cells):
        return ZEROS
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
        self._asks_for_both = "owner" not in cells.columns and any(
            heading.code == "lead_unit" and asks_for_both(heading.text)
            for heading in table.headings
        )
        self.knows_before = True
        self._own_counters = frozenset(
            heading_path([heading.text]) for heading in table.headings if heading.how is How.COUNTER
        )
        self.repairs = Repairs()
        self.findings: list[Finding] = []

    def row(self, raw: Raw) -> Row:
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
        self._note(raw)
        self._mark_unreadable(raw, values, unreadable)
        return Row(
            Origin(self._file, self._table.grid.name, raw.number),
            Item(**values),  # type: ignore[arg-type]
            self._letters,
            typed,
            unreadable or _NO_VALUES,
            raw.key,
            self._places(raw),
            asked=self._asked,
            own=self._own(raw) if raw.own else _NO_OWN,
        )

    @property
    def _counters(self) -> frozenset[str]:
        """Columns that only count the rows: a part of the form where it is learned, nothing in a return."""
        return self._own_counters if self.knows_before else frozenset()

    def _own(self, raw: Raw) -> Mapping[str, OwnCell]:
        """What stands in own columns, with their cells; numbers of identity cards and bank cards are not kept."""
        sheet = self._table.grid.name
        return {
            path: OwnCell(text, Place(self._file, sheet, address(*at)))
            for path, (text, at) in raw.own.items()
            if not (grave_numbers(text) or path in self._counters)
        }

    def _note(self, raw: Raw) -> None:
        """Characters that were replaced, and line breaks between figures in what a paper prints as one text."""
        if raw.lookalikes:
            self.repairs.note_lookalikes(
                (raw.typed[code], self._address(raw, code)) for code in raw.lookalikes
            )
        for code in _PRINTED:
            value = raw.cells.get(code)
            if type(value) is str and "\n" in value and code not in raw.at:
                for before, after in joints(value):
                    self.repairs.note_joint(code, before, after, self._address(raw, code))

    def _mark_unreadable(
        self, raw: Raw, values: dict[str, object], unreadable: dict[str, Unreadable]
    ) -> None:
        """Cells whose text, whatever it says, is no content of this row: nothing new, a lost 同上, an error."""
        typed = raw.typed
        for code in raw.no_news:
            values.pop(code, None)
            why = f"“{typed[code]}”没有新内容"
            unreadable[code] = Unreadable(typed[code], why, reported=self.knows_before)
        for code in raw.lost_ditto:
            values.pop(code, None)
            unreadable[code] = Unreadable(typed[code], "上一行没有内容可以沿用")
        unreadable.update(raw.doubts)
        for code, remark in raw.faults.items():
            typed[code] = remark.text
            unreadable[code] = Unreadable(remark.text, _WHY[remark.mark], reported=True)

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
                self._note_repair(raw, code, repaired(code, raw.typed[code], read, self._context))
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
            self._note_repair(raw, code, known[1])
        return known[0]

    def _note_repair(self, raw: Raw, code: str, after: str) -> None:
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
        return (read * IN_WAN[self._money]).normalize() + 0 if bare else read

    def _lead(self, raw: Raw, text: str, values: dict[str, object]) -> str | Unreadable:
        parts = (
            split_unit_and_people(text, self._context.directory) if self._asks_for_both else None
        )
        if parts:
            text, people = parts
            self._give_owner(raw, people, values)
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

    def _give_owner(self, raw: Raw, people: str, values: dict[str, object]) -> None:
        """The people that stand in the column of the unit."""
        if not people:
            return
        values["owner"] = raw.typed["owner"] = people
        raw.at["owner"] = (raw.number, self._columns["lead_unit"])
        place = self._address(raw, "lead_unit")
        self.repairs.note("owner", clean(raw.typed["lead_unit"]), people, place)

    def _address(self, raw: Raw, code: str) -> str:
        return address(*raw.at.get(code, (raw.number, self._columns[code])))

    def _places(self, raw: Raw) -> Mapping[str, Place]:
        if not raw.at:
            return _NO_PLACES
        return {
            code: Place(self._file, self._table.grid.name, address(*at))
            for code, at in raw.at.items()
        }
