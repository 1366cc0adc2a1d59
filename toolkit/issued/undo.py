"""Take back the last run: its inputs into the inbox, its rows out of the register; the state before it is shown again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.errors import UsageError
from toolkit.register.store import Register
from toolkit.workspace import commit

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.register.snapshot import RoundRecord
    from toolkit.workspace import Workspace
    from toolkit.workspace.commit import Finished


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: how many files went back into the inbox, and the folder that the period had or has.

    `stands` is the state that is live again, None where the whole period is gone; `left` are files of a person in the
    folder, which are never removed.
    """

    files: int
    folder: Path
    stands: RoundRecord | None
    left: tuple[str, ...]


def undo(workspace: Workspace) -> Undone:
    """Take back the newest state, or finish an undo that was killed.

    Raises UsageError where there is none, or it is signed.
    """
    with workspace.lock(), Register.open(workspace.register_path) as register:
        finished = commit.recover(workspace, register)
        if finished is None or finished.is_commit:
            finished = _take_back(workspace, register)
        states = register.states()
    stands = next((s for s in reversed(states) if s.folder == finished.folder.name), None)
    return Undone(finished.files, finished.folder, stands, finished.kept_by_person)


def _take_back(workspace: Workspace, register: Register) -> Finished:
    last = _last(register)
    states = [state for state in register.states() if state.period == last.period]
    before = states[-2].link if len(states) > 1 else ""
    deliveries = [
        (given.file, given.sha256)
        for given in register.deliveries(last.id)
        if given.run == last.run
    ]
    return commit.undo(workspace, register.issued_by(last), before, deliveries, register)


def _last(register: Register) -> RoundRecord:
    """The newest state, if it can be taken back."""
    states = register.states()
    if not states:
        raise UsageError("台账库中还没有任何一期，没有可撤销的内容。")
    last = states[-1]
    if register.is_signed(last.id):
        raise UsageError(f"截至{last.as_of}的一期已经签发，不能撤销；需要更正的，请另发一期。")
    if not register.issued(last.id):
        raise UsageError(f"截至{last.as_of}的一期由旧版本生成，没有登记收件清单，不能撤销。")
    return last
