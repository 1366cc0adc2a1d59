"""Ledgers to the units: one workbook each, with what the register knows already in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from toolkit.errors import ToolkitError, UsageError, of_the_machine
from toolkit.register.store import Register
from toolkit.run.office_book import archived, office_look
from toolkit.workbooks.dispatch import dispatch
from toolkit.workspace.durable import digest_of, write_whole
from toolkit.workspace.outbox import beside

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from toolkit.settings.model import Settings
    from toolkit.workspace import Workspace

# What was dispatched last, by folder: SHA-256 by file. What is not in it was not written by us.
_WRITTEN = "dispatched.json"


def dispatch_ledgers(workspace: Workspace, settings: Settings, as_of: date) -> tuple[Path, ...]:
    """Write every unit's ledger into outbox/下发-<as of>.

    What lies there and was not written by us, or was changed since, stays: ours is written beside it. Raises UsageError
    on an empty register.
    """
    with workspace.lock(), Register.open(workspace.register_path) as register:
        entries = register.recall().entries
        if not entries:
            raise UsageError(
                "台账库是空的，没有可下发的内容；请先把完整的整改台账放进inbox，运行zhenggai run。"
            )
        code = register.states()[-1].code
        folder = workspace.outbox / f"下发-{as_of.isoformat()}"
        try:
            with workspace.stage("dispatch") as stage:
                look = office_look(register, settings, workspace.templates, archived(workspace))
                book = look.for_dispatch(settings)
                made = dispatch(entries, settings, stage, as_of=as_of, code=code, book=book)
                if not made:
                    raise UsageError("没有可下发的内容：台账中没有填牵头单位，或所有问题都已销号。")
                return _put_out(workspace, folder, {path.name: path.read_bytes() for path in made})
        except OSError as trouble:
            raise ToolkitError(
                f"无法写入“{folder}”：{of_the_machine(trouble)}请关闭该文件夹中已打开的台账后重试。"
            ) from trouble


def _put_out(workspace: Workspace, folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """The files in their folder, each where ours stood, or beside what a person has made of it."""
    written = _written(workspace)
    ours = written.get(folder.name, {})
    folder.mkdir(exist_ok=True)
    for name in ours.keys() - files.keys():
        if _is_ours(folder / name, ours):
            (folder / name).unlink()
    paths = []
    for name, data in files.items():
        path = folder / name
        if path.exists() and not _is_ours(path, {**ours, name: ours.get(name, digest_of(data))}):
            path = beside(path)
        write_whole(path, data)
        paths.append(path)
    written[folder.name] = {path.name: digest_of(path.read_bytes()) for path in paths}
    write_whole(workspace.hidden / _WRITTEN, json.dumps(written, ensure_ascii=False).encode())
    return tuple(paths)


def _is_ours(path: Path, ours: Mapping[str, str]) -> bool:
    return path.is_file() and digest_of(path.read_bytes()) == ours.get(path.name)


def _written(workspace: Workspace) -> dict[str, dict[str, str]]:
    path = workspace.hidden / _WRITTEN
    try:
        return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}
    except ValueError:
        return {}  # then nothing there is known to be ours, and nothing is replaced
