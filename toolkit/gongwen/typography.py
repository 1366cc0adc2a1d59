"""Half and full width by class of character: which face a mark is drawn in, told to Word where it cannot know.

“ ” ‘ ’ … — · stand in both worlds: Word takes them from the Latin face unless the run says that they are East Asian.
"""

from __future__ import annotations

import re

# Marks of both worlds.
SHARED = "“”‘’…—·"
_SHARED = re.compile(f"[{SHARED}]")
_WIDE = {ord(wide): half for wide, half in zip("０１２３４５６７８９．％", "0123456789.%", strict=True)}


def needs_hint(text: str) -> bool:
    """Whether a run must say that it is East Asian, so that its quotation marks are full width."""
    return _SHARED.search(text) is not None


def half_width_figures(text: str) -> str:
    """Arabic figures, decimal points and per cent signs in half width (GB/T 15835): ３５．２％ → 35.2%."""
    return text.translate(_WIDE)
