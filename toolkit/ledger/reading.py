"""What a person wrote badly is a value, not an exception."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that cannot be read: what was typed, why it cannot be read, and up to three ways to write it.

    `reported`: the reader has made a finding of it already (an error cell, a formula never calculated);
    `impossible`: a date was meant that no calendar has (2026年6月31日).
    """

    raw: str
    why: str
    try_instead: tuple[str, ...] = ()
    reported: bool = False
    impossible: bool = False

    @property
    def fix(self) -> str:
        """The instruction for the person who can put it right."""
        ways = "、".join(f"“{way}”" for way in self.try_instead)
        if not ways:
            return "请重新填写。"
        return f"请改填{ways}{'之一' if len(self.try_instead) > 1 else ''}。"
