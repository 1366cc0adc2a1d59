"""run.json is what the table of its keys says: every key that is written is explained, every key explained is written."""

from __future__ import annotations

import datetime as dt
import json
import re
import tarfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.proved import Proved
from tests.support.states import state_of
from toolkit.figures.counts import compute
from toolkit.figures.escalation import Proposal
from toolkit.ledger.form import STANDARD, Form, FormColumn, OwnKind
from toolkit.ledger.own import own_code
from toolkit.queries.reference import pages
from toolkit.run.leaks import Stopped
from toolkit.run.record import SCHEMA, as_record, read_record
from toolkit.run.record_keys import KEYS, MAPS, Key, Shape, paths_of

FROZEN = Path(__file__).parents[1] / "zoo" / "workspace-0.3.0" / "workspace.tar.xz"
BY_PATH = {key.path: key for key in KEYS}


def is_decimal(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value) is not None


def is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


HOLDS: Mapping[Shape, Callable[[Any], bool]] = {
    Shape.TEXT: lambda value: isinstance(value, str),
    Shape.NUMBER: is_number,
    Shape.AMOUNT: lambda value: is_decimal(value) or value == 0,
    Shape.YES_NO: lambda value: isinstance(value, bool),
    Shape.TEXTS: lambda value: isinstance(value, list) and all(isinstance(t, str) for t in value),
    Shape.OBJECT: lambda value: isinstance(value, dict),
    Shape.OBJECTS: lambda value: isinstance(value, list)
    and all(isinstance(one, dict) for one in value),
}  # fmt: skip
# A changed cell is told as its column is: a text, a number, a list, an object of a deadline.
ANY_SHAPE = ("changes.cells[].old", "changes.cells[].new")


def records(everything: Proved) -> Iterator[dict[str, Any]]:
    """A real record, and the two things that cannot be in the same state: what is proposed, what was stopped."""
    yield read_record(everything.context.folder)
    proposal = Proposal("规划建设局", ("1-1",), ("整改督〔2026〕1号",))
    state = everything.context.state
    first = replace(state.entries[0], own=(("现场核查／户数", "近3户"),))
    counted = FormColumn(
        heading="户数", code=own_code("现场核查／户数"), kind=OwnKind.NUMBER, is_summed=True
    )
    entries = (first, *state.entries[1:])
    settings = state.settings.with_form(Form((*STANDARD, counted)))
    figures = compute(entries, (), settings, state.as_of)
    state = replace(
        state, proposals=(proposal,), entries=entries, settings=settings, figures=figures
    )
    stopped = (Stopped("整改进展通报.docx", "第3段有身份证号码"),)
    yield json.loads(json.dumps(as_record(state, stopped)))


def test_every_key_that_is_written_is_explained_and_every_key_explained_is_written(
    everything: Proved,
) -> None:
    written = {path for record in records(everything) for path, _ in paths_of(record)}
    inside = {path for path in written if path.startswith(ANY_SHAPE) and path not in ANY_SHAPE}
    assert written - inside == set(BY_PATH)


def test_under_every_key_stands_what_is_said(everything: Proved) -> None:
    for record in records(everything):
        for path, value in paths_of(record):
            key = BY_PATH.get(path)
            if key is None or path in ANY_SHAPE:
                continue
            if value is None:
                assert key.may_be_null, path
            else:
                assert HOLDS[key.shape](value), (path, value)


def test_a_first_record_has_no_other_keys() -> None:
    """Nothing to compare with, nobody who reported, nothing decided: the same keys, with less under them."""
    record = json.loads(json.dumps(as_record(state_of([], as_of=dt.date(2026, 6, 5)), ())))
    assert {path for path, _ in paths_of(record)} <= set(BY_PATH)
    assert record["schema"] == SCHEMA


def of_version_0_3_0() -> Iterator[dict[str, Any]]:
    with tarfile.open(FROZEN) as archive:
        for member in archive.getmembers():
            if member.name.endswith("run.json"):
                yield json.load(archive.extractfile(member))  # type: ignore[arg-type]


def test_what_version_0_3_0_wrote_is_still_written_under_the_same_keys() -> None:
    """A key that goes, or holds something else, makes the schema /2; until then it stays."""
    old: dict[str, Any] = {}
    for record in of_version_0_3_0():
        assert record["schema"] == SCHEMA
        old |= dict(paths_of(record))
    gone = {path for path in old if path not in BY_PATH and not path.startswith(ANY_SHAPE)}
    assert gone == set()
    for path, value in old.items():
        if path in BY_PATH and path not in ANY_SHAPE and value is not None:
            assert HOLDS[BY_PATH[path].shape](value), path


def test_keys_are_explained_once_and_in_sentences_for_people() -> None:
    assert len(BY_PATH) == len(KEYS)
    for key in KEYS:
        assert key.meaning
        assert not key.meaning.endswith("。")
        parent = key.path.removesuffix("[]").rpartition(".")[0].removesuffix("[]")
        assert not parent or parent in BY_PATH, key.path


def test_the_page_has_every_key_and_says_when_the_schema_becomes_another() -> None:
    page = pages()["run-json.md"]
    assert all(f"| `{key.path}` |" in page for key in KEYS)
    assert "zhenggai.run/2" in page


@pytest.mark.parametrize(
    ("record", "paths"),
    [
        ({"a": 1, "b": {"c": "2"}}, ["a", "b", "b.c"]),
        ({"a": [{"b": 1}, {"c": 2}]}, ["a", "a[].b", "a[].c"]),
        ({"a": ["b", "c"]}, ["a"]),
        (
            {"public": {"masked": {"3-2": {"person": 1}}}},
            ["public", "public.masked", "public.masked.*", "public.masked.*.*"],
        ),
    ],
)
def test_paths_of_a_record(record: dict[str, Any], paths: list[str]) -> None:
    assert [path for path, _ in paths_of(record)] == paths


def test_maps_are_keys_themselves() -> None:
    assert set(BY_PATH) >= MAPS
    assert Key("public.masked", Shape.OBJECT, "隐去的内容，按问题编号") in KEYS
