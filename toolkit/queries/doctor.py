"""体检: whether the computer, the workspace and the register are in order, with what to do where they are not. Offline."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from toolkit.errors import SettingsError, ToolkitError, UsageError
from toolkit.issued.reissue import compare
from toolkit.issued.restore import copy_of_register, kept_counts, lost_files
from toolkit.queries import environment
from toolkit.register.store import Register
from toolkit.run.memory import unknown_periods
from toolkit.settings.model import Settings
from toolkit.settings.reading import load
from toolkit.workspace import BACKUP, PACKED_BACKUP

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from toolkit.register.snapshot import RoundRecord
    from toolkit.workspace import Workspace

_LITTLE_ROOM, _NO_ROOM = 1000, 100  # megabytes
_NAMED = 5


class Health(StrEnum):
    """正常, 注意 (work goes on), 故障 (something must be done)."""

    FINE = "正常"
    NOTE = "注意"
    FAULT = "故障"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, how it is, and what was found, with what to do."""

    name: str
    health: Health
    said: str


def examine(workspace: Workspace, today: date) -> tuple[Check, ...]:
    """Look at everything; nothing is changed but for a trial file that comes and goes."""
    settings, about_settings = _settings(workspace)
    checks = [
        *_folders(workspace),
        _place(workspace),
        _disk(workspace),
        about_settings,
        _programs(),
        _fonts(settings),
    ]
    if workspace.register_path.is_file():
        checks += _about_register(workspace, today)
    else:
        checks.append(Check("台账库", Health.NOTE, "还没有运行过，尚未建立。"))
    return (*checks, _unfinished(workspace))


def _about_register(workspace: Workspace, today: date) -> Iterator[Check]:
    """The register and what hangs on it; where it cannot be read, what it can be restored from."""
    try:
        with Register.open_to_read(workspace.register_path) as register:
            faults = register.faults()
            if any("文件已损坏" in fault for fault in faults):
                yield _register(faults, 0)
                yield _restorable(workspace)
                return
            rounds = register.rounds()
            yield _register(faults, len(rounds))
            yield _date(rounds, today)
            yield _archive(workspace, register)
            yield _outbox(workspace, register, rounds)
            yield _unknown(workspace, register)
            yield _backup(workspace, rounds)
    except ToolkitError as broken:
        yield Check("台账库", Health.FAULT, str(broken))
        yield _restorable(workspace)


def _settings(workspace: Workspace) -> tuple[Settings, Check]:
    try:
        return load(workspace.settings_path.read_bytes()), Check(
            "设置", Health.FINE, "设置.xlsx可以读取。"
        )
    except SettingsError as wrong:
        return Settings(), Check("设置", Health.FAULT, str(wrong))


def _folders(workspace: Workspace) -> Iterator[Check]:
    for folder in (workspace.inbox, workspace.outbox, workspace.hidden):
        trouble = environment.can_write(folder)
        health = Health.FAULT if trouble else Health.FINE
        yield Check(
            f"文件夹{folder.name}", health, f"不能写入：{trouble}" if trouble else "可以写入。"
        )


_SYNCED = (
    "onedrive", "nutstore", "坚果云", "百度网盘", "baidunetdisk", "wps云盘", "wpsdrive", "icloud", "dropbox", "微云", "腾讯文档", "google drive",
    "天翼云", "阿里云盘", "360云盘",
)  # fmt: skip


def _place(workspace: Workspace) -> Check:
    """A folder that a cloud drive keeps in step is changed by others while we write: it is no place for a register."""
    path = str(workspace.root).lower()
    found = next((name for name in _SYNCED if name in path), "")
    if not found:
        return Check("位置", Health.FINE, "工作区不在网盘的同步文件夹中。")
    said = "工作区在网盘的同步文件夹中，网盘可能在运行时改动文件；请移到普通文件夹，成果另行同步。"
    return Check("位置", Health.NOTE, said)


def _disk(workspace: Workspace) -> Check:
    free = environment.free_megabytes(workspace.root)
    health = (
        Health.FAULT if free < _NO_ROOM else Health.NOTE if free < _LITTLE_ROOM else Health.FINE
    )
    return Check(
        "磁盘空间",
        health,
        f"剩余{free}兆字节。" + ("请腾出空间。" if health is not Health.FINE else ""),
    )


def _programs() -> Check:
    found = environment.office_programs()
    if found:
        return Check("办公软件", Health.FINE, f"已安装：{'、'.join(found)}。")
    return Check(
        "办公软件", Health.NOTE, "没有找到Office、WPS或LibreOffice，本机不能打开成果；不影响生成。"
    )


def _fonts(settings: Settings) -> Check:
    fonts = environment.installed_fonts()
    wanted = dict.fromkeys(settings.document.fonts)
    if fonts is None:
        return Check("字体", Health.NOTE, f"无法查询本机字体；公文需要：{'、'.join(wanted)}。")
    missing = [font for font in wanted if font not in fonts]
    if not missing:
        return Check("字体", Health.FINE, f"公文所需字体齐全：{'、'.join(wanted)}。")
    said = f"本机缺少{'、'.join(missing)}；打开和打印公文时会被别的字体代替，请安装，或在设置“公文要素”中改用已有的字体。"
    return Check("字体", Health.NOTE, said)


