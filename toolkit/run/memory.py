"""Whether the register still knows what the outbox shows: an office must not go on with a memory that was lost."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from toolkit.errors import UsageError
from toolkit.workspace import BACKUP

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toolkit.register.store import Register
    from toolkit.workspace import Workspace

_PERIOD_FOLDER = re.compile(r"\d{4}-\d{2}-\d{2}(?:-\d+)?")


def refuse_lost_memory(workspace: Workspace, register: Register) -> None:
    """Raises UsageError where the outbox shows a period that the register does not know, with the command to restore."""
    unknown = unknown_periods(workspace, register)
    if not unknown:
        return
    newest = unknown[-1]
    known = register.states()
    what = "台账库是空的" if not known else f"台账库只到截至{known[-1].as_of}的一期"
    copies = [copy for folder in unknown for copy in sorted(folder.glob(f"{BACKUP}*"))]
    copy = f"outbox/{copies[-1].parent.name}/{copies[-1].name}" if copies else "备份文件"
    raise UsageError(
        f"outbox中有“{newest.name}”一期，而{what}（隐藏文件夹.zhenggai可能没有一起复制）。"
        f'为免丢失以前的记录，没有运行。请先恢复：zhenggai restore "{copy}"；'
        "确实要重新开始的，请把outbox中的旧文件夹移走。"
    )


def unknown_periods(workspace: Workspace, register: Register) -> tuple[Path, ...]:
    """The folders of periods in the outbox whose state the register does not know, oldest first."""
    codes = {state.code for state in register.states()}
    return tuple(folder for folder, code in _shown(workspace.outbox) if code not in codes)


def _shown(outbox: Path) -> Iterator[tuple[Path, str]]:
    """(folder, code of the state that it shows) of every period folder."""
    for folder in sorted(outbox.iterdir()):
        record = folder / "run.json"
        if _PERIOD_FOLDER.fullmatch(folder.name) and record.is_file():
            code = _code_of(record)
            if code:
                yield folder, code


def _code_of(record: Path) -> str:
    """The code in a run.json; "" of a file that is damaged or from a version without codes."""
    try:
        return str(json.loads(record.read_text(encoding="utf-8")).get("code", ""))
    except (OSError, ValueError, AttributeError):
        return ""
