"""Ledgers to the units: one workbook each, with what the register knows already in it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from toolkit.errors import ToolkitError, UsageError, of_the_machine
from toolkit.register.store import Register
from toolkit.workbooks.dispatch import dispatch

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from toolkit.settings.model import Settings
    from toolkit.workspace import Workspace


def dispatch_ledgers(workspace: Workspace, settings: Settings, as_of: date) -> tuple[Path, ...]:
    """Write every unit's ledger into outbox/下发-<as of>; whole or not at all. Raises UsageError on an empty register."""
    with workspace.lock(), Register.open(workspace.register_path) as register:
        entries = register.recall().entries
        if not entries:
            raise UsageError(
                "台账库是空的，没有可下发的内容；请先把完整的整改台账放进inbox，运行zhenggai run。"
            )
        fresh, folder = (
            workspace.hidden / "dispatch",
            workspace.outbox / f"下发-{as_of.isoformat()}",
        )
        try:
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir(parents=True)
            code = register.states()[-1].code
            paths = dispatch(entries, settings, fresh, as_of=as_of, code=code)
            if not paths:
                raise UsageError("没有可下发的内容：台账中没有填牵头单位，或所有问题都已销号。")
            if folder.exists():
                shutil.rmtree(folder)
            fresh.replace(folder)
        except OSError as trouble:
            raise ToolkitError(
                f"无法写入“{folder}”：{of_the_machine(trouble)}请关闭该文件夹中已打开的台账后重试。"
            ) from trouble
    return tuple(folder / path.name for path in paths)
