"""restore: the register from its copy, the archive from what still stands in the outbox; what stood is put aside."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from tests.support.issued import (
    FIRST,
    NEXT,
    SECOND,
    THIRD,
    backup_of,
    drop,
    tamper,
    three_periods,
    unpacked,
)
from tests.support.killing import run, state
from tests.support.made import Made
from toolkit.errors import UsageError
from toolkit.issued.restore import kept_counts, lost_files, restore
from toolkit.queries.doctor import Check, Health, examine
from toolkit.register.store import Register
from toolkit.workspace import BACKUP, Workspace


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    return three_periods(made, tmp_path / "区")


def health(place: Workspace, today: dt.date = THIRD) -> dict[str, Check]:
    return {check.name: check for check in examine(place, today)}


def test_the_copy_beside_the_outputs_is_the_register_of_that_round(place: Workspace) -> None:
    path = unpacked(backup_of(place, SECOND), place.root / "copy.db")
    with Register.open(path) as copy:
        assert [past.as_of for past in copy.rounds()] == [FIRST, SECOND]
        assert copy.faults() == ()


def test_only_the_newest_copy_is_not_compressed(place: Workspace) -> None:
    plain = [path.parent.name for path in place.outbox.rglob(BACKUP)]
    assert plain == [str(THIRD)]


def test_everything_lost_but_the_outbox_comes_back(place: Workspace) -> None:
    whole = state(place.root)
    shutil.rmtree(place.hidden)
    place.hidden.mkdir()
    done = restore(place, place.outbox / str(THIRD) / BACKUP)
    assert (done.round.as_of, done.put_aside, done.missing) == (THIRD, None, ())
    assert state(place.root) == whole
    drop(place, "6月30日完成。", "新.xlsx")
    run(place.root, NEXT)
    assert health(place, NEXT)["台账库"].health is Health.FINE


def test_the_register_that_stood_is_put_aside(place: Workspace) -> None:
    before = place.register_path.read_bytes()
    done = restore(place, backup_of(place, FIRST))
    assert done.put_aside.read_bytes() == before


@pytest.mark.parametrize("damage", ["missing", "text", "altered", "truncated"])
def test_what_is_no_whole_copy_is_refused_and_nothing_changes(
    place: Workspace, tmp_path: Path, damage: str
) -> None:
    copy = tmp_path / "备份.db"
    if damage != "missing":
        shutil.copyfile(place.outbox / str(THIRD) / BACKUP, copy)
    if damage == "text":
        copy.write_text("不是数据库")
    elif damage == "altered":
        tamper(copy, "UPDATE facts SET value = '\"改\"' WHERE id = 1")
    elif damage == "truncated":
        copy.write_bytes(copy.read_bytes()[:-5000])
    before = place.register_path.read_bytes()
    with pytest.raises(UsageError):
        restore(place, copy)
    assert place.register_path.read_bytes() == before
    assert not list(place.hidden.glob("*替换前*"))


def test_what_nothing_has_any_more_is_named(place: Workspace) -> None:
    (place.outbox / str(SECOND) / "整改周报.docx").unlink()
    shutil.rmtree(place.hidden / "packs")
    done = restore(place, place.outbox / str(THIRD) / BACKUP)
    assert done.missing == (f"{SECOND}/整改周报.docx",)
    assert done.brought_back > 20


def test_what_must_be_kept_is_all_that_came_in_and_all_that_went_out(place: Workspace) -> None:
    with Register.open(place.register_path) as register:
        originals, outputs = kept_counts(register)
        issued = {sha for state in register.states() for _, sha in register.issued(state.id)}
        assert originals == 3  # the ledger and two returns
        assert outputs == len(issued) - originals  # copies of originals are kept as those
        assert list(lost_files(place, register)) == []
        (name, sha256) = register.arrivals(register.states()[0].id)[0]
        place.archive.original(sha256).write_bytes(b"x")
        (lost,) = lost_files(place, register)
        assert (lost.name, lost.is_original) == (name, True)
