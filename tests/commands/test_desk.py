"""`desk`: the window itself is tried in tests/desk; here, a Python that has none."""

from __future__ import annotations

import sys

import pytest

from toolkit.commands.desk import NoWindow, desk


def test_a_python_without_windows_says_what_to_do_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tkinter", None)
    monkeypatch.delitem(sys.modules, "toolkit.desk.window", raising=False)
    with pytest.raises(NoWindow, match="zhenggai run"):
        desk()
