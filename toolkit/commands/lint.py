"""`zhenggai lint`: an official document held against GB/T 9704."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from toolkit.console import JsonOption, Stage, command, say, say_record
from toolkit.errors import ExitCode


@command(Stage.ASK)
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
        say_record({"files": [lint_record(paper) for paper in linted]})
    else:
        for paper in linted:
            for line in lint_lines(paper):
                say(line)
    return ExitCode.FINDINGS if any(paper.must_be_mended for paper in linted) else ExitCode.FINE
