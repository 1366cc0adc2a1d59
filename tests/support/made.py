"""Workspaces that many tests start from: made once a session, whichever worker asks first, and copied from then on."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from filelock import FileLock

from tests.support.items import ENTRY, SETTINGS
from toolkit.ledger.status import Status
from toolkit.run.round import run_round
from toolkit.run.templates import create_workspace
from toolkit.sample.demo import make_demo
from toolkit.settings.reading import load
from toolkit.workbooks.template import write_ledger
from toolkit.workspace import Workspace

DEMO_DAY = dt.date(2026, 6, 19)
FIRST, SECOND = dt.date(2026, 6, 5), dt.date(2026, 6, 12)
_FROZEN = Path(__file__).parents[1] / "zoo" / "workspace-0.3.0" / "workspace.tar.xz"
_STAMP = dt.datetime(2026, 6, 1)
# An item of the same unit that is not done, and due on 30 June.
OPEN = replace(
    ENTRY,
    item=replace(
        ENTRY.item,
        id="3-3",
        problem="具体问题二",
        status=Status.IN_PROGRESS,
        completed_on=None,
        progress="6月3日起草《丙办法》，征求意见2次。",
        regulations=(),
    ),
)
# Settings with nothing left open, so that a round of theirs can be signed.
OFFICE = replace(
    SETTINGS,
    task=replace(
        SETTINGS.task, superior="市委", inspector="第三巡察组", round_name="第六轮", inspected_from=dt.date(2025, 10, 13),
        inspected_to=dt.date(2025, 12, 19),
    ),
    document=replace(
        SETTINGS.document, mark="甲乙党工委文件", phone="1", email="a@b", address="路1号", postcode="000000", cc="市委巡察办",
        printed_by="甲乙办公室",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """The folder below the session's temporary files that all workers share."""

    folder: Path

    def once(self, name: str, make: Callable[[Path], object]) -> Path:
        """The folder that `make` fills, filled before; for reading only. Use `copy` to change it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        whole, growing = self.folder / name, self.folder / f"{name}（未完成）"
        with FileLock(self.folder / f"{name}.lock"):
            if not whole.exists():
                shutil.rmtree(growing, ignore_errors=True)
                make(growing)
                growing.rename(whole)
        return whole

    def copy(self, name: str, make: Callable[[Path], object], to: Path) -> Path:
        """A copy of one's own."""
        shutil.copytree(self.once(name, make), to)
        return to

    def demo(self) -> Path:
        """The sample's workspace after its four rounds; for reading only."""
        return self.once("示例", _demo)

    def demo_outputs(self) -> Path:
        """The folder of the sample's last round; for reading only."""
        return self.demo() / "outbox" / DEMO_DAY.isoformat()

    def empty(self, to: Path) -> Workspace:
        """A copy of a workspace with the settings of SETTINGS, into which nothing has come yet."""
        return Workspace(self.copy("空", lambda folder: create_workspace(folder, SETTINGS), to))

    def with_ledger(self, to: Path) -> Workspace:
        """A copy of a workspace in whose inbox the baseline of ENTRY waits for the first round."""
        return Workspace(self.copy("待运行", _with_ledger, to))

    def two_rounds(self, to: Path) -> Workspace:
        """A copy of a workspace: the baseline of ENTRY and OPEN on FIRST, on SECOND a return with a new text of ENTRY's progress."""
        return Workspace(self.copy("两期", _two_rounds, to))

    def of_0_3_0(self, to: Path) -> Workspace:
        """A copy of the frozen workspace that version 0.3.0 made (tests/zoo/workspace-0.3.0)."""
        return Workspace(self.copy("0.3.0", _of_0_3_0, to))


def run_week(place: Workspace, day: dt.date) -> dict[str, Any]:
    """Run the round of a day at five in the afternoon; its record."""
    moment = dt.datetime.combine(day, dt.time(17))
    outcome = run_round(place, load(place.settings_path.read_bytes()), day, now=moment)
    return dict(json.loads((outcome.folder / "run.json").read_text(encoding="utf-8")))


def _demo(folder: Path) -> None:
    make_demo(folder, dt.datetime.combine(DEMO_DAY, dt.time(17)), lambda *_: None)


def _of_0_3_0(folder: Path) -> None:
    with tarfile.open(_FROZEN) as archive:
        for member in archive:
            stream = archive.extractfile(member)
            if stream is None:
                (folder / member.name).mkdir(parents=True)
            else:
                (folder / member.name).write_bytes(stream.read())


def _with_ledger(folder: Path) -> None:
    place = create_workspace(folder, SETTINGS)
    write_ledger(place.inbox / "台账.xlsx", [ENTRY], SETTINGS, _STAMP)


def _two_rounds(folder: Path) -> None:
    place = create_workspace(folder, OFFICE)
    write_ledger(place.inbox / "台账.xlsx", [ENTRY, OPEN], OFFICE, _STAMP)
    run_week(place, FIRST)
    item = replace(ENTRY.item, progress="6月8日召开会议2次，修订《甲办法》。")
    write_ledger(place.inbox / "报送.xlsx", [replace(ENTRY, item=item)], OFFICE, _STAMP)
    run_week(place, SECOND)
