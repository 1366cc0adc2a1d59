"""Dispatched ledgers written in place, against bare xlsxwriter and openpyxl writing the same cells, in one process.

    python -m benchmarks.in_place

Prints microseconds a row and the ratio to bare xlsxwriter, for 80 and 5 000 rows. The goal is 0.8 at most. Then the same
for the standard form with its self-check: filled in, written cell by cell, and only its visible cells by xlsxwriter.
"""

from __future__ import annotations

import datetime as dt
import io
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import xlsxwriter

from toolkit.ledger.entry import own_headings
from toolkit.sample.story import tell
from toolkit.sheets.fill import FilledRow, Filling, fill
from toolkit.sheets.skeleton import Place, Skeleton, learn
from toolkit.workbooks.layout import layout_of
from toolkit.workbooks.ledger_row import row_of_entry
from toolkit.workbooks.standard_book import StandardBook
from toolkit.workbooks.template import Ledger, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

COLUMNS, ROUNDS = 14, 5
_TEXT = "已召开专题会议研究部署，修订管理办法并组织培训，现场核查点位，逐项销号。"


def rows_of(count: int) -> list[list[Any]]:
    """Invented rows: a number, short words, long texts, all different."""
    return [
        [n, *(f"第{n}项第{c}栏{_TEXT if c in (3, 5, 8) else ''}" for c in range(1, COLUMNS))]
        for n in range(1, count + 1)
    ]


def by_xlsxwriter(rows: Sequence[Sequence[Any]]) -> bytes:
    """The same cells with a border each, in memory."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("台账")
    style = book.add_format({"border": 1, "text_wrap": True})
    sheet.write_row(0, 0, [f"栏目{c}" for c in range(COLUMNS)], style)
    for number, row in enumerate(rows, 1):
        sheet.set_row(number, 40)
        for col, value in enumerate(row):
            sheet.write(number, col, value, style)
    book.close()
    return stream.getvalue()


def by_openpyxl(form: bytes, rows: Sequence[Sequence[Any]]) -> bytes:
    """Loaded, cells set, saved."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    sheet = book.worksheets[0]
    for number, row in enumerate(rows, 2):
        for col, value in enumerate(row, 1):
            sheet.cell(number, col, value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def in_place(skeleton: Skeleton, rows: Sequence[Sequence[Any]], level: int) -> bytes:
    """The skeleton filled in, with keys and identity."""
    filled = [FilledRow(dict(enumerate(row, 1)), str(row[0])) for row in rows]
    return fill(
        skeleton, Filling(rows=filled, properties={"模板": "x", "单位": "甲局"}), level=level
    )


def best(work: Callable[[], bytes]) -> tuple[float, int]:
    """Seconds of processor time, the best of some rounds, and the size of the file."""
    seconds = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        data = work()
        seconds.append(time.process_time() - begin)
    return min(seconds), len(data)


def report(count: int, measured: Mapping[str, tuple[float, int]]) -> None:
    """A line a way; the first one is what the others are compared with."""
    bare = next(iter(measured.values()))[0]
    for name, (seconds, size) in measured.items():
        each = seconds / count * 1e6
        print(
            f"{count:>5} rows  {name:<20} {each:7.1f} µs a row  × {seconds / bare:4.2f}  {size / 1024:6.0f} KB"
        )


def main() -> None:
    """Measure and print."""
    form = by_xlsxwriter(rows_of(3))
    place = Place(sheet="台账", head=1, first=2, last=4, left=1, right=COLUMNS)
    skeleton = learn(form, place)
    for count in (80, 5000):
        rows = rows_of(count)
        ways: dict[str, Callable[[], bytes]] = {
            "xlsxwriter": lambda rows=rows: by_xlsxwriter(rows),  # type: ignore[misc]
            "openpyxl": lambda rows=rows: by_openpyxl(form, rows),  # type: ignore[misc]
            "in place, deflate 1": lambda rows=rows: in_place(skeleton, rows, 1),  # type: ignore[misc]
            "in place, deflate 6": lambda rows=rows: in_place(skeleton, rows, 6),  # type: ignore[misc]
        }
        measured = {name: best(work) for name, work in ways.items()}
        report(count, measured)
    standard()


def standard() -> None:
    """Ledgers of the standard form with some rows each, as a week has them."""
    story = tell()
    entries, settings = story.entries, story.settings
    own, created = own_headings(entries), dt.datetime(2026, 6, 19)
    for count in (3, 80, 1000):
        some = [entries[n % len(entries)] for n in range(count)]
        rows = [row_of_entry(entry, settings) for entry in some]
        layout = layout_of(settings.form, own)
        cells = [[row.cells.get(column.code) for _, _, column in layout.standard] for row in rows]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "台账.xlsx"
            made = StandardBook.made(path, settings, created, own)
            check = made.check
            ledger = Ledger(rows=rows, settings=settings, created=created, check=check, own=own)
            ways: dict[str, Callable[[], bytes]] = {
                "visible, xlsxwriter": lambda cells=cells: by_xlsxwriter(cells),  # type: ignore[misc]
                "standard, by cell": lambda at=path, it=ledger: _by_cell(at, it),  # type: ignore[misc]
                "standard, filled in": lambda rows=rows, it=made: it.for_unit(  # type: ignore[misc]
                    rows, unit="甲局", code=""
                ),
            }
            report(count, {name: best(work) for name, work in ways.items()})


def _by_cell(path: Path, ledger: Ledger) -> bytes:
    write(path, ledger)
    return path.read_bytes()


if __name__ == "__main__":
    main()
