"""`zhenggai check`: what is wrong with some workbooks."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from toolkit.console import (
    HERE,
    AsOfOption,
    JsonOption,
    SettingsOption,
    Stage,
    as_of_date,
    command,
    say,
    say_record,
)
from toolkit.errors import ExitCode


@command(Stage.WEEK)
def check(
    files: Annotated[list[Path], typer.Argument(metavar="文件…", help="要核查的台账")],
    workspace: SettingsOption = HERE,
    as_of: AsOfOption = "",
    *,
    as_json: JsonOption = False,
) -> int:
    """核查台账文件，不改动任何内容；有错误时退出码为1。"""
    from toolkit.queries.check import check_files, check_lines, check_record

    checked = check_files(files, workspace, as_of_date(as_of))
    if as_json:
        say_record(check_record(checked))
    else:
        for line in check_lines(checked):
            say(line)
    return ExitCode.FINDINGS if checked.has_errors() else ExitCode.FINE
