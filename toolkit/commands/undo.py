"""`zhenggai undo`: the last round taken back."""

from __future__ import annotations

from toolkit.console import HERE, Stage, WorkspaceOption, command, say


@command(Stage.UPKEEP)
def undo(workspace: WorkspaceOption = HERE) -> None:
    """撤销最近一期：收件退回 inbox，成果移出 outbox；已签发的不能撤销。"""
    from toolkit.issued.undo import undo as take_back
    from toolkit.workspace import Workspace

    undone = take_back(Workspace.open(workspace))
    say(f"已撤销最近一期（{undone.kept.name}）：{undone.files}个收件已退回inbox。")
    say(f"原成果保留在：{undone.kept}")
