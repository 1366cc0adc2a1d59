"""Commands of the weekly round: make a workspace, run, check, send out, ask."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli_chinese import Command
from toolkit.console import (
    HERE,
    AsOfOption,
    JsonOption,
    SettingsOption,
    WorkspaceOption,
    app,
    as_argument,
    as_of_date,
    by_intent,
    complain,
    now,
    say,
    say_record,
    watched,
)
from toolkit.errors import ExitCode

if TYPE_CHECKING:
    from toolkit.ledger.status import Status
    from toolkit.register.snapshot import RoundRecord
    from toolkit.workspace import Workspace


@app.command(cls=Command)
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[文件夹]", help="工作区文件夹", callback=by_intent)
    ] = HERE,
) -> None:
    """新建空的工作区（模板、inbox、outbox）。"""
    from toolkit.run.templates import create_workspace

    workspace = create_workspace(folder)
    say(f"已建立工作区：{workspace.root}")
    say("下一步：填写 templates/设置.xlsx，把完整的整改台账放进 inbox，")
    say(f"然后双击工作区里的“立即汇总”，或运行 zhenggai run -w {as_argument(folder)}")


@app.command(cls=Command)
def demo(
    folder: Annotated[Path, typer.Argument(metavar="[文件夹]", help="放样例的文件夹")] = Path(
        "示例"
    ),
) -> None:
    """用虚构的样例走一遍：建库、下发、填报、报回，连续运行三周。"""
    from toolkit.run.report import read_report
    from toolkit.sample.demo import make_demo

    with watched() as watch:
        outcome = make_demo(folder, now(), watch)
    say(read_report(outcome.folder))
    say()
    say("样例已做好。请打开这个文件夹，先看 整改进展通报.docx 和 汇总台账.xlsx：")
    say(f"  {outcome.folder}")


@app.command(cls=Command)
def run(
    workspace: WorkspaceOption = HERE,
    as_of: AsOfOption = "",
    *,
    as_json: JsonOption = False,
    opens: Annotated[bool, typer.Option("--open", help="完成后打开成果文件夹")] = False,
) -> int:
    """运行一期：读取 inbox，核查、合并，在 outbox 生成成果；--as-of 写往期日期时，原样重发那一期。"""
    from toolkit.desktop import open_folder
    from toolkit.issued.reissue import past_round
    from toolkit.run.round import resume, run_round
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
    else:
        with watched() as watch:
            folder = run_round(
                place, load(place.settings_path.read_bytes()), day, now=now(), watch=watch
            ).folder
    code = _tell(folder, as_json=as_json)
    if opens:
        open_folder(folder)
    return code


def _tell(folder: Path, *, as_json: bool) -> int:
    """What a round's folder says of itself, and the exit code that its record asks for."""
    from toolkit.run.record import has_errors, read_record
    from toolkit.run.report import read_report

    record = read_record(folder)
    if as_json:
        say_record(record)
    else:
        say(read_report(folder))
        say()
        say(f"成果在：{folder}")
    return ExitCode.FINDINGS if has_errors(record) else ExitCode.FINE


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


@app.command(cls=Command)
def check(
    files: Annotated[list[Path], typer.Argument(metavar="文件…", help="要核查的台账")],
    workspace: SettingsOption = HERE,
    as_of: AsOfOption = "",
    *,
    as_json: JsonOption = False,
) -> int:
    """核查台账文件，不改动任何内容；有错误时退出码为1。"""
    from toolkit.queries.check import check_files, check_lines, check_record

    checked = check_files(files, workspace, as_of_date(as_of))
    if as_json:
        say_record(check_record(checked))
    else:
        for line in check_lines(checked):
            say(line)
    return ExitCode.FINDINGS if checked.has_errors() else ExitCode.FINE


@app.command(cls=Command)
def dispatch(workspace: WorkspaceOption = HERE, as_of: AsOfOption = "") -> None:
    """按单位生成待填的台账，放在 outbox 的“下发”文件夹中。"""
    from toolkit.run.dispatch import dispatch_ledgers
    from toolkit.settings.reading import load
    from toolkit.workspace import Workspace

    place = Workspace.open(workspace)
    paths = dispatch_ledgers(place, load(place.settings_path.read_bytes()), as_of_date(as_of))
    say(f"已生成{len(paths)}个单位的台账：{paths[0].parent}")


@app.command(cls=Command)
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


@app.command(cls=Command)
def why(
    item_id: Annotated[str, typer.Argument(metavar="问题编号")],
    column: Annotated[str, typer.Argument(metavar="[栏目]", help="栏目名称，如整改状态")] = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """一个值从哪里来：文件、工作表、单元格、期次，以及以前的值。"""
    from toolkit.queries.why import why_lines
    from toolkit.workspace import Workspace

    place = Workspace.open(workspace)

    def word_of(status: Status) -> str:
        from toolkit.settings.reading import load

        return load(place.settings_path.read_bytes()).words.of(status)

    for line in why_lines(place, word_of, item_id, column):
        say(line)


@app.command(cls=Command)
def rules(
    code: Annotated[str, typer.Argument(metavar="[规则]", help="规则编号，如S102")] = "",
) -> None:
    """列出或解释核查规则。"""
    from toolkit.run.finding_catalogue import rule_lines

    for line in rule_lines(code):
        say(line)
