"""Commands about what has been issued: take back, restore, examine, sign, verify, and the service that runs by itself."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from toolkit import __version__
from toolkit.cli_chinese import Command
from toolkit.console import HERE, JsonOption, WorkspaceOption, app, as_of_date, now, say, say_record
from toolkit.errors import ExitCode


@app.command(cls=Command)
def undo(workspace: WorkspaceOption = HERE) -> None:
    """撤销最近一期：收件退回 inbox，成果移出 outbox；已签发的不能撤销。"""
    from toolkit.issued.undo import undo as take_back
    from toolkit.workspace import Workspace

    undone = take_back(Workspace.open(workspace))
    say(f"已撤销最近一期（{undone.kept.name}）：{undone.files}个收件已退回inbox。")
    say(f"原成果保留在：{undone.kept}")


@app.command(cls=Command)
def restore(
    copy: Annotated[
        Path, typer.Argument(metavar="备份文件", help="outbox某一期文件夹中的“台账库备份”")
    ],
    workspace: WorkspaceOption = HERE,
) -> None:
    """用备份恢复台账库；现有的台账库改名保留。"""
    from toolkit.issued.restore import restore as bring_back
    from toolkit.workspace import Workspace

    done = bring_back(Workspace.open(workspace), copy)
    say(f"台账库已恢复到截至{done.round.as_of}的一期（简码{done.round.code}）。")
    if done.put_aside:
        say(f"原来的台账库保留为：{done.put_aside}")
    if done.brought_back:
        say(f"已从outbox补回归档文件{done.brought_back}个。")
    if done.missing:
        say(
            f"仍缺少归档文件{len(done.missing)}个：{'、'.join(done.missing)}；请从别处的备份复制到outbox后再恢复一次。"
        )


@app.command(cls=Command)
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


@app.command(cls=Command)
def serve(workspace: WorkspaceOption = HERE) -> None:
    """留在后台，按设置的时间每周运行；错过的一期在启动时补上。"""
    from toolkit.schedule import serve as stay
    from toolkit.workspace import Workspace

    try:
        stay(Workspace.open(workspace), now, say)
    except KeyboardInterrupt:
        say("已停止自动运行。")


@app.command(cls=Command)
def version() -> None:
    """显示版本。"""
    say(f"整改台账工具箱 {__version__}")


@app.command(cls=Command)
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
    from toolkit.issued.sign import Signing
    from toolkit.issued.sign import sign as freeze
    from toolkit.settings.reading import load
    from toolkit.workspace import Workspace

    place = Workspace.open(workspace)
    signing = Signing(round=round_, by=by, on=as_of_date(on), number=number)
    for path in freeze(place, load(place.settings_path.read_bytes()), signing):
        say(f"已签发：{path}")
    say("这一期已固定，不能撤销；定稿如有改动，用zhenggai verify可以查出。")


@app.command(cls=Command)
def verify(
    file: Annotated[Path, typer.Argument(metavar="文件", help="签发过的公文")],
    workspace: WorkspaceOption = HERE,
    *,
    as_json: JsonOption = False,
) -> int:
    """核对一份签发过的公文：未改动、仅版式有变化，或文字有改动（列出语句）。"""
    from toolkit.issued.verify import State, verify_lines
    from toolkit.issued.verify import verify as hold_against
    from toolkit.workspace import Workspace

    verified = hold_against(Workspace.open(workspace), file)
    if as_json:
        changes = [{"before": before, "now": after} for before, after in verified.differences]
        signed = verified.signature
        say_record(
            {
                "state": verified.state,
                "number": signed.number if signed else "",
                "differences": changes,
            }
        )
    else:
        for line in verify_lines(file, verified):
            say(line)
    return ExitCode.FINDINGS if verified.state in (State.TEXT, State.UNKNOWN) else ExitCode.FINE


@app.command(cls=Command)
def lint(
    files: Annotated[list[Path], typer.Argument(metavar="文件…", help="要校对的公文（.docx）")],
    *,
    no_render: Annotated[
        bool, typer.Option("--no-render", help="不检查版面，只检查内容和格式设置")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """按GB/T 9704和行文规范校对公文，指出位置和改法；有不符合标准之处时退出码为1。"""
    from toolkit.queries.lint import lint as proofread
    from toolkit.queries.lint import lint_lines, lint_record

    linted = [proofread(path, draws=not no_render) for path in files]
    if as_json:
        say_record({"files": [lint_record(one) for one in linted]})
    else:
        for one in linted:
            for line in lint_lines(one):
                say(line)
    return ExitCode.FINDINGS if any(one.must_be_mended for one in linted) else ExitCode.FINE
