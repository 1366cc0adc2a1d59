"""How text looks in effect: direct formatting over run style over paragraph style over the document's defaults."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from lxml import etree

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_DEFAULT_SIZE = 20
_P, _PROPERTIES, _RUN_PROPERTIES = qn("w:p"), qn("w:pPr"), qn("w:rPr")
_STYLE = qn("w:pStyle")
_VALUE = qn("w:val")


@dataclass(frozen=True, slots=True)
class Look:
    """The East Asian font, size in half points, colour (six hex digits, "" for automatic), weight."""

    font: str
    size: int
    colour: str
    bold: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Alignment, first line and left indent in twips (a character of 3号 is 315)."""

    align: str
    first_line: int
    left: int


_CHARACTER = 3.15  # twips in a hundredth of a character


# Word bases styles on one another some ten deep; a chain of thousands is made to cost time.
_LONGEST_CHAIN = 32


class Looks:
    """Resolves looks within one document."""

    def __init__(self, document: Document) -> None:
        styles = document.styles.element
        self._styles = {style.get(qn("w:styleId")): style for style in styles.iter(qn("w:style"))}
        defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        self._defaults = [] if defaults is None else [defaults]
        self._normal = next(
            (
                id_
                for id_, style in self._styles.items()
                if style.get(qn("w:type")) == "paragraph"
                and style.get(qn("w:default")) in ("1", "true")
            ),
            "",
        )
        self._theme = _theme_fonts(document)
        self._chain = cache(self._chain_of)
        self._looks: dict[tuple[str, bytes], Look] = {}
        self._layouts: dict[tuple[str, bytes], Layout] = {}
        self._look_of_style = cache(lambda id_: self._resolved(self._of_style_id(id_)))

    def style_name(self, paragraph: _Element) -> str:
        """The name of the paragraph's style."""
        style = self._styles.get(self._style_id(paragraph))
        name = None if style is None else style.find(qn("w:name"))
        return "" if name is None else str(name.get(qn("w:val")))

    def _style_id(self, paragraph: _Element) -> str:
        properties = next(iter(paragraph), None)  # they stand first or nowhere
        if properties is None or properties.tag != _PROPERTIES:
            return self._normal
        named = properties.find(_STYLE)
        return self._normal if named is None else str(named.get(_VALUE))

    def _chain_of(self, id_: str) -> tuple[_Element, ...]:
        """A style and all that it is based on, nearest first."""
        found: dict[str, _Element] = {}
        while id_ in self._styles and id_ not in found and len(found) < _LONGEST_CHAIN:
            style = found[id_] = self._styles[id_]
            base = style.find(qn("w:basedOn"))
            id_ = "" if base is None else str(base.get(qn("w:val")))
        return tuple(found.values())

    def of(self, run: _Element) -> Look:
        """How a run looks; worked out once for all runs of one style that are formatted alike."""
        key = (self._style_id(next(run.iterancestors(_P))), _as_written(run.find(_RUN_PROPERTIES)))
        if key not in self._looks:
            self._looks[key] = self._of_run(run)
        return self._looks[key]

    def _of_run(self, run: _Element) -> Look:
        paragraph = next(run.iterancestors(qn("w:p")))
        sources = [run.find(qn("w:rPr"))]
        named = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        if named is not None:
            sources += [
                style.find(qn("w:rPr")) for style in self._chain(str(named.get(qn("w:val"))))
            ]
        return self._resolved([*sources, *self._of_style_id(self._style_id(paragraph))])

    def of_style(self, paragraph: _Element) -> Look:
        """How text of a paragraph looks by its style alone."""
        return self._look_of_style(self._style_id(paragraph))

    def _of_style_id(self, id_: str) -> list[_Element | None]:
        return [*(style.find(qn("w:rPr")) for style in self._chain(id_)), *self._defaults]

    def _resolved(self, sources: list[_Element | None]) -> Look:
        there = [source for source in sources if source is not None]
        font = next((name for source in there if (name := self._font(source))), "")
        size = next((value for source in there if (value := _value(source, "sz"))), "")
        colour = next((value for source in there if (value := _value(source, "color"))), "")
        bold = next(
            (element for source in there if (element := source.find(qn("w:b"))) is not None), None
        )
        is_bold = bold is not None and bold.get(qn("w:val")) not in ("0", "false")
        return Look(
            font,
            round(float(size)) if size else _DEFAULT_SIZE,
            "" if colour == "auto" else colour,
            is_bold,
        )

    def _font(self, properties: _Element) -> str:
        fonts = properties.find(qn("w:rFonts"))
        if fonts is None:
            return ""
        theme = fonts.get(qn("w:eastAsiaTheme"))
        return self._theme.get(theme, "") if theme else str(fonts.get(qn("w:eastAsia")) or "")

    def layout(self, paragraph: _Element) -> Layout:
        """Alignment and indents in effect; worked out once for all paragraphs that are formatted alike."""
        key = (self._style_id(paragraph), _as_written(paragraph.find(_PROPERTIES)))
        if key not in self._layouts:
            self._layouts[key] = self._layout_of(paragraph)
        return self._layouts[key]

    def _layout_of(self, paragraph: _Element) -> Layout:
        sources = [paragraph.find(qn("w:pPr"))]
        sources += [style.find(qn("w:pPr")) for style in self._chain(self._style_id(paragraph))]
        there = [source for source in sources if source is not None]
        align = next((value for source in there if (value := _value(source, "jc"))), "left")
        return Layout(align, _indent(there, "firstLine"), _indent(there, "left"))


def _as_written(properties: _Element | None) -> bytes:
    """Properties as their XML: what looks alike is written alike."""
    return b"" if properties is None else etree.tostring(properties, with_tail=False)


def _value(properties: _Element, name: str) -> str:
    element = properties.find(qn(f"w:{name}"))
    return "" if element is None else str(element.get(qn("w:val")) or "")


def _indent(sources: list[_Element], name: str) -> int:
    """Characters win over twips, the nearest source over the others, as in Word."""
    for source in sources:
        indent = source.find(qn("w:ind"))
        if indent is None:
            continue
        characters, twips = indent.get(qn(f"w:{name}Chars")), indent.get(qn(f"w:{name}"))
        if characters and float(characters):
            return round(float(characters) * _CHARACTER)
        if twips is not None:
            return round(float(twips))
    return 0


def _theme_fonts(document: Document) -> dict[str, str]:
    """East Asian fonts of the theme, by the names that styles use."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/theme"):
            root = etree.fromstring(relation.target_part.blob)
            names = {}
            for kind in ("major", "minor"):
                font = root.find(f".//{{*}}{kind}Font/{{*}}font[@script='Hans']")
                east = root.find(f".//{{*}}{kind}Font/{{*}}ea")
                name = (font.get("typeface") if font is not None else "") or (
                    east.get("typeface") if east is not None else ""
                )
                names[f"{kind}EastAsia"] = name or ""
            return names
    return {}
