"""A round, and `why`, on a register with a year behind it: 52 rounds × 2 000 items, against one with a single round.

    python benchmarks/register.py [--rounds 52 --items 2000 --repeat 3]

Both workspaces get the same inbox (15 returns of a fifth of the items each changed); processor seconds, medians.
"""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.support.rounds import record
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Place
from toolkit.ledger.item import Item
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Origin, Submission, Verdict
from toolkit.ledger.units import Unit
from toolkit.register.change import Change
from toolkit.register.merge import Merged
from toolkit.register.store import Register
from toolkit.run.round import run_round
from toolkit.run.templates import create_workspace
from toolkit.settings.model import Settings
from toolkit.workbooks.template import write_ledger
from toolkit.workspace import Workspace

START = dt.date(2025, 1, 3)
UNITS = tuple(f"第{number}局" for number in range(1, 16))
SETTINGS = Settings(units=tuple(Unit(name=name) for name in UNITS))


def items(number: int) -> list[Item]:
    return [
        Item(
            id=f"{n // 20 + 1}-{n % 20 + 1}", main_problem=f"主要问题{n // 200}", sub_problem=f"分项问题{n // 20}",
            problem=f"具体问题{n}：制度执行不到位，台账不完整", measures=("修订制度。", "组织培训。"), lead_unit=UNITS[n % 15],
            owner="李四", status=Status.IN_PROGRESS, progress=f"3月{n % 28 + 1}日召开会议{n}次，修订制度{n % 7}项。" * 3,
        )
        for n in range(number)
    ]  # fmt: skip


def fill(register: Register, ledger: Sequence[Item], rounds: int) -> list[Entry]:
    """Rounds put straight into the register: the ledger, then every week a fifth of the items with new texts."""
    entries = [
        Entry(item=item, origin=Origin("台账.xlsx", "整改台账", 4 + n))
        for n, item in enumerate(ledger)
    ]
    for week in range(rounds):
        day = START + dt.timedelta(weeks=week)
        changes: list[Change] = []
        for n, entry in enumerate(entries):
            if week == 0:
                codes = Item.__dataclass_fields__
                changes += [
                    Change(
                        entry.item.id,
                        code,
                        getattr(entry.item, code),
                        Place("台账.xlsx", "整改台账", "A4"),
                    )
                    for code in codes
                ]
            elif n % 5 == week % 5:
                item = replace(entry.item, progress=f"第{week}周：" + entry.item.progress[:80])
                entries[n] = replace(
                    entry, item=item, origin=Origin(f"第{week}周.xlsx", "整改台账", 4 + n)
                )
                changes.append(
                    Change(
                        item.id,
                        "progress",
                        item.progress,
                        Place(f"第{week}周.xlsx", "整改台账", f"P{4 + n}"),
                    )
                )
        came = Submission(f"第{week}周.xlsx", f"{week:064}", Verdict.ACCEPTED)
        merged = Merged(tuple(entries), (came,), (), tuple(changes))
        record(register, day, merged, {"整改进展通报.docx": f"{week:064}"})
    return entries


def prepare(root: Path, ledger: Sequence[Item], rounds: int) -> Workspace:
    workspace = create_workspace(root, SETTINGS)
    with Register.open(workspace.register_path) as register:
        entries = fill(register, ledger, rounds)
    for unit in UNITS:
        own = [
            replace(e, item=replace(e.item, progress=e.item.progress + "补充。"))
            for e in entries
            if e.item.lead_unit == unit
        ]
        write_ledger(workspace.inbox / f"{unit}.xlsx", own, SETTINGS, dt.datetime(2026, 1, 1))
    return workspace


def timed(workspace: Workspace, repeat: int) -> float:
    seconds = []
    for number in range(repeat):
        copy = workspace.root.with_name(f"{workspace.root.name}-{number}")
        shutil.copytree(workspace.root, copy)
        begin = time.process_time()
        run_round(
            type(workspace)(copy), SETTINGS, dt.date(2026, 1, 9), now=dt.datetime(2026, 1, 9, 17)
        )
        seconds.append(time.process_time() - begin)
        shutil.rmtree(copy)
    return statistics.median(seconds)


def why(workspace: Workspace, repeat: int) -> float:
    command = [
        sys.executable,
        "-m",
        "toolkit",
        "why",
        "50-10",
        "整改进展情况",
        "-w",
        str(workspace.root),
    ]
    seconds = []
    for _ in range(repeat):
        begin = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        seconds.append(time.perf_counter() - begin)
    return statistics.median(seconds)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=52)
    parser.add_argument("--items", type=int, default=2000)
    parser.add_argument("--repeat", type=int, default=3)
    asked = parser.parse_args()
    ledger = items(asked.items)
    with tempfile.TemporaryDirectory() as folder:
        fresh = prepare(Path(folder) / "新", ledger, 1)
        year = prepare(Path(folder) / "年", ledger, asked.rounds)
        first, last = timed(fresh, asked.repeat), timed(year, asked.repeat)
        size = year.register_path.stat().st_size / 2**20
        print(f"| round on 1 past round | {first:.2f} s | ×1.00 |")
        print(
            f"| round on {asked.rounds} past rounds ({size:.0f} MB) | {last:.2f} s | ×{last / first:.2f} |"
        )
        print(
            f"| `why`, whole process, on {asked.rounds} past rounds | {why(year, asked.repeat):.2f} s | |"
        )


if __name__ == "__main__":
    main()
