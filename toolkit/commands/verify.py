"""`zhenggai verify`: whether a signed paper has been changed."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from toolkit.console import HERE, JsonOption, Stage, WorkspaceOption, command, say, say_record
from toolkit.errors import ExitCode


@command(Stage.ISSUE)
def verify(
    file: Annotated[Path, typer.Argument(metavar="文件", help="签发过的公文")],
    workspace: WorkspaceOption = HERE,
    *,
    as_json: JsonOption = False,
) -> int:
    """核对一份签发过的公文：未改动、仅版式有变化，或文字有改动（列出语句）。"""
    from toolkit.issued.verify import State, verify_lines, verify_record
    from toolkit.issued.verify import verify as hold_against
    from toolkit.workspace import Workspace

    verified = hold_against(Workspace.open(workspace), file)
    if as_json:
        say_record(verify_record(file, verified))
    else:
        for line in verify_lines(file, verified):
            say(line)
    return ExitCode.FINDINGS if verified.state in (State.TEXT, State.UNKNOWN) else ExitCode.FINE
