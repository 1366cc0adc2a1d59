"""Several tables of one workbook: parallel lists that count from 1 again, lists about the same problems, older periods."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.intake.codes import finding
from toolkit.intake.fold_rows import join
from toolkit.intake.group_rows import MERGED_INTO
from toolkit.intake.periods import newest_first, period_in
from toolkit.intake.tables import short_source
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.finding import Place
from toolkit.ledger.ids import loose
from toolkit.ledger.joining import shortened
from toolkit.ledger.status import WORDS, Status
from toolkit.ledger.submission import Row, Untaken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.intake.rows import ReadTable
    from toolkit.ledger.finding import Finding

# So many columns only one of two lists has, and they are lists of different kinds.
_LEAST_DIFFERENCE = 2
_LISTED = 5
OLDER = "较早一期的工作表"


@dataclass(frozen=True, slots=True)
class Combined:
    """All rows of a workbook, and what else is to be said of its tables."""

    rows: tuple[Row, ...]
    untaken: tuple[Untaken, ...]
    findings: tuple[Finding, ...]


def combine(tables: Sequence[ReadTable], file: str) -> Combined:
    """The rows of every table, in order; one table is the usual case and passes as it is."""
    untaken = [left for table in tables for left in table.untaken]
    findings = [found for table in tables for found in table.findings]
    findings += [_sample(table, file) for table in tables if table.table.is_sample and table.rows]
    tables = [_with_value(_with_lead(table, file, findings), file, findings) for table in tables]
    if len(tables) > 1:
        tables = _newest(tables, file, untaken, findings)
        tables = [
            _named_after(table, file, tables[:number], findings)
            for number, table in enumerate(tables)
        ]
        rows = _one_of_each(tables, untaken)
    else:
        rows = [row for table in tables for row in table.rows]
    return Combined(tuple(rows), tuple(untaken), tuple(findings))


def _sample(table: ReadTable, file: str) -> Finding:
    name = table.table.grid.name
    message = f"内容填在工作表“{name}”中，已按数据读取。"
    return finding(
        "X310", Place(file, name), message, "请核对其中没有样例行，并把工作表改名为“整改台账”。"
    )


def _newest(
    tables: Sequence[ReadTable], file: str, untaken: list[Untaken], findings: list[Finding]
) -> list[ReadTable]:
    """Without the sheets of earlier weeks about the same problems."""
    dated = {
        table.table.grid.name: period
        for table in tables
        if (period := period_in(table.table.grid.name)[0])
    }
    if len(dated) < 2 or len(set(dated.values())) < len(dated):
        return list(tables)
    newest = list(dated)[newest_first(list(dated.values()))[0]]
    current = {
        _key(row) for table in tables if table.table.grid.name == newest for row in table.rows
    }
    kept: list[ReadTable] = []
    for table in tables:
        name = table.table.grid.name
        again = sum(_key(row) in current for row in table.rows)
        if name == newest or name not in dated or again * 2 < len(table.rows):
            kept.append(table)
            continue
        untaken += [
            Untaken(name, row.origin.row, OLDER, shortened(row.item.progress, 60, ""))
            for row in table.rows
        ]
        message = f"工作表“{name}”与“{newest}”是同一批问题，只采用较新的“{newest}”。"
        findings.append(finding("X311", Place(file, name), message, "请只保留最新一期的工作表。"))
    return kept


def _key(row: Row) -> str:
    return row.key or row.item.id


def _with_lead(table: ReadTable, file: str, findings: list[Finding]) -> ReadTable:
    """The rows of a department's own sheet, its name as lead unit where a row names none."""
    unit, name = table.table.unit, table.table.grid.name
    bare = [row for row in table.rows if "lead_unit" not in row.typed] if unit else []
    if not bare:
        return table
    place = Place(file, name)
    lines = "、".join(str(row.origin.row) for row in bare[:_LISTED]) + (
        "等" if len(bare) > _LISTED else ""
    )
    message = f"第{lines}行没有填写牵头单位，按工作表名称填为“{unit}”。"
    findings.append(
        finding("X314", place, message, "请填写牵头单位。", column="lead_unit", value=unit)
    )
    rows = (
        row if "lead_unit" in row.typed else _told(row, "lead_unit", unit, place)
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def _with_value(table: ReadTable, file: str, findings: list[Finding]) -> ReadTable:
    """The rows of a sheet that is named after a status or a kind, where it has no column for that."""
    if table.table.named is None or not table.rows:
        return table
    (code, value), name = table.table.named, table.table.grid.name
    header, place = BY_CODE[code].header, Place(file, name)
    shown = WORDS[value] if isinstance(value, Status) else value
    message = f"表中没有“{header}”一栏，{len(table.rows)}行按工作表名称“{name}”填为“{shown}”。"
    fix = f"请核对；最好在表中增加“{header}”一栏，逐行填写。"
    findings.append(finding("X315", place, message, fix, column=code, value=name))
    return replace(table, rows=tuple(_told(row, code, value, place, shown) for row in table.rows))


def _told(row: Row, code: str, value: object, place: Place, text: str = "") -> Row:
    """The row with a value that the name of its sheet gives, typed as `text` where that is not the value itself."""
    item = replace(row.item, **{code: value})  # type: ignore[arg-type]
    typed = {**row.typed, code: text or str(value)}
    return replace(row, item=item, typed=typed, elsewhere={**row.elsewhere, code: place})


def _named_after(
    table: ReadTable, file: str, before: Sequence[ReadTable], findings: list[Finding]
) -> ReadTable:
    """The rows of a list or department that has a sheet of its own; numbers used before carry its name in front."""
    if not table.rows or any(row.item.source for row in table.rows):
        return table
    if table.table.source:
        return _with_source(table, file, before, findings)
    unit, name = table.table.unit, table.table.grid.name
    if not unit or not _counts_again(table, before):
        return table
    rows = tuple(_numbered(row, unit) for row in table.rows)
    message = f"工作表“{name}”的编号与前面的工作表重复，前面加上“{unit}-”区分。"
    findings.append(
        finding("X313", Place(file, name), message, "请按全表统一编号。", column="id", value=unit)
    )
    return replace(table, rows=rows)


def _counts_again(table: ReadTable, before: Sequence[ReadTable]) -> bool:
    """Whether a sheet uses numbers of earlier ones for other problems."""
    name = table.table.grid.name
    taken = {
        _key(row): row for other in before for row in other.rows if other.table.grid.name != name
    }
    return any(
        (first := taken.get(_key(row))) is not None
        and not row.key
        and not _same_problem(row, first)
        for row in table.rows
    )


def _with_source(
    table: ReadTable, file: str, before: Sequence[ReadTable], findings: list[Finding]
) -> ReadTable:
    """The rows of a parallel list with its name as their source; where it counts from 1 again, with it in their ids."""
    source, name = table.table.source, table.table.grid.name
    again = _counts_again(table, before)
    place = Place(file, name)
    told = (_told(row, "source", source, place) for row in table.rows)
    prefix = short_source(source)
    rows = tuple(_numbered(row, prefix) if again else row for row in told)
    message = f"工作表“{name}”各行的问题来源按工作表名称填为“{source}”" + (
        f"；编号与前面的工作表重复，前面加上“{prefix}-”区分。" if again else "。"
    )
    findings.append(
        finding(
            "X308",
            place,
            message,
            "请核对；最好在表中填写“问题来源”栏。",
            column="source",
            value=source,
        )
    )
    return replace(table, rows=rows)


def _numbered(row: Row, name: str) -> Row:
    """The row with a name in front of its number."""
    return replace(row, item=replace(row.item, id=f"{name}-{row.item.id}")) if row.item.id else row


def _same_problem(row: Row, other: Row) -> bool:
    """Whether two rows of one number can be about one problem: what both say of it is the same."""
    pairs = (
        (getattr(row.item, code), getattr(other.item, code)) for code in ("sub_problem", "problem")
    )
    return all("".join(a.split()) == "".join(b.split()) for a, b in pairs if a and b)


def _one_of_each(tables: Sequence[ReadTable], untaken: list[Untaken]) -> list[Row]:
    """问题清单, 任务清单 and 责任清单 of the same problems as one row each, where no cell contradicts another."""
    rows: list[Row] = []
    by_id: dict[str, int] = {}
    for table in tables:
        earlier = dict(by_id)
        for row in table.rows:
            number = earlier.get(loose(_key(row))) if _key(row) else None
            if number is not None and _complement(row, rows[number]):
                rows[number], _ = join((rows[number], row))
                first = rows[number].origin
                reason = f"与工作表“{first.sheet}”的同一问题{MERGED_INTO.format(first.row)}"
                untaken.append(
                    Untaken(
                        row.origin.sheet,
                        row.origin.row,
                        reason,
                        shortened(row.item.progress, 60, ""),
                    )
                )
                continue
            rows.append(row)
            by_id.setdefault(loose(_key(row)), len(rows) - 1)
    return rows


def _complement(row: Row, other: Row) -> bool:
    """Whether two rows come from lists of different columns and contradict each other nowhere."""
    if len(row.letters.keys() ^ other.letters.keys()) < _LEAST_DIFFERENCE:
        return False
    both = (row.typed.keys() & other.typed.keys()) - {"id"}
    return all(
        "".join(row.typed[code].split()) == "".join(other.typed[code].split()) for code in both
    )
