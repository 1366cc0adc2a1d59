"""What the command line library says by itself, in Chinese: the words around help, and what is wrong with a call.

typer carries its own copy of click or uses the installed one, by version; so its words are put into Chinese where they
come out as text, and nothing here depends on its insides.
"""

from __future__ import annotations

import re
from typing import Any

import typer.core

_HELP_WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), words)
    for pattern, words in (
        (r"^Usage: ", "用法："),
        (r"\[OPTIONS\]", "[选项]"),
        (r"\[?COMMAND\]? \[ARGS\]\.\.\.", "命令 [参数]…"),
        (r"^Options:", "选项："),
        (r"^Arguments:", "参数："),
        (r"^Commands:", "命令："),
        (r"Show this message and exit\.?", "显示本帮助"),
        (r"\\?\[default: \(?(.*?)\)?\]", r"（默认：\1）"),
        (r"\s*\\?\[required\]", "（必填）"),
        (r" <(?:str|path|Path|list\[Path\])>", ""),
    )
)
_FAULT_WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), words)
    for pattern, words in (
        (r"Missing argument '?\[?\{?(.*?)\}?\]?(?:\.\.\.)?'?\.", r"缺少参数“\1”。"),
        (r"Missing option '?(.*?)'?\.", r"缺少选项“\1”。"),
        (r"Missing command\.", "没有写命令。"),
        (r"No such option:? '?(-[^' .]+)(?:['. ].*)?", r"没有选项“\1”。"),
        (r"Option '(.*?)' requires .*", r"选项“\1”后面要写值。"),
        (r"Option '(.*?)' does not take a value\.?", r"选项“\1”后面不写值。"),
        (r"Got unexpected extra argument.* \((.*)\)", r"多写了“\1”。"),
        (r"No such command '(.*?)'\.\s*Did you mean '?(.*?)'?\?.*", r"没有命令“\1”，是不是“\2”？"),
        (r"No such command '(.*?)'\..*", r"没有命令“\1”。"),
        (r"Invalid value for (.*?): .*", r"“\1”的值不能用。"),
    )
)


def chinese_help(text: str) -> str:
    """The help text with the library's own English words replaced; what we wrote ourselves stays."""
    for pattern, words in _HELP_WORDS:
        text = pattern.sub(words, text)
    return text


def is_wrong_call(trouble: Exception) -> bool:
    """Whether the library complains about the command line; its exceptions are told by what they can do."""
    return hasattr(trouble, "format_message") and hasattr(trouble, "exit_code")


def chinese_fault(trouble: Any) -> str:
    """What is wrong with a call, as a Chinese sentence; a sentence of the library that is not known stays as it is."""
    text = str(trouble.format_message()).strip()
    for pattern, words in _FAULT_WORDS:
        found = pattern.fullmatch(text)
        if found:
            return found.expand(words)
    return text


class Command(typer.core.TyperCommand):
    """A command whose help is Chinese throughout."""

    def get_help(self, ctx: Any) -> str:
        """The whole help text."""
        return chinese_help(super().get_help(ctx))


class Group(typer.core.TyperGroup):
    """The command line as a whole."""

    def get_help(self, ctx: Any) -> str:
        """The whole help text."""
        return chinese_help(super().get_help(ctx))
