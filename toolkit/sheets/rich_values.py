"""Rich values of Excel 365: a picture placed in a cell, and the error values that old programs do not know.

Both are stored as an ordinary error with a number (`vm`) that leads, over three parts, to what the cell shows.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.packages.markup import attributes, children, descendants, parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

    from toolkit.sheets.parts import Parts

# errorType of a rich value ([MS-XLSX] 2.3.6.1.3) → what Excel shows.
_NAMES = {
    4: "#NAME?", 8: "#SPILL!", 9: "#CONNECT!", 10: "#BLOCKED!", 11: "#UNKNOWN!", 12: "#FIELD!", 13: "#CALC!",
    14: "#BUSY!", 18: "#EXTERNAL!", 19: "#TIMEOUT!",
}  # fmt: skip
_FUTURE = "XLRICHVALUE"


def rich_errors(parts: Parts, related: Mapping[str, tuple[str, str]]) -> Mapping[str, str]:
    """Number of a cell's rich value (`vm`) → the error that it stands for; what is not there is a picture.

    `related` are the relationships of the workbook.
    """
    targets = {kind.lower(): target for kind, target in related.values()}
    xml = [
        parts.read(targets.get(kind, ""))
        for kind in ("sheetmetadata", "rdrichvalue", "rdrichvaluestructure")
    ]
    if not all(xml):
        return MappingProxyType({})
    metadata, values, structures = map(parse, xml)
    errors = _errors(values, structures)
    return MappingProxyType(
        {
            str(number): errors[value]
            for number, value in enumerate(_values_of_cells(metadata), 1)
            if value in errors
        }
    )


def _errors(values: Element, structures: Element) -> dict[int, str]:
    """Place of a rich value → the error's name, for those that are errors."""
    kinds = [
        (attributes(structure).get("t", ""), [attributes(key).get("n", "") for key in children(structure, "k")])
        for structure in descendants(structures, "s")
    ]  # fmt: skip
    found: dict[int, str] = {}
    for place, value in enumerate(descendants(values, "rv")):
        number = attributes(value).get("s", "")
        kind, keys = (
            kinds[int(number)] if number.isdecimal() and int(number) < len(kinds) else ("", [])
        )
        if kind == "_error":
            told = dict(
                zip(keys, (child.text or "" for child in children(value, "v")), strict=False)
            )
            code = told.get("errorType", "")
            found[place] = _NAMES.get(int(code), "") if code.isdecimal() else ""
    return found


def _values_of_cells(metadata: Element) -> list[int]:
    """The place of the rich value that each `vm`, from 1, leads to; -1 where it leads to none."""
    futures = [
        [_number(block, "rvb", "i") for block in children(group, "bk")]
        for group in descendants(metadata, "futureMetadata")
        if attributes(group).get("name") == _FUTURE
    ]
    rich = futures[0] if futures else []
    listed = [
        _number(block, "rc", "v")
        for group in descendants(metadata, "valueMetadata")
        for block in children(group, "bk")
    ]
    return [rich[place] if 0 <= place < len(rich) else -1 for place in listed]


def _number(block: Element, name: str, attribute: str) -> int:
    found = next(descendants(block, name), None)
    text = "" if found is None else attributes(found).get(attribute, "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1
