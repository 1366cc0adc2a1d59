"""`init`: an empty workspace, and what to do with it."""

from __future__ import annotations

from pathlib import Path

from tests.support.command import zhenggai


def test_the_folders_are_made_and_the_next_step_is_said(tmp_path: Path) -> None:
    done = zhenggai("init", tmp_path / "整改")
    assert (done.code, done.err) == (0, "")
    assert f"已建立工作区：{tmp_path / '整改'}" in done.out
    assert "下一步" in done.out
    made = {path.name for path in (tmp_path / "整改").iterdir()}
    assert {"inbox", "outbox", "templates"} <= made
    assert (tmp_path / "整改" / "templates" / "设置.xlsx").is_file()


def test_what_an_office_has_filled_in_stays(tmp_path: Path) -> None:
    zhenggai("init", tmp_path)
    (tmp_path / "templates" / "通报.docx").write_bytes(b"the office's own")
    zhenggai("init", tmp_path)
    assert (tmp_path / "templates" / "通报.docx").read_bytes() == b"the office's own"