def _register(faults: tuple[str, ...], number: int) -> Check:
    if not faults:
        return Check("台账库", Health.FINE, f"共{number}期，文件完整，各期首尾相接，没有被改动。")
    said = f"{_listed(faults)}。请用zhenggai restore恢复最近一期的“{BACKUP}”，并查明原因。"
    return Check("台账库", Health.FAULT, said)


def _date(rounds: tuple[RoundRecord, ...], today: date) -> Check:
    last = rounds[-1].as_of if rounds else today
    if today < last:
        said = f"电脑日期{today}早于最近一期的截至日期{last}；请核对电脑日期，或运行时用--as-of写明截至日期。"
        return Check("日期", Health.NOTE, said)
    return Check(
        "日期",
        Health.FINE,
        f"今天是{today}，最近一期截至{last}。" if rounds else f"今天是{today}。",
    )


def _archive(workspace: Workspace, register: Register) -> Check:
    """Every original and every output is kept, and is what its SHA-256 says."""
    lost = [kept.name for kept in lost_files(workspace, register)]
    if not lost:
        originals, outputs = kept_counts(register)
        said = f"原件{originals}个、成果{outputs}个，逐个核对无误。"
        return Check("归档", Health.FINE, said)
    said = f"{len(lost)}个文件缺失或已损坏：{_listed(lost)}。请用zhenggai restore从outbox中补回。"
    return Check("归档", Health.FAULT, said)


def _outbox(workspace: Workspace, register: Register, rounds: tuple[RoundRecord, ...]) -> Check:
    """Outputs that a person has changed or removed: allowed, but good to know."""
    news = []
    for past in rounds:
        folder = workspace.outbox / past.folder
        altered, missing = compare(folder, register.issued_by(past))
        news += [f"{past.folder}/{name}（已改动）" for name in altered]
        news += [f"{past.folder}/{name}（已移走）" for name in missing] if folder.is_dir() else []
    if not news:
        return Check("成果", Health.FINE, "outbox中的成果与生成时一致。")
    said = f"{len(news)}个文件与生成时不同：{_listed(news)}。需要原样的，可用zhenggai run --as-of重发往期。"
    return Check("成果", Health.NOTE, said)


def _unknown(workspace: Workspace, register: Register) -> Check:
    """Periods in the outbox of which the register knows nothing: it is an older one, or another's."""
    names = [folder.name for folder in unknown_periods(workspace, register)]
    if not names:
        return Check("期次对照", Health.FINE, "outbox中的各期都在台账库中。")
    said = f"outbox中有台账库不认识的期次：{_listed(names)}。请用zhenggai restore恢复台账库。"
    return Check("期次对照", Health.FAULT, said)


def _restorable(workspace: Workspace) -> Check:
    """The newest copy in the outbox that can be read, for a register that cannot."""
    copies = sorted(workspace.outbox.glob(f"*/{BACKUP}*"), reverse=True)
    usable = next((copy for copy in copies if _link_of_copy(copy)), None)
    if usable is None:
        return Check("备份", Health.FAULT, f"outbox中没有可用的“{BACKUP}”；请从别处的备份恢复。")
    return Check(
        "备份",
        Health.NOTE,
        f"可用zhenggai restore恢复的最近一份：outbox/{usable.parent.name}/{usable.name}。",
    )


def _backup(workspace: Workspace, rounds: tuple[RoundRecord, ...]) -> Check:
    """The copy beside the newest outputs is readable and stands where the register stands."""
    copy = workspace.outbox / rounds[-1].folder / BACKUP if rounds else None
    if copy is None:
        return Check("备份", Health.NOTE, "还没有任何一期，没有备份。")
    copies = (copy, copy.with_name(PACKED_BACKUP))
    if rounds[-1].link in (_link_of_copy(one) for one in copies):
        return Check("备份", Health.FINE, f"最近一期的“{BACKUP}”可用。")
    return Check(
        "备份", Health.NOTE, f"outbox/{rounds[-1].folder}中没有可用的“{BACKUP}”；下一期会重新生成。"
    )


def _link_of_copy(copy: Path) -> str:
    """The link of the newest round in a copy, compressed or not; "" where it cannot be read."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "register.db"
        try:
            path.write_bytes(copy_of_register(copy))
        except (OSError, UsageError):
            return ""
        return newest_link(path)


def newest_link(path: Path) -> str:
    """The link of the newest round in a register file, "" where that cannot be read."""
    if not path.is_file():
        return ""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            row = db.execute("SELECT link FROM rounds ORDER BY id DESC LIMIT 1").fetchone()
    except sqlite3.Error:
        return ""
    return str(row[0]) if row else ""


def _unfinished(workspace: Workspace) -> Check:
    if workspace.is_unfinished:
        return Check("未完成的运行", Health.NOTE, "上次运行或撤销被中断；下次运行会自动接着完成。")
    return Check("未完成的运行", Health.FINE, "没有。")


def _listed(names: list[str] | tuple[str, ...]) -> str:
    return "；".join(names[:_NAMED]) + (f"；等{len(names)}处" if len(names) > _NAMED else "")
