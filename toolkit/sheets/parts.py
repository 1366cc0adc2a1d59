"""The parts of an Office package (OPC): found whatever the case of their names, counted as they are unpacked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.packages.gate import (
    DAMAGED,
    LIMITS,
    Limits,
    UnreadableFile,
    open_package,
    read_member,
    refuse_parsed,
    stream_member,
)
from toolkit.packages.markup import as_utf8, attributes, descendants, parse

if TYPE_CHECKING:
    import re
    import zipfile
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Self


class Parts:
    """One package, open; `spent` counts the bytes that were unpacked for parsing."""

    def __init__(self, data: bytes, limits: Limits = LIMITS) -> None:
        self._package: zipfile.ZipFile = open_package(data, limits)
        self._limits = limits
        self._spent = 0
        self._names = {_plain(name): name for name in self._package.namelist()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._package.close()

    @property
    def names(self) -> frozenset[str]:
        """Every part's name in lower case, with forward slashes."""
        return frozenset(self._names)

    def read(self, name: str) -> bytes:
        """One part; b"" where there is none. Raises UnreadableFile beyond the limits."""
        stored = self._names.get(_plain(name))
        if stored is None:
            return b""
        self.spend(self._package.getinfo(stored).file_size)
        return as_utf8(read_member(self._package, stored, self._limits))

    def size(self, name: str) -> int:
        """How much a part would unpack to."""
        stored = self._names.get(_plain(name))
        return self._package.getinfo(stored).file_size if stored else 0

    def is_utf8(self, name: str) -> bool:
        """Whether a part is in UTF-8 as nearly all are, told from its beginning."""
        head = next(self.pieces(name), b"")[:200]
        return as_utf8(head) == head

    def pieces(self, name: str) -> Iterator[bytes]:
        """One part bit by bit, for whoever keeps only some of it; nothing is counted."""
        stored = self._names.get(_plain(name))
        return stream_member(self._package, stored) if stored else iter(())

    def spend(self, size: int) -> None:
        """Count bytes that are about to be parsed."""
        self._spent += size
        refuse_parsed(self._spent, self._limits)

    def main(self, kind: re.Pattern[bytes], usual: str) -> str:
        """The part that the package is about, whatever it is called; "" where none is of this kind of content."""
        if usual in self._names:
            return usual
        if not kind.search(self.read("[Content_Types].xml")):
            return ""
        targets = (
            target for word, target in self.relations("").values() if word == "officeDocument"
        )
        return next((target for target in targets if _plain(target) in self._names), "")

    def relations(self, base: str) -> dict[str, tuple[str, str]]:
        """Of the part `base`: relationship id → (last word of its type, full name of its target)."""
        folder, _, file = base.rpartition("/")
        xml = self.read(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        if not xml:
            return {}
        found: dict[str, tuple[str, str]] = {}
        for relation in descendants(parse(xml, self._limits), "Relationship"):
            told = attributes(relation)
            if told.get("TargetMode", "").lower() != "external":
                kind = told.get("Type", "").rpartition("/")[2]
                found[told.get("Id", "")] = (kind, _resolved(told.get("Target", ""), folder))
        return found


def require(parts: Parts, name: str) -> bytes:
    """A part that must be there."""
    xml = parts.read(name)
    if not xml:
        raise UnreadableFile(DAMAGED)
    return xml


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _resolved(target: str, folder: str) -> str:
    """The full name of a target that is written relative to a folder of the package."""
    if target.startswith("/"):
        return target[1:]
    path = folder.split("/") if folder else []
    for part in target.replace("\\", "/").split("/"):
        if part == "..":
            path = path[:-1]
        elif part != ".":
            path = [*path, part]
    return "/".join(path)
