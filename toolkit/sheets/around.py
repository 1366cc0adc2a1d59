"""What stands around the data rows of a worksheet, and what becomes of it when they are more or fewer.

One table names every child of CT_Worksheet (18.3.1.99): moved, kept as it is, or refused.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from lxml import etree

from toolkit.packages.gate import UnreadableFile
from toolkit.sheets.package import first_child, local_children
from toolkit.sheets.references import CannotMove

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from toolkit.sheets.package import Tree
    from toolkit.sheets.references import Move

    # Changes an element of a sheet of this name in place; False where nothing is left of it.
    Change = Callable[[Tree, Move, str], bool]

_RULES_2009 = "http://schemas.microsoft.com/office/excel/2006/main"


class NotCarried(UnreadableFile):
    """A workbook whose layout cannot be filled in as it is; the message says why and what to do."""


def move_around(sheet: Tree, move: Move, name: str) -> None:
    """Move everything of a worksheet but its rows. Raises NotCarried for what cannot be moved."""
    for child in list(sheet):
        local = etree.QName(child).localname
        change = CHILDREN.get(local, _refused)
        if not change(child, move, name):
            sheet.remove(child)


def moved_formula(formula: str, move: Move, sheet: str, here: str) -> str:
    """A formula after the move. Raises NotCarried where it names one data row behind the first."""
    return _moved(formula, lambda text: move.formula(text, sheet, here))


def _moved(formula: str, change: Callable[[str], str]) -> str:
    try:
        return change(formula)
    except CannotMove as named:
        raise NotCarried(
            f"公式“{formula}”逐个引用了数据行（{named}），行数一变就会算错；请改为引用整列的区域（如SUM(E3:E5)）。"
        ) from named


def _kept(_: Tree, _move: Move, _name: str) -> bool:
    return True


def _gone(_: Tree, _move: Move, _name: str) -> bool:
    """What is true of the old rows only, or is calculated anew."""
    return False


def _refused(element: Tree, _move: Move, name: str) -> bool:
    local = etree.QName(element).localname
    raise NotCarried(
        f"工作表“{name}”中有无法随行移动的内容（{_WORDS.get(local, local)}）；请删去后另存为普通工作簿。"
    )


_WORDS = {"controls": "表单控件", "oleObjects": "嵌入的对象", "scenarios": "方案管理器", "dataConsolidate": "合并计算", "webPublishItems": "网页发布"}  # fmt: skip


def _merges(merges: Tree, move: Move, _: str) -> bool:
    for merge in list(merges):
        moved = move.ref(merge.get("ref", ""))
        if moved is None or len(set(moved.split(":"))) == 1:
            merges.remove(merge)
        else:
            merge.set("ref", moved)
    merges.set("count", str(len(merges)))
    return len(merges) > 0


def _rules(element: Tree, move: Move, name: str) -> bool:
    """Conditional formats and their formulas."""
    return _move_rule(element, ("formula",), move, name)


def _validations(element: Tree, move: Move, name: str) -> bool:
    for rule in list(element):
        if not _move_rule(rule, ("formula1", "formula2"), move, name):
            element.remove(rule)
    element.set("count", str(len(element)))
    return len(element) > 0


def _move_rule(rule: Tree, formulas: tuple[str, ...], move: Move, name: str) -> bool:
    """A rule over ranges, its formulas counted from the first cell of them; False where no range is left."""
    before = rule.get("sqref", "")
    after = move.sqref(before)
    rule.set("sqref", after)
    if not after:
        return False
    down = _top(after) - _top(before)
    for found in rule.iter():
        if isinstance(found.tag, str) and etree.QName(found).localname in formulas and found.text:
            found.text = _moved(found.text, lambda text: move.rule(text, name, down))
    return True


def _top(references: str) -> int:
    """The first row of the first of several ranges; 0 of whole columns."""
    digits = re.search(r"\d+", references.split(maxsplit=1)[0])
    return int(digits[0]) if digits else 0


def _by_sqref(element: Tree, move: Move, _: str) -> bool:
    """protectedRanges, ignoredErrors."""
    for found in list(element):
        found.set("sqref", move.sqref(found.get("sqref", "")))
        if not found.get("sqref"):
            element.remove(found)
    return len(element) > 0


def _links(element: Tree, move: Move, name: str) -> bool:
    for link in list(element):
        first = int("".join(filter(str.isdigit, link.get("ref", "1").partition(":")[0])) or 1)
        moved = None if move.first <= first <= move.last else move.ref(link.get("ref", ""))
        if moved is None:
            element.remove(link)
            continue
        link.set("ref", moved)
        if link.get("location"):
            link.set("location", moved_formula(link.get("location"), move, name, name))
    return len(element) > 0


def _filter(element: Tree, move: Move, _: str) -> bool:
    """The range moves; criteria go: they would hide rows that nobody has chosen."""
    moved = move.ref(element.get("ref", ""))
    for child in list(element):
        element.remove(child)
    element.set("ref", moved or "")
    return bool(moved)


def _breaks(element: Tree, move: Move, _: str) -> bool:
    for found in list(element):
        row = int(found.get("id", "0"))
        moved = move.last + move.shift if row == move.last else move.row(row)
        if moved is None or row == move.first != move.last:
            element.remove(found)
        else:
            found.set("id", str(moved))
    element.set("count", str(len(element)))
    element.set("manualBreakCount", str(len(element)))
    return len(element) > 0


def _views(element: Tree, move: Move, _: str) -> bool:
    """The cursor stands in the first data row; what was scrolled to is left."""
    for view in element:
        view.attrib.pop("topLeftCell", None)
        for child in list(view):
            local = etree.QName(child).localname
            if local == "pivotSelection":
                view.remove(child)
            elif local == "selection":
                child.set("activeCell", f"A{move.first}")
                child.set("sqref", f"A{move.first}")
                child.attrib.pop("activeCellId", None)
            elif local == "pane" and child.get("ySplit"):
                _reset_pane(child)
    return True


def _reset_pane(pane: Tree) -> None:
    """The part below frozen rows begins right below them; a split that is not frozen is left as it is."""
    if pane.get("state", "split").startswith("frozen"):
        corner = pane.get("topLeftCell", "A1")
        letters = "".join(filter(str.isalpha, corner)) or "A"
        rows = int(float(pane.get("ySplit", "0")))
        pane.set("topLeftCell", f"{letters}{rows + 1}")


def _extensions(element: Tree, move: Move, name: str) -> bool:
    """x14 and WPS extensions: ranges and formulas in elements named sqref and f (2.4 of [MS-XLSX])."""
    for found in _descendants(element, "f"):
        if etree.QName(found).namespace == _RULES_2009 and found.text:
            found.text = moved_formula(found.text, move, name, name)
    for found in list(_descendants(element, "sqref")):
        found.text = move.sqref(found.text or "")
        if not found.text:
            rule = found.getparent()
            rule.getparent().remove(rule)
    for extension in list(element):
        for held in [held for held in extension if _is_empty_list(held)]:
            extension.remove(held)
        if not len(extension):
            element.remove(extension)
    for found in _descendants(element, "dataValidations"):
        found.set("count", str(len(found)))
    return len(element) > 0


def _is_empty_list(held: Tree) -> bool:
    lists = ("dataValidations", "conditionalFormattings", "sparklineGroups", "ignoredErrors")
    return etree.QName(held).localname in lists and not len(held)


def _dimension(element: Tree, _move: Move, _name: str) -> bool:
    """Optional, and no longer true."""
    del element
    return False


CHILDREN: Mapping[str, Change] = MappingProxyType(
    {
        "sheetPr": _kept, "dimension": _dimension, "sheetViews": _views, "sheetFormatPr": _kept, "cols": _kept,
        "sheetData": _kept,  # the rows themselves are written by `fill`
        "sheetCalcPr": _kept, "sheetProtection": _kept, "protectedRanges": _by_sqref, "scenarios": _refused,
        "autoFilter": _filter, "sortState": _gone, "dataConsolidate": _refused, "customSheetViews": _gone,
        "mergeCells": _merges, "phoneticPr": _kept, "conditionalFormatting": _rules, "dataValidations": _validations,
        "hyperlinks": _links, "printOptions": _kept, "pageMargins": _kept, "pageSetup": _kept, "headerFooter": _kept,
        "rowBreaks": _breaks, "colBreaks": _kept, "customProperties": _gone, "cellWatches": _gone,
        "ignoredErrors": _by_sqref, "smartTags": _gone, "drawing": _kept, "legacyDrawing": _kept,
        "legacyDrawingHF": _kept, "drawingHF": _kept, "picture": _kept, "oleObjects": _refused, "controls": _refused,
        "webPublishItems": _refused, "tableParts": _kept, "extLst": _extensions,
        "AlternateContent": _refused,  # controls as newer programs write them
    }
)  # fmt: skip


def move_names(workbook: Tree, move: Move, sheet: str) -> None:
    """Defined names, print areas and titles."""
    names = first_child(workbook, "definedNames")
    for name in names if names is not None else ():
        name.text = moved_formula(name.text or "", move, sheet, "")


def move_table(table: Tree, move: Move) -> None:
    """A table part: its range, its filter; criteria go."""
    table.set("ref", move.ref(table.get("ref", "")) or "")
    for found in local_children(table, "autoFilter"):
        found.set("ref", move.ref(found.get("ref", "")) or "")
        for child in list(found):
            found.remove(child)
    sort = first_child(table, "sortState")
    if sort is not None:
        table.remove(sort)


def move_comments(comments: Tree, move: Move) -> None:
    """Comments of data rows go, those below move."""
    held = first_child(comments, "commentList")
    for comment in list(held if held is not None else ()):
        row = int("".join(filter(str.isdigit, comment.get("ref", "1"))))
        if move.first <= row <= move.last:
            comment.getparent().remove(comment)
        else:
            comment.set("ref", move.ref(comment.get("ref", "")))


def move_shapes(drawing: Tree, move: Move) -> None:
    """Legacy shapes (VML) of notes: rows count from 0 there (x:Row, x:Anchor)."""
    for shape in list(drawing):
        if not isinstance(shape.tag, str) or etree.QName(shape).localname != "shape":
            continue
        row = next(_descendants(shape, "Row"), None)
        if row is None or not (row.text or "").strip().isdecimal():
            continue
        number = int(row.text) + 1
        if move.first <= number <= move.last:
            drawing.remove(shape)
            continue
        moved = move.row(number) or number
        row.text = str(moved - 1)
        for anchor in _descendants(shape, "Anchor"):
            parts = [part.strip() for part in (anchor.text or "").split(",")]
            if len(parts) == 8:
                parts[2], parts[6] = (str(int(parts[place]) + moved - number) for place in (2, 6))
                anchor.text = ", ".join(parts)


def move_anchors(drawing: Tree, move: Move) -> None:
    """Pictures of data rows go, what stands below moves; rows count from 0 (20.5.2.33)."""
    for anchor in list(drawing):
        begin, end = first_child(anchor, "from"), first_child(anchor, "to")
        row = first_child(begin, "row") if begin is not None else None
        if row is None:
            continue
        number = int(row.text) + 1
        if move.first <= number <= move.last:
            drawing.remove(anchor)
            continue
        if number > move.last:
            ends = (first_child(end, "row") if end is not None else None, row)
            for found in ends:
                if found is not None:
                    found.text = str(int(found.text) + move.shift)


def _descendants(element: Tree, local: str) -> Iterator[Tree]:
    return (
        found
        for found in element.iter()
        if isinstance(found.tag, str) and etree.QName(found).localname == local
    )
