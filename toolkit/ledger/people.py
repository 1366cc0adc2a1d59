"""Names of people (牵头领导, 责任人) as they are typed."""

from __future__ import annotations

import re

# The columns that name people.
PEOPLE = frozenset({"lead_leader", "owner"})
_PIECE = re.compile(r"[^、，,；;\n]+")
_STRETCHED = re.compile(r" *[\u4e00-\u9fff](?: +[\u4e00-\u9fff]){1,2} *")


def read_people(text: str) -> str:
    """The names without the blanks that only stretch a short one: 张 三 → 张三, 李 芳 华 → 李芳华; 张三 李四 stay two."""
    return _PIECE.sub(lambda piece: _bare(piece[0]), text) if " " in text else text


def _bare(name: str) -> str:
    return name.replace(" ", "") if _STRETCHED.fullmatch(name) else name
