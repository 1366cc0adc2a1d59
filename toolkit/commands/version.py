"""`zhenggai version`."""

from __future__ import annotations

from toolkit import __version__
from toolkit.console import Stage, command, say


@command(Stage.UPKEEP)
def version() -> None:
    """显示版本。"""
    say(f"整改台账工具箱 {__version__}")
