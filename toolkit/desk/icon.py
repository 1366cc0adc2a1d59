"""The icon of the program and of its window, drawn here: a red tile with a white tick."""

from __future__ import annotations

import struct
import zlib

_SIZE, _RADIUS = 256, 40
_RED, _WHITE, _CLEAR = (192, 32, 32, 255), (255, 255, 255, 255), (0, 0, 0, 0)
# The tick: two lines, each from a point to a point.
_TICK = (((60, 140), (108, 188)), ((108, 188), (200, 80)))
_HALF_WIDTH = 16


def png(side: int = _SIZE) -> bytes:
    """The icon as a PNG picture of so many pixels a side."""
    places = [n * _SIZE // side for n in range(side)]
    rows = b"".join(b"\0" + b"".join(bytes(_colour(x, y)) for x in places) for y in places)
    header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def ico() -> bytes:
    """The icon as Windows wants it: one PNG, which Windows scales."""
    picture = png()
    directory = struct.pack("<HHHBBBBHHII", 0, 1, 1, 0, 0, 0, 0, 1, 32, len(picture), 22)
    return directory + picture


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _colour(x: int, y: int) -> tuple[int, int, int, int]:
    if any(_distance(x, y, *line) <= _HALF_WIDTH for line in _TICK):
        return _WHITE
    return _RED if _is_in_tile(x, y) else _CLEAR


def _is_in_tile(x: int, y: int) -> bool:
    """Whether a point lies in the square with round corners."""
    dx = max(_RADIUS - x, x - _SIZE + _RADIUS + 1, 0)
    dy = max(_RADIUS - y, y - _SIZE + _RADIUS + 1, 0)
    return dx * dx + dy * dy <= _RADIUS * _RADIUS


def _distance(x: int, y: int, start: tuple[int, int], end: tuple[int, int]) -> float:
    """How far a point lies from a line between two points."""
    (x1, y1), (x2, y2) = start, end
    dx, dy = x2 - x1, y2 - y1
    along = max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)))
    return float(((x - x1 - along * dx) ** 2 + (y - y1 - along * dy) ** 2) ** 0.5)
