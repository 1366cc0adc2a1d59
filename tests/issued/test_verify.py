"""verify: what became of a signed paper since – nothing, its layout, or its words, each with the sentences."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import docx
import pytest

from tests.support import office
from tests.support.issued import with_text
from tests.support.made import OFFICE, SECOND, Made
from toolkit.errors import UsageError
from toolkit.issued.sign import Signing, sign
from toolkit.issued.verify import State, verify, verify_lines, verify_record
from toolkit.workspace import Workspace

NUMBER = "甲乙通〔2026〕12号"


@pytest.fixture(scope="module")
def place(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with one signed period; verifying changes nothing."""
    place = made.two_rounds(tmp_path_factory.mktemp("定稿") / "区")
    signing = Signing(round=str(SECOND), by="王书记", on=dt.date(2026, 6, 22), number=NUMBER)
    sign(place, OFFICE, signing)
    return place


def final(place: Workspace) -> Path:
    return place.outbox / str(SECOND) / "签发" / "整改进展通报.docx"


def test_the_paper_itself_is_unchanged_under_any_name(place: Workspace, tmp_path: Path) -> None:
    copy = tmp_path / "随便什么名字.docx"
    shutil.copyfile(final(place), copy)
    found = verify(place, copy)
    assert (found.state, found.differences) == (State.SAME, ())
    (line,) = verify_lines(copy, found)
    assert (
        line == "未改动：与整改进展通报.docx（甲乙通〔2026〕12号，王书记2026-06-22签发）完全一致。"
    )


def bold(document: docx.document.Document) -> None:
    document.paragraphs[-2].runs[0].bold = True


def without_its_mark(document: docx.document.Document) -> None:
    document.core_properties.subject = "别的"


@pytest.mark.parametrize("change", [bold, without_its_mark])
def test_another_layout_is_no_other_text(place: Workspace, tmp_path: Path, change: object) -> None:
    assert callable(change)
    path = tmp_path / "版.docx"
    document = docx.Document(str(final(place)))
    change(document)
    document.save(str(path))
    found = verify(place, path)
    assert (found.state, found.differences) == (State.LAYOUT, ())
    assert "仅版式" in next(verify_lines(path, found))


@pytest.mark.parametrize(
    ("old", "new", "before", "now"),
    [
        ("会议2次", "会议12次", "6月8日召开会议2次", "6月8日召开会议12次"),
        ("共有2个问题", "共有3个问题", "共有2个问题", "共有3个问题"),
    ],
)
def test_changed_words_are_shown_with_both_sentences(
    place: Workspace, tmp_path: Path, old: str, new: str, before: str, now: str
) -> None:
    path = tmp_path / "文.docx"
    with_text(final(place), path, old, new)
    found = verify(place, path)
    assert found.state is State.TEXT
    ((was, is_),) = found.differences
    assert before in was
    assert now in is_
    lines = list(verify_lines(path, found))
    assert "共1处" in lines[0]
    assert lines[1].startswith("  1. 原：")
    assert lines[2].startswith("     现：")


@pytest.mark.parametrize("part", ["header", "footer", "first_page_header", "even_page_footer"])
def test_words_in_heads_and_feet_are_text(place: Workspace, tmp_path: Path, part: str) -> None:
    path = tmp_path / "页.docx"
    document = docx.Document(str(final(place)))
    getattr(document.sections[0], part).add_paragraph("本件以此为准，另加六项。")
    document.save(str(path))
    found = verify(place, path)
    assert found.state is State.TEXT
    assert ("", "本件以此为准，另加六项。") in found.differences


def test_a_tracked_insertion_counts_as_text(place: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "修订.docx"
    run = '</w:t></w:r><w:ins w:id="1" w:author="书记"><w:r><w:t>另外还要</w:t></w:r></w:ins><w:r><w:t>'
    with_text(final(place), path, "召开会议2次", f"{run}召开会议2次")
    found = verify(place, path)
    assert found.state is State.TEXT
    assert any("另外还要召开会议2次" in now for _, now in found.differences)


def test_a_sentence_that_was_struck_out_is_said(place: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "删.docx"
    document = docx.Document(str(final(place)))
    line = next(found for found in document.paragraphs if "欢迎" in found.text)
    for run in line.runs:
        run.text = ""
    document.save(str(path))
    lines = list(verify_lines(path, verify(place, path)))
    assert any("（已删去）" in line for line in lines)


def test_a_stranger_is_no_signed_paper(place: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "别的.docx"
    document = docx.Document()
    document.add_paragraph("别的文件。")
    document.save(str(path))
    found = verify(place, path)
    assert (found.state, found.signature) == (State.UNKNOWN, None)
    assert "不是签发过的文件" in next(verify_lines(path, found))
    assert verify_record(path, found)["signature"] is None


@pytest.mark.parametrize("data", [b"PK", b"", b"text", b"PK\x03\x04" + b"0" * 99])
def test_what_is_no_word_file_is_refused(place: Workspace, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "坏.docx").write_bytes(data)
    with pytest.raises(UsageError, match="打不开"):
        verify(place, tmp_path / "坏.docx")
    with pytest.raises(UsageError, match="没有文件"):
        verify(place, tmp_path / "没有.docx")


def test_a_program_gets_state_signature_and_differences(place: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "文.docx"
    with_text(final(place), path, "会议2次", "会议12次")
    record = verify_record(path, verify(place, path))
    assert (record["file"], record["state"], record["number"]) == ("文.docx", "text", NUMBER)
    assert record["signature"]["by"] == "王书记"
    assert len(record["differences"]) == 1


@office.needed
@pytest.mark.office
def test_a_paper_saved_by_another_writer_has_changed_in_its_layout_only(
    place: Workspace, tmp_path: Path
) -> None:
    saved = office.convert(final(place), tmp_path, "docx:MS Word 2007 XML")
    found = verify(place, saved)
    assert found.state is State.LAYOUT, found.differences
