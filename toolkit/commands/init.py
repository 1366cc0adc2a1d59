"""`zhenggai init`: an empty workspace."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from toolkit.console import HERE, Stage, as_argument, by_intent, command, say


@command(Stage.START)
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[文件夹]", help="工作区文件夹", callback=by_intent)
    ] = HERE,
) -> None:
    """新建空的工作区（模板、inbox、outbox）。"""
    from toolkit.run.templates import create_workspace

    workspace = create_workspace(folder)
    say(f"已建立工作区：{workspace.root}")
    say("下一步：填写 templates/设置.xlsx，把完整的整改台账放进 inbox，")
    say(f"然后双击工作区里的“立即汇总”，或运行 zhenggai run -w {as_argument(folder)}")
