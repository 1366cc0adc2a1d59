"""Texts written into cells of an existing .xlsx in place: one sheet's cells change, every other byte of content stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from toolkit.packages.gate import UnreadableFile, open_package, read_member
from toolkit.packages.markup import refuse_entities
from toolkit.packages.rewrite import repacked
from toolkit.sheets.grid import address, column_number

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Mapping

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_REF = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def write_texts(data: bytes, sheet: str, texts: Mapping[tuple[int, int], str]) -> bytes:
    """The workbook with these texts at (row, column) of a sheet; formats of cells stay, rows and cells are added.

    Raises UnreadableFile for what is no workbook or has no such sheet.
    """
    from lxml import etree

    with open_package(data) as package:
        part = _part_of(package, sheet)
        xml = read_member(package, part)
        refuse_entities(xml)
        tree = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
        rows = tree.find(f"{{{_MAIN}}}sheetData")
        if rows is None:
            raise UnreadableFile(f"工作表“{sheet}”的格式不规范，无法写入。")
        for (row, col), text in sorted(texts.items()):
            _write(_cell(_row(rows, row), row, col), text)
        dimension = tree.find(f"{{{_MAIN}}}dimension")
        if dimension is not None:
            tree.remove(dimension)  # optional, and no longer true
        fresh = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        return _replaced(package, part, fresh)


def _part_of(package: zipfile.ZipFile, sheet: str) -> str:
    from lxml import etree

    xml, links = (
        read_member(package, "xl/workbook.xml"),
        read_member(package, "xl/_rels/workbook.xml.rels"),
    )
    refuse_entities(xml)
    refuse_entities(links)
    sheets = {
        found.get("name"): found.get(f"{{{_OFFICE}}}id")
        for found in etree.fromstring(xml).iter(f"{{{_MAIN}}}sheet")
    }
    targets = {found.get("Id"): found.get("Target") for found in etree.fromstring(links)}
    target = targets.get(sheets.get(sheet))
    if target is None:
        raise UnreadableFile(f"工作簿中没有工作表“{sheet}”。")
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _row(rows: Any, number: int) -> Any:
    """The row element of this number, made where there is none."""
    after = found = 0
    for position, row in enumerate(rows):
        found = int(row.get("r") or found + 1)
        if found == number:
            return row
        if found < number:
            after = position + 1
    fresh = rows.makeelement(f"{{{_MAIN}}}row", {"r": str(number)})
    rows.insert(after, fresh)
    return fresh


def _cell(row: Any, number: int, col: int) -> Any:
    after = 0
    for position, cell in enumerate(row):
        letters = _REF.fullmatch(cell.get("r", ""))
        found = column_number(letters[1]) if letters else 0
        if found == col:
            return cell
        if found < col:
            after = position + 1
    fresh = row.makeelement(f"{{{_MAIN}}}c", {"r": address(number, col)})
    row.insert(after, fresh)
    return fresh


def _write(cell: Any, text: str) -> None:
    """The text as an inline string; the cell's format stays."""
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    inside = cell.makeelement(f"{{{_MAIN}}}is", {})
    words = cell.makeelement(
        f"{{{_MAIN}}}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
    )
    words.text = text
    inside.append(words)
    cell.append(inside)


def _replaced(package: zipfile.ZipFile, part: str, fresh: bytes) -> bytes:
    """The package with one part replaced; the others and their order as they were."""
    return repacked(
        (name, fresh if name == part else read_member(package, name)) for name in package.namelist()
    )
