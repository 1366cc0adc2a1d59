"""`zhenggai doctor`: whether everything is in order."""

from __future__ import annotations

from toolkit.console import HERE, JsonOption, Stage, WorkspaceOption, command, now, say, say_record
from toolkit.errors import ExitCode


@command(Stage.UPKEEP)
def doctor(workspace: WorkspaceOption = HERE, *, as_json: JsonOption = False) -> int:
    """体检：字体、办公软件、文件夹、磁盘、日期、台账库和归档是否完好；不联网。"""
    from dataclasses import asdict

    from toolkit.queries.doctor import Health, examine
    from toolkit.workspace import Workspace

    checks = examine(Workspace.open(workspace), now().date())
    if as_json:
        say_record({"checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            say(f"［{check.health}］{check.name}：{check.said}")
    return (
        ExitCode.FINDINGS
        if any(check.health is Health.FAULT for check in checks)
        else ExitCode.FINE
    )
