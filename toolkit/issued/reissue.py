"""A past period once more: its papers exactly as they were issued, byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.errors import ToolkitError, of_the_machine
from toolkit.register.store import Register
from toolkit.workspace.commit import recover
from toolkit.workspace.durable import digest_of

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from toolkit.register.snapshot import RoundRecord
    from toolkit.workspace import Workspace
    from toolkit.workspace.archive import Issued


@dataclass(frozen=True, slots=True)
class Reissued:
    """The state, the folder in which it stands again, and what in its own folder is no longer as it was issued."""

    round: RoundRecord
    folder: Path
    altered: tuple[str, ...]
    missing: tuple[str, ...]


def past_round(workspace: Workspace, as_of: date) -> RoundRecord | None:
    """The live state of the last period of that date, if newer periods stand upon it; None otherwise."""
    with Register.open_to_read(workspace.register_path) as register:
        rounds = register.rounds()
    if not rounds or rounds[-1].as_of <= as_of:
        return None
    return next((past for past in reversed(rounds) if past.as_of == as_of), None)


def reissue(workspace: Workspace, past: RoundRecord) -> Reissued:
    """Write the files of a period from the archive: in its own folder if that is gone, beside it otherwise.

    Raises ToolkitError where a file is no longer in the archive as it was issued; then nothing is written.
    """
    with workspace.lock(), Register.open(workspace.register_path) as register:
        recover(workspace, register)
        issued = register.issued_by(past)
        if not issued.files:
            raise ToolkitError(f"截至{past.as_of}的一期由旧版本生成，没有归档成果，不能重发。")
        own = workspace.outbox / past.folder
        altered, missing = compare(own, issued) if own.is_dir() else ((), ())
        target = own if not own.exists() else workspace.free_folder(f"{past.folder}-重发")
        with workspace.stage(f"reissue-{past.folder}") as stage:
            for name in issued.files:
                _restore(workspace, issued, name, stage / name)
            try:
                stage.replace(target)
            except OSError as trouble:
                raise ToolkitError(f"无法写入“{target}”：{of_the_machine(trouble)}") from trouble
    return Reissued(past, target, altered, missing)


def compare(folder: Path, issued: Issued) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(altered, missing): the files of a period's folder that are not as they were issued."""
    there = {
        name: digest_of(path.read_bytes())
        for name in issued.files
        if (path := folder / name).is_file()
    }
    altered = tuple(name for name, found in there.items() if found != issued.files[name])
    return altered, tuple(name for name in issued.files if name not in there)


def _restore(workspace: Workspace, issued: Issued, name: str, path: Path) -> None:
    data = workspace.archive.read(issued, name)
    if data is None:
        raise ToolkitError(f"归档的“{name}”缺失或已损坏，没有重发；请运行zhenggai doctor查看。")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
