"""OLE (compound) files made by hand: a few streams at the top, so that tests need no old Office to make them."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence

SECTOR = 512
FREE, END, FAT, DIFAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC
IN_HEADER = 109
NOTHING = 0xFFFFFFFF


def ole_file(streams: Mapping[str, bytes]) -> bytes:
    """A version 3 compound file with these streams (name → bytes), each padded into regular sectors (4096 at least)."""
    bodies = [
        (name, content.ljust(4096, b"\0") if len(content) < 4096 else content)
        for name, content in streams.items()
    ]
    sectors: list[bytes] = []
    chains: list[int] = []
    starts: list[int] = []
    for _, content in bodies:
        pieces = [
            content[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(content), SECTOR)
        ]
        starts.append(len(sectors))
        chains += [len(sectors) + n + 1 for n in range(len(pieces) - 1)] + [END]
        sectors += pieces
    listed = directory(bodies, starts)
    first_directory = len(sectors)
    pages = len(listed) // SECTOR
    chains += [first_directory + n + 1 for n in range(pages - 1)] + [END]
    sectors += [listed[at : at + SECTOR] for at in range(0, len(listed), SECTOR)]
    fat_sectors = 1
    while fat_sectors * 128 < len(chains) + fat_sectors + more_tables(fat_sectors):
        fat_sectors += 1
    first_fat = len(sectors)
    chains += [FAT] * fat_sectors + [DIFAT] * more_tables(fat_sectors)
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(fat_sectors * SECTOR, b"\xff")
    sectors += [table[at : at + SECTOR] for at in range(0, len(table), SECTOR)]
    sectors += further_tables(first_fat, fat_sectors)
    return header(first_directory, first_fat, fat_sectors) + b"".join(sectors)


def more_tables(fat_sectors: int) -> int:
    """How many sectors list the FAT sectors that the header has no room for."""
    return max(0, -(-(fat_sectors - IN_HEADER) // 127))


def further_tables(first_fat: int, fat_sectors: int) -> Iterator[bytes]:
    rest = list(range(first_fat + IN_HEADER, first_fat + fat_sectors))
    first = first_fat + fat_sectors
    for number in range(more_tables(fat_sectors)):
        listed = rest[number * 127 : number * 127 + 127]
        following = first + number + 1 if number + 1 < more_tables(fat_sectors) else END
        yield struct.pack("<128I", *listed, *[FREE] * (127 - len(listed)), following)


def header(first_directory: int, first_fat: int, fat_sectors: int) -> bytes:
    in_header = list(range(first_fat, first_fat + min(fat_sectors, IN_HEADER)))
    more = more_tables(fat_sectors)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    first_more = first_fat + fat_sectors if more else END
    head += struct.pack(
        "<IIIIIIIII", 0, fat_sectors, first_directory, 0, 4096, END, 0, first_more, more
    )
    return head + struct.pack("<109I", *in_header, *[FREE] * (IN_HEADER - len(in_header)))


def directory(bodies: Sequence[tuple[str, bytes]], starts: Sequence[int]) -> bytes:
    """The root and its streams as a chain of right-hand siblings."""
    entries = [entry("Root Entry", 5, 1, NOTHING, END, 0)]
    for number, ((name, content), start) in enumerate(zip(bodies, starts, strict=True), 1):
        following = number + 1 if number < len(bodies) else NOTHING
        entries.append(entry(name, 2, NOTHING, following, start, len(content)))
    raw = b"".join(entries)
    return raw.ljust(-(-len(raw) // SECTOR) * SECTOR, b"\0")


def entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(raw) + 2, kind, 1, NOTHING, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
