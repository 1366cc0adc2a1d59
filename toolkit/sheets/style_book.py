"""The styles part of a workbook, to which cell formats are added: append only, so that every number in use stays true."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from lxml import etree

from toolkit.packages.gate import DAMAGED, UnreadableFile
from toolkit.sheets.number_format import is_date
from toolkit.sheets.package import first_child
from toolkit.sheets.stylesheet import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.sheets.package import Tree

GENERAL, TEXT, _DAY, _FIRST_OWN = 0, 49, "yyyy\\-mm\\-dd", 164


class StyleBook:
    """Cell formats of one workbook, by their number in cellXfs (18.8.10)."""

    def __init__(self, tree: Tree) -> None:
        """Raises UnreadableFile where the part has no cell formats."""
        self._tree = tree
        self._space = etree.QName(tree).namespace
        self._made: dict[object, int] = {}
        cells = first_child(tree, "cellXfs")
        if cells is None or not len(cells):
            raise UnreadableFile(DAMAGED)
        self._cells = cells

    def shows_days(self, style: int) -> bool:
        """Whether a number under this format is read as a day."""
        return is_date(self._code(style))

    def shows_text(self, style: int) -> bool:
        """Whether whatever is typed under this format stays text."""
        return self._code(style) == "@"

    def is_locked(self, style: int) -> bool:
        """Whether a protected sheet refuses to change such a cell."""
        found = first_child(self._xf(style), "protection")
        return found is None or found.get("locked", "1") not in ("0", "false")

    def wraps(self, style: int) -> bool:
        """Whether long texts go on in the next line."""
        found = first_child(self._xf(style), "alignment")
        return found is not None and found.get("wrapText", "0") in ("1", "true")

    def font_size(self, style: int) -> float:
        """In points; 11 where nothing is said."""
        fonts = first_child(self._tree, "fonts")
        number = int(self._xf(style).get("fontId", "0"))
        font = fonts[number] if fonts is not None and number < len(fonts) else ()
        size = first_child(font, "sz")
        return float(size.get("val", "11")) if size is not None else 11.0

    def for_days(self, style: int) -> int:
        """The same format, showing days."""
        return style if self.shows_days(style) else self._with_format(style, self._format(_DAY))

    def for_numbers(self, style: int) -> int:
        """The same format, showing numbers as they are."""
        if self.shows_days(style) or self.shows_text(style):
            return self._with_format(style, GENERAL)
        return style

    def filled(self, style: int, colour: str) -> int:
        """The same format on this ground (RRGGBB)."""
        return self.like(style, fill=colour)

    def like(
        self,
        style: int,
        *,
        fill: str = "",
        font: Mapping[str, str] | None = None,
        border: str = "",
        alignment: Mapping[str, str] | None = None,
    ) -> int:
        """A format like another one but for what is given.

        `font` are children of CT_Font with their values, `border` is the colour of thin lines around.
        """
        asked = (style, fill, tuple((font or {}).items()), border, tuple((alignment or {}).items()))
        if asked not in self._made:
            xf = copy.deepcopy(self._xf(style))
            if fill:
                xf.set("fillId", str(self._fill(fill)))
                xf.set("applyFill", "1")
            if font:
                xf.set("fontId", str(self._font(font)))
                xf.set("applyFont", "1")
            if border:
                xf.set("borderId", str(self._border(border)))
                xf.set("applyBorder", "1")
            if alignment:
                old = first_child(xf, "alignment")
                if old is not None:
                    xf.remove(old)
                xf.insert(0, xf.makeelement(self._name("alignment"), dict(alignment)))
                xf.set("applyAlignment", "1")
            self._made[asked] = self._appended(xf)
        return self._made[asked]

    def hiding_rule(self) -> int:
        """The number of a differential format that shows nothing and draws no line above (18.8.15)."""
        if "dxf" not in self._made:
            rules = self._list("dxfs")
            dxf = etree.SubElement(rules, self._name("dxf"))
            told = {"numFmtId": str(self._format(";;;")), "formatCode": ";;;"}
            etree.SubElement(dxf, self._name("numFmt"), told)
            self._made["dxf"] = self._counted(rules)
        return self._made["dxf"]

    def _code(self, style: int) -> str:
        number = int(self._xf(style).get("numFmtId", "0"))
        formats = first_child(self._tree, "numFmts")
        own = (
            found.get("formatCode", "")
            for found in (formats if formats is not None else ())
            if found.get("numFmtId") == str(number)
        )
        return next(own, BUILT_IN.get(number, ""))

    def _xf(self, style: int) -> Tree:
        return self._cells[style if style < len(self._cells) else 0]

    def _with_format(self, style: int, number: int) -> int:
        asked = ("format", style, number)
        if asked not in self._made:
            xf = copy.deepcopy(self._xf(style))
            xf.set("numFmtId", str(number))
            xf.set("applyNumberFormat", "1")
            self._made[asked] = self._appended(xf)
        return self._made[asked]

    def _appended(self, xf: Tree) -> int:
        self._cells.append(xf)
        return self._counted(self._cells)

    def _format(self, code: str) -> int:
        formats = self._list("numFmts")
        numbers = {found.get("formatCode"): int(found.get("numFmtId", "0")) for found in formats}
        if code not in numbers:
            numbers[code] = max((_FIRST_OWN - 1, *numbers.values())) + 1
            told = {"numFmtId": str(numbers[code]), "formatCode": code}
            etree.SubElement(formats, self._name("numFmt"), told)
            self._counted(formats)
        return numbers[code]

    def _fill(self, colour: str) -> int:
        fills = self._list("fills")
        fill = etree.SubElement(fills, self._name("fill"))
        pattern = etree.SubElement(fill, self._name("patternFill"), {"patternType": "solid"})
        etree.SubElement(pattern, self._name("fgColor"), {"rgb": f"FF{colour}"})
        etree.SubElement(pattern, self._name("bgColor"), {"indexed": "64"})
        return self._counted(fills)

    def _font(self, told: Mapping[str, str]) -> int:
        fonts = self._list("fonts")
        font = etree.SubElement(fonts, self._name("font"))
        for name, value in told.items():
            kind = "rgb" if name == "color" else "val"
            etree.SubElement(font, self._name(name), {kind: value} if value else {})
        return self._counted(fonts)

    def _border(self, colour: str) -> int:
        borders = self._list("borders")
        border = etree.SubElement(borders, self._name("border"))
        for side in ("left", "right", "top", "bottom"):
            line = etree.SubElement(border, self._name(side), {"style": "thin"})
            etree.SubElement(line, self._name("color"), {"rgb": f"FF{colour}"})
        etree.SubElement(border, self._name("diagonal"))
        return self._counted(borders)

    # The order in which the lists stand in the part (18.8.39).
    _ORDER = (
        "numFmts",
        "fonts",
        "fills",
        "borders",
        "cellStyleXfs",
        "cellXfs",
        "cellStyles",
        "dxfs",
    )

    def _list(self, name: str) -> Tree:
        """A list of the part, made at its place where there is none."""
        found = first_child(self._tree, name)
        if found is None:
            found = self._tree.makeelement(self._name(name), {"count": "0"})
            before = self._ORDER[: self._ORDER.index(name)]
            at = sum(etree.QName(child).localname in before for child in self._tree)
            self._tree.insert(at, found)
        return found

    def _counted(self, found: Tree) -> int:
        """Set a list's count; the number of its last member."""
        found.set("count", str(len(found)))
        return len(found) - 1

    def _name(self, local: str) -> str:
        return f"{{{self._space}}}{local}"
