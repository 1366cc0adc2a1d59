"""Half and full width by class of character: in which face a mark is drawn, told to Word where it cannot know.

“ ” ‘ ’ … — · stand in both worlds: Word takes them from the Latin face unless the run says that they are East Asian.
"""

from __future__ import annotations

import re

# Marks of both worlds.
SHARED = "“”‘’…—·"
_SHARED = re.compile(f"[{SHARED}]")


def needs_hint(text: str) -> bool:
    """Whether a run must say that it is East Asian, so that its quotation marks are full width."""
    return _SHARED.search(text) is not None
