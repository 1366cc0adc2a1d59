"""How many lines a text takes in a cell: Chinese characters are twice as wide as those of ASCII."""

from __future__ import annotations


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of this width (in half-width characters)."""
    per_line = max(int(width), 2)
    if 2 * len(text) <= per_line and "\n" not in text:
        return 1
    return sum(max(1, -(-_width(line) // per_line)) for line in (text or " ").split("\n"))


def _width(text: str) -> int:
    """In half-width characters: those of ASCII are one, all others two."""
    return 2 * len(text) - len(text.encode("ascii", "ignore"))
