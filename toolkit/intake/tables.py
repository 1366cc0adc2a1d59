"""Which tables of a workbook are read: sheets that hold a ledger, with their headings understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.intake.blocks import Block, blocks
from toolkit.intake.heading_matching import match_headings
from toolkit.intake.spread_columns import status_word
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.numbers import unit_named
from toolkit.ledger.submission import Untaken
from toolkit.ledger.text import as_typed, clean, normal_heading
from toolkit.ledger.units import Unit

if TYPE_CHECKING:
    from toolkit.intake.headers import Heading, Office
    from toolkit.ledger.status import Status
    from toolkit.ledger.units import Directory
    from toolkit.sheets.grid import Book, Grid, Value

# What our own workbooks say of themselves in their custom properties.
TEMPLATE = "模板"
NO_DATA, NO_TABLE = "说明、样例等非数据工作表", "没有找到台账表头"
_NOT_DATA = re.compile(
    r"^(?:填表|填报|使用|编制|指标|字段)?说明$|填表说明|填报说明|样表|示例|样例|字典|^_"
)
_OWN_SHEETS = frozenset({"核查意见", "填表说明"})
_NAMELESS = re.compile(
    r"^(?:sheet|工作表|表)?\s*\d*$|^(?:整改)?(?:台账|清单|总表|汇总表?|明细表?|问题清单|任务清单|责任清单|措施清单)\d*$"
    r"|周|期$|^\d|[月日]$|副本|正文",
    re.IGNORECASE,
)
_AFTER_LIST = re.compile(r"(?:问题|整改|情况|台账|清单|总表|表)+$")
_AFTER_SOURCE = re.compile(r"(?:方面|专项检查|检查|专项|反馈|问题|整改|情况|台账|清单|总表|表)+$")
_AFTER_VALUE = re.compile(r"的?(?:事项|问题|项目|任务|台账|清单|总表|部分|表)+$")
_BELOW = 60
# Numbers and brackets around a unit's name on a sheet (1.规划建设局（3项）), what names of units end in, and other words
# that end so.
_AROUND_UNIT = re.compile(r"^[\d.、\-_ ]+|[（(][^（）()]*[）)]$|[\d\-_ ]+$")
_ENDS_LIKE_A_UNIT = re.compile(
    r".(?:局|办|委|部|厅|署|科|处|室|中心|街道|公司|集团|镇|乡|村|社区|党组|党委|支部|总支|管委会|委员会|协会|联合会|工会|妇联|法院|检察院|"
    r"医院|学校|学院|大学|中学|小学|幼儿园|研究院|研究所|设计院|站|所|队|馆|银行)$"
)
_NO_UNIT = re.compile(r"(?:[督交待承主协催查包领]办|[干全内外局]部|[查惩好用]处|场所)$")


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its sheet, where it stands, what its headings mean.

    `source` is the list, `unit` the department that the sheet's name says the rows belong to; "" where it says none. `named`
    is what the name says instead of a column that the table lacks (已完成, 未完成; 立行立改): its code and the value.
    """

    grid: Grid
    block: Block
    headings: tuple[Heading, ...]
    source: str = ""
    unit: str = ""
    named: tuple[str, Status | str] | None = None
    is_sample: bool = False

    @property
    def header_row(self) -> int:
        """The last row of the heading."""
        return self.block.last


class _Below(Mapping[int, "Sequence[Value]"]):
    """The cells below each heading, looked up only where a heading is in doubt."""

    def __init__(self, grid: Grid, block: Block) -> None:
        self._grid = grid
        self._rows = range(block.last + 1, min(block.until, block.last + _BELOW) + 1)
        self._cols = tuple(word.col for word in block.words)

    def __getitem__(self, col: int) -> Sequence[Value]:
        if col not in self._cols:
            raise KeyError(col)
        return [self._grid.value(row, col) for row in self._rows]

    def __iter__(self) -> Iterator[int]:
        return iter(self._cols)

    def __len__(self) -> int:
        return len(self._cols)


def find_tables(book: Book, office: Office) -> tuple[tuple[Table, ...], tuple[Untaken, ...]]:
    """The tables of a book, visible sheets first, and the sheets with content that hold none.

    A sheet named as a sample is read only where no other sheet holds a table with rows: then the unit wrote there.
    """
    own = TEMPLATE in book.properties
    tables: list[Table] = []
    samples: list[Grid] = []
    passed: list[Untaken] = []
    for grid in sorted(book.grids, key=lambda grid: grid.hidden):
        if not any(value is not None for row in grid.rows for value in row) or grid.name.startswith(
            "_"
        ):
            continue
        if _NOT_DATA.search(grid.name) or (own and grid.name in _OWN_SHEETS):
            samples += [] if own or grid.hidden else [grid]
            passed += [] if own or grid.hidden else [Untaken(grid.name, 0, NO_DATA)]
            continue
        found = tables_of(grid, office)
        tables += found
        passed += [] if found else [Untaken(grid.name, 0, NO_TABLE)]
    if not any(table.block.until > table.block.last for table in tables):
        filled = [
            replace(table, is_sample=True) for grid in samples for table in tables_of(grid, office)
        ]
        taken = {table.grid.name for table in filled}
        tables += filled
        passed = [left for left in passed if left.sheet not in taken]
    return _with_sources(tables, office), tuple(passed)


