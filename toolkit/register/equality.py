"""Whether two values of a column say the same, and how one is shown in a sentence."""

from __future__ import annotations

from toolkit.ledger.deadlines import Deadline
from toolkit.ledger.joining import shortened, without_blanks
from toolkit.ledger.status import Status

_SHOWN = 40


def same(one: object, other: object) -> bool:
    """Blanks within texts, the order of lists and the wording of a deadline do not count."""
    if isinstance(one, str) and isinstance(other, str):
        return without_blanks(one) == without_blanks(other)
    if isinstance(one, Deadline) and isinstance(other, Deadline):
        # 今年10月底前 stays what it was read as when it was new.
        return one.raw == other.raw or (one.due, one.standing) == (other.due, other.standing)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return set(one) == set(other)
    return one == other or (
        not one and not other and type(one) is not int and type(other) is not int
    )


def full(value: object) -> str:
    """A value as it is typed into a cell; 无 for a blank one, since a blank cell erases nothing."""
    match value:
        case None | "" | ():
            return "无"
        case Deadline():
            return value.raw
        case Status():
            return f"{{{value.name}}}"  # in the office's word where the finding is shown
        case tuple():
            return "、".join(map(str, value))
    return str(value)


def shown(value: object) -> str:
    """A value as a sentence quotes it, cut where it is long."""
    if value in (None, "", ()):
        return "（空）"
    return shortened(full(value).replace("\n", " "), _SHOWN, "……")
