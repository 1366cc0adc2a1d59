"""Names of files that every system can bear."""

from __future__ import annotations

import hashlib
import re

_CONTROL = "".join(map(chr, (*range(32), 127)))
_FORBIDDEN = str.maketrans(dict.fromkeys(f'\\/:*?"<>|{_CONTROL}', "_"))
# What Windows keeps for itself; and a name's length that every system and archive can bear.
# (also with anything behind a point: con.a); names that differ in case alone are one name there.
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?", re.IGNORECASE
)
_LOWER = re.compile(r"[a-z]")
_LONGEST = 40


def file_name(unit: str) -> str:
    """The unit's name as a file's, on any system; a name that had to be changed is told from others by four digits."""
    plain = unit.translate(_FORBIDDEN).strip(" .")
    is_safe = not _RESERVED.fullmatch(plain) and not _LOWER.search(plain)
    if plain == unit and len(plain) <= _LONGEST and is_safe:
        return unit
    return f"{plain[:_LONGEST].replace('.', '_')}_{hashlib.sha256(unit.encode()).hexdigest()[:4]}"
