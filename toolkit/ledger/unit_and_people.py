"""One cell for the unit and its people (责任单位及责任人): which part is which, without a guess."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.ledger.text import clean
from toolkit.ledger.units import Unit

if TYPE_CHECKING:
    from toolkit.ledger.units import Directory

# Headings that ask for both, blanks taken out.
_HEADING = re.compile(
    r"(?:整改|牵头|责任|主办|承办|主责)*(?:单位|部门|科室|股室|处室)(?:[及和与、/／]|[（(])(?:整改|具体|直接|主要)?(?:责任人|负责人|经办人|承办人|联系人)[）)]?"
    r"|(?:整改|具体|直接)?(?:责任人|负责人|经办人|联系人)(?:[及和与、/／]|[（(])(?:所在|责任|牵头|承办)*(?:单位|部门|科室|股室|处室)[）)]?"
)
_UNIT_LABEL = re.compile(r"(?:牵头|责任|主办|承办|整改)*(?:单位|部门|科室)\s*[:：]\s*")
_PEOPLE_LABEL = re.compile(
    r"(?:整改|具体|直接|主要)?(?:责任人|负责人|经办人|承办人|联系人)\s*[:：]\s*"
)
_ENDS_LIKE_A_UNIT = re.compile(
    r"(?:局|办|委|部|厅|署|科|处|室|股|中心|街道|公司|集团|镇|乡|村|社区|党组|党委|支部|总支|委员会|协会|工会|法院|检察院|医院|学校|大学|中学|小学|站|所|队|馆|银行)$"
)
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff]{1,8}")
_BRACKETED = re.compile(r"\s*[（(]([^（）()]*)[）)]")
_BETWEEN = re.compile(r"[\s、，,；;/／|]+")


def asks_for_both(heading: str) -> bool:
    """Whether a heading asks for a unit and for people in one column."""
    return _HEADING.fullmatch(re.sub(r"\s", "", heading)) is not None


def split_unit_and_people(text: str, directory: Directory) -> tuple[str, str] | None:
    """(units, people) of one cell, each joined by 、; None where a part of it could be either, or is neither."""
    text = clean(text)
    label = _PEOPLE_LABEL.search(text)
    if label:
        before = _UNIT_LABEL.sub("", text[: label.start()]).strip(" \n，,；;、（(")
        return _joined(before), _joined(text[label.end() :].strip(" \n，,；;、）)"))
    pieces = [piece for piece in _BETWEEN.split(_BRACKETED.sub(r" \1 ", text)) if piece]
    units: list[str] = []
    people: list[str] = []
    for piece in map(_bare, pieces):
        if _is_unit(piece, directory):
            units.append(piece)
        elif _NAME.fullmatch(piece):
            people.append(piece)
        else:
            return None
    return ("、".join(units), "、".join(people)) if units else None


def _bare(piece: str) -> str:
    return _UNIT_LABEL.sub("", piece)


def _joined(text: str) -> str:
    return "、".join(piece for piece in _BETWEEN.split(text) if piece)


def _is_unit(piece: str, directory: Directory) -> bool:
    known = bool(directory.units) and isinstance(directory.resolve(piece), Unit)
    return known or _ENDS_LIKE_A_UNIT.search(piece) is not None
