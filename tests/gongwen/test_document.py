"""Saving with equal bytes, and reading the text of a paper from its main part alone."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from toolkit.gongwen.document import (
    append,
    new_document,
    save,
    visible_paragraphs,
)
from toolkit.gongwen.elements import paragraph
from toolkit.gongwen.letterhead import Imprint, imprint
from toolkit.gongwen.styles import BODY, Fonts
from toolkit.packages.gate import UnreadableFile

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document

STAMP = dt.datetime(2026, 6, 19)


def written(path: Path) -> Document:
    """A paper with a line break, characters that XML writes otherwise, and a text box; as it was saved."""
    document = new_document(Fonts())
    append(document, [paragraph(BODY, "甲\n乙"), paragraph(BODY, "<丙> & 丁"), paragraph(BODY, "")])
    append(document, [imprint(Imprint(copies_to="各单位", printed_by="办公室"), Fonts())])
    save(document, path, created=STAMP)
    return document


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    written(tmp_path / "公文.docx")
    return tmp_path / "公文.docx"


def renamed(path: Path, old: str, new: str) -> Path:
    """The same package with its main part under another name, as some writers have it."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(out, "w") as copy:
        for name in package.namelist():
            data = package.read(name)
            if name in ("[Content_Types].xml", "_rels/.rels"):
                data = data.replace(old.encode(), new.encode())
            copy.writestr(name.replace(old, new), data)
    path.write_bytes(out.getvalue())
    return path


def test_the_text_of_the_main_part_is_the_text_of_the_document(paper: Path) -> None:
    texts = visible_paragraphs(paper)
    assert texts[:3] == ("甲\n乙", "<丙> & 丁", "")
    assert any("抄送：各单位" in text for text in texts)


def test_the_main_part_is_found_whatever_it_is_called(paper: Path) -> None:
    before = visible_paragraphs(paper)
    assert visible_paragraphs(renamed(paper, "word/document.xml", "word/document2.xml")) == before


@pytest.mark.parametrize("data", [b"", b"no package", b"PK\x03\x04broken"])
def test_what_is_no_package_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "公文.docx"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile):
        visible_paragraphs(path)


def test_a_package_without_a_text_is_refused(paper: Path) -> None:
    with pytest.raises(UnreadableFile):
        visible_paragraphs(renamed(paper, "/officeDocument", "/otherDocument"))


def test_a_saved_paper_has_the_members_that_python_docx_writes(tmp_path: Path) -> None:
    path, other = tmp_path / "公文.docx", io.BytesIO()
    written(path).save(other)
    with zipfile.ZipFile(path) as ours, zipfile.ZipFile(other) as theirs:
        assert {name: ours.read(name) for name in ours.namelist()} == {
            name: theirs.read(name) for name in theirs.namelist()
        }


def test_members_stand_in_a_fixed_order_without_a_time(paper: Path) -> None:
    with zipfile.ZipFile(paper) as package:
        names = [member.filename for member in package.infolist()]
        assert names == ["[Content_Types].xml", *sorted(names[1:])]
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {member.create_system for member in package.infolist()} == {0}
