"""`zhenggai run`: one round, or a past one once more as it was issued."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.console import (
    HERE,
    AsOfOption,
    JsonOption,
    Stage,
    WorkspaceOption,
    as_of_date,
    command,
    complain,
    now,
    say,
    say_record,
    say_round,
    watched,
)
from toolkit.errors import ExitCode

if TYPE_CHECKING:
    from toolkit.register.snapshot import RoundRecord
    from toolkit.workspace import Workspace

NewPeriodOption = Annotated[bool, typer.Option("--新期", help="不论周期，开始新的一期")]


OpenOption = Annotated[bool, typer.Option("--open", help="完成后打开成果文件夹")]


@command(Stage.WEEK)
def run(
    workspace: WorkspaceOption = HERE,
    as_of: AsOfOption = "",
    *,
    begins_period: NewPeriodOption = False,
    as_json: JsonOption = False,
    opens: OpenOption = False,
) -> int:
    """运行一期：读取 inbox，核查、合并，在 outbox 生成成果；同一报送周期内再运行就是补充本期。

    --as-of 写往期日期时，原样重发那一期。
    """
    from toolkit.desktop import open_folder
    from toolkit.issued.reissue import past_round
    from toolkit.run.round import NothingMade, resume, run_round
    from toolkit.settings.reading import load
    from toolkit.workspace import Workspace

    place = Workspace.open(workspace)
    day = as_of_date(as_of)
    past = past_round(place, day) if as_of else None
    if past is not None:
        return _reissue(place, past, as_json=as_json)
    folder = resume(place, day, now())
    if folder:
        complain("上次运行在最后一步被中断，已接着完成。")
        return say_round(folder, as_json=as_json)
    settings = load(place.settings_path.read_bytes())
    with watched() as watch:
        outcome = run_round(
            place, settings, day, now=now(), watch=watch, begins_period=begins_period
        )
    if isinstance(outcome, NothingMade):
        complain(outcome.sentence)
        if opens:
            open_folder(outcome.folder)
        return ExitCode.FINE
    if outcome.beside:
        names = "、".join(outcome.beside)
        complain(f"有人改动过的文件保留未动，新的写在旁边（名称后加“（新）”）：{names}")
    code = say_round(outcome.folder, as_json=as_json)
    if opens:
        open_folder(outcome.folder)
    return code


def _reissue(place: Workspace, past: RoundRecord, *, as_json: bool) -> int:
    """A past round once more, as it was issued."""
    from toolkit.issued.reissue import reissue
    from toolkit.run.record import read_record

    again = reissue(place, past)
    if as_json:
        say_record(read_record(again.folder))
        return ExitCode.FINE
    say(f"已按归档原样重发截至{past.as_of}的一期（简码{past.code}）：{again.folder}")
    for what, names in (("已被改动", again.altered), ("已不在原处", again.missing)):
        if names:
            say(f"注意：outbox/{past.folder}中有{len(names)}个文件{what}：{'、'.join(names)}")
    say("inbox中的文件没有处理；要运行新的一期，请不加--as-of或写新的日期。")
    return ExitCode.FINE
