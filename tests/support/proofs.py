"""What the gate says of one written paper, without a register behind it: numbers are held against the state's own figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.states import file_at
from toolkit.gongwen.template import Templates
from toolkit.run.proof.digits import Sources
from toolkit.run.proof.papers import PaperProof, read_texts
from toolkit.run.proof.truth import Truth

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.papers.paper import File
    from toolkit.state import State


def truth_of_state(state: State) -> Truth:
    """The state's figures as the truth."""
    sets = state.figures.sets
    codes = [*state.figures.whole.numbers, *state.figures.whole.rates]
    printed = [totals.printed(code) for totals in sets for code in codes]
    return Truth({number.ref: number.text for number in printed})


def text_faults(
    path: str, state: State, folder: Path, templates: Path | None = None
) -> tuple[str, ...]:
    """What the written file at this path says otherwise than the state."""
    return faults_of(file_at(path), state, folder, templates or folder)


def faults_of(file: File, state: State, folder: Path, templates: Path) -> tuple[str, ...]:
    """What a written file says otherwise than the state."""
    template = read_texts(templates / file.paper.template(state.settings))
    proof = PaperProof(
        state=state,
        templates=Templates(templates),
        truth=truth_of_state(state),
        sources=Sources(state).with_texts((*template.body, *template.around)),
    )
    return tuple(proof.faults(file, folder / file.path, template))
