"""The gate of packages: sizes before reading, directories before objects, sentences of two halves, encodings of parts."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from dataclasses import fields, replace
from pathlib import Path

import pytest

from toolkit.packages.gate import (
    LIMITS,
    Limits,
    UnreadableFile,
    open_package,
    read_file,
    read_member,
    without_prefix,
)
from toolkit.packages.markup import as_utf8, is_xml, parse


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return stream.getvalue()


GOOD = zipped(a=b"1", b=b"2")


def million_entries(zip64: bool) -> bytes:
    """A directory of very many entries that all name the same member; a zip64 one says so elsewhere."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("a", b"1")
    data = stream.getvalue()
    start = data.index(b"PK\x01\x02")
    entry = data[start : data.index(b"PK\x05\x06")]
    number = 400_000
    directory = b"".join(entry[:46] + b"%c" % (65 + n % 26) for n in range(number))
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(directory), start, 0)
    if not zip64:
        return data[:start] + directory + end
    record = struct.pack(
        "<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, number, number, len(directory), start
    )
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, start + len(directory), 1)
    hidden = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, 47, start, 0)
    return data[:start] + directory + record + locator + hidden


@pytest.mark.parametrize("zip64", [False, True])
def test_a_directory_of_very_many_entries_is_refused_before_it_is_read(zip64: bool) -> None:
    data = million_entries(zip64)
    tracemalloc.start()
    with pytest.raises(UnreadableFile, match="部件超过5000个"):
        open_package(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3_000_000


def test_a_directory_of_as_many_entries_as_are_allowed_is_read() -> None:
    names = {f"{'长' * 60}{number}": b"" for number in range(LIMITS.entries)}
    with open_package(zipped(**names)) as package:
        assert len(package.namelist()) == LIMITS.entries


@pytest.mark.parametrize("tail", [b"", b"\x00" * 10, b"<!-- made by -->", b"PK\x05\x06"])
def test_what_stands_behind_a_package_does_not_matter(tail: bytes) -> None:
    try:
        with open_package(GOOD + tail) as package:
            assert package.namelist() == ["a", "b"]
    except UnreadableFile:
        assert tail.startswith(b"PK"), "a second end of the directory may be refused"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (GOOD, GOOD), (b"\r\n" + GOOD, GOOD), (b"\xef\xbb\xbf" + GOOD, GOOD), (b"\x00" + GOOD, b"\x00" + GOOD), (b" " * 5000 + GOOD, b" " * 5000 + GOOD),
        (b"%PDF PK\x03\x04 rest", b"%PDF PK\x03\x04 rest"), (b"", b""), (b"PK", b"PK"),
    ],
    ids=["package", "line", "mark", "noise", "far", "pdf", "nothing", "two bytes"],
)  # fmt: skip
def test_only_a_little_text_before_a_package_is_left_out(data: bytes, expected: bytes) -> None:
    assert without_prefix(data) == expected


def test_a_refusal_has_a_reason_and_an_advice() -> None:
    refusal = UnreadableFile("文件已损坏，无法打开；请另存为.xlsx。")
    assert refusal.reason == "文件已损坏，无法打开"
    assert UnreadableFile("文件是空的。").reason == "文件是空的"


def test_the_size_of_a_file_is_looked_at_first(tmp_path: Path) -> None:
    path = tmp_path / "甲"
    path.write_bytes(b"0123456789")
    assert read_file(path, replace(LIMITS, file_bytes=10)) == b"0123456789"
    with pytest.raises(UnreadableFile, match="上限"):
        read_file(path, replace(LIMITS, file_bytes=9))


def test_a_member_that_is_more_than_it_says_is_refused() -> None:
    data = bytearray(zipped(a=b"1" * 1000))
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 10)
    with open_package(bytes(data)) as package, pytest.raises(UnreadableFile):
        read_member(package, "a")


def test_every_limit_is_explained_for_the_page() -> None:
    assert all(entry.metadata["explanation"] for entry in fields(Limits))


XML = '<?xml version="1.0" encoding="{}"?>\n<a>整改</a>'


@pytest.mark.parametrize(
    ("written", "declared"),
    [
        ("utf-8", "UTF-8"), ("utf-8", "utf-16"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"),
        ("gb18030", "GB2312"), ("gb18030", "gbk"), ("gb18030", "GB18030"), ("big5", "Big5"),
    ],
)  # fmt: skip
def test_a_part_is_utf8_whatever_it_was(written: str, declared: str) -> None:
    data = XML.format(declared).encode(written)
    assert is_xml(data)
    assert parse(as_utf8(data)).text == "整改"
    assert as_utf8(as_utf8(data)) == as_utf8(data)


@pytest.mark.parametrize("declared", ["UTF-7", "utf-32", "x", "hz", "punycode", "unicode_escape"])
def test_an_unknown_encoding_is_refused(declared: str) -> None:
    with pytest.raises(UnreadableFile, match="编码异常"):
        as_utf8(XML.format(declared).encode())


@pytest.mark.parametrize(
    "data", [b"\x89PNG", b"\xff\xd8\xff", b"\x00\x00\x00<", b"PK\x03\x04", b"{\\rtf"]
)
def test_pictures_are_no_xml(data: bytes) -> None:
    assert not is_xml(data + bytes(100))
