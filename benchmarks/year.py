"""What a year of an office leaves on its disk: several runs a week, units that report a third of their items at a time.

    python -m benchmarks.year [--weeks 52] [--runs 3] [--units 40] [--rows 80]

After each week: the seconds of its runs, the size of the workspace's memory (register, originals, archive, backups) and
what a year of such weeks would come to, in MB.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.rounds import HEADINGS, ledger_row, prose, reported, unit_names, write_book
from tests.support.items import SETTINGS
from toolkit.run.round import run_round
from toolkit.run.templates import create_workspace
from toolkit.workspace import Workspace

START = dt.date(2026, 6, 5)
MB = 1 << 20
PROGRESS = HEADINGS.index("整改进展情况")


def size_of(folder: Path) -> float:
    """MB of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / MB


def press(place: Workspace, day: dt.date) -> float:
    """One run; its seconds."""
    begun = time.perf_counter()
    run_round(place, SETTINGS_OF_ALL, day, now=dt.datetime(2028, 1, 1))
    return time.perf_counter() - begun


SETTINGS_OF_ALL = replace(SETTINGS, units=())


def report_some(rows: list[list[object]], dice: random.Random, week: int) -> list[list[object]]:
    """The rows of a unit, a third of them with something new."""
    for row in dice.sample(rows, max(1, len(rows) // 3)):
        row[PROGRESS] = f"第{week}周：" + prose(dice, 80, 400)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("weeks", 52), ("runs", 3), ("units", 40), ("rows", 80)):
        parser.add_argument(f"--{name}", type=int, default=default)
    chosen = parser.parse_args()
    dice, names = random.Random(1), unit_names(chosen.units)
    ledger = {
        unit: [
            ledger_row(number * chosen.rows + n, unit, names[number - 1], dice)
            for n in range(chosen.rows)
        ]
        for number, unit in enumerate(names)
    }
    with tempfile.TemporaryDirectory() as folder:
        place = create_workspace(Path(folder) / "年", SETTINGS_OF_ALL)
        rows = [row for unit in names for row in ledger[unit]]
        write_book(place.inbox / "基准.xlsx", "", rows)
        seconds = press(place, START)
        first = size_of(place.hidden)
        print(f"建账：{seconds:.1f}秒，{first:.1f} MB")
        said = {unit: [reported(row, dice) for row in ledger[unit]] for unit in names}
        for week in range(1, chosen.weeks + 1):
            taken = []
            for run in range(chosen.runs):
                for unit in names[run :: chosen.runs]:
                    path = place.inbox / f"{unit}.xlsx"
                    write_book(path, unit, report_some(said[unit], dice, week))
                taken.append(press(place, START + dt.timedelta(7 * week - chosen.runs + run + 1)))
            now = size_of(place.hidden)
            year = first + (now - first) / week * 52
            spent = "、".join(f"{each:.1f}" for each in taken)
            print(f"第{week}周：{spent}秒，{now:.1f} MB，照此一年{year:.0f} MB", flush=True)


if __name__ == "__main__":
    main()
