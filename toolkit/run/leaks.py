"""The last look before papers leave: what must not be told is looked for in what was written, and stops that paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.gongwen.document import visible_paragraphs
from toolkit.ledger.masking import Secret, numbers
from toolkit.papers.editions import Edition, masker_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toolkit.run.round import Round

# What no paper at all may carry, whoever reads it.
_NEVER = frozenset({Secret.IDENTITY, Secret.CARD})
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Stopped:
    """A paper that was not issued, and why: each place with what stands there (the secret itself cut short)."""

    paper: str
    why: str


def stop_leaks(round_: Round, folder: Path) -> tuple[Stopped, ...]:
    """Take every Word paper out of the folder that tells what it must not; its name and the places are the answer."""
    stopped = []
    for path in sorted(folder.rglob("*.docx")):
        name = path.relative_to(folder).as_posix()
        found = list(_leaks(round_, path, name))
        if found:
            path.unlink()
            more = f"等{len(found)}处" if len(found) > _SHOWN else ""
            stopped.append(Stopped(name, "；".join(found[:_SHOWN]) + more))
    return tuple(stopped)


def _leaks(round_: Round, path: Path, name: str) -> Iterator[str]:
    masker = masker_of(round_.entries, round_.settings) if name == Edition.PUBLIC.value else None
    said = round_.settings.document
    own = [
        text for text in (said.phone, said.email, said.address) if text
    ]  # the office's own, which it publishes
    for number, text in enumerate(visible_paragraphs(path), 1):
        plain = text
        for known in own:
            plain = plain.replace(known, "")
        if masker:
            told = masker.leaks(plain)
        else:
            told = tuple(
                (secret, plain[a:b]) for secret, a, b, _ in numbers(plain) if secret in _NEVER
            )
        for secret, fragment in told:
            yield f"第{number}段有{secret.word}“{fragment[:2]}…”（“{text[:12]}…”）"
