"""What is proved against what: the state, what came of writing it, and what every printed number must be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from toolkit.run.proof.digits import Sources
from toolkit.run.proof.truth import Truth, truth_of

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.register.count import Tally
    from toolkit.run.outputs import Written
    from toolkit.state import State


@dataclass(frozen=True, kw_only=True)
class ProofContext:
    """A state and what was written of it into `folder`, from `templates`; `tally` is what SQL counts."""

    state: State
    written: Written
    tally: Tally
    templates: Path
    folder: Path

    @cached_property
    def truth(self) -> Truth:
        """What stands behind every number that may be printed."""
        return truth_of(self.state, self.tally)

    @cached_property
    def sources(self) -> Sources:
        """Where a digit that is no figure may come from, templates left aside."""
        return Sources(self.state)
