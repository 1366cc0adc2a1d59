"""An outbox with periods beside a register that does not know them: refused, with the command that brings it back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.issued import backup_of, unpacked
from tests.support.made import FIRST, SECOND, Made, run_week
from toolkit.errors import UsageError
from toolkit.register.store import Register
from toolkit.run.memory import refuse_lost_memory, unknown_periods
from toolkit.workspace import BACKUP, Workspace


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    return made.two_rounds(tmp_path / "区")


def unknown(place: Workspace) -> list[str]:
    with Register.open(place.register_path) as register:
        return [folder.name for folder in unknown_periods(place, register)]


def refusal(place: Workspace) -> str:
    with Register.open(place.register_path) as register, pytest.raises(UsageError) as refused:
        refuse_lost_memory(place, register)
    return str(refused.value)


def test_what_the_register_knows_is_not_refused(place: Workspace) -> None:
    assert unknown(place) == []
    with Register.open(place.register_path) as register:
        refuse_lost_memory(place, register)


def test_an_empty_register_beside_periods_is_refused_with_the_newest_copy(
    place: Workspace,
) -> None:
    place.register_path.unlink()
    assert unknown(place) == [str(FIRST), str(SECOND)]
    told = refusal(place)
    assert f"outbox中有“{SECOND}”一期，而台账库是空的" in told
    assert f'zhenggai restore "outbox/{SECOND}/{BACKUP}"' in told
    with pytest.raises(UsageError, match="没有运行"):
        run_week(place, SECOND)
    assert not place.register_path.exists() or unknown(place) == [str(FIRST), str(SECOND)]


def test_an_older_register_is_refused_and_says_how_far_it_goes(place: Workspace) -> None:
    unpacked(backup_of(place, FIRST), place.register_path)
    assert unknown(place) == [str(SECOND)]
    assert f"台账库只到截至{FIRST}的一期" in refusal(place)


def test_without_a_copy_it_still_says_what_to_look_for(place: Workspace) -> None:
    place.register_path.unlink()
    for folder in (FIRST, SECOND):
        backup_of(place, folder).unlink()
    assert 'zhenggai restore "备份文件"' in refusal(place)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"code": ""}', "null"])
def test_a_folder_whose_record_says_no_code_is_no_lost_period(place: Workspace, text: str) -> None:
    """Folders of versions without codes, and damaged ones, stop nobody."""
    (place.outbox / "2026-05-29").mkdir()
    (place.outbox / "2026-05-29" / "run.json").write_text(text, encoding="utf-8")
    assert unknown(place) == []


@pytest.mark.parametrize("name", ["下发-2026-06-05", "备查", "2026-06-05-重发", "20260605"])
def test_other_folders_are_no_periods(place: Workspace, name: str) -> None:
    (place.outbox / name).mkdir()
    record = json.dumps({"code": "0000-0000"})
    (place.outbox / name / "run.json").write_text(record, encoding="utf-8")
    assert unknown(place) == []


def test_a_second_folder_of_a_date_is_a_period_too(place: Workspace) -> None:
    (place.outbox / f"{SECOND}-2").mkdir()
    record = json.dumps({"code": "0000-0000"})
    (place.outbox / f"{SECOND}-2" / "run.json").write_text(record, encoding="utf-8")
    assert unknown(place) == [f"{SECOND}-2"]
