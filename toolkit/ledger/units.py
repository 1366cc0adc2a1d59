"""Units (责任单位): what they are called, and how a written name is resolved."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.ledger.reading import Unreadable
from toolkit.ledger.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One department: full name, other names (aliases, short and old names), its leader and its liaison."""

    name: str
    aliases: tuple[str, ...] = ()
    lead_leader: str = ""
    liaison: str = ""
    phone: str = ""
    password: str = ""


_SPACES = re.compile(r"\s+")
_MARK = re.compile(
    r"[（(]?(?:牵头|配合|主办|协办|负责)(?:单位)?[）)]?$|^(?:牵头|主办|配合|协办)(?:单位)?[：:]"
)
# A department's Party organisation answers for the department.
_PARTY = re.compile(r"(?:机关)?党(?:组|委|工委|总支|支部)$")
_FORMERLY = re.compile(r"[（(](?:原|现)[^（）()]*[）)]$")
_SEPARATORS = re.compile(r"[、，,；;/／\n]|\s{1,}")
_AND = re.compile(r"[和与及]")
# The least that a short name must have in common with the full one to be taken for it.
_SHORTEST = 2


@dataclass(frozen=True, slots=True, eq=False)
class Directory:
    """All units of the office, for resolving what people write; an empty directory takes every name as it is.

    Compared by identity, so that what it resolved is remembered without comparing every unit each time.
    """

    units: tuple[Unit, ...] = ()

    def resolve(self, name: str) -> Unit | Unreadable:
        """The unit that a written name means: full name, alias, then short name by subsequence if it fits exactly one."""
        return _resolve(self, name)


@lru_cache(maxsize=8192)
def _resolve(directory: Directory, raw: str) -> Unit | Unreadable:
    name = _SPACES.sub("", _MARK.sub("", clean(raw)))
    if not directory.units:
        return Unit(name=name)
    candidates = [unit for unit in directory.units if name in (unit.name, *unit.aliases)]
    if not candidates and (bare := _PARTY.sub("", _FORMERLY.sub("", name))) != name:
        candidates = [unit for unit in directory.units if bare in (unit.name, *unit.aliases)]
    candidates = candidates or [unit for unit in directory.units if is_short_for(name, unit.name)]
    if len(candidates) == 1:
        return candidates[0]
    examples = tuple(unit.name for unit in candidates[:3])
    if candidates:
        return Unreadable(raw, f"“{raw}”可能是{'、'.join(examples)}", examples)
    if near := tuple(unit.name for unit in directory.units if _is_misspelt(name, unit)):
        return Unreadable(raw, f"“{raw}”与单位名单中的{'、'.join(near)}只差一个字", near)
    return Unreadable(
        raw, f"“{raw}”不在单位名单中", tuple(unit.name for unit in directory.units[:3])
    )


# Names shorter than this differ by a character from many others.
_LEAST_MISSPELT = 3


def _is_misspelt(name: str, unit: Unit) -> bool:
    """Whether one character more, less or other would make the name one of the unit's: to be offered, never taken."""
    return any(
        len(written) >= _LEAST_MISSPELT and _differs_by_one(name, written)
        for written in (unit.name, *unit.aliases)
    )


def are_alike(name: str, other: str) -> bool:
    """Whether two names may be one unit's: the shorter one short for the other, or a character apart."""
    short, full = sorted((_bare_name(name), _bare_name(other)), key=len)
    if not short:
        return False
    close = len(short) >= _LEAST_MISSPELT and _differs_by_one(short, full)
    return short == full or close or is_short_for(short, full)


def _bare_name(name: str) -> str:
    """A name without what stands in brackets behind it."""
    return re.sub(r"[（(][^（）()]*[）)]$", "", name)


