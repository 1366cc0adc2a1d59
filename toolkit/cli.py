"""The entry point: commands to calls, every failure to a sentence and an exit code."""

from __future__ import annotations

import sys
import traceback
from typing import Annotated

import typer

from toolkit import __version__
from toolkit.cli_chinese import chinese_fault, is_wrong_call
from toolkit.commands import load_commands
from toolkit.console import app, complain, say
from toolkit.errors import ExitCode, ToolkitError, of_the_machine

__all__ = ["app", "main"]

_INTERRUPTED = 130
# Here nobody knows how far the command had come; where it is known that nothing was changed, the room says so itself.
_AFTER = "工作区是否完好，可用zhenggai doctor查看。"

load_commands()


def main() -> None:
    """The entry point: every failure becomes a sentence and an exit code; `--debug` shows where it happened."""
    debug = "--debug" in sys.argv
    sys.argv = [argument for argument in sys.argv if argument != "--debug"]
    _speak_utf8()
    try:
        code = app(prog_name=app.info.name, standalone_mode=False)
        if code == _INTERRUPTED:
            raise KeyboardInterrupt  # noqa: TRY301 - the library has turned it into this number
    except KeyboardInterrupt:
        complain("已中断；未完成的内容没有写入。")
        code = ExitCode.FAILED
    except Exception as trouble:  # noqa: BLE001 - the last door: what is not known is said as a bug, with how to see more
        if debug:
            traceback.print_exc()
        sentence, code = _explained(trouble)
        complain(sentence)
    sys.exit(int(code or 0))


def _explained(trouble: Exception) -> tuple[str, int]:
    """A failure as a sentence for a person, and the exit code that goes with it."""
    if isinstance(trouble, ToolkitError):
        return str(trouble), trouble.exit_code
    if is_wrong_call(trouble):
        return f"命令有误：{chinese_fault(trouble)}用 zhenggai --help 查看用法。", ExitCode.USAGE
    # Libraries wrap what the system says: the workbook writer in its arguments, others as the cause.
    machine = next(
        (
            cause
            for cause in (trouble, *trouble.args, trouble.__cause__)
            if isinstance(cause, OSError)
        ),
        None,
    )
    if machine is not None:
        return f"{of_the_machine(machine)}{_AFTER}", ExitCode.FAILED
    return (
        f"程序出错（{type(trouble).__name__}：{trouble}）。{_AFTER}请加 --debug 重新运行，并把显示的内容反馈给我们。",
        ExitCode.FAILED,
    )


def _speak_utf8() -> None:
    """A pipe or an old console that cannot show a character shows “?” instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


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
        say(f"整改台账工具箱 {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        say(context.get_help())
        raise typer.Exit(ExitCode.USAGE)
