"""Power that fails at any moment of a run, an undo or a signing: no empty and no mixed file, and the next run goes on."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support import power
from tests.support.items import ENTRY
from tests.support.killing import run, state, undo
from tests.support.made import OFFICE
from toolkit.issued.sign import Signing, sign
from toolkit.run.templates import create_workspace
from toolkit.workbooks.template import write_ledger
from toolkit.workspace import Workspace

FIRST, SECOND = dt.date(2026, 6, 12), dt.date(2026, 6, 19)
STAMP = dt.datetime(2026, 6, 1)
BY, NUMBER, ON = "王主任", "甲乙党工通〔2026〕3号", dt.date(2026, 6, 20)
SIGN = ("sign", SECOND.isoformat(), "--by", BY, "--no", NUMBER, "--date", ON.isoformat())


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one period behind it, and a return in its inbox."""
    place = create_workspace(tmp_path_factory.mktemp("电") / "区", OFFICE)
    write_ledger(place.inbox / "台账.xlsx", [ENTRY], OFFICE, STAMP)
    run(place.root, FIRST)
    item = replace(ENTRY.item, progress="6月15日召开会议2次，修订《甲办法》。")
    write_ledger(place.inbox / "报送.xlsx", [replace(ENTRY, item=item)], OFFICE, STAMP)
    return place.root


@pytest.fixture(scope="module")
def behind(before: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with that return taken in."""
    root = tmp_path_factory.mktemp("电后") / "区"
    shutil.copytree(before, root)
    run(root, SECOND)
    return root


def digests(root: Path) -> set[str]:
    files = (path for path in root.rglob("*") if path.is_file())
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def faults(root: Path, originals: set[str]) -> list[str]:
    """What a person would find wrong on a disk whose power has failed, before anything is run again."""
    said = [f"没有了{one[:8]}" for one in originals - digests(root)]
    with closing(sqlite3.connect(root / ".zhenggai/register.db")) as register:
        said += [row[0] for row in register.execute("PRAGMA integrity_check") if row[0] != "ok"]
    journal = root / ".zhenggai/commit.json"
    if journal.is_file():
        json.loads(journal.read_text(encoding="utf-8"))
        return (
            said  # the outbox is being made; the next run makes it whole, which the test looks at
        )
    for record in (root / "outbox").glob("*/run.json"):
        told = json.loads(record.read_text(encoding="utf-8"))
        for output in told["outputs"]:
            data = (record.parent / output["file"]).read_bytes()
            if hashlib.sha256(data).hexdigest() != output["sha256"]:
                said.append(f"{record.parent.name}/{output['file']}")
    return said


def resumed(root: Path) -> None:
    run(root, SECOND)


def signed(root: Path) -> None:
    signing = Signing(round=SECOND.isoformat(), by=BY, on=ON, number=NUMBER)
    sign(Workspace.open(root), OFFICE, signing)


def taken_back(root: Path) -> None:
    """Once: an undo that had come to its end is not followed by another, which would take back the first period."""
    if (root / ".zhenggai/commit.json").exists() or (root / f"outbox/{SECOND}").exists():
        undo(root, SECOND)


@pytest.mark.parametrize(
    ("command", "is_behind", "again"),
    [
        pytest.param(("run", "--as-of", SECOND.isoformat()), False, resumed, id="run"),
        pytest.param(("undo",), True, taken_back, id="undo"),
        pytest.param(SIGN, True, signed, id="sign"),
    ],
)
@pytest.mark.parametrize(
    ("pause", "after"),
    [
        pytest.param(0.1, (0.0,), id="a sample"),
        pytest.param(0.03, (0.0, 1.0, 6.0, 31.0), id="closely", marks=pytest.mark.long),
    ],
)
def test_no_cut_leaves_an_empty_or_a_mixed_file(
    before: Path,
    behind: Path,
    tmp_path: Path,
    command: tuple[str, ...],
    *,
    is_behind: bool,
    again: Callable[[Path], None],
    pause: float,
    after: tuple[float, ...],
) -> None:
    source = behind if is_behind else before
    image = power.ready(tmp_path)
    originals = digests(source / "inbox") | digests(source / ".zhenggai/originals")
    whole = tmp_path / "完整" / "区"
    shutil.copytree(source, whole)
    again(whole)
    expected = state(whole)["files"]
    taken = power.snapshots(image, source, command, pause, after)
    assert len(taken) >= 3
    for snapshot in taken:
        with power.mounted(snapshot.image) as place:
            assert faults(place / "区", originals) == [], snapshot.moment
            if snapshot is not taken[-1]:
                again(place / "区")
            assert state(place / "区")["files"] == expected, snapshot.moment
        snapshot.image.unlink()
