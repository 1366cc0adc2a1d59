"""Two outboxes of the same sample, made on two systems: which files differ, and whether in more than their form."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

# What hangs on the bytes of the files that came in, or on SQLite's build: nothing that a paper says of the office.
_HANGS_ON_BYTES = frozenset({"code", "inputs", "outputs"})
_CODE = re.compile(rb"[0-9A-F]{4}-[0-9A-F]{4}")
# In full, or its beginning as papers print it.
_SHA256 = re.compile(rb"(?<![0-9a-f])([0-9a-f]{64}|[0-9a-f]{12})(?![0-9a-f])")
_REGISTER = (".db", ".db.gz")
# The picture of the code.
_PICTURE_OF_CODE = ("发文审批单.docx", ".png")


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of an outbox by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differing(mine: Path, theirs: Path) -> list[str]:
    """The files that are not equal to the byte, or are in one outbox only; copies of the register aside."""
    first, second = files_of(mine), files_of(theirs)
    return sorted(
        name
        for name in first.keys() | second.keys()
        if not name.endswith(_REGISTER) and first.get(name) != second.get(name)
    )


def differing_in_substance(mine: Path, theirs: Path) -> list[str]:
    """The same with packages taken apart, and line ends, codes and digests set aside."""
    first, second = files_of(mine), files_of(theirs)
    return sorted(
        name
        for name in first.keys() | second.keys()
        if not name.endswith(_REGISTER)
        and _substance(name, first.get(name)) != _substance(name, second.get(name))
    )


def _substance(name: str, data: bytes | None) -> object:
    if data is None:
        return None
    if name.endswith("run.json"):
        record = json.loads(data)
        return {key: value for key, value in record.items() if key not in _HANGS_ON_BYTES}
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {part: package.read(part) for part in package.namelist()}
        paper, picture = _PICTURE_OF_CODE
        return {
            part: _substance(part, content)
            for part, content in parts.items()
            if not (name.endswith(paper) and part.endswith(picture))
        }
    return _SHA256.sub(b"", _CODE.sub(b"", data.replace(b"\r\n", b"\n")))
