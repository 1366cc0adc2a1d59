"""verify: whether a paper is still as it was signed, changed in its layout only, or in its words – with the sentences."""

from __future__ import annotations

import difflib
import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from toolkit.errors import UsageError
from toolkit.gongwen.document import subject_of, visible_paragraphs
from toolkit.gongwen.incoming import DAMAGE
from toolkit.gongwen.revisions import texts_around
from toolkit.issued.sign import subject_of_signed
from toolkit.packages.gate import UnreadableFile, read_file
from toolkit.register.store import Register

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from toolkit.register.signatures import Signature
    from toolkit.workspace import Workspace


class State(StrEnum):
    """What became of a signed paper."""

    SAME = "same"
    LAYOUT = "layout"
    TEXT = "text"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verified:
    """The state of a file, the signature that it was held against, and each change of its text as (before, now)."""

    state: State
    signature: Signature | None = None
    differences: tuple[tuple[str, str], ...] = ()


# Least share of common sentences by which a paper without its mark is known again.
_LIKE = 0.5


def verify(workspace: Workspace, path: Path) -> Verified:
    """Hold a file against what was signed. Tracked insertions count as text. Raises UsageError for what is no Word file."""
    if not path.is_file():
        raise UsageError(f"没有文件“{path}”。")
    with Register.open_to_read(workspace.register_path) as register:
        signed, codes = register.signatures(), {past.id: past.code for past in register.states()}
    try:
        data = read_file(path)
    except UnreadableFile as refusal:
        raise UsageError(f"“{path.name}”：{refusal}") from refusal
    digest = hashlib.sha256(data).hexdigest()
    same = next((one for one in signed if one.sha256 == digest), None)
    if same:
        return Verified(State.SAME, same)
    try:
        texts, subject = visible_paragraphs(data), subject_of(data)
    except UnreadableFile as refusal:
        raise UsageError(f"“{path.name}”打不开：{refusal}") from refusal
    except DAMAGE as broken:
        raise UsageError(f"“{path.name}”打不开；请确认它是Word的.docx文件。") from broken
    named = [one for one in signed if subject_of_signed(one.paper, codes[one.round_id]) == subject]
    likest = max(named or signed, key=lambda one: _likeness(one.texts, texts), default=None)
    if likest is None or (not named and _likeness(likest.texts, texts) < _LIKE):
        return Verified(State.UNKNOWN)
    found = (*_differences(likest.texts, texts), *_around(workspace, likest, data))
    return Verified(State.TEXT if found else State.LAYOUT, likest, found)


def _around(workspace: Workspace, signed: Signature, data: bytes) -> Iterator[tuple[str, str]]:
    """What the heads and feet say otherwise than those of the paper as it was signed, which is in the archive."""
    original = workspace.archive.read_loose(signed.sha256)
    if original is not None:
        yield from _differences(texts_around(original), texts_around(data))


def _said(texts: Sequence[str]) -> list[str]:
    """Sentences, without blanks and empty paragraphs: what a reader takes in."""
    whole = ("".join(text.split()) for text in texts)
    return [part for text in whole for part in re.split(r"(?<=[。；！？])", text) if part]


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    a, b = set(_said(one)), set(_said(other))
    return len(a & b) / max(len(a | b), 1)


def _differences(before: Sequence[str], now: Sequence[str]) -> Iterator[tuple[str, str]]:
    old, new = _said(before), _said(now)
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace" and b - a == d - c:
            yield from zip(old[a:b], new[c:d], strict=True)
        elif tag != "equal":
            yield "".join(old[a:b]), "".join(new[c:d])


def verify_record(path: Path, verified: Verified) -> dict[str, Any]:
    """The same as JSON-able data; `signature` is null for a file that is not known."""
    signature = verified.signature
    return {
        "file": path.name,
        "state": verified.state.value,
        "number": signature.number if signature else "",
        "signature": {
            "paper": signature.paper,
            "number": signature.number,
            "by": signature.by,
            "on": signature.on.isoformat(),
            "sha256": signature.sha256,
        }
        if signature
        else None,
        "differences": [{"before": before, "now": now} for before, now in verified.differences],
    }


def verify_lines(path: Path, verified: Verified) -> Iterator[str]:
    """The result for a person."""
    signature = verified.signature
    if signature is None:
        yield f"“{path.name}”不是签发过的文件，或改动太多，无法比对。"
        return
    signed = f"{signature.by}{signature.on}签发"
    whose = f"{signature.paper}（{'，'.join(filter(None, (signature.number, signed)))}）"
    match verified.state:
        case State.SAME:
            yield f"未改动：与{whose}完全一致。"
        case State.LAYOUT:
            yield f"仅版式或文件属性有变化，文字与{whose}一致。"
        case _:
            yield f"文字有改动，共{len(verified.differences)}处，对照{whose}："
            for number, (before, now) in enumerate(verified.differences, 1):
                yield f"  {number}. 原：{before or '（无）'}"
                yield f"     现：{now or '（已删去）'}"
