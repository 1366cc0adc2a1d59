"""The entry of a setting: name, kind, what it is for, an example, and whether papers may print it – all in one place."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.settings.kinds import Kind, Misfit

T = TypeVar("T")
_ENTRY = "entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is known of a setting besides its value.

    `kind` says what may stand in its cell (a number with its range); `printed` whether the templates of papers may name
    it as a placeholder. The explanation names statuses as `{DONE}` (`toolkit.ledger.status.worded`).
    """

    name: str
    kind: Kind[Any]
    explanation: str
    example: str
    printed: bool


@overload
def setting(
    name: str, kind: Kind[str], explanation: str, example: str, *, printed: bool, default: str = ""
) -> str: ...


@overload
def setting(
    name: str, kind: Kind[T], explanation: str, example: str, *, printed: bool, default: T
) -> T: ...


def setting(
    name: str, kind: Kind[Any], explanation: str, example: str, *, printed: bool, default: Any = ""
) -> Any:
    """A field of a section: the field's type is that of its kind, and nothing of the entry has a default but a text."""
    entry = Entry(name=name, kind=kind, explanation=explanation, example=example, printed=printed)
    return field(default=default, metadata={_ENTRY: entry})


class Section:
    """A group of settings; a frozen dataclass whose every field is a `setting`, on one sheet of 设置.xlsx."""

    __slots__ = ()
    sheet: ClassVar[str]

    @classmethod
    def entries(cls) -> Mapping[str, Entry]:
        """The entries by attribute, in the order of the sheet. Raises TypeError where a field is no `setting`."""
        found = {one.name: one.metadata.get(_ENTRY) for one in fields(cls)}  # type: ignore[arg-type]
        lacking = [name for name, entry in found.items() if entry is None]
        if lacking:
            raise TypeError(f"{cls.__name__} has fields that are no settings: {', '.join(lacking)}")
        return {name: entry for name, entry in found.items() if entry is not None}

    def clashes(self) -> Iterator[tuple[str, Misfit]]:
        """The attributes whose values do not go with the others of the section, with what is wrong."""
        yield from ()
