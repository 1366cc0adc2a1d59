"""The cells of values spread over columns: which heading is ticked, which period is newest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.intake.codes import finding
from toolkit.intake.headers import Part
from toolkit.intake.spread_columns import tick_of
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.finding import Place
from toolkit.ledger.joining import shortened
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.text import as_typed, blank, clean
from toolkit.sheets.grid import address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.intake.headers import Heading
    from toolkit.intake.raw_row import Raw
    from toolkit.intake.tables import Table
    from toolkit.ledger.finding import Finding
    from toolkit.sheets.grid import Value

_LISTED = 5


class SpreadCells:
    """How the spread values of one table's rows are fetched, and the findings about them."""

    def __init__(self, table: Table, ticks: Sequence[Heading]) -> None:
        self._table = table
        self.ticks = tuple(ticks)
        self._periods = tuple(h for h in table.headings if h.part is Part.PERIOD)
        self.older = frozenset(heading.col for heading in self._periods if heading.age)

    def choose(self, raw: Raw, merged: Mapping[tuple[int, int], tuple[int, Value]]) -> None:
        """What the row's ticks say; two of them, or something else than a tick, are a doubt."""
        grid = self._table.grid
        for code in dict.fromkeys(heading.code for heading in self.ticks):
            marked: list[tuple[Heading, Value, bool | None]] = []
            for heading in self.ticks:
                value = grid.value(raw.number, heading.col)
                if value is None and (found := merged.get((raw.number, heading.col))):
                    value = found[1]
                mark = tick_of(value, heading.choice)
                if heading.code == code and mark is not False:
                    marked.append((heading, value, mark))
            if not marked or code in raw.cells:
                continue
            first = marked[0][0]
            raw.at[code] = (raw.number, first.col)
            if len(marked) == 1 and marked[0][2]:
                raw.cells[code] = raw.typed[code] = first.choice
            else:
                raw.typed[code] = "、".join(
                    f"{h.choice}：{clean(as_typed(v))}" for h, v, _ in marked
                )
                raw.doubts[code] = Unreadable(raw.typed[code], _why(marked), reported=True)

    def findings(self, file: str, rows: Sequence[Raw]) -> Iterator[Finding]:
        """How the columns were read, and which rows are in doubt."""
        yield from self._about_ticks(file, rows)
        yield from self._about_periods(file, rows)
        name = self._table.grid.name
        for heading in self._table.headings:
            place = Place(file, name, address(heading.row, heading.col))
            if heading.part is Part.PAST and self._has_cells(heading.col):
                message = f"“{heading.text}”是以前的内容，没有读取。"
                fix = "请核对：本期的内容应另有一栏；以前的内容不必删除。"
                yield finding("X112", place, message, fix, value=heading.text)

    def _about_ticks(self, file: str, rows: Sequence[Raw]) -> Iterator[Finding]:
        name = self._table.grid.name
        for code in dict.fromkeys(heading.code for heading in self.ticks):
            own = [heading for heading in self.ticks if heading.code == code]
            words, header = "、".join(f"“{h.choice}”" for h in own), BY_CODE[code].header
            place = Place(file, name, address(own[0].row, own[0].col))
            message = f"{words}{len(own)}栏中打√的一栏读作{header}。"
            fix = f"请核对；最好只设“{header}”一栏，从下拉列表中选择。"
            yield finding("X110", place, message, fix, column=code, value=own[0].text)
            for raw in rows:
                if code in raw.doubts:
                    place = Place(file, name, address(*raw.at[code]))
                    message = f"{header}{raw.doubts[code].why}，没有读取。"
                    fix = f"请在{words}中与实际相符的一栏打√，其余的清空。"
                    value = raw.typed[code]
                    yield finding("X212", place, message, fix, column=code, value=value)

    def _about_periods(self, file: str, rows: Sequence[Raw]) -> Iterator[Finding]:
        """One note for each series: which of its columns counted in which rows."""
        name = self._table.grid.name
        for code in dict.fromkeys(heading.code for heading in self._periods):
            own = sorted((h for h in self._periods if h.code == code), key=lambda h: h.age)
            newest, *_ = own
            used: dict[int, list[int]] = {heading.col: [] for heading in own}
            for raw in rows:
                if code in raw.cells:
                    used[raw.at.get(code, (0, newest.col))[1]].append(raw.number)
            told = "；".join(_used(h, used[h.col], newest) for h in own if used[h.col])
            if not told:
                continue
            words = "、".join(f"“{heading.text}”" for heading in own)
            message = (
                f"{words}都是{BY_CODE[code].header}，取各行最新填写的一栏：{told}。"
                "较早的内容留在原表，没有采用。"
            )
            place = Place(file, name, address(newest.row, newest.col))
            fix = "请核对；最好只保留本期的一栏。"
            yield finding("X111", place, message, fix, column=code, value=newest.text)

    def _has_cells(self, col: int) -> bool:
        block = self._table.block
        rows = range(block.last + 1, block.until + 1)
        return any(not blank(self._table.grid.value(row, col)) for row in rows)


def _why(marked: Sequence[tuple[Heading, Value, bool | None]]) -> str:
    ticked = [f"“{heading.choice}”" for heading, _, mark in marked if mark]
    if len(ticked) > 1:
        return f"在{'、'.join(ticked)}几栏都打了√"
    odd = next((h, v) for h, v, mark in marked if mark is None)
    return f"的“{odd[0].choice}”一栏写的是“{shortened(clean(as_typed(odd[1])), 30)}”，不是√"


def _used(heading: Heading, rows: Sequence[int], newest: Heading) -> str:
    """`“5月整改进展”12行`; of an older one the rows are named."""
    if heading is newest:
        return f"“{heading.text}”{len(rows)}行"
    listed = "、".join(map(str, rows[:_LISTED])) + ("等" if len(rows) > _LISTED else "")
    return f"“{heading.text}”{len(rows)}行（第{listed}行）"
