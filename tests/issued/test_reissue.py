"""A past period once more: from the archive, as it was issued, beside what a person has made of it."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from tests.support.issued import FIRST, SECOND, THIRD, files, three_periods
from tests.support.made import Made
from toolkit.errors import ToolkitError
from toolkit.issued.reissue import compare, past_round, reissue
from toolkit.register.store import Register
from toolkit.workspace import BACKUP, Workspace
from toolkit.workspace.archive import Issued
from toolkit.workspace.durable import digest_of

NOTICE = "整改进展通报.docx"


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    return three_periods(made, tmp_path / "区")


def without_backup(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in files(folder).items() if BACKUP not in name}


def test_only_a_period_on_which_others_stand_is_a_past_one(place: Workspace) -> None:
    days = {day: past_round(place, day) for day in (FIRST, SECOND, THIRD)}
    assert [past.as_of for past in days.values() if past] == [FIRST, SECOND]
    assert past_round(place, dt.date(2026, 6, 13)) is None
    assert past_round(place, dt.date(2027, 1, 1)) is None


def test_it_stands_beside_its_own_folder_as_it_was_issued(place: Workspace) -> None:
    issued = without_backup(place.outbox / str(SECOND))
    (place.outbox / str(SECOND) / NOTICE).write_bytes(b"changed by a person")
    (place.outbox / str(SECOND) / "整改周报.docx").unlink()
    done = reissue(place, past_round(place, SECOND))  # type: ignore[arg-type]
    assert done.folder == place.outbox / f"{SECOND}-重发"
    assert without_backup(done.folder) == issued
    assert (done.altered, done.missing) == ((NOTICE,), ("整改周报.docx",))
    assert (place.outbox / str(SECOND) / NOTICE).read_bytes() == b"changed by a person"
    with Register.open(place.register_path) as register:
        assert [past.as_of for past in register.rounds()] == [FIRST, SECOND, THIRD]


def test_where_its_folder_is_gone_it_comes_back_in_its_place(place: Workspace) -> None:
    issued = without_backup(place.outbox / str(FIRST))
    shutil.rmtree(place.outbox / str(FIRST))
    done = reissue(place, past_round(place, FIRST))  # type: ignore[arg-type]
    assert done.folder == place.outbox / str(FIRST)
    assert without_backup(done.folder) == issued
    assert (done.altered, done.missing) == ((), ())


def test_a_second_time_it_stands_beside_the_first(place: Workspace) -> None:
    past = past_round(place, SECOND)
    assert past is not None
    folders = [reissue(place, past).folder.name for _ in range(3)]
    assert folders == [f"{SECOND}-重发", f"{SECOND}-重发-2", f"{SECOND}-重发-3"]


def test_what_is_lost_in_the_archive_is_named_and_nothing_is_written(place: Workspace) -> None:
    past = past_round(place, SECOND)
    assert past is not None
    shutil.rmtree(place.hidden / "packs")
    before = files(place.outbox)
    with pytest.raises(ToolkitError, match="缺失或已损坏，没有重发"):
        reissue(place, past)
    assert files(place.outbox) == before


def test_what_is_not_as_it_was_issued(tmp_path: Path) -> None:
    for name, data in (("甲.docx", b"1"), ("子/乙.docx", b"2"), ("多余.txt", b"3")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    digests = {"甲.docx": digest_of(b"1"), "子/乙.docx": digest_of(b"0"), "丙.docx": digest_of(b"")}
    issued = Issued("f" * 64, tmp_path.name, digests)
    assert compare(tmp_path, issued) == (("子/乙.docx",), ("丙.docx",))
