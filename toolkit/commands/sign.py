"""`zhenggai sign`: the final papers of a round, fixed from then on."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.console import HERE, Stage, WorkspaceOption, as_of_date, command, say


@command(Stage.ISSUE)
def sign(
    round_: Annotated[str, typer.Argument(metavar="期次", help="outbox中的文件夹名，如2026-06-19")],
    by: Annotated[str, typer.Option("--by", metavar="姓名", help="签发人")],
    number: Annotated[
        str, typer.Option("--no", metavar="文号", help="发文字号，如云党工通〔2026〕12号")
    ],
    on: Annotated[
        str, typer.Option("--date", metavar="日期", help="签发日期，年-月-日", show_default="今天")
    ] = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """签发一期：固定这一期，在“签发”文件夹生成带文号和成文日期的定稿。"""
    from toolkit.issued.sign import Signing, open_errors
    from toolkit.issued.sign import sign as freeze
    from toolkit.settings.reading import load
    from toolkit.workspace import Workspace

    place = Workspace.open(workspace)
    signing = Signing(round=round_, by=by, on=as_of_date(on), number=number)
    for line in open_errors(place, round_):
        say(line)
    for path in freeze(place, load(place.settings_path.read_bytes()), signing):
        say(f"已签发：{path}")
    say("这一期已固定，不能撤销；定稿如有改动，用zhenggai verify可以查出。")
