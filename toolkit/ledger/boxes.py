"""Boxes that are ticked by hand in a cell: □已完成 ☑正在整改 □未启动, [√]是 [ ]否, 已完成√."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Wingdings' own boxes stand in the private area: \uf0fe and \uf052 are ticked, \uf0a8 and \uf06f are not.
_EMPTY, _TICKED = "□☐▢◻⬜○◯\uf0a8\uf06f", "☑☒⊠■▣◼⬛✅✔√✓●◉\uf0fe\uf052"
_ANY = re.compile(f"([{_EMPTY}{_TICKED}])")
_IN_BRACKETS = re.compile(r"\[\s*([√✓✔☑vVxX])?\s*\]|[（(【]\s*([√✓✔☑])?\s*[）)】]")


@dataclass(frozen=True, slots=True)
class Boxes:
    """The labels of the boxes in a cell: those that are ticked, and the others."""

    ticked: tuple[str, ...]
    empty: tuple[str, ...]

    @property
    def choice(self) -> str | None:
        """The one label that is ticked; None where none is, or several are."""
        return self.ticked[0] if len(self.ticked) == 1 else None

    @property
    def words(self) -> str:
        """What is ticked, as a sentence says it."""
        if not self.ticked:
            return "没有一个方框打勾"
        return f"打勾的有{'、'.join(f'“{label}”' for label in self.ticked)}"


def read_boxes(text: str) -> Boxes | None:
    """The boxes of a text, each with the words behind it, or before it where the text begins with words."""
    text = _IN_BRACKETS.sub(lambda box: "☑" if box[1] or box[2] else "□", text)
    first, *rest = _ANY.split(text)
    if not rest:
        return None
    marks, words = rest[::2], rest[1::2]
    labels = words if not first.strip() else [first, *words[:-1]]
    named = [
        (mark, label.strip(" \n，,；;、/。")) for mark, label in zip(marks, labels, strict=True)
    ]
    return Boxes(
        tuple(label for mark, label in named if mark in _TICKED),
        tuple(label for mark, label in named if mark in _EMPTY),
    )
