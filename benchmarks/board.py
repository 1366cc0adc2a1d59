"""看板.html of 10 000 items: how long it takes to write and to prove, how big it is, and how quick in Chromium.

    python benchmarks/board.py [--items 1000 10000]

Painted: first contentful paint after navigation, from the browser's own clock. Filter: typing one word and drawing.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.papers import entries
from tests.support.browser import Browser
from tests.support.states import state_of
from toolkit.board.page import BOARD, write_board

_PAINT = "performance.getEntriesByName('first-contentful-paint').map(e => e.startTime)[0] || -1"
_FILTER = """(() => {
    const search = document.getElementById('search'), begun = performance.now();
    search.value = '%s'; search.dispatchEvent(new Event('input'));
    return performance.now() - begun;
})()"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, nargs="+", default=[1000, 10_000])
    print(
        f"{'items':>7} {'write s':>8} {'MB':>6} {'painted ms':>11} {'loaded ms':>10} {'filter ms':>10}"
    )
    for count in parser.parse_args().items:
        with tempfile.TemporaryDirectory() as folder:
            measure(count, Path(folder))


def measure(count: int, folder: Path) -> None:
    units = [f"第{number}局" for number in range(41)]
    made = [
        replace(entry, item=replace(entry.item, lead_unit=units[number % 41]))
        for number, entry in enumerate(entries(count))
    ]
    state, path = state_of(made), folder / BOARD
    begun = time.process_time()
    write_board(path, state)
    wrote = time.process_time() - begun
    browser = Browser(folder / "profile")
    browser.width(1366)
    browser.open(path)
    loaded = browser.run("performance.timing.loadEventStart - performance.timing.navigationStart")
    time.sleep(1)
    painted = browser.run(_PAINT)
    times = [browser.run(_FILTER % word) for word in ("具体问题77", "没有的话", "召开", "")]
    browser.close()
    size = path.stat().st_size / 1e6
    print(
        f"{count:>7} {wrote:>8.2f} {size:>6.1f} {painted:>11.0f} {loaded:>10.0f} {max(times):>10.1f}"
    )


if __name__ == "__main__":
    main()
