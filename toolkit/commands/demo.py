"""`zhenggai demo`: the invented sample, three weeks of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from toolkit.console import Stage, command, now, say, watched


@command(Stage.START)
def demo(
    folder: Annotated[Path, typer.Argument(metavar="[文件夹]", help="放样例的文件夹")] = Path(
        "示例"
    ),
) -> None:
    """用虚构的样例走一遍：建库、下发、填报、报回，连续运行三周。"""
    from toolkit.run.report import read_report
    from toolkit.sample.demo import make_demo

    with watched() as watch:
        outcome = make_demo(folder, now(), watch)
    say(read_report(outcome.folder))
    say()
    say("样例已做好。请打开这个文件夹，先看 整改进展通报.docx 和 汇总台账.xlsx：")
    say(f"  {outcome.folder}")
