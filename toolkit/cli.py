"""Commands to calls: the only print, the only today(), the exit codes."""

from __future__ import annotations

import json
import sys
import traceback
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit import __version__
from toolkit.errors import ExitCode, ToolkitError, UsageError, of_the_machine
from toolkit.usage import Command, Group, chinese_fault, is_wrong_call

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from toolkit.ledger.status import Status
    from toolkit.register.known import RoundRecord
    from toolkit.workspace import Workspace

app = typer.Typer(
    name="zhenggai",
    cls=Group,
    help="整改台账工具箱：收台账、查问题、出通报。",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

WorkspaceOption = Annotated[
    Path, typer.Option("--workspace", "-w", metavar="文件夹", help="工作区文件夹", show_default="当前文件夹")
]
AsOfOption = Annotated[str, typer.Option("--as-of", metavar="日期", help="截至日期，年-月-日", show_default="今天")]
JsonOption = Annotated[bool, typer.Option("--json", help="输出JSON")]
_HERE = Path()
_INTERRUPTED = 130


def main() -> None:
    """The entry point: every failure becomes a sentence and an exit code; `--debug` shows where it happened."""
    debug = "--debug" in sys.argv
    sys.argv = [argument for argument in sys.argv if argument != "--debug"]
    _speak_utf8()
    try:
        code = app(standalone_mode=False)
        if code == _INTERRUPTED:
            raise KeyboardInterrupt  # noqa: TRY301 - the library has turned it into this number
    except KeyboardInterrupt:
        _complain("已中断；未完成的内容没有写入。")
        code = ExitCode.FAILED
    except Exception as trouble:  # noqa: BLE001 - the last door: what is not known is said as a bug, with how to see more
        if debug:
            traceback.print_exc()
        sentence, code = _told(trouble)
        _complain(sentence)
    sys.exit(int(code or 0))


def _told(trouble: Exception) -> tuple[str, int]:
    """A failure as a sentence for a person, and the exit code that goes with it."""
    if isinstance(trouble, ToolkitError):
        return str(trouble), trouble.exit_code
    if is_wrong_call(trouble):
        return f"命令有误：{chinese_fault(trouble)}用 zhenggai --help 查看用法。", ExitCode.USAGE
    # Libraries wrap what the system says: the workbook writer in its arguments, others as the cause.
    machine = next((said for said in (trouble, *trouble.args, trouble.__cause__) if isinstance(said, OSError)), None)
    if machine is not None:
        return f"{of_the_machine(machine)}没有更改任何内容。", ExitCode.FAILED
    return (
        f"程序出错（{type(trouble).__name__}：{trouble}），没有更改任何内容。请加 --debug 重新运行，并把显示的内容反馈给我们。",
        ExitCode.FAILED,
    )


def _speak_utf8() -> None:
    """A pipe or an old console that cannot show a character shows “?” instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _say(text: str = "") -> None:
    typer.echo(text)
    sys.stdout.flush()  # what a service says is read while it runs


def _say_record(record: dict[str, Any]) -> None:
    """A record for a program: always UTF-8, whatever the console's own encoding is."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    _say(json.dumps(record, ensure_ascii=False, indent=1))


def _complain(text: str) -> None:
    typer.echo(text, err=True)


def _as_of(text: str) -> date:
    if not text:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise UsageError(f"截至日期“{text}”应写成年-月-日，如2026-06-19。") from wrong


def _now() -> datetime:
    return datetime.now()


@contextmanager
def _watched() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar while a person watches; nothing otherwise."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    with Progress(
        TextColumn("{task.description}"), BarColumn(), console=Console(stderr=True), transient=True
    ) as progress:
        bar = progress.add_task("准备", total=None)
        yield lambda what, done, of: progress.update(bar, description=what, completed=done, total=of)


@app.callback()
def start(
    context: typer.Context,
    *,
    shows_version: Annotated[bool, typer.Option("--version", help="显示版本")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="出错时显示程序的内部情况")] = False,
) -> None:
    """整改台账工具箱：收台账、查问题、出通报。"""
    del debug  # taken out in `main`, so that it may stand anywhere on the line
    if shows_version:
        version()
        raise typer.Exit
    if context.invoked_subcommand is None:
        _say(context.get_help())
        raise typer.Exit(ExitCode.USAGE)


