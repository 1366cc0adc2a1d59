"""Every text that a person or a program reads in an output, with the place where it stands."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

# Hidden sheets of workbooks: every way in which a unit may write a value is looked up there.
HIDDEN = {"_字典", "_标识"}


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """(place, text) of everything that is read in a file; nothing of a database."""
    match path.suffix:
        case ".docx":
            yield from paper_texts(path.read_bytes())
        case ".xlsx":
            yield from workbook_texts(path)
        case ".txt" | ".json":
            yield "", path.read_text(encoding="utf-8-sig")


def paper_texts(data: bytes) -> Iterator[tuple[str, str]]:
    """Every paragraph, label and name in every part, the workbook behind a chart too."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for part in package.namelist():
            if part.endswith(".xlsx"):
                yield from ((part, text) for text in _strings(package.read(part)))
            elif part.endswith(".xml"):
                yield from ((part, text) for text in _joined(ET.fromstring(package.read(part))))


def _joined(root: ET.Element) -> Iterator[str]:
    """The text of each paragraph, of what is in none, and each piece for itself."""
    for paragraph in root.iter():
        if paragraph.tag.endswith("}p"):
            yield "".join(paragraph.itertext())
    yield from root.itertext()


def _strings(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        yield from ET.fromstring(package.read("xl/sharedStrings.xml")).itertext()


def workbook_texts(path: Path) -> Iterator[tuple[str, str]]:
    """Cells as read and as calculated, prompts, notes, names of sheets, charts and formulas."""
    for values in (True, False):
        for sheet in openpyxl.load_workbook(path, data_only=values):
            if sheet.title not in HIDDEN:
                yield sheet.title, sheet.title
                yield from _sheet_texts(sheet)
    with zipfile.ZipFile(path) as package:
        for part in package.namelist():
            if part.startswith(("xl/charts/", "xl/worksheets/", "xl/comments")):
                yield from ((part, text) for text in _joined(ET.fromstring(package.read(part))))


def _sheet_texts(sheet: Worksheet) -> Iterator[tuple[str, str]]:
    for cell in (cell for line in sheet.iter_rows() for cell in line):
        yield f"{sheet.title}!{cell.coordinate}", str(cell.value or "")
        if cell.comment:
            yield f"{sheet.title}!{cell.coordinate}批注", cell.comment.text
    for rule in sheet.data_validations.dataValidation:
        for text in (rule.prompt, rule.error, rule.formula1):
            yield f"{sheet.title}!{rule.sqref}", str(text or "")
