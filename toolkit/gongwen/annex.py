"""附件: the note of them below the text (7.3.4), and the first rows of each on a page of its own (7.3.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.gongwen.elements import CHARACTER, Run, blank_row, paragraph, title
from toolkit.gongwen.styles import HEI_RUN
from toolkit.gongwen.wordml import w

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

# “附件：” and “附件：1.”, in characters: where the name of an annex begins.
_ONE, _SEVERAL = 3, 4


def annex_note(names: Sequence[str]) -> Iterator[_Element]:
    """One row below the text, two characters in; several are numbered, later lines stand below the name, no mark after it."""
    if not names:
        return
    yield blank_row()
    several = len(names) > 1
    wide = _SEVERAL if several else _ONE
    for number, name in enumerate(names, 1):
        label = ("附件：" if number == 1 else "") + (f"{number}." if several else "")
        element = paragraph("Normal", f"{label}{name.rstrip('。；，')}")
        hanging = wide if number == 1 else wide - _ONE
        left, back = (2 + wide) * CHARACTER, hanging * CHARACTER
        element[0].append(w("ind", left=left.twips, right=0, hanging=back.twips))
        yield element


def annex_start(number: int, count: int, name: str) -> Iterator[_Element]:
    """A new page with 附件n in 3号 黑体 flush left in its first row, and the annex's title centred in the third."""
    label = f"附件{number}" if count > 1 else "附件"
    first = paragraph("Normal", Run(label, HEI_RUN))
    first[0].insert(1, w("pageBreakBefore"))
    yield first
    yield blank_row()
    yield title(name)
    yield blank_row()