@app.command(cls=Command)
def init(folder: Annotated[Path, typer.Argument(metavar="[文件夹]", help="工作区文件夹")] = _HERE) -> None:
    """新建空的工作区（模板、inbox、outbox）。"""
    from toolkit.run.create import create_workspace

    workspace = create_workspace(folder)
    _say(f"已建立工作区：{workspace.root}")
    _say("下一步：填写 templates/设置.xlsx，把完整的整改台账放进 inbox，然后运行 zhenggai run。")


@app.command(cls=Command)
def demo(folder: Annotated[Path, typer.Argument(metavar="[文件夹]", help="放样例的文件夹")] = Path("示例")) -> None:
    """用虚构的样例走一遍：建库、下发、填报、报回，连续运行三周。"""
    from toolkit.sample.demo import make_demo

    with _watched() as watch:
        outcome = make_demo(folder, _now(), watch)
    _tell(outcome.folder, as_json=False)


@app.command(cls=Command)
def run(workspace: WorkspaceOption = _HERE, as_of: AsOfOption = "", *, as_json: JsonOption = False) -> int:
    """运行一期：读取 inbox，核查、合并，在 outbox 生成成果；--as-of 写往期日期时，原样重发那一期。"""
    from toolkit.run.replay import past_round
    from toolkit.run.round import resume, run_round
    from toolkit.settings.reading import load
    from toolkit.workspace import Workspace

    place = Workspace.open(workspace)
    day = _as_of(as_of)
    past = past_round(place, day) if as_of else None
    if past is not None:
        return _reissue(place, past, as_json=as_json)
    folder = resume(place, day, _now())
    if folder:
        _complain("上次运行在最后一步被中断，已接着完成。")
    else:
        with _watched() as watch:
            folder = run_round(place, load(place.settings_path.read_bytes()), day, now=_now(), watch=watch).folder
    return _tell(folder, as_json=as_json)


def _tell(folder: Path, *, as_json: bool) -> int:
    """What a round's folder says of itself, and the exit code that its record asks for."""
    from toolkit.run.record import has_errors, read_record
    from toolkit.run.report import read_report

    record = read_record(folder)
    if as_json:
        _say_record(record)
    else:
        _say(read_report(folder))
        _say()
        _say(f"成果在：{folder}")
    return ExitCode.FINDINGS if has_errors(record) else ExitCode.FINE


def _reissue(place: Workspace, past: RoundRecord, *, as_json: bool) -> int:
    """A past round once more, as it was issued."""
    from toolkit.run.record import read_record
    from toolkit.run.replay import reissue

    again = reissue(place, past)
    if as_json:
        _say_record(read_record(again.folder))
        return ExitCode.FINE
    _say(f"已按归档原样重发截至{past.as_of}的一期（简码{past.code}）：{again.folder}")
    for what, names in (("已被改动", again.altered), ("已不在原处", again.missing)):
        if names:
            _say(f"注意：outbox/{past.folder}中有{len(names)}个文件{what}：{'、'.join(names)}")
    _say("inbox中的文件没有处理；要运行新的一期，请不加--as-of或写新的日期。")
    return ExitCode.FINE


@app.command(cls=Command)
def check(
    files: Annotated[list[Path], typer.Argument(metavar="文件…", help="要核查的台账")],
    workspace: WorkspaceOption = _HERE,
    as_of: AsOfOption = "",
    *,
    as_json: JsonOption = False,
) -> int:
    """核查台账文件，不改动任何内容；有错误时退出码为1。"""
    from toolkit.run.check import check_files, check_lines, check_record

    checked = check_files(files, workspace, _as_of(as_of))
    if as_json:
        _say_record(check_record(checked))
    else:
        for line in check_lines(checked):
            _say(line)
    return ExitCode.FINDINGS if checked.has_errors() else ExitCode.FINE


@app.command(cls=Command)
def dispatch(workspace: WorkspaceOption = _HERE, as_of: AsOfOption = "") -> None:
    """按单位生成待填的台账，放在 outbox 的“下发”文件夹中。"""
    from toolkit.run.send import dispatch_ledgers
    from toolkit.settings.reading import load
    from toolkit.workspace import Workspace

    place = Workspace.open(workspace)
    paths = dispatch_ledgers(place, load(place.settings_path.read_bytes()), _as_of(as_of))
    _say(f"已生成{len(paths)}个单位的台账：{paths[0].parent}")


