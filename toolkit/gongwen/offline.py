"""A copy of a Word package for a program that draws it: nothing in it leads out of the file.

LibreOffice fetches linked pictures while it converts. What would make it – or make it open a file beside the document –
is taken out: external relationships, embedded programs and pages, addresses of pictures, fields that include files.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from lxml import etree

from toolkit.packages.rewrite import stored_package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

# Kinds of relationships, by the last word of their type, to parts that hold files of their own with links of their own.
_NOT_DRAWN = frozenset(
    {
        "aFChunk", "attachedTemplate", "control", "frame", "mailMergeSource", "oleObject", "package",
        "subDocument", "vbaProject",
    }
)  # fmt: skip
# Attributes that hold an address itself, in VML and SVG.
_ADDRESSES = frozenset({"src", "href", "althref"})
# Fields that only count, name or date; all others keep their result and lose what they would fetch.
_HARMLESS = frozenset(
    {
        "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "REF", "NOTEREF", "STYLEREF", "SEQ", "TOC", "TC",
        "DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "TITLE", "SUBJECT", "AUTHOR", "DOCPROPERTY",
        "HYPERLINK", "EQ", "=", "IF", "QUOTE", "SYMBOL", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "MERGEFIELD",
    }
)  # fmt: skip


def offline(data: bytes) -> bytes:
    """The package (as `incoming.gated` gives it) without anything that is fetched when its pages are drawn."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return stored_package(
            (name, _part(name, package.read(name))) for name in package.namelist()
        )


def _part(name: str, data: bytes) -> bytes:
    if name.lower().endswith(".svg"):
        return (
            b""  # its pictures may stand elsewhere; a picture that Word draws has a .png beside it
        )
    if not name.lower().endswith((".xml", ".rels", ".vml")) or not data:
        return data
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return b""  # a part that nobody can read is drawn by nobody
    if name.lower().endswith(".rels"):
        _keep_inside(root)
    else:
        _drop_addresses(root)
        _drop_fields(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _keep_inside(relations: _Element) -> None:
    """Only relationships to parts of this package that are drawn."""
    for relation in list(relations):
        kind = str(relation.get("Type") or "").rpartition("/")[2]
        target = str(relation.get("Target") or "")
        leads_out = str(relation.get("TargetMode") or "").lower() == "external" or ":" in target
        if leads_out or kind in _NOT_DRAWN or target.startswith("\\\\"):
            relations.remove(relation)


def _drop_addresses(root: _Element) -> None:
    for element in root.iter(etree.Element):
        for name in [name for name in element.attrib if _local(name) in _ADDRESSES]:
            del element.attrib[name]


def _local(name: str | bytes) -> str:
    return str(name).rpartition("}")[2].lower()


def _drop_fields(root: _Element) -> None:
    """The instruction of every field that is not harmless; what it showed last stays."""
    for simple in root.iter(qn("w:fldSimple")):
        if not _is_harmless(str(simple.get(qn("w:instr")) or "")):
            simple.set(qn("w:instr"), "")
    for pieces in _instructions(root):
        if not _is_harmless("".join(piece.text or "" for piece in pieces)):
            for piece in pieces:
                piece.text = ""


def _instructions(root: _Element) -> Iterator[list[_Element]]:
    """The pieces of each field's instruction, which a writer may spread over many runs; fields stand inside fields."""
    open_fields: list[list[_Element]] = []
    for element in root.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:delInstrText")):
        if element.tag != qn("w:fldChar"):
            if open_fields:
                open_fields[-1].append(element)
            else:
                yield [element]
        elif element.get(qn("w:fldCharType")) == "begin":
            open_fields.append([])
        elif element.get(qn("w:fldCharType")) == "end" and open_fields:
            yield open_fields.pop()
    yield from open_fields


def _is_harmless(instruction: str) -> bool:
    words = instruction.split()
    return not words or words[0].upper() in _HARMLESS or words[0].startswith("=")
