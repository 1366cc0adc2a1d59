"""Word files that people hand in: each passes the gate before python-docx, docxtpl or LibreOffice sees it.

What those are given is not the file but a copy that was written here: every part measured, none with a document type.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from toolkit.packages.gate import (
    LIMITS,
    Limits,
    UnreadableFile,
    open_package,
    read_file,
    read_member,
    without_prefix,
)
from toolkit.packages.markup import as_utf8, attributes, is_xml, parse, refuse_entities
from toolkit.packages.rewrite import stored_package

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable, Iterator

    from docx.document import Document
    from lxml.etree import _Element

# What python-docx raises where a package is not as it expects, at opening and later.
DAMAGE = (
    AttributeError, KeyError, ValueError, OSError, PackageNotFoundError, BadZipFile, XMLSyntaxError,
)  # fmt: skip
_ADVICE = "请用Word或WPS打开，另存为.docx文件后重试。"
_NO_WORD = f"不是Word的.docx文件，或已损坏；{_ADVICE}"
_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
_OLD = b"\xd0\xcf\x11\xe0"


def open_document(source: Path | bytes) -> Document:
    """The document in a file or in bytes, by way of the gate. Raises UnreadableFile."""
    data = gated(source)
    try:
        return docx.Document(io.BytesIO(data))
    except DAMAGE as broken:
        raise UnreadableFile(_NO_WORD) from broken


def read_body(source: Path | bytes) -> _Element:
    """The body alone, for whoever reads texts only: the other parts are counted and not parsed. Raises UnreadableFile."""
    try:
        with _package(source, LIMITS) as package:
            relations = as_utf8(read_member(package, _RELATIONS))
            targets = [
                entry.get("Target", "").lstrip("/")
                for entry in map(attributes, parse(relations) if relations else ())
                if entry.get("Type", "").endswith("/officeDocument")
            ]
            part = as_utf8(read_member(package, targets[0])) if targets else b""
            _refuse_xml(part, _Spent(), LIMITS)
            body = parse_xml(part).find(qn("w:body"))
    except UnreadableFile as refusal:
        raise UnreadableFile(f"{refusal.reason}；{_ADVICE}") from refusal
    except DAMAGE as broken:
        raise UnreadableFile(_NO_WORD) from broken
    if body is None:
        raise UnreadableFile(_NO_WORD)
    return body


def gated(source: Path | bytes, limits: Limits = LIMITS) -> bytes:
    """The package of a Word file as it was measured, uncompressed. Raises UnreadableFile."""
    try:
        with _package(source, limits) as package:
            return stored_package(_measured(package, limits))
    except UnreadableFile as refusal:
        raise UnreadableFile(f"{refusal.reason}；{_ADVICE}") from refusal


def _package(source: Path | bytes, limits: Limits) -> zipfile.ZipFile:
    data = read_file(source, limits) if isinstance(source, Path) else source
    if data.startswith(_OLD):
        raise UnreadableFile("这是旧版（.doc、.wps）或加了密码的Word文档；")
    package = open_package(without_prefix(data), limits)
    if sum(info.file_size for info in package.infolist()) > limits.document_bytes:
        raise UnreadableFile("文档展开后异常庞大，为安全起见未打开；")
    return package


@dataclass
class _Spent:
    """What the XML of a document has cost so far."""

    size: int = 0
    tags: int = 0


def _refuse_xml(part: bytes, spent: _Spent, limits: Limits) -> None:
    """Count one part; raises UnreadableFile for an attack, or where all parts together cost more than a document may."""
    refuse_entities(part)
    spent.size += len(part)
    spent.tags += part.count(b"<")
    if not is_xml(part) or spent.size > limits.document_xml or spent.tags > limits.document_tags:
        raise UnreadableFile("文档内容异常庞杂，为安全起见未打开；")


def _measured(package: zipfile.ZipFile, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """Every part; those of XML together cost no more than a document may."""
    declared = _is_declared_xml(as_utf8(read_member(package, _TYPES, limits)))
    spent = _Spent()
    for info in package.infolist():
        if info.is_dir():
            continue
        part = read_member(package, info.filename, limits)
        if is_xml(part) or declared(info.filename):
            part = as_utf8(part)
            _refuse_xml(part, spent, limits)
        yield info.filename, part


def _is_declared_xml(types: bytes) -> Callable[[str], bool]:
    """Whether the list of content types calls a part XML: then a parser is started on it whatever it begins with."""
    entries = [attributes(element) for element in parse(types)] if types else []
    xml = {
        (entry.get("PartName", "").lstrip("/") or entry.get("Extension", "")).lower()
        for entry in entries
        if entry.get("ContentType", "").lower().endswith("xml")
    }
    return lambda name: name.lower() in xml or name.rpartition(".")[2].lower() in xml
