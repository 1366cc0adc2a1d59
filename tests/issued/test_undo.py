"""undo: the newest run and nothing else is taken back; what came in lies in the inbox again, as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.issued import FIRST, NEXT, SECOND, THIRD, drop, files, three_periods
from tests.support.items import ENTRY
from tests.support.killing import run
from tests.support.made import OFFICE, Made
from tests.support.made import SECOND as SECOND_OF_TWO
from toolkit.errors import UsageError
from toolkit.issued.sign import Signing, sign
from toolkit.issued.undo import undo
from toolkit.register.store import Register
from toolkit.workspace import Workspace


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    return three_periods(made, tmp_path / "区")


def test_each_period_can_be_taken_back_down_to_the_empty_register(place: Workspace) -> None:
    for left in (2, 1, 0):
        undo(place)
        with Register.open(place.register_path) as register:
            assert len(register.rounds()) == left
            assert register.faults() == ()
            texts = [fact.value for fact in register.history(ENTRY.item.id, "progress")]
        assert len(texts) == left
    assert sorted(path.name for path in place.inbox.iterdir()) == [
        "台账.xlsx",
        "报送.xlsx",
        "报送（2）.xlsx",
    ]
    assert list(place.outbox.iterdir()) == []
    with pytest.raises(UsageError, match="没有任何一期"):
        undo(place)


def test_it_says_how_much_went_back_and_that_the_period_is_gone(place: Workspace) -> None:
    undone = undo(place)
    assert (undone.files, undone.stands, undone.left) == (1, None, ())
    assert undone.folder == place.outbox / str(THIRD)
    assert not undone.folder.exists()


def test_the_period_before_stays_byte_for_byte(place: Workspace) -> None:
    before = files(place.outbox / str(SECOND))
    undo(place)
    assert files(place.outbox / str(SECOND)) == before


def test_what_was_taken_back_and_run_again_is_the_same(place: Workspace) -> None:
    before = files(place.outbox / str(THIRD))
    undo(place)
    run(place.root, THIRD)
    assert files(place.outbox / str(THIRD)) == before


def test_a_second_run_of_a_period_is_taken_back_alone(place: Workspace) -> None:
    before = files(place.outbox / str(THIRD))
    drop(place, "6月24日又召开会议。", "补报.xlsx")
    run(place.root, THIRD)
    undone = undo(place)
    assert undone.stands is not None
    assert [path.name for path in place.inbox.iterdir()] == ["补报.xlsx"]
    assert files(place.outbox / str(THIRD)) == before


def test_an_original_keeps_its_time_of_change_when_it_comes_back(place: Workspace) -> None:
    path = drop(place, "7月1日完成。", "三.xlsx")
    before = path.stat().st_mtime
    run(place.root, NEXT)
    undo(place)
    assert path.stat().st_mtime == pytest.approx(before, abs=1e-3)


def test_what_a_person_put_into_the_folder_stays_there(place: Workspace) -> None:
    note = place.outbox / str(THIRD) / "领导批示.txt"
    note.write_text("同意。", encoding="utf-8")
    undone = undo(place)
    assert undone.left == ("领导批示.txt",)
    assert note.read_text(encoding="utf-8") == "同意。"


def test_a_signed_period_is_not_taken_back(made: Made, tmp_path: Path) -> None:
    place = made.two_rounds(tmp_path / "两期")
    signing = Signing(
        round=str(SECOND_OF_TWO), by="王书记", on=SECOND_OF_TWO, number="甲乙通〔2026〕12号"
    )
    sign(place, OFFICE, signing)
    with pytest.raises(UsageError, match="已经签发，不能撤销"):
        undo(place)


def test_where_an_original_is_lost_nothing_is_taken_back(place: Workspace) -> None:
    with Register.open(place.register_path) as register:
        (given, *_) = register.deliveries(register.states()[-1].id)
    place.archive.original(given.sha256).unlink()
    before = files(place.outbox)
    with pytest.raises(Exception, match="缺失或已损坏"):
        undo(place)
    assert files(place.outbox) == before
    with Register.open(place.register_path) as register:
        assert [past.as_of for past in register.rounds()] == [FIRST, SECOND, THIRD]
