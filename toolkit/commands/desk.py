"""`zhenggai desk`: the small window."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from toolkit.console import Stage, command, now
from toolkit.errors import ToolkitError


class NoWindow(ToolkitError):
    """The Python that runs has no tkinter."""


@command(Stage.START)
def desk(
    workspace: Annotated[
        Path | None,
        typer.Option(
            "--workspace", "-w", metavar="文件夹", help="工作区文件夹", show_default="上次打开的"
        ),
    ] = None,
) -> None:
    """打开小窗口：选工作区、立即汇总、看成果，不用输入命令。"""
    try:
        from toolkit.desk.window import open_window
    except ModuleNotFoundError as missing:
        if missing.name not in ("tkinter", "_tkinter"):
            raise
        raise NoWindow(
            "这个Python没有窗口组件（tkinter），打不开小窗口；请改用命令 zhenggai run，"
            "或双击工作区里的“立即汇总”。"
        ) from missing
    open_window(now, workspace)
