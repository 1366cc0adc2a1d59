"""A run that is expected to make a state."""

from __future__ import annotations

from typing import Any

from toolkit.run import round as run_of
from toolkit.run.round import Outcome


def run_round(*given: Any, **named: Any) -> Outcome:
    """The state that a run has made; fails where it made none."""
    outcome = run_of.run_round(*given, **named)
    assert isinstance(outcome, Outcome), outcome.sentence
    return outcome
