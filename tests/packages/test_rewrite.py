"""Packages say nothing of the system, the clock, the locale or the order in which they were written; their members stay."""

from __future__ import annotations

import datetime as dt
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from toolkit.packages.rewrite import repacked, rewritten, stored_package

ROOT = Path(__file__).resolve().parents[2]
MEMBERS = {
    "xl/b.xml": b"<b/>" * 500,
    "[Content_Types].xml": b"<Types/>",
    "a/甲.txt": "甲".encode(),
    "empty": b"",
}


def package(system: int, date: tuple[int, int, int, int, int, int], *, backwards: bool) -> bytes:
    """The members as some system and some program pack them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as written:
        for name, data in sorted(MEMBERS.items(), reverse=backwards):
            info = zipfile.ZipInfo(name, date)
            info.create_system, info.external_attr = system, 0o644 << 16 if system else 0x20
            info.compress_type = zipfile.ZIP_DEFLATED
            info.comment, info.extra = b"made here", b"\x55\x54\x05\x00\x03\x00\x00\x00\x00"
            written.writestr(info, data)
    return stream.getvalue()


def streamed() -> bytes:
    """Written without going back, as to a pipe: sizes stand behind the data."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    stream = Pipe()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        for name, data in MEMBERS.items():
            written.writestr(name, data)
    return stream.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def heads(data: bytes) -> set[tuple[object, ...]]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {
            (info.create_system, info.create_version, info.external_attr, info.date_time, info.extra, info.comment)
            for info in opened.infolist()
        }  # fmt: skip


WAYS = [
    package(0, (2026, 6, 30, 17, 0, 0), backwards=False),
    package(3, (1999, 1, 1, 0, 0, 0), backwards=True),
    package(19, (1980, 1, 1, 0, 0, 0), backwards=True),
    streamed(),
]


@pytest.mark.parametrize("data", WAYS, ids=["windows", "unix", "macos", "pipe"])
def test_members_stay_and_everything_around_them_is_fixed(data: bytes) -> None:
    fresh = rewritten(data)
    assert members(fresh) == MEMBERS
    assert heads(fresh) == {(0, 20, 0, (1980, 1, 1, 0, 0, 0), b"", b"")}
    assert list(members(fresh)) == ["[Content_Types].xml", "a/甲.txt", "empty", "xl/b.xml"]


def test_however_it_was_packed_the_bytes_are_the_same() -> None:
    assert len({rewritten(data) for data in WAYS}) == 1
    assert rewritten(rewritten(WAYS[0])) == rewritten(WAYS[0])


@pytest.mark.parametrize("pack", [repacked, stored_package])
def test_a_package_of_members_holds_them_in_their_order(pack: object) -> None:
    data = pack(MEMBERS.items())  # type: ignore[operator]
    assert list(members(data).items()) == list(MEMBERS.items())
    assert heads(data) == {(0, 20, 0, (1980, 1, 1, 0, 0, 0), b"", b"")}


# What is written in a process of its own, under a system, a language and a clock of its own.
WRITE = """
import datetime as dt, sys, zipfile
from pathlib import Path
sys.platform = sys.argv[1]
from toolkit.gongwen.document import append, new_document, save
from toolkit.gongwen.elements import paragraph
from toolkit.gongwen.styles import Fonts
from toolkit.sheets.patch import write_texts
from toolkit.sheets.write import new_workbook
folder, created = Path(sys.argv[2]), dt.datetime(2026, 6, 19, 17)
book = new_workbook(folder / "表.xlsx", created, {"模板": "某"})
page = book.add_worksheet("台账")
page.write_string(0, 0, "问题\\n编号")
page.write_number(1, 0, 1234.5)
page.write_comment(0, 0, "批注")
book.close()
(folder / "改.xlsx").write_bytes(write_texts((folder / "表.xlsx").read_bytes(), "台账", {(3, 2): "甲\\n乙"}))
document = new_document(Fonts())
append(document, [paragraph("Normal", "正文\\n第二行")])
save(document, folder / "文.docx", created=created)
"""


@pytest.mark.parametrize(
    ("system", "environment"),
    [
        ("win32", {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONUTF8": "1"}),
        ("darwin", {"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1"}),
    ],
)
def test_workbooks_and_papers_are_equal_member_by_member_on_every_system(
    tmp_path: Path, system: str, environment: dict[str, str]
) -> None:
    here, there = tmp_path / "甲", tmp_path / "乙"
    for folder, platform, around in ((here, sys.platform, {}), (there, system, environment)):
        folder.mkdir()
        subprocess.run(
            [sys.executable, "-c", WRITE, platform, str(folder)],
            check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), **around},
        )  # fmt: skip
    for name in ("表.xlsx", "改.xlsx", "文.docx"):
        assert members((here / name).read_bytes()) == members((there / name).read_bytes())
        assert (here / name).read_bytes() == (there / name).read_bytes()
        assert not any(b"\r\n<" in part for part in members((here / name).read_bytes()).values())


def test_the_clock_does_not_matter(tmp_path: Path) -> None:
    from toolkit.sheets.write import new_workbook

    made = []
    for name in ("1.xlsx", "2.xlsx"):
        book = new_workbook(tmp_path / name, dt.datetime(2026, 6, 19), {})
        book.add_worksheet("台账").write_string(0, 0, "问题编号")
        book.close()
        os.utime(tmp_path / name, (1, 1))
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
