"""docs/安装.md as somebody who does what it says: the lines to type, by the kind of terminal."""

from __future__ import annotations

import re

from bundle import ROOT

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def text() -> str:
    """The whole page."""
    return (ROOT / "docs" / "安装.md").read_text(encoding="utf-8")


def lines(terminal: str) -> tuple[str, ...]:
    """What is to be typed, in order, into a terminal of this kind (`cmd`, `sh`, `pip`)."""
    blocks = [body for kind, body in _BLOCK.findall(text()) if kind == terminal]
    return tuple(line for body in blocks for line in body.splitlines() if line)
