"""docs/命令.md, written from the command line itself; a test fails when it is stale.

It must know the commands, the top floor of the house, which the other reference pages may not; so it stands here.
Regenerate: `python -m tests.support.command_page` in the repository.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from toolkit.cli import app
from toolkit.console import Stage
from toolkit.errors import ExitCode

PAGE = Path(__file__).resolve().parents[2] / "docs" / "命令.md"
_MEANING = {
    ExitCode.FINE: "正常",
    ExitCode.FINDINGS: "有错误级别的核查意见，或文件不能采用",
    ExitCode.USAGE: "命令或设置有误",
    ExitCode.FAILED: "程序或电脑的原因没有完成；命令会说明更改了什么、没有更改什么",
}


def text() -> str:
    """The whole page."""
    return "\n".join(_lines()) + "\n"


def commands() -> dict[str, Any]:
    """Every command by its name, as the library holds it."""
    group: Any = typer.main.get_command(app)
    return {name: group.commands[name] for name in group.list_commands(None)}


def _lines() -> Iterator[str]:
    yield "# 命令\n\n本页由程序生成，请勿手改。`zhenggai 命令 --help` 显示同样的内容；也可以写成 `python -m toolkit 命令`。\n"
    yield "每个命令都可以加 `--debug`，出错时显示程序的内部情况。有 `--json` 的命令可以输出JSON，供别的程序读取。\n"
    yield "| 退出码 | 意思 |\n|---:|---|"
    yield from (f"| {code.value} | {_MEANING[code]} |" for code in ExitCode)
    for stage in Stage:
        named = [(name, c) for name, c in commands().items() if c.rich_help_panel == stage]
        if named:
            yield f"\n## {stage.value}"
        for name, command in named:
            yield from _section(name, command)


def _section(name: str, command: Any) -> Iterator[str]:
    if hasattr(command, "commands"):
        yield f"\n### {name}\n\n{command.help}"
        for inner, its in command.commands.items():
            yield from _section(f"{name} {inner}", its)
        return
    arguments = [given for given in command.params if given.param_type_name == "argument"]
    options = [given for given in command.params if given.param_type_name == "option"]
    called = [f"zhenggai {name}", *(given.metavar for given in arguments)]
    called += [f"{option.opts[0]} {option.metavar}" for option in options if option.required]
    called += ["[选项]"] if any(not option.required for option in options) else []
    yield f"\n### {name}\n\n{command.help}\n\n```\n{' '.join(called)}\n```\n"
    rows = [_row(given.metavar, given) for given in arguments if given.help]
    rows += [_row(_spelt(given), given) for given in options]
    if rows:
        yield "| 参数和选项 | 说明 |\n|---|---|"
        yield from rows


def _spelt(option: Any) -> str:
    names = "`、`".join(sorted(option.opts, key=len))
    return f"`{names}`" if option.is_flag else f"`{names}` {option.metavar}"


def _row(spelt: str, given: Any) -> str:
    shown = given.show_default if isinstance(given.show_default, str) else ""
    more = "（必填）" if given.required else f"（默认：{shown}）" if shown else ""
    return f"| {spelt} | {given.help}{more} |"


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8", newline="\n")
