"""What a specimen of the zoo is, and the quick ways of writing one."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import xlsxwriter

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
    make: object

    @property
    def expected(self) -> Path:
        """What intake must make of it, as a person reads it."""
        return Path(__file__).parent / f"{self.name}.expected.txt"


SPECIMENS: dict[str, Specimen] = {}


def specimen(file, *kinds):
    """Registers a function that makes a file; `kinds` are the rows of the catalogue of mess (catalogue.py)."""

    def register(make):
        assert make.__name__ not in SPECIMENS, make.__name__
        SPECIMENS[make.__name__] = Specimen(
            make.__name__, file, kinds, make.__doc__.split("\n")[0], make
        )
        return make

    return register


def row(number, **changed):
    """A decent row, by heading; a heading set to None is left blank."""
    cells = {
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


def values(rows, headings=HEADINGS):
    """The rows as lists in the order of these headings."""
    return [[cells.get(heading) for heading in headings] for cells in rows]


def with_xlsxwriter(draw, **options):
    """A workbook that `draw(book)` fills."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd", **options}
    )
    draw(book)
    book.close()
    return stream.getvalue()


def put(page, lines, at=(0, 0)):
    """Values as they are, text as text, from a cell that counts from 0."""
    for down, line in enumerate(lines):
        for across, value in enumerate(line):
            if isinstance(value, str):
                page.write_string(at[0] + down, at[1] + across, value)
            elif value is not None:
                page.write(at[0] + down, at[1] + across, value)


def ledger(rows, headings=HEADINGS, **options):
    """One sheet, headings in row 1, by xlsxwriter."""
    return with_xlsxwriter(
        lambda book: put(book.add_worksheet("整改台账"), [headings, *values(rows, headings)]),
        **options,
    )


def with_openpyxl(draw, name="整改台账"):
    """A workbook whose first sheet `draw(sheet)` fills."""
    book = openpyxl.Workbook()
    book.active.title = name
    draw(book.active)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def append(page, lines):
    """Rows below what is there (openpyxl)."""
    for line in lines:
        page.append(list(line))


def saved(name):
    """A file that LibreOffice saved; `python -m tests.zoo.make` makes them anew."""
    return (SAVED / name).read_bytes()
