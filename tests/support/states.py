"""A state around some entries, for tests of papers and workbooks that need no run."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.support.items import SETTINGS
from toolkit.figures.changes import FIRST
from toolkit.figures.counts import compute, due_states
from toolkit.gongwen.template import Templates
from toolkit.papers.paper import File, all_papers, write_paper
from toolkit.public import for_public
from toolkit.state import State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from toolkit.ledger.entry import Entry
    from toolkit.settings.model import Settings

AS_OF = dt.date(2026, 6, 19)


def state_of(
    entries: Sequence[Entry],
    settings: Settings = SETTINGS,
    as_of: dt.date = AS_OF,
    **values: Any,
) -> State:
    """The state that a first run would make of a ledger; `values` are fields that a test wants otherwise."""
    state = State(
        number=1,
        run=1,
        since=as_of,
        as_of=as_of,
        code="7F3A-91C2",
        settings=settings,
        before=(),
        entries=tuple(entries),
        due_states=due_states(entries, settings, as_of),
        submissions=(),
        waiting=(),
        reports=(),
        findings=(),
        waived=(),
        decisions=(),
        decided={},
        unfollowed=(),
        answers=(),
        figures=compute(entries, (), settings, as_of),
        changes=FIRST,
        letters=(),
        past_letters=(),
        letter_numbers=(),
        replies=(),
        proposals=(),
        revisions=(),
        public=for_public(tuple(entries), settings, as_of),
        has_learned_units=False,
    )
    return replace(state, **values)


def file_at(path: str) -> File:
    """The paper whose one file stands at this path."""
    paper = next(paper for paper in all_papers() if paper.path == path)
    return File(paper, path, next(iter(paper.files(state_of(())).values())))


def written(path: str, state: State, templates: Path, folder: Path) -> Path:
    """That file of a state, written below the folder."""
    return write_paper(file_at(path), state, Templates(templates), folder)
