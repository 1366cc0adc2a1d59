"""`serve`: stays until it is stopped, and says so."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.support.command import zhenggai
from tests.support.items import SETTINGS
from toolkit.run.templates import create_workspace


def test_a_person_stops_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_seconds: float) -> None:
        raise KeyboardInterrupt

    place = create_workspace(tmp_path / "区", SETTINGS)
    monkeypatch.setattr(time, "sleep", stop)
    done = zhenggai("serve", "-w", place.root)
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith("已停止自动运行。\n")
