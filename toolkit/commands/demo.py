"""`zhenggai demo`: the invented sample, three weeks of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.console import Stage, command, now, say_round, watched


@command(Stage.START)
def demo(
    folder: Annotated[Path, typer.Argument(metavar="[文件夹]", help="放样例的文件夹")] = Path(
        "示例"
    ),
) -> None:
    """用虚构的样例走一遍：建库、下发、填报、报回，连续运行三周。"""
    from toolkit.sample.demo import make_demo

    with watched() as watch:
        outcome = make_demo(folder, now(), watch)
    say_round(outcome.folder, as_json=False)
