"""Take back the last round: its inputs into the inbox, its papers out of the outbox, its rows out of the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.errors import UsageError
from toolkit.register.store import Register

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.register.snapshot import RoundRecord
    from toolkit.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: how many files went back into the inbox, and where the papers are kept."""

    files: int
    kept: Path


def undo(workspace: Workspace) -> Undone:
    """Take back the newest round, or finish an undo that was killed. Raises UsageError where there is none, or it is signed."""
    with workspace.lock(), Register.open(workspace.register_path) as register:
        finished = workspace.recover(register)
        if finished is None or finished.is_round:
            last = _last(register)
            finished = workspace.undo(last.folder, last.link, register.arrivals(last.id), register)
    return Undone(finished.files, finished.folder)


def _last(register: Register) -> RoundRecord:
    """The newest round, if it can be taken back."""
    rounds = register.rounds()
    if not rounds:
        raise UsageError("台账库中还没有任何一期，没有可撤销的内容。")
    last = rounds[-1]
    if register.is_signed(last.id):
        raise UsageError(f"截至{last.as_of}的一期已经签发，不能撤销；需要更正的，请另发一期。")
    if not register.issued(last.id):
        raise UsageError(f"截至{last.as_of}的一期由旧版本生成，没有登记收件清单，不能撤销。")
    return last
