"""The commit step by step: nothing is taken from the inbox that is not whole in the archive; what fails leaves nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.items import arrival
from toolkit.errors import ToolkitError
from toolkit.workspace import Workspace, WorkspaceTrouble
from toolkit.workspace.archive import Issued
from toolkit.workspace.commit import commit, consume, recover
from toolkit.workspace.outbox import Shown

LINK = "7f3a91c2" * 8


class Register:
    """What a workspace knows of the register: which state is kept, and what is to be shown."""

    def __init__(self, issued: Issued | None = None) -> None:
        self.issued, self.committed = issued, False

    def is_committed(self, link: str) -> bool:
        return self.committed and link == LINK

    def shown(self) -> Shown | None:
        return Shown(newest=self.issued) if self.committed and self.issued else None

    def earlier_folders(self) -> tuple[str, ...]:
        return ()

    def withdraw(self, link: str) -> None:
        assert link == LINK
        self.committed = False

    def back_up(self, path: Path) -> None:
        path.write_bytes(b"copy")

    def record(self) -> None:
        self.committed = True


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    return Workspace.create(tmp_path / "区")


def drop(place: Workspace, name: str, data: bytes) -> tuple[str, str]:
    """A file in the inbox that has been archived; its name and digest."""
    path = place.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    place.archive.keep_original(arrival(name, data))
    return name, hashlib.sha256(data).hexdigest()


def staged(place: Workspace) -> tuple[Path, Issued]:
    folder = place.staging / "一"
    folder.mkdir(parents=True)
    (folder / "通报.docx").write_bytes(b"paper")
    digest = hashlib.sha256(b"paper").hexdigest()
    return folder, Issued(LINK, "2026-06-19", {"通报.docx": digest})


def test_a_file_whose_original_is_whole_is_taken_out_of_the_inbox(place: Workspace) -> None:
    given = drop(place, "一批/林业局.xlsx", b"data")
    consume(place, given)
    assert list(place.inbox.iterdir()) == []  # and the empty folder with it
    consume(place, given)  # once more: nothing is left to do


def gone(path: Path) -> None:
    path.unlink()


def shorter(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def other(path: Path) -> None:
    path.write_bytes(b"atad")


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [gone, shorter, other, empty])
def test_a_file_whose_original_is_not_whole_stays_where_it_is(
    place: Workspace, damage: Callable[[Path], None]
) -> None:
    """It is the only whole copy there is."""
    given = drop(place, "林业局.xlsx", b"data")
    damage(place.archive.original(given[1]))
    with pytest.raises(WorkspaceTrouble, match=r"归档的原件“林业局\.xlsx”与收到的不一致"):
        consume(place, given)
    assert (place.inbox / "林业局.xlsx").read_bytes() == b"data"


def test_a_file_that_a_person_has_put_in_its_place_since_stays(place: Workspace) -> None:
    given = drop(place, "林业局.xlsx", b"data")
    (place.inbox / "林业局.xlsx").write_bytes(b"newer")
    consume(place, given)
    assert (place.inbox / "林业局.xlsx").read_bytes() == b"newer"


def test_a_whole_commit_leaves_the_outbox_full_and_nothing_begun(place: Workspace) -> None:
    given, (folder, issued) = drop(place, "林业局.xlsx", b"data"), staged(place)
    register = Register(issued)
    done = commit(place, issued, folder, [given], register.record, register)
    assert (done.folder.name, done.files, done.is_commit) == ("2026-06-19", 1, True)
    assert (done.folder / "通报.docx").read_bytes() == b"paper"
    assert list(place.inbox.iterdir()) == []
    assert not place.is_unfinished
    assert recover(place, register) is None


@pytest.mark.parametrize(
    "trouble", [ToolkitError("磁盘已满。"), OSError(28, "full"), KeyboardInterrupt()]
)
def test_a_record_that_fails_leaves_no_journal_and_no_pack(
    place: Workspace, trouble: BaseException
) -> None:
    """Otherwise the next run would go on with a state that nobody has recorded."""
    given, (folder, issued) = drop(place, "林业局.xlsx", b"data"), staged(place)
    register = Register(issued)

    def fails() -> None:
        assert place.is_unfinished  # the journal is written before
        raise trouble

    with pytest.raises(type(trouble)):
        commit(place, issued, folder, [given], fails, register)
    assert not place.is_unfinished
    assert list((place.hidden / "packs").iterdir()) == []
    assert (place.inbox / "林业局.xlsx").read_bytes() == b"data"
    assert [path.name for path in place.outbox.iterdir()] == []
    assert recover(place, register) is None


@pytest.mark.parametrize("is_recorded", [True, False])
def test_what_a_kill_left_is_finished_where_it_was_recorded_and_dropped_where_not(
    place: Workspace, is_recorded: bool
) -> None:
    given, (folder, issued) = drop(place, "林业局.xlsx", b"data"), staged(place)
    register = Register(issued)
    begun: list[bytes] = []

    def fails() -> None:
        begun.append(place.journal.read_bytes())
        raise ToolkitError("停电。")

    with pytest.raises(ToolkitError):
        commit(place, issued, folder, [given], fails, register)
    place.archive.pack(issued.link, folder, issued.files)  # as it was at the moment of the kill
    place.journal.write_bytes(begun[0])
    register.committed = is_recorded
    finished = recover(place, register)
    assert (finished is not None) is is_recorded
    assert (place.outbox / "2026-06-19" / "通报.docx").exists() is is_recorded
    assert (place.inbox / "林业局.xlsx").exists() is not is_recorded
    assert not place.is_unfinished
