"""All rules on many items: processor microseconds an item, and whether the cost grows linearly. `python benchmarks/checks.py`.

The items are the invented sample's, each with a text of its own, as rows of one return against a register that knows
them: what a round examines, with history.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from toolkit.checks.examine import examine
from toolkit.checks.rule import CheckContext, all_rules
from toolkit.ledger.columns import BY_CODE, CODES
from toolkit.ledger.entry import Entry
from toolkit.ledger.item import Item
from toolkit.ledger.readers import read_cell
from toolkit.ledger.submission import Origin, Role, Row, Submission, Verdict
from toolkit.sample.story import tell
from toolkit.settings.model import Settings
from toolkit.workbooks.ledger_sheet import cell_value

AS_OF = dt.date(2026, 6, 19)
LETTERS = MappingProxyType({code: chr(65 + number) for number, code in enumerate(CODES)})


def items(number: int) -> Iterator[tuple[Item, Item]]:
    """(item as known, item as returned), with every text its own."""
    story = tell()
    latest: dict[str, dict[str, str]] = {}
    for (_, item_id), said in sorted(story.returns.items()):
        latest.setdefault(item_id, {}).update(said)
    base = [entry.item for entry in story.entries]
    for n in range(number):
        item = base[n % len(base)]
        said = latest.get(item.id, {})
        values: dict[str, Any] = {
            code: read_cell(BY_CODE[code], text, story.settings.context)
            for code, text in said.items()
        }
        now = replace(item, **values, id=f"{item.id}-{n}")
        yield (
            replace(now, progress=now.progress[:-1]),
            replace(now, progress=f"{now.progress}第{n}次核对。"),
        )


def rows(number: int) -> tuple[Settings, dict[str, Entry], tuple[Row, ...]]:
    settings = tell().settings
    known: dict[str, Entry] = {}
    submitted = []
    for n, (before, now) in enumerate(items(number), 4):
        known[now.id] = Entry(item=before, origin=Origin("前.xlsx", "整改台账", n))
        shown = {code: cell_value(BY_CODE[code], getattr(now, code), settings) for code in CODES}
        typed = {code: str(value) for code, value in shown.items() if value is not None}
        submitted.append(Row(Origin("报.xlsx", "整改台账", n), now, LETTERS, typed))
    return settings, known, tuple(submitted)


def measure(number: int, repeats: int) -> tuple[float, int]:
    settings, known, submitted = rows(number)
    entries = [Entry(item=row.item, origin=row.origin) for row in submitted]
    around = CheckContext(settings, AS_OF, Role.RETURN, known, dict.fromkeys(known, 1))
    submission = Submission("报.xlsx", "0", Verdict.ACCEPTED, Role.RETURN, "", rows=submitted)
    seconds = []
    gc.collect()
    for _ in range(repeats):
        start = time.process_time()
        findings = examine([submission], entries, all_rules(), around)
        seconds.append(time.process_time() - start)
    return statistics.median(seconds), len(findings)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, nargs="*", default=[5_000, 10_000, 50_000])
    parser.add_argument("--repeats", type=int, default=3)
    chosen = parser.parse_args()
    print(f"{len(all_rules())} rules; goal: under 60 µs an item, growing linearly")
    first = None
    for number in chosen.items:
        seconds, found = measure(number, chosen.repeats)
        each = seconds / number * 1e6
        first = first or each
        print(
            f"{number:>8} items  {seconds:7.2f} s  {each:6.1f} µs an item  (×{each / first:.2f} of the first)  {found} findings"
        )


if __name__ == "__main__":
    main()
