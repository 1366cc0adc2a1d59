"""The registry of clauses: what each asks for, how it is judged, what to do, and examples that are its test and its page."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from toolkit.gongwen import proofread as proofreading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from toolkit.gongwen.proofread.paper import Paper, Paragraph


class Weight(StrEnum):
    """应当 a must of the standard, 宜 recommended, 行文 practice of writing."""

    MUST = "应当"
    SHOULD = "宜"
    PRACTICE = "行文"


class Said(NamedTuple):
    """What a clause found: in which paragraph (None: the whole), what stands there."""

    where: Paragraph | None
    found: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One requirement: its id, the clause of the standard, what it asks for, what to do; wrong and right texts."""

    id: str
    number: str
    weight: Weight
    asks: str
    fix: str
    check: Callable[[Paper], Iterator[Said]]
    bad: tuple[str, ...] = ()
    good: tuple[str, ...] = ()


_CLAUSES: list[Clause] = []


def clause(
    id_: str,
    number: str,
    weight: Weight,
    fix: str,
    *,
    bad: tuple[str, ...] = (),
    good: tuple[str, ...] = (),
) -> Callable[[Callable[[Paper], Iterator[Said]]], Callable[[Paper], Iterator[Said]]]:
    """Register a function as a clause; its docstring is what the clause asks for. Texts are examples of paragraphs."""

    def register(check: Callable[[Paper], Iterator[Said]]) -> Callable[[Paper], Iterator[Said]]:
        asks = (check.__doc__ or "").strip()
        _CLAUSES.append(Clause(id_, number, weight, asks, fix, check, bad, good))
        return check

    return register


def all_clauses() -> tuple[Clause, ...]:
    """Every clause, in the order of the standard; a module of clauses that is put into the room is one of its families."""
    for family in pkgutil.iter_modules(proofreading.__path__, f"{proofreading.__name__}."):
        importlib.import_module(family.name)
    return tuple(sorted(_CLAUSES, key=lambda one: [int(part) for part in one.number.split(".")]))


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing against a clause, with the place where a person finds it and what to do."""

    id: str
    number: str
    weight: Weight
    paragraph: int
    excerpt: str
    found: str
    asks: str
    fix: str


# Nobody mends more places of one kind one by one; a document can be made to have millions.
_MOST_A_CLAUSE = 500


def _listed(found: Iterator[Said]) -> Iterator[Said]:
    yield from islice(found, _MOST_A_CLAUSE)
    if (further := next(found, None)) is not None:
        yield further._replace(found=f"{further.found}，此后还有，不再逐处列出")


def proofread(paper: Paper) -> tuple[Fault, ...]:
    """The faults of a paper, in the order of the clauses; of each clause no more than a person reads."""
    return tuple(
        Fault(
            one.id, one.number, one.weight, said.where.number if said.where else 0, said.where.excerpt if said.where else "",
            said.found, one.asks, one.fix,
        )
        for one in all_clauses()
        for said in _listed(iter(one.check(paper)))
    )  # fmt: skip
