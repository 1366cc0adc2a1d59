"""Words for the statuses that no one else uses, and where the standard's own words may stand all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.ledger.status import WORDS, Status
from toolkit.settings.sections import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

INVENTED = Words(
    not_started="尚在酝酿",
    in_progress="着力办理",
    phased="初见眉目",
    done="悉数办妥",
    standing="久久坚守",
)
# A fixed word of the ledger for a kind of rectification and for a deadline without end: no status there.
KIND_AND_DEADLINE = "长期坚持"


def invented(text: str) -> str:
    """A status as a unit of this office types it; any other text as it is."""
    status = next((status for status, word in WORDS.items() if word == text), None)
    return INVENTED.of(status) if status else text


def standard_words(text: str, allowed: Iterable[str] = ()) -> Iterator[str]:
    """The standard's words that stand in a text, those within what is allowed left out."""
    for pardoned in allowed:
        text = text.replace(pardoned, "")
    for status in Status:
        if WORDS[status] in text:
            yield WORDS[status]
