"""Imports between files: no circles, whatever form they take. Floors are import-linter's (tests/test_house.py)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

import grimp
import pytest


def circles(imports: Mapping[str, AbstractSet[str]]) -> Iterator[list[str]]:
    """Groups of modules that reach one another, by Kosaraju's two passes."""
    order: list[str] = []
    seen: set[str] = set()
    for module in sorted(imports):
        order += _finished(module, imports, seen)
    importers: dict[str, set[str]] = {module: set() for module in imports}
    for module, imported in imports.items():
        for other in imported:
            importers[other].add(module)
    seen.clear()
    for module in reversed(order):
        group = _finished(module, importers, seen)
        if len(group) > 1:
            yield sorted(group)


def _finished(start: str, imports: Mapping[str, AbstractSet[str]], seen: set[str]) -> list[str]:
    """Every module newly reached from one, each after all that it reaches."""
    finished: list[str] = []
    waiting = [(start, False)]
    while waiting:
        module, is_done = waiting.pop()
        if is_done:
            finished.append(module)
        elif module not in seen:
            seen.add(module)
            waiting.append((module, True))
            waiting += [(other, False) for other in sorted(imports[module])]
    return finished


def test_circles_are_seen() -> None:
    chain = {"a": {"b"}, "b": {"c"}, "c": set[str](), "d": {"a"}}
    assert list(circles(chain)) == []
    assert list(circles({**chain, "c": {"a"}})) == [["a", "b", "c"]]
    two = {"a": {"b"}, "b": {"a", "c"}, "c": {"d"}, "d": {"c"}}
    assert sorted(circles(two)) == [["a", "b"], ["c", "d"]]


@pytest.mark.parametrize("types_only", [False, True], ids=["at run time", "for types too"])
def test_no_two_files_import_one_another(types_only: bool) -> None:
    """Imports inside functions count: they hide a circle, they do not open it. What two modules share moves below both."""
    graph = grimp.build_graph(
        "toolkit", exclude_type_checking_imports=not types_only, cache_dir=None
    )
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(imports) > 150
    assert list(circles(imports)) == []
