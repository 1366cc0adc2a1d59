"""`verify`: the same result for a person and a program, for every state of a paper."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from tests.commands.test_sign import NUMBER, sign
from tests.support.command import zhenggai
from tests.support.made import SECOND, Made
from toolkit.workspace import Workspace


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    """Two rounds, the second signed."""
    return Workspace(
        made.copy("签发", lambda folder: sign(made.two_rounds(folder)), tmp_path / "区")
    )


def final(place: Workspace) -> Path:
    return place.outbox / SECOND.isoformat() / "签发" / "整改进展通报.docx"


def rewritten(place: Workspace, old: str, new: str) -> Path:
    """A copy with other words, as Word saves it."""
    document = docx.Document(str(final(place)))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            if old in run.text:
                run.text = run.text.replace(old, new)
    copy = place.root / "改过.docx"
    document.save(str(copy))
    return copy


def test_a_paper_as_it_was_signed(place: Workspace) -> None:
    done = zhenggai("verify", final(place), "-w", place.root, "--json")
    assert done.code == 0
    record = done.record
    assert (record["file"], record["state"], record["differences"]) == (
        "整改进展通报.docx",
        "same",
        [],
    )
    assert record["number"] == record["signature"]["number"] == NUMBER
    assert (record["signature"]["by"], record["signature"]["on"]) == ("王书记", "2026-06-22")
    assert zhenggai("verify", final(place), "-w", place.root).out.startswith("未改动")


def test_other_words_are_told_sentence_by_sentence(place: Workspace) -> None:
    copy = rewritten(place, "修订《甲办法》", "废止《甲办法》")
    done = zhenggai("verify", copy, "-w", place.root, "--json")
    assert (done.code, done.record["state"]) == (1, "text")
    (change,) = done.record["differences"]
    assert ("修订" in change["before"], "废止" in change["now"]) == (True, True)
    assert "文字有改动，共1处" in zhenggai("verify", copy, "-w", place.root).out


def test_another_layout_only(place: Workspace) -> None:
    copy = rewritten(place, "没有这几个字", "")
    assert zhenggai("verify", copy, "-w", place.root, "--json").record["state"] == "layout"


def test_a_stranger_has_no_signature(place: Workspace) -> None:
    document = docx.Document()
    document.add_paragraph("别的公文。")
    document.save(str(place.root / "别的.docx"))
    done = zhenggai("verify", place.root / "别的.docx", "-w", place.root, "--json")
    assert (done.code, done.record["state"], done.record["signature"]) == (1, "unknown", None)


def test_what_is_no_word_file_is_refused(place: Workspace) -> None:
    done = zhenggai("verify", place.settings_path, "-w", place.root)
    assert (done.code, done.out) == (2, "")
    assert "设置.xlsx" in done.err
