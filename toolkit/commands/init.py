"""`zhenggai init`: an empty workspace."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from toolkit.console import HERE, Stage, command, say


@command(Stage.START)
def init(
    folder: Annotated[Path, typer.Argument(metavar="[文件夹]", help="工作区文件夹")] = HERE,
) -> None:
    """新建空的工作区（模板、inbox、outbox）。"""
    from toolkit.run.templates import create_workspace

    workspace = create_workspace(folder)
    say(f"已建立工作区：{workspace.root}")
    say("下一步：填写 templates/设置.xlsx，把完整的整改台账放进 inbox，然后运行 zhenggai run。")
