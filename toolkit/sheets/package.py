"""A workbook's package that is being changed: parts by name whatever their case, relationships, content types.

Parts are handed out as trees; what was not asked for is written as it was packed, without being compressed anew.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from lxml import etree

from toolkit.packages.gate import DAMAGED, LIMITS, Limits, UnreadableFile, open_package, read_member
from toolkit.packages.markup import as_utf8, refuse_entities, refuse_tags
from toolkit.packages.rewrite import replaced

if TYPE_CHECKING:
    from collections.abc import Iterator

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES_PART = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# lxml's elements have no types; a tree is Any wherever it is met.
Tree = Any


def parsed(xml: bytes, limits: Limits = LIMITS) -> Tree:
    """The root of a part. Raises UnreadableFile for what is no XML or an attack."""
    xml = as_utf8(xml)
    refuse_entities(xml)
    refuse_tags(xml, limits)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as broken:
        raise UnreadableFile(DAMAGED) from broken


def serialised(tree: Tree) -> bytes:
    """A part's bytes."""
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


class Package:
    """An Office package with what was changed in it."""

    def __init__(self, data: bytes, limits: Limits = LIMITS) -> None:
        """Raises UnreadableFile for what is none, or is larger than the limits."""
        self._data, self._limits = data, limits
        self._package = open_package(data, limits)
        names = (name for name in self._package.namelist() if not name.endswith("/"))
        self._stored = {_plain(name): name for name in names}
        self._trees: dict[str, Tree] = {}
        self._fresh: dict[str, bytes | None] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The stored names of the parts that are there now."""
        fresh = (name for name in self._fresh if name not in self._stored.values())
        there = (*self._stored.values(), *fresh)
        return tuple(name for name in there if self._fresh.get(name, b"") is not None)

    def has(self, name: str) -> bool:
        """Whether there is such a part, in any case of letters."""
        return self._fresh.get(self._name(name), b"") is not None and (
            _plain(name) in self._stored or self._name(name) in self._fresh
        )

    def read(self, name: str) -> bytes:
        """A part's bytes as they were, or as they were put; b"" where there is none."""
        stored = self._name(name)
        if stored in self._fresh:
            return self._fresh[stored] or b""
        if _plain(name) not in self._stored:
            return b""
        return read_member(self._package, stored, self._limits)

    def tree(self, name: str) -> Tree:
        """A part as a tree that may be changed: it is written when the package is saved."""
        stored = self._name(name)
        if stored not in self._trees:
            self._trees[stored] = parsed(self.read(stored), self._limits)
        return self._trees[stored]

    def put(self, name: str, data: bytes) -> None:
        """Add a part or take the place of one."""
        self._trees.pop(self._name(name), None)
        self._fresh[self._name(name)] = data

    def remove(self, name: str) -> None:
        """Take a part out, its content type with it."""
        self._trees.pop(self._name(name), None)
        self._fresh[self._name(name)] = None
        for override in list(self.tree(_TYPES_PART)):
            if _plain(override.get("PartName", "")) == _plain(name):
                self.tree(_TYPES_PART).remove(override)

    def saved(self, level: int = 6) -> bytes:
        """The package as it is now, with equal bytes for equal content."""
        changed = {name: serialised(tree) for name, tree in self._trees.items()}
        return replaced(self._data, {**self._fresh, **changed}, level)

    # Relationships and content types

    def relations(self, base: str) -> dict[str, tuple[str, str]]:
        """Of a part: id → (last word of the type, full name of the target); those out of the package left out."""
        return {
            relation.get("Id", ""): (
                relation.get("Type", "").rpartition("/")[2],
                self._name(_target(relation.get("Target", ""), base)),
            )
            for relation in self._relations(base)
            if relation.get("TargetMode", "").lower() != "external"
        }

    def of_kind(self, base: str, kind: str) -> tuple[str, ...]:
        """The parts of one kind that a part is related to."""
        return tuple(target for word, target in self.relations(base).values() if word == kind)

    def unrelate(self, base: str, kinds: frozenset[str]) -> set[str]:
        """Take relationships of these kinds (or ids) out; the ids that went."""
        gone = set()
        for relation in list(self._relations(base)):
            word, id_ = relation.get("Type", "").rpartition("/")[2], relation.get("Id", "")
            if word in kinds or id_ in kinds:
                gone.add(id_)
                self._relations(base).remove(relation)
        return gone

    def unrelate_matching(self, base: str, word: str) -> None:
        """Take relationships out whose type speaks of this."""
        for relation in list(self._relations(base)):
            if word in relation.get("Type", ""):
                self._relations(base).remove(relation)

    def all_ids(self, base: str) -> tuple[str, ...]:
        """The ids of all relationships of a part, those out of the package too."""
        return tuple(relation.get("Id", "") for relation in self._relations(base))

    def relate(self, base: str, kind: str, target: str, *, prefix: str = _OFFICE) -> str:
        """Relate a part to another; the id of the relationship."""
        name = _relations_of(base)
        if not self.has(name):
            self.put(
                name,
                serialised(new_root(_RELATIONS, "Relationships")),
            )
        tree = self.tree(name)
        taken = {relation.get("Id") for relation in tree}
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        told = {"Id": f"rId{number}", "Type": f"{prefix}/{kind}", "Target": f"/{target}"}
        etree.SubElement(tree, f"{{{_RELATIONS}}}Relationship", told)
        return f"rId{number}"

    def declare(self, name: str, content_type: str) -> None:
        """Say what a part holds."""
        types = self.tree(_TYPES_PART)
        space = etree.QName(types).namespace
        told = {"PartName": f"/{name}", "ContentType": content_type}
        etree.SubElement(types, f"{{{space}}}Override", told)

    def default(self, extension: str, content_type: str) -> None:
        """Say what parts with this ending hold, where nothing is said of them yet."""
        types = self.tree(_TYPES_PART)
        space = etree.QName(types).namespace
        if any(found.get("Extension", "").lower() == extension for found in types):
            return
        told = {"Extension": extension, "ContentType": content_type}
        types.insert(0, etree.Element(f"{{{space}}}Default", told))

    def spell_targets(self) -> None:
        """Let relationships name parts as they are stored: some programs look at the case of letters."""
        waiting, done = [""], set()
        while waiting:
            base = waiting.pop()
            done.add(base)
            for relation in self._relations(base):
                if relation.get("TargetMode", "").lower() == "external":
                    continue
                target = _target(relation.get("Target", ""), base)
                stored = self._name(target)
                if stored != target:
                    relation.set("Target", f"/{stored}")
                if stored not in done and self.has(stored):
                    waiting.append(stored)

    def drop_unreachable(self) -> None:
        """Take out every part that no relationship leads to any more."""
        reached = {_plain(_TYPES_PART), *self._reached("")}
        for name in self.names:
            if _plain(name) not in reached:
                self.remove(name)

    def _reached(self, base: str) -> set[str]:
        reached: set[str] = set()
        waiting = [base]
        while waiting:
            base = waiting.pop()
            reached.add(_plain(_relations_of(base)))
            for _, target in self.relations(base).values():
                if _plain(target) not in reached and self.has(target):
                    reached.add(_plain(target))
                    waiting.append(target)
        return reached

    def _relations(self, base: str) -> Tree:
        name = _relations_of(base)
        return self.tree(name) if self.has(name) else ()

    def _name(self, name: str) -> str:
        """The name as it is stored."""
        return self._stored.get(_plain(name), name.replace("\\", "/").lstrip("/"))


