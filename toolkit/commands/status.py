"""`zhenggai status`: how things stand."""

from __future__ import annotations

from toolkit.console import (
    HERE,
    AsOfOption,
    JsonOption,
    Stage,
    WorkspaceOption,
    as_of_date,
    command,
    say,
    say_record,
)


@command(Stage.ASK)
def status(
    workspace: WorkspaceOption = HERE, as_of: AsOfOption = "", *, as_json: JsonOption = False
) -> None:
    """在终端显示当前情况。"""
    from toolkit.queries.status import status_lines, status_record
    from toolkit.settings.reading import load
    from toolkit.workspace import Workspace

    place = Workspace.open(workspace)
    settings = load(place.settings_path.read_bytes())
    if as_json:
        say_record(status_record(place, settings, as_of_date(as_of)))
        return
    for line in status_lines(place, settings, as_of_date(as_of)):
        say(line)
