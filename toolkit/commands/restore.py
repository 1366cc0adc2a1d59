"""`zhenggai restore`: the register from a backup."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from toolkit.console import HERE, Stage, WorkspaceOption, command, say


@command(Stage.UPKEEP)
def restore(
    copy: Annotated[
        Path,
        typer.Argument(
            metavar="备份文件", help="outbox某一期文件夹中的“台账库备份”，或backup打包的文件"
        ),
    ],
    workspace: WorkspaceOption = HERE,
) -> None:
    """用备份恢复台账库，现有的台账库改名保留；写 backup 打包的文件时，恢复整个工作区。"""
    from toolkit.issued.hand_over import is_packed_workspace, unpack_workspace
    from toolkit.issued.restore import restore as bring_back
    from toolkit.workspace import Workspace

    if is_packed_workspace(copy):
        count = unpack_workspace(copy, workspace)
        say(f"工作区已恢复（{count}个文件）：{workspace}")
        return
    done = bring_back(Workspace.open(workspace), copy)
    say(f"台账库已恢复到截至{done.round.as_of}的一期（简码{done.round.code}）。")
    if done.put_aside:
        say(f"原来的台账库保留为：{done.put_aside}")
    if done.brought_back:
        say(f"已从outbox补回归档文件{done.brought_back}个。")
    if done.missing:
        say(
            f"仍缺少归档文件{len(done.missing)}个：{'、'.join(done.missing)}；请从别处的备份复制到outbox后再恢复一次。"
        )
