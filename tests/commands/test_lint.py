"""`lint`: any Word paper, for a person and for a program."""

from __future__ import annotations

from pathlib import Path

import docx

from tests.support.command import zhenggai


def paper(path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("整改完成,效果良好。")
    document.save(str(path))
    return path


def test_faults_are_told_with_clause_and_remedy_and_set_the_exit_code(tmp_path: Path) -> None:
    done = zhenggai("lint", paper(tmp_path / "文.docx"), "--no-render")
    assert (done.code, done.err) == (1, "")
    assert "［应当］" in done.out


def test_a_program_gets_file_by_file(tmp_path: Path) -> None:
    papers = [paper(tmp_path / name) for name in ("一.docx", "二.docx")]
    record = zhenggai("lint", *papers, "--no-render", "--json").record
    assert [file["file"] for file in record["files"]] == ["一.docx", "二.docx"]
    assert all(
        fault.keys() >= {"id", "clause", "weight", "excerpt", "found", "fix"}
        for file in record["files"]
        for fault in file["faults"]
    )


def test_what_is_no_word_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "文.docx").write_bytes(b"x")
    done = zhenggai("lint", tmp_path / "文.docx")
    assert (done.code, done.out) == (2, "")
    assert "文.docx" in done.err
