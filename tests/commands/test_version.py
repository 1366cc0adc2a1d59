"""`version`, as a command and as an option."""

from __future__ import annotations

from tests.support.command import zhenggai
from toolkit import __version__


def test_both_say_the_same() -> None:
    assert zhenggai("version").out == zhenggai("--version").out == f"整改台账工具箱 {__version__}\n"
