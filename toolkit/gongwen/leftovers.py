"""Parts that come with a template of another program and that nothing in the document uses: they are not carried on.

They are large (the styles of Word 2010 alone are half a megabyte) and name fonts that stand nowhere in the paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from lxml import etree

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.part import Part
    from docx.opc.rel import _Relationship

_NEVER_USED = frozenset({"stylesWithEffects", "thumbnail"})
# How a part points into the theme: asciiTheme, themeColor, schemeClr …
_THEMED = (b"Theme=", b":theme", b"cstheme=", b"schemeClr")
_LISTS = tuple(qn(f"w:{tag}") for tag in ("numPr", "numStyleLink", "styleLink"))


def drop_unused(document: Document) -> None:
    """Take out the parts that are not used."""
    for owner in (document.part.package, document.part):
        for key, relation in list(owner.rels.items()):
            if _is_unused(document, relation):
                del owner.rels[key]


def _is_unused(document: Document, relation: _Relationship) -> bool:
    kind = relation.reltype.rpartition("/")[2]
    if relation.is_external:
        return False
    if kind in _NEVER_USED:
        return True
    part = relation.target_part
    if kind == "fontTable":
        return not part.rels  # with relationships it holds fonts themselves
    if kind == "theme":
        return not any(_is_themed(other) for other in _others(document, part))
    return kind == "numbering" and not _has_lists(document)


def _others(document: Document, part: Part) -> list[Part]:
    """All parts but this one and the settings, which only say how a theme is to be read."""
    settings = document.part._settings_part  # noqa: SLF001 - python-docx offers its element only
    return [other for other in document.part.package.iter_parts() if other not in (part, settings)]


def _is_themed(part: Part) -> bool:
    data = etree.tostring(part.element) if isinstance(part, XmlPart) else part.blob
    return any(mark in data for mark in _THEMED)


def _has_lists(document: Document) -> bool:
    roots = [
        part.element for part in document.part.package.iter_parts() if isinstance(part, XmlPart)
    ]
    numbering = document.part.numbering_part.element
    return any(
        next(root.iter(*_LISTS), None) is not None for root in roots if root is not numbering
    )
