"""How many inputs a property is tried on: few and always the same ones before every commit, so that the same tree gives
the same answer; twenty times as many, and new ones each time, in the long tier."""

from __future__ import annotations

from hypothesis import settings

LONG, _COMMIT = "long", "commit"
_FACTOR = 20

# Nothing is timed: a busy machine is no fault of the code.
settings.register_profile(_COMMIT, deadline=None, derandomize=True)
settings.register_profile(LONG, max_examples=100 * _FACTOR, deadline=None)
settings.load_profile(_COMMIT)


def is_long(mark_expression: str) -> bool:
    """Whether a selection by marker (`-m`) asks for the long tier."""
    return "long" in mark_expression and "not long" not in mark_expression


def examples(number: int) -> int:
    """The number of inputs, `number` being that of every commit."""
    return number * (_FACTOR if settings.get_current_profile_name() == LONG else 1)
