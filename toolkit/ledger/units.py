"""Units (责任单位): what they are called, and how a written name is resolved."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One department: full name, other names (aliases, short and old names), its leader and its liaison."""

    name: str
    aliases: tuple[str, ...] = ()
    lead_leader: str = ""
    liaison: str = ""
    phone: str = ""
