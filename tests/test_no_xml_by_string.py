"""XML is built of elements, never put together as text: a quotation mark in a value would break out of its place."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

TOOLKIT = Path(__file__).resolve().parents[1] / "toolkit"
SOURCES = sorted(TOOLKIT.rglob("*.py"))
# `<w:p `, `</w:p>`, `<v>`, or a tag whose name is filled in; not `(?P<name>…)` of a regular expression.
HOLE = "\ufffc"
TAG = re.compile(rf"(?<!\?P)</?[A-Za-z{HOLE}][\w:.{HOLE}-]*[\s/>{HOLE}]")


def written_with_holes(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and text of every string that something is filled into, each hole as one mark."""
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr(values=parts):
                yield node.lineno, "".join(map(_part, parts))
            case ast.BinOp(left=ast.Constant(value=str(text)), op=ast.Mod()):
                yield node.lineno, re.sub(r"%[sdr]", HOLE, text)
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="format")):
                yield node.lineno, re.sub(r"\{[^{}]*\}", HOLE, text)


def _part(part: ast.expr) -> str:
    return part.value if isinstance(part, ast.Constant) and isinstance(part.value, str) else HOLE


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.relative_to(TOOLKIT).as_posix())
def test_no_text_with_holes_holds_a_tag(source: Path) -> None:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    found = [(line, text) for line, text in written_with_holes(tree) if TAG.search(text)]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "f'<w:p w:val=\"{x}\"/>'", "f'</{name}>'", "f'<{name} {kept}/>'", "'<v>%s</v>' % x", "'<t>{}</t>'.format(x)", "f'{a}<w:br/>'",
        "f'<a>' f'{x}'",
    ],
)  # fmt: skip
def test_the_test_sees(line: str) -> None:
    assert any(TAG.search(text) for _, text in written_with_holes(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        "f'{a} < {b}'",
        "f'(?P<y>{y})'",
        "'<w:p>'",
        "f'距{a}<{b}'",
        "b'<c r=\"%d\"' in x",
        "f'{a}<=3'",
    ],
)
def test_the_test_lets_other_text_pass(line: str) -> None:
    assert not any(TAG.search(text) for _, text in written_with_holes(ast.parse(line)))
