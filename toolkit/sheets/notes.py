"""Notes on cells of an existing sheet: the comments part (18.7) and the shapes (VML) that programs draw them in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from toolkit.sheets.grid import address
from toolkit.sheets.package import child_of, first_child, like, new_root, serialised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.sheets.package import Package, Tree

_VML, _OFFICE, _EXCEL = (
    "urn:schemas-microsoft-com:vml",
    "urn:schemas-microsoft-com:office:office",
    "urn:schemas-microsoft-com:office:excel",
)
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_COMMENTS, _SHAPES = "xl/comments_zhenggai.xml", "xl/drawings/vmlDrawing_zhenggai.vml"
_SHAPE_TYPE = "_x0000_t202"
# A note covers this many columns and, by its lines, this many rows of usual size.
_COLS, _LEAST_ROWS, _MOST_ROWS = 4, 4, 24
_PAPER = "#FFFBE8"


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a cell; `lines` are how many lines its text takes."""

    row: int
    col: int
    text: str
    lines: int


def add_notes(package: Package, part: str, links: str, notes: Sequence[Note]) -> None:
    """Hang notes onto cells of the sheet `part`; those that are there stay. `links` is the namespace of its r:id."""
    if not notes:
        return
    _add_texts(package, part, links, notes)
    drawing = _shapes_of(package, part, links)
    for number, note in enumerate(notes, 1):
        drawing.append(_shape(note, number))


def _add_texts(package: Package, part: str, links: str, notes: Sequence[Note]) -> None:
    space = etree.QName(package.tree(part)).namespace or ""
    there = next(iter(package.of_kind(part, "comments")), "")
    if not there:
        root = new_root(space, "comments")
        etree.SubElement(root, like(root, "authors"))
        etree.SubElement(root, like(root, "commentList"))
        package.put(_COMMENTS, serialised(root))
        package.declare(_COMMENTS, _COMMENTS_TYPE)
        package.relate(part, "comments", _COMMENTS, prefix=links)
        there = _COMMENTS
    comments = package.tree(there)
    authors = child_of(comments, "authors")
    etree.SubElement(authors, like(comments, "author"))
    held = child_of(comments, "commentList")
    for note in notes:
        told = {"ref": address(note.row, note.col), "authorId": str(len(authors) - 1)}
        comment = etree.SubElement(held, like(comments, "comment"), told)
        run = etree.SubElement(
            etree.SubElement(comment, like(comments, "text")), like(comments, "r")
        )
        looks = etree.SubElement(run, like(comments, "rPr"))
        etree.SubElement(looks, like(comments, "sz"), {"val": "9"})
        etree.SubElement(looks, like(comments, "rFont"), {"val": "宋体"})
        words = etree.SubElement(run, like(comments, "t"))
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        words.text = note.text


def _shapes_of(package: Package, part: str, links: str) -> Tree:
    """The drawing that the sheet's notes are drawn in, made where there is none."""
    sheet = package.tree(part)
    legacy = first_child(sheet, "legacyDrawing")
    there = package.relations(part).get(_id_of(legacy)) if legacy is not None else None
    if there:
        return package.tree(there[1])
    root = etree.Element("xml", nsmap={"v": _VML, "o": _OFFICE, "x": _EXCEL})
    layout = etree.SubElement(root, f"{{{_OFFICE}}}shapelayout", {f"{{{_VML}}}ext": "edit"})
    etree.SubElement(layout, f"{{{_OFFICE}}}idmap", {f"{{{_VML}}}ext": "edit", "data": "1"})
    kind = etree.SubElement(
        root, f"{{{_VML}}}shapetype",
        {"id": _SHAPE_TYPE, "coordsize": "21600,21600", f"{{{_OFFICE}}}spt": "202", "path": "m,l,21600r21600,l21600,xe"},
    )  # fmt: skip
    etree.SubElement(kind, f"{{{_VML}}}stroke", {"joinstyle": "miter"})
    etree.SubElement(
        kind, f"{{{_VML}}}path", {"gradientshapeok": "t", f"{{{_OFFICE}}}connecttype": "rect"}
    )
    package.put(_SHAPES, serialised(root))
    package.default("vml", _VML_TYPE)
    link = package.relate(part, "vmlDrawing", _SHAPES, prefix=links)
    element = sheet.makeelement(like(sheet, "legacyDrawing"), {f"{{{links}}}id": link})
    behind = ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst")  # fmt: skip
    at = sum(etree.QName(child).localname not in behind for child in sheet)
    sheet.insert(at, element)
    return package.tree(_SHAPES)


def _id_of(element: Tree) -> str:
    return next((value for name, value in element.attrib.items() if name.endswith("}id")), "")


def _shape(note: Note, number: int) -> Tree:
    """A box beside the cell, shown while the pointer is on it; rows and columns count from 0 in it."""
    told = {
        "id": f"_x0000_s{7000 + number}",
        "type": f"#{_SHAPE_TYPE}",
        "style": f"position:absolute;z-index:{number};visibility:hidden",
        "fillcolor": _PAPER,
        f"{{{_OFFICE}}}insetmode": "auto",
    }
    shape = etree.Element(f"{{{_VML}}}shape", told)
    etree.SubElement(shape, f"{{{_VML}}}fill", {"color2": _PAPER})
    etree.SubElement(shape, f"{{{_VML}}}shadow", {"on": "t", "color": "black", "obscured": "t"})
    etree.SubElement(shape, f"{{{_VML}}}path", {f"{{{_OFFICE}}}connecttype": "none"})
    box = etree.SubElement(shape, f"{{{_VML}}}textbox", {"style": "mso-direction-alt:auto"})
    etree.SubElement(box, "div", {"style": "text-align:left"})
    data = etree.SubElement(shape, f"{{{_EXCEL}}}ClientData", {"ObjectType": "Note"})
    etree.SubElement(data, f"{{{_EXCEL}}}MoveWithCells")
    etree.SubElement(data, f"{{{_EXCEL}}}SizeWithCells")
    top = max(note.row - 2, 0)
    bottom = top + min(max(note.lines + 1, _LEAST_ROWS), _MOST_ROWS)
    anchor = (note.col, 15, top, 4, note.col + _COLS, 15, bottom, 4)
    etree.SubElement(data, f"{{{_EXCEL}}}Anchor").text = ", ".join(map(str, anchor))
    etree.SubElement(data, f"{{{_EXCEL}}}AutoFill").text = "False"
    etree.SubElement(data, f"{{{_EXCEL}}}Row").text = str(note.row - 1)
    etree.SubElement(data, f"{{{_EXCEL}}}Column").text = str(note.col - 1)
    return shape
