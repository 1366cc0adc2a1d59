"""What a specimen of the zoo is, and the quick ways of writing one."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import openpyxl
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter.worksheet import Worksheet as Page

Maker = TypeVar("Maker", bound=Callable[[], bytes])

SAVED = Path(__file__).parent / "saved"
HEADINGS = (
    "问题编号",
    "具体问题",
    "整改措施",
    "牵头单位",
    "责任人",
    "整改时限",
    "整改进展情况",
    "整改状态",
    "完成时间",
)
UNIT = "规划建设局"


@dataclass(frozen=True)
class Specimen:
    """One file as a department sends it: its name, the rows of the catalogue that it shows, how it is made."""

    name: str
    file: str
    kinds: tuple[int, ...]
    story: str
    make: Callable[[], bytes]

    @property
    def expected(self) -> Path:
        """What intake must make of it, as a person reads it."""
        return Path(__file__).parent / f"{self.name}.expected.txt"


SPECIMENS: dict[str, Specimen] = {}


def specimen(file: str, *kinds: int) -> Callable[[Maker], Maker]:
    """Registers a function that makes a file; `kinds` are the rows of the catalogue of mess (catalogue.py)."""

    def register(make: Maker) -> Maker:
        assert make.__name__ not in SPECIMENS, make.__name__
        story = (make.__doc__ or "").split("\n")[0]
        SPECIMENS[make.__name__] = Specimen(make.__name__, file, kinds, story, make)
        return make

    return register


def row(number: int, **changed: Any) -> dict[str, Any]:
    """A decent row, by heading; a heading set to None is left blank."""
    cells: dict[str, Any] = {
        "问题编号": f"1-{number}",
        "具体问题": f"第{number}个具体问题。",
        "整改措施": f"落实第{number}项措施。",
        "牵头单位": UNIT,
        "责任人": "李芳华",
        "整改时限": "2026年6月30日",
        "整改进展情况": f"已落实第{number}项措施。",
        "整改状态": "已完成",
        "完成时间": dt.date(2026, 5, number),
    }
    return {**cells, **changed}


def values(
    rows: Iterable[Mapping[str, Any]], headings: Sequence[str] = HEADINGS
) -> list[list[Any]]:
    """The rows as lists in the order of these headings."""
    return [[cells.get(heading) for heading in headings] for cells in rows]


def with_xlsxwriter(draw: Callable[[xlsxwriter.Workbook], object], **options: Any) -> bytes:
    """A workbook that `draw(book)` fills."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd", **options}
    )
    draw(book)
    book.close()
    return stream.getvalue()


def put(page: Page, lines: Iterable[Iterable[Any]], at: tuple[int, int] = (0, 0)) -> None:
    """Values as they are, text as text, from a cell that counts from 0."""
    for down, line in enumerate(lines):
        for across, value in enumerate(line):
            if isinstance(value, str):
                page.write_string(at[0] + down, at[1] + across, value)
            elif value is not None:
                page.write(at[0] + down, at[1] + across, value)


def ledger(
    rows: Iterable[Mapping[str, Any]], headings: Sequence[str] = HEADINGS, **options: Any
) -> bytes:
    """One sheet, headings in row 1, by xlsxwriter."""
    return with_xlsxwriter(
        lambda book: put(book.add_worksheet("整改台账"), [headings, *values(rows, headings)]),
        **options,
    )


def with_openpyxl(draw: Callable[[Worksheet], object], name: str = "整改台账") -> bytes:
    """A workbook whose first sheet `draw(sheet)` fills."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = name
    draw(page)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def append(page: Worksheet, lines: Iterable[Iterable[Any]]) -> None:
    """Rows below what is there (openpyxl)."""
    for line in lines:
        page.append(list(line))


def saved(name: str) -> bytes:
    """A file that LibreOffice saved; `python -m tests.zoo.make` makes them anew."""
    return (SAVED / name).read_bytes()