def tables_of(grid: Grid, office: Office) -> list[Table]:
    """Every table of one sheet."""
    return [
        Table(grid, block, match_headings(block.words, _Below(grid, block), office))
        for block in blocks(grid, office.headings)
    ]


def _with_sources(tables: Sequence[Table], office: Office) -> tuple[Table, ...]:
    """What the names of sheets say: the unit, or of parallel lists (选人用人, 意识形态) the source of the rows."""
    names = {table.grid.name for table in tables}
    directory = office.context.directory
    values = {name: _value_of_sheet(name, names, office) for name in names}
    return tuple(
        replace(
            table,
            unit=unit_of_sheet(table.grid.name, directory),
            source=_source(table.grid.name, directory)
            if len(names) > 1 and not values[table.grid.name]
            else "",
            named=_named_instead(table, values[table.grid.name]),
        )
        for table in tables
    )


def _value_of_sheet(
    sheet: str, all_sheets: Iterable[str], office: Office
) -> tuple[str, Status | str] | None:
    """The status, or the kind of rectification, that a sheet is named after: its column's code and the value."""
    kinds = BY_CODE["kind"].choices
    word = _bare_value(sheet)
    siblings = {_bare_value(other) for other in all_sheets} - {word}
    status = status_word(word, office.context)
    if word in kinds and (siblings & set(kinds) or status is None):
        return "kind", word
    return ("status", status) if status else None


def _bare_value(sheet: str) -> str:
    """A sheet's name without its number, its brackets and 问题, 事项, 台账 behind it."""
    return _AFTER_VALUE.sub("", _AROUND_UNIT.sub("", clean(sheet)))


def _named_instead(
    table: Table, value: tuple[str, Status | str] | None
) -> tuple[str, Status | str] | None:
    """What the sheet's name says, where no column of the table does."""
    codes = {heading.code for heading in table.headings}
    return value if value and value[0] not in codes else None


def _source(sheet: str, directory: Directory) -> str:
    name = clean(sheet)
    if _NAMELESS.search(name) or _looks_like_a_unit(_bare_name(sheet), directory):
        return ""
    return _AFTER_LIST.sub("", name)


def short_source(source: str) -> str:
    """A list's name as numbers carry it in front: 选人用人 of 选人用人专项检查."""
    return _AFTER_SOURCE.sub("", source) or source


def _bare_name(sheet: str) -> str:
    """A sheet's name without its number, its brackets and 台账, 清单 behind it."""
    return _AFTER_SOURCE.sub("", _AROUND_UNIT.sub("", clean(sheet)))


def _looks_like_a_unit(name: str, directory: Directory) -> bool:
    known = bool(directory.units) and isinstance(directory.resolve(name), Unit)
    return known or bool(_ENDS_LIKE_A_UNIT.search(name) and not _NO_UNIT.search(name))


def unit_of_sheet(sheet: str, directory: Directory) -> str:
    """The full name of the department that a sheet is named after; "" where it is named after none that is known."""
    name = _bare_name(sheet)
    if not name or not _looks_like_a_unit(name, directory):
        return ""
    unit = directory.resolve(name)
    return unit.name if isinstance(unit, Unit) else ""


_MONEY_LABEL = re.compile(r"(?:金额)?单位[：:]\s*(?:人民币)?\s*(亿|万|千|百万)?元")


def money_unit(table: Table, heading: str) -> str:
    """The unit in which a column of money is written (亿, 万, 千, 百万 or "" for 元), by its heading or a line above; else 万."""
    named = unit_named(heading)
    if named is not None:
        return named
    found = None
    if table.block.first > 1:
        above = table.grid.rows[: table.block.first - 1]
        lines = (clean(as_typed(value)) for row in above for value in row if value is not None)
        found = next((mark for line in lines if (mark := _MONEY_LABEL.search(line))), None)
    return (found[1] or "") if found else "万"


def heading_texts(table: Table) -> frozenset[str]:
    """The normalised words of all headings."""
    return frozenset(normal_heading(word.parts[-1]) for word in table.block.words)
