"""The last look before papers leave: what must not be told is looked for in what was written, and stops that paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.board.page import BOARD
from toolkit.board.rows import rows_of
from toolkit.gongwen.document import visible_paragraphs
from toolkit.ledger.masking import Secret, numbers
from toolkit.papers.paper import Audience, files_of
from toolkit.public import masker_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from toolkit.ledger.masking import Masker
    from toolkit.state import State

# What no paper at all may carry, whoever reads it.
_NEVER = frozenset({Secret.IDENTITY, Secret.CARD})
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Stopped:
    """A paper that was not issued, and why: each place with what stands there (the secret itself cut short)."""

    paper: str
    why: str


def stop_leaks(state: State, folder: Path) -> tuple[Stopped, ...]:
    """Take every Word paper and the board out of the folder that tells what it must not; its name and the places are the answer."""
    masker = masker_of(state.entries, state.settings)
    stopped = []
    for file in sorted(files_of(state), key=lambda file: file.path):
        path = folder / file.path
        whose = masker if file.paper.audience is Audience.PUBLIC else None
        found = list(_leaks(state, path, whose))
        if found:
            path.unlink()
            more = f"等{len(found)}处" if len(found) > _SHOWN else ""
            stopped.append(Stopped(file.path, "；".join(found[:_SHOWN]) + more))
    board = folder / BOARD
    if board.exists() and (found := list(_leaks_of_board(state))):
        board.unlink()
        more = f"等{len(found)}处" if len(found) > _SHOWN else ""
        stopped.append(Stopped(BOARD, "；".join(found[:_SHOWN]) + more))
    return tuple(stopped)


def _leaks_of_board(state: State) -> Iterator[str]:
    """What no paper may carry, in the items that the board shows."""
    for row in rows_of(state):
        for text in (str(value) for value in row.values()):
            for secret, fragment in _secrets(text, None):
                yield f"问题{row['id']}有{secret.word}“{fragment[:2]}…”"


def _leaks(state: State, path: Path, masker: Masker | None) -> Iterator[str]:
    """Every place that tells too much; with a masker, names and bodies are looked for too."""
    document = state.settings.document
    contact = (document.phone, document.email, document.address)
    own = [text for text in contact if text]  # the office's own, which it publishes
    for number, text in enumerate(visible_paragraphs(path), 1):
        plain = text
        for known in own:
            plain = plain.replace(known, "")
        for secret, fragment in _secrets(plain, masker):
            yield f"第{number}段有{secret.word}“{fragment[:2]}…”（“{text[:12]}…”）"


def _secrets(text: str, masker: Masker | None) -> Iterable[tuple[Secret, str]]:
    if masker:
        return masker.leaks(text)
    return [(secret, text[a:b]) for secret, a, b, _ in numbers(text) if secret in _NEVER]
