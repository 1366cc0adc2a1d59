"""A letter costs by what stands in it, not by how long the ledger is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.support.counting import instructions_in
from tests.support.items import ENTRY
from tests.support.states import state_of
from toolkit.gongwen.template import Templates
from toolkit.ledger.letter import Letter, LetterKind
from toolkit.papers.letters import PAPERS

if TYPE_CHECKING:
    from pathlib import Path

LETTER = Letter(
    kind=LetterKind.URGE, prefix="整改督", serial=1, unit="规划建设局", items=("1-1", "1-2"), as_of=dt.date(2026, 6, 19)
)  # fmt: skip


def cost(items: int, folder: Path) -> int:
    """What the parts of one more letter cost, in a ledger of so many items."""
    entries = [replace(ENTRY, item=replace(ENTRY.item, id=f"1-{n}")) for n in range(1, items + 1)]
    state, templates = state_of(entries), Templates(folder)
    urge = next(paper for paper in PAPERS if LetterKind.URGE.word in paper.name)
    urge.parts(state, LETTER, templates)  # what is made once a state
    return instructions_in(lambda: urge.parts(state, LETTER, templates))


def test_a_letter_of_a_long_ledger_costs_no_more(tmp_path: Path) -> None:
    assert cost(200, tmp_path) == cost(20, tmp_path)