def _nsmap(space: str) -> Any:
    """A default namespace: lxml takes None as its prefix, which its types do not know."""
    return {None: space}


def local_children(tree: Tree, name: str) -> Iterator[Tree]:
    """The direct children of this local name."""
    return (child for child in tree if etree.QName(child).localname == name)


def first_child(tree: Tree, name: str) -> Tree | None:
    """The first direct child of this local name."""
    return next(local_children(tree, name), None)


def child_of(tree: Tree, name: str) -> Tree:
    """The first direct child of this local name. Raises UnreadableFile where there is none."""
    found = first_child(tree, name)
    if found is None:
        raise UnreadableFile(DAMAGED)
    return found


def new_root(space: str, local: str, **prefixes: str) -> Tree:
    """The root of a new part: its namespace without a prefix, others with theirs."""
    return etree.Element(f"{{{space}}}{local}", nsmap={**_nsmap(space), **prefixes})


def set_text(cell: Tree, text: str) -> None:
    """A text in place of whatever a cell holds; its format stays."""
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if text:
        cell.set("t", "inlineStr")
        inside = etree.SubElement(cell, like(cell, "is"))
        words = etree.SubElement(inside, like(cell, "t"))
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        words.text = text


def like(element: Tree, local: str) -> str:
    """A name in the namespace of an element."""
    return f"{{{etree.QName(element).namespace}}}{local}"


def _relations_of(base: str) -> str:
    folder, _, file = base.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


def _target(target: str, base: str) -> str:
    target = target.replace("\\", "/")
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), target))


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
