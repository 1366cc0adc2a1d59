"""`zhenggai export`: all periods as tables for analysts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.console import HERE, Stage, WorkspaceOption, command, say


@command(Stage.ASK)
def export(
    folder: Annotated[
        str, typer.Argument(metavar="[文件夹]", help="写到哪个文件夹，默认在工作区旁边")
    ] = "",
    to: Annotated[str, typer.Option("--to", metavar="格式", help="csv、xlsx或parquet")] = "xlsx",
    workspace: WorkspaceOption = HERE,
) -> None:
    """导出历期数据（每期每个问题一行）和多期未变动、单位和到期月份、牵头领导和状态各表，供分析用。"""
    from toolkit.queries.export import export as write
    from toolkit.workspace import Workspace

    place = Workspace.open(workspace)
    target = Path(folder) if folder else place.root.with_name(f"{place.root.name}-数据")
    for path in write(place, to, target):
        say(f"已写出：{path}")
