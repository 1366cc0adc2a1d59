"""What every command speaks through: the application, its common options, text and records on the terminal."""

from __future__ import annotations

import json
import re
import sys
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from toolkit.cli_chinese import Command, Group
from toolkit.errors import ExitCode, UsageError
from toolkit.workspace import is_source_clone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

CommandFunction = TypeVar("CommandFunction", bound="Callable[..., int | None]")


class Stage(StrEnum):
    """When an office meets a command; the help and the reference page list them in this order."""

    START = "开始使用"
    WEEK = "每一期"
    ASK = "查询和核对"
    ISSUE = "签发"
    UPKEEP = "维护"


class _Commands(Group):
    """The commands, in the order in which an office meets them."""

    def list_commands(self, ctx: Any) -> Sequence[str]:  # type: ignore[override]
        """The names of the commands by stage, then by name."""
        del ctx
        order = {stage.value: place for place, stage in enumerate(Stage)}
        stage_of = {
            name: getattr(command, "rich_help_panel", "") for name, command in self.commands.items()
        }
        return sorted(stage_of, key=lambda name: (order.get(stage_of[name], len(order)), name))


app = typer.Typer(
    name="zhenggai",
    cls=_Commands,
    help="整改台账工具箱：收台账、查问题、出通报。",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def by_intent(context: typer.Context, parameter: typer.CallbackParam, folder: Path) -> Path:
    """The folder that a command works in; raises UsageError where nobody named it and it is the toolkit's own source.

    A clone has templates, inbox and outbox like a workspace: it may be one, but not because somebody stood in it.
    """
    source = context.get_parameter_source(str(parameter.name))
    if source is not None and source.name == "DEFAULT" and is_source_clone(folder):
        raise UsageError(
            "当前文件夹是工具箱的源代码，没有当作工作区使用；请写明工作区文件夹，就要用这里的，写“.”。"
        )
    return folder


WorkspaceOption = Annotated[
    Path,
    typer.Option(
        "--workspace",
        "-w",
        metavar="文件夹",
        help="工作区文件夹",
        show_default="当前文件夹",
        callback=by_intent,
    ),
]
# Of a command that only reads: standing in a clone does no harm.
SettingsOption = Annotated[
    Path,
    typer.Option(
        "--workspace", "-w", metavar="文件夹", help="工作区文件夹", show_default="当前文件夹"
    ),
]
AsOfOption = Annotated[
    str, typer.Option("--as-of", metavar="日期", help="截至日期，年-月-日", show_default="今天")
]
JsonOption = Annotated[bool, typer.Option("--json", help="输出JSON")]
HERE = Path()


def command(stage: Stage) -> Callable[[CommandFunction], CommandFunction]:
    """Make a function a command of its own name, listed at its stage; its docstring is its help."""
    return app.command(cls=Command, rich_help_panel=stage.value)


def as_argument(path: Path) -> str:
    """A path as it is typed on a command line, between quotation marks where it has blanks or signs of the shell."""
    text = str(path)
    return text if re.fullmatch(r"[\w./\\:-]+", text) else f'"{text}"'


def say(text: str = "") -> None:
    """One line for a person."""
    typer.echo(text)
    sys.stdout.flush()  # what a service says is read while it runs


def say_record(record: dict[str, Any]) -> None:
    """A record for a program: always UTF-8, whatever the console's own encoding is."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    say(json.dumps(record, ensure_ascii=False, indent=1))


def say_round(folder: Path, *, as_json: bool) -> int:
    """What a round's folder tells of itself; the exit code that its record asks for."""
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


def complain(text: str) -> None:
    """What went wrong, on the other stream."""
    typer.echo(text, err=True)


def as_of_date(text: str) -> date:
    """The date that was asked for, today where none was; raises UsageError for what is no date."""
    if not text:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise UsageError(f"截至日期“{text}”应写成年-月-日，如2026-06-19。") from wrong


def now() -> datetime:
    """The clock: the only one in the house."""
    return datetime.now()


@contextmanager
def watched() -> Iterator[Callable[[str, int, int], None]]:
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
        yield lambda what, done, of: progress.update(
            bar, description=what, completed=done, total=of
        )