def _differs_by_one(name: str, other: str) -> bool:
    shorter, longer = sorted((name, other), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    same = next(
        (
            place
            for place, pair in enumerate(zip(shorter, longer, strict=False))
            if pair[0] != pair[1]
        ),
        len(shorter),
    )
    return shorter[same + (len(shorter) == len(longer)) :] == longer[same + 1 :]


def is_short_for(short: str, full: str) -> bool:
    """Whether the letters of the short name, but for a final 局/办/委, stand in the full name in their order."""
    letters = short.rstrip("局办委") or short
    if len(letters) < _SHORTEST:
        return False
    rest = iter(full)
    return all(letter in rest for letter in letters)


@dataclass(frozen=True, slots=True)
class Named:
    """The units named in one cell; `lead` is the one marked 牵头 ("" where none is), `unknown` what did not resolve."""

    units: tuple[str, ...]
    lead: str = ""
    unknown: tuple[Unreadable, ...] = ()


@lru_cache(maxsize=8192)
def read_units(text: str, directory: Directory) -> Named:
    """Several units in one cell, split at 、，；/ and line breaks, and at 和/与/及 where both sides are units."""
    units: list[str] = []
    unknown: list[Unreadable] = []
    lead = ""
    for piece in split_units(text, directory):
        resolved = directory.resolve(piece)
        if isinstance(resolved, Unreadable):
            unknown.append(resolved)
        elif resolved.name not in units:
            units.append(resolved.name)
            lead = resolved.name if "牵头" in piece else lead
    return Named(tuple(units), lead, tuple(unknown))


@dataclass(frozen=True, slots=True)
class Lead:
    """The lead unit of a cell that may name several: the marked one, else the first; `marked` tells which."""

    unit: str
    others: tuple[str, ...] = ()
    marked: bool = True


@lru_cache(maxsize=8192)
@lru_cache(maxsize=4096)
def read_lead(text: str, directory: Directory) -> Lead | Unreadable:
    """`A局（牵头）、B局` → A局 with B局; a cell with one unit is that unit, by any of its names."""
    whole = directory.resolve(text)
    if directory.units and isinstance(whole, Unit):
        return Lead(whole.name)
    named = read_units(text, directory)
    if named.unknown:
        return named.unknown[0]
    if not named.units:
        return whole if isinstance(whole, Unreadable) else Lead(whole.name)
    lead = named.lead or named.units[0]
    return Lead(
        lead,
        tuple(name for name in named.units if name != lead),
        bool(named.lead) or len(named.units) == 1,
    )


def split_units(text: str, directory: Directory) -> tuple[str, ...]:
    """The names in a cell, as written."""
    pieces = [piece.strip() for piece in _SEPARATORS.split(clean(text)) if piece.strip()]
    return tuple(part for piece in pieces for part in _split_at_and(piece, directory))


def _split_at_and(piece: str, directory: Directory) -> tuple[str, ...]:
    """城市管理和综合执法分局 is one name; 财政局和城建局 are two, if both sides are known."""
    if not directory.units or not isinstance(directory.resolve(piece), Unreadable):
        return (piece,)
    for mark in _AND.finditer(piece):
        sides = (piece[: mark.start()], piece[mark.end() :])
        if all(side and not isinstance(directory.resolve(side), Unreadable) for side in sides):
            return sides
    return (piece,)


@dataclass(frozen=True, slots=True)
class Twins:
    """Two names that the office says are one unit's."""

    name: str
    other: str


def with_twins(units: Iterable[Unit], pairs: Iterable[Twins]) -> tuple[Unit, ...]:
    """The units with each pair made one: the longer name is the unit's, the other one of its aliases."""
    known = {unit.name: unit for unit in units}
    for pair in pairs:
        if pair.name in known and pair.other in known and pair.name != pair.other:
            short, full = sorted((pair.name, pair.other), key=len)
            gone = known.pop(short)
            kept = known[full]
            aliases = tuple(dict.fromkeys((*kept.aliases, short, *gone.aliases)))
            leader = kept.lead_leader or gone.lead_leader
            known[full] = replace(kept, aliases=aliases, lead_leader=leader)
    return tuple(known.values())