@app.command(cls=Command)
def status(workspace: WorkspaceOption = _HERE, as_of: AsOfOption = "", *, as_json: JsonOption = False) -> None:
    """在终端显示当前情况。"""
    from toolkit.run.ask import status_lines, status_record
    from toolkit.settings.reading import load
    from toolkit.workspace import Workspace

    place = Workspace.open(workspace)
    settings = load(place.settings_path.read_bytes())
    if as_json:
        _say_record(status_record(place, settings, _as_of(as_of)))
        return
    for line in status_lines(place, settings, _as_of(as_of)):
        _say(line)


@app.command(cls=Command)
def why(
    item_id: Annotated[str, typer.Argument(metavar="问题编号")],
    column: Annotated[str, typer.Argument(metavar="[栏目]", help="栏目名称，如整改状态")] = "",
    workspace: WorkspaceOption = _HERE,
) -> None:
    """一个值从哪里来：文件、工作表、单元格、期次，以及以前的值。"""
    from toolkit.run.why import why_lines
    from toolkit.workspace import Workspace

    place = Workspace.open(workspace)

    def word_of(status: Status) -> str:
        from toolkit.settings.reading import load

        return load(place.settings_path.read_bytes()).words.of(status)

    for line in why_lines(place, word_of, item_id, column):
        _say(line)


@app.command(cls=Command)
def rules(code: Annotated[str, typer.Argument(metavar="[规则]", help="规则编号，如S102")] = "") -> None:
    """列出或解释核查规则。"""
    from toolkit.run.explain import rule_lines

    for line in rule_lines(code):
        _say(line)


@app.command(cls=Command)
def undo(workspace: WorkspaceOption = _HERE) -> None:
    """撤销最近一期：收件退回 inbox，成果移出 outbox；已签发的不能撤销。"""
    from toolkit.run.undo import undo as take_back
    from toolkit.workspace import Workspace

    undone = take_back(Workspace.open(workspace))
    _say(f"已撤销最近一期（{undone.kept.name}）：{undone.files}个收件已退回inbox。")
    _say(f"原成果保留在：{undone.kept}")


@app.command(cls=Command)
def restore(
    copy: Annotated[Path, typer.Argument(metavar="备份文件", help="outbox某一期文件夹中的“台账库备份”")],
    workspace: WorkspaceOption = _HERE,
) -> None:
    """用备份恢复台账库；现有的台账库改名保留。"""
    from toolkit.run.restore import restore as bring_back
    from toolkit.workspace import Workspace

    done = bring_back(Workspace.open(workspace), copy)
    _say(f"台账库已恢复到截至{done.round.as_of}的一期（简码{done.round.code}）。")
    if done.put_aside:
        _say(f"原来的台账库保留为：{done.put_aside}")
    if done.brought_back:
        _say(f"已从outbox补回归档文件{done.brought_back}个。")
    if done.missing:
        _say(
            f"仍缺少归档文件{len(done.missing)}个：{'、'.join(done.missing)}；请从别处的备份复制到outbox后再恢复一次。"
        )


@app.command(cls=Command)
def doctor(workspace: WorkspaceOption = _HERE, *, as_json: JsonOption = False) -> int:
    """体检：字体、办公软件、文件夹、磁盘、日期、台账库和归档是否完好；不联网。"""
    from dataclasses import asdict

    from toolkit.run.doctor import Health, examine
    from toolkit.workspace import Workspace

    checks = examine(Workspace.open(workspace), _now().date())
    if as_json:
        _say_record({"checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            _say(f"［{check.health}］{check.name}：{check.said}")
    return ExitCode.FINDINGS if any(check.health is Health.FAULT for check in checks) else ExitCode.FINE


@app.command(cls=Command)
def serve(workspace: WorkspaceOption = _HERE) -> None:
    """留在后台，按设置的时间每周运行；错过的一期在启动时补上。"""
    from toolkit.schedule import serve as stay
    from toolkit.workspace import Workspace

    try:
        stay(Workspace.open(workspace), _now, _say)
    except KeyboardInterrupt:
        _say("已停止自动运行。")


@app.command(cls=Command)
def version() -> None:
    """显示版本。"""
    _say(f"整改台账工具箱 {__version__}")
