"""`zhenggai serve`: every week by itself."""

from __future__ import annotations

from toolkit.console import HERE, Stage, WorkspaceOption, command, now, say


@command(Stage.UPKEEP)
def serve(workspace: WorkspaceOption = HERE) -> None:
    """留在后台，按设置的时间每周运行；错过的一期在启动时补上。"""
    from toolkit.schedule import serve as stay
    from toolkit.workspace import Workspace

    place = Workspace.open(workspace)
    log = place.hidden / "serve.log"

    def tell(text: str) -> None:
        """On the screen, and in a file for who looks later."""
        say(text)
        with log.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(f"{now():%Y-%m-%d %H:%M:%S} {text}\n")

    try:
        stay(place, now, tell)
    except KeyboardInterrupt:
        say("已停止自动运行。")
