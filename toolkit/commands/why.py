"""`zhenggai why`: where a value came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.console import HERE, JsonOption, Stage, WorkspaceOption, command, say, say_record

if TYPE_CHECKING:
    from toolkit.ledger.status import Status


@command(Stage.ASK)
def why(
    item_id: Annotated[str, typer.Argument(metavar="问题编号")],
    column: Annotated[str, typer.Argument(metavar="[栏目]", help="栏目名称，如整改状态")] = "",
    workspace: WorkspaceOption = HERE,
    *,
    as_json: JsonOption = False,
) -> None:
    """一个值从哪里来：文件、工作表、单元格、期次，以及以前的值。"""
    from toolkit.queries.why import why_lines, why_record
    from toolkit.workspace import Workspace

    place = Workspace.open(workspace)
    if as_json:
        say_record(why_record(place, item_id, column))
        return

    def word_of(status: Status) -> str:
        from toolkit.settings.reading import load

        return load(place.settings_path.read_bytes()).words.of(status)

    for line in why_lines(place, word_of, item_id, column):
        say(line)
