""".ods (OpenDocument): values by calamine; it does not tell merged ranges, which are read from content.xml."""

from __future__ import annotations

import io
import zipfile

from toolkit.sheets import values
from toolkit.sheets.gate import open_package, read_member, refuse_entities
from toolkit.sheets.grid import Book, Grid, Range

_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def accepts(data: bytes) -> bool:
    """Whether this is a zip package that declares itself an OpenDocument spreadsheet."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return read_member(package, "mimetype").startswith(_TYPE)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def read(data: bytes, name: str) -> Book:
    """All sheets with their merged ranges."""
    with open_package(data) as package:
        content = read_member(package, "content.xml")
    refuse_entities(content)
    merges = _merges(content)
    return Book("ods", tuple(Grid(grid.name, grid.rows, merges.get(grid.name, ())) for grid in values.read(data, name)))


def _merges(content: bytes) -> dict[str, tuple[Range, ...]]:
    from defusedxml import ElementTree

    merges: dict[str, tuple[Range, ...]] = {}
    for table in ElementTree.fromstring(content).iter(f"{_TABLE}table"):
        found = []
        row = 1
        for line in table.iter(f"{_TABLE}table-row"):
            col = 1
            for cell in line:
                down, across = (int(cell.get(f"{_TABLE}number-{side}-spanned", 1)) for side in ("rows", "columns"))
                if down > 1 or across > 1:
                    found.append(Range(row, col, row + down - 1, col + across - 1))
                col += int(cell.get(f"{_TABLE}number-columns-repeated", 1))
            row += int(line.get(f"{_TABLE}number-rows-repeated", 1))
        merges[table.get(f"{_TABLE}name", "")] = tuple(found)
    return merges
