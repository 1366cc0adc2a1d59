"""OLE files (.xls, .et, .doc, .wps, encrypted packages): which streams stand at the top of one."""

from __future__ import annotations

import io

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names that decide anything; looked for only in what could hold them, since a damaged directory says nothing.
_ROOT = 1


def streams(data: bytes) -> frozenset[str]:
    """The names of streams at the top (an embedded workbook in a .doc is not there); empty for a damaged file."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_FATAL) as ole:
            return frozenset(entry[0] for entry in ole.listdir() if len(entry) == _ROOT)
    except Exception:  # noqa: BLE001 - damage of any kind: the names are not to be had
        return frozenset()
