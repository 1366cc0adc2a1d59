"""`zhenggai rules`: the rules, or one of them."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.console import JsonOption, Stage, command, say, say_record


@command(Stage.ASK)
def rules(
    code: Annotated[str, typer.Argument(metavar="[规则]", help="规则编号，如S102")] = "",
    *,
    as_json: JsonOption = False,
) -> None:
    """列出或解释核查规则。"""
    from toolkit.queries.rules import list_lines, list_record, rule_lines, rule_of, rule_record

    if as_json:
        say_record(rule_record(rule_of(code)) if code else list_record())
        return
    for line in rule_lines(rule_of(code)) if code else list_lines():
        say(line)
