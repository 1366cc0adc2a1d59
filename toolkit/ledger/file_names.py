"""Names of files that every system can bear."""

from __future__ import annotations

import hashlib
import re

_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|\n\r\t', "_"))
# What Windows keeps for itself; and a name's length that every system and archive can bear.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)
_LONGEST = 40


def file_name(unit: str) -> str:
    """The unit's name as a file's, on any system; a name that had to be changed is told from others by four digits."""
    plain = unit.translate(_FORBIDDEN).strip(" .")
    if plain == unit and len(plain) <= _LONGEST and not _RESERVED.fullmatch(plain):
        return unit
    return f"{plain[:_LONGEST]}_{hashlib.sha256(unit.encode()).hexdigest()[:4]}"
