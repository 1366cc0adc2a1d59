"""`demo`: the sample in a folder of its own; one that is a workspace is refused."""

from __future__ import annotations

from pathlib import Path

from tests.support.command import zhenggai


def test_nobody_s_work_is_mixed_with_the_sample(tmp_path: Path) -> None:
    zhenggai("init", tmp_path)
    done = zhenggai("demo", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert f"“{tmp_path}”已经是工作区" in done.err
    assert list((tmp_path / "outbox").iterdir()) == []
