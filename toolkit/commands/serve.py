"""`zhenggai serve`: every week by itself."""

from __future__ import annotations

from toolkit.console import HERE, Stage, WorkspaceOption, command, now, say


@command(Stage.UPKEEP)
def serve(workspace: WorkspaceOption = HERE) -> None:
    """留在后台，按设置的时间每周运行；错过的一期在启动时补上。"""
    from toolkit.schedule import serve as stay
    from toolkit.workspace import Workspace

    try:
        stay(Workspace.open(workspace), now, say)
    except KeyboardInterrupt:
        say("已停止自动运行。")
