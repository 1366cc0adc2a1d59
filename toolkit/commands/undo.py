"""`zhenggai undo`: the last round taken back."""

from __future__ import annotations

from toolkit.console import HERE, Stage, WorkspaceOption, command, say


@command(Stage.UPKEEP)
def undo(workspace: WorkspaceOption = HERE) -> None:
    """撤销最近一期：收件退回 inbox，成果移出 outbox；已签发的不能撤销。"""
    from toolkit.issued.undo import undo as take_back
    from toolkit.workspace import Workspace

    undone = take_back(Workspace.open(workspace))
    if undone.stands:
        say(f"已撤销最近一次运行：{undone.files}个收件已退回inbox。")
        say(f"{undone.folder.name}一期恢复为上一次运行的成果（简码{undone.stands.code}）。")
    else:
        say(f"已撤销最近一期（{undone.folder.name}）：{undone.files}个收件已退回inbox。")
    if undone.left:
        say(f"以下文件有人改动过，保留未动：{'、'.join(undone.left)}")
