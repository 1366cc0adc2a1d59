"""What is proved against what: worked out once a run, however many checks ask."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from tests.support.proved import Proved
from toolkit.figures.printed import Quoted, Source
from toolkit.register.count import Tally
from toolkit.run.proof.context import ProofContext
from toolkit.run.proof.digits import Sources
from toolkit.run.proof.truth import Truth, truth_of
from toolkit.state import State


def test_the_truth_is_of_this_state_and_this_count(everything: Proved) -> None:
    context = everything.context
    assert context.truth.values == truth_of(context.state, context.tally).values
    other = replace(context, tally=replace(context.tally, rows={}))
    assert other.truth.values != context.truth.values


def test_it_is_worked_out_once(everything: Proved, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted_truth(state: State, tally: Tally) -> Truth:
        asked.append("truth")
        return truth_of(state, tally)

    def counted_sources(state: State) -> Sources:
        asked.append("sources")
        return Sources(state)

    monkeypatch.setattr("toolkit.run.proof.context.truth_of", counted_truth)
    monkeypatch.setattr("toolkit.run.proof.context.Sources", counted_sources)
    context = replace(everything.context)
    for _ in range(3):
        assert context.truth
        assert context.sources
    assert sorted(asked) == ["sources", "truth"]


def test_its_sources_know_the_settings_but_no_template(everything: Proved) -> None:
    sources = everything.context.sources
    assert list(sources.faults((Quoted("0000-1234567", Source.SETTINGS),))) == []
    assert list(sources.faults((Quoted("第9876号", Source.SETTINGS),))) != []


def test_a_context_stays_what_it_is(everything: Proved) -> None:
    context: ProofContext = everything.context
    with pytest.raises(FrozenInstanceError):
        context.folder = context.templates  # type: ignore[misc]
