"""`zhenggai backup`: the whole workspace as one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.console import HERE, Stage, WorkspaceOption, command, now, say


@command(Stage.UPKEEP)
def backup(
    file: Annotated[
        str, typer.Argument(metavar="[文件]", help="打包成的文件，默认写在工作区旁边")
    ] = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """把整个工作区（连同隐藏的台账库和归档）打包成一个文件，用于换电脑、交接或另存；用 restore 恢复。"""
    from toolkit.issued.hand_over import pack_workspace
    from toolkit.workspace import Workspace

    place = Workspace.open(workspace)
    target = Path(file) if file else place.root.with_name(f"{place.root.name}-{now():%Y%m%d}.zip")
    count = pack_workspace(place, target)
    say(f"已打包{count}个文件：{target}")
    say(f'在另一台电脑上恢复：zhenggai restore "{target.name}" -w 新文件夹')
