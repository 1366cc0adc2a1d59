"""`zhenggai dispatch`: a workbook for each unit to fill in."""

from __future__ import annotations

from toolkit.console import HERE, AsOfOption, Stage, WorkspaceOption, as_of_date, command, say


@command(Stage.WEEK)
def dispatch(workspace: WorkspaceOption = HERE, as_of: AsOfOption = "") -> None:
    """按单位生成待填的台账，放在 outbox 的“下发”文件夹中。"""
    from toolkit.run.dispatch import dispatch_ledgers
    from toolkit.settings.reading import load
    from toolkit.workspace import Workspace

    place = Workspace.open(workspace)
    paths = dispatch_ledgers(place, load(place.settings_path.read_bytes()), as_of_date(as_of))
    say(f"已生成{len(paths)}个单位的台账：{paths[0].parent}")
