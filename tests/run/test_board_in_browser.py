"""看板.html in a real browser, from a file, with the network refused: it shows, filters, opens and prints what run.json says."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.browser import Browser
from tests.support.proved import Proved
from toolkit.board.page import BOARD


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    opened = Browser(tmp_path_factory.mktemp("浏览器"))
    yield opened
    opened.close()


@pytest.fixture
def page(browser: Browser, everything: Proved) -> Iterator[Browser]:
    browser.width(1366)
    browser.troubles.clear()
    browser.fetched.clear()
    browser.open(everything.context.folder / BOARD)
    yield browser
    assert browser.troubles == []
    assert all(url.startswith("file:") for url in browser.fetched)
    assert len(browser.fetched) == 1


@pytest.fixture
def rows(everything: Proved) -> list[dict[str, Any]]:
    text = (everything.context.folder / "run.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)["rows"]
    return found


def chosen(page: Browser, name: str, value: str) -> None:
    page.run(
        f"(() => {{ const e = document.getElementById('{name}'); e.value = {json.dumps(value)};"
        " e.dispatchEvent(new Event(e.tagName === 'INPUT' ? 'input' : 'change')); })()"
    )


def counted(page: Browser) -> int:
    return int(
        re.findall(r"共(\d+)个", page.run("document.getElementById('count').textContent"))[0]
    )


def test_counts_equal_the_record_after_each_filter(
    page: Browser, rows: list[dict[str, Any]]
) -> None:
    assert counted(page) == len(rows)
    lights = {"red": "红", "yellow": "黄", "green": "绿", "blue": "蓝"}
    for name, values in {
        "unit": Counter(row["lead_unit"] or "（未填）" for row in rows),
        "leader": Counter(row["lead_leader"] or "（未填）" for row in rows),
        "light": Counter(lights[row["light"]] for row in rows),
        "month": Counter((row["due"] or "")[:7] or "没有日期" for row in rows),
    }.items():
        for value, count in values.items():
            chosen(page, name, value)
            assert counted(page) == count, (name, value)
        chosen(page, name, "")
    assert counted(page) == len(rows)


def test_search_looks_into_all_texts(page: Browser, rows: list[dict[str, Any]]) -> None:
    chosen(page, "search", "恒远建设")
    assert counted(page) == sum("恒远建设" in json.dumps(r, ensure_ascii=False) for r in rows) > 0
    chosen(page, "search", "没有这样的话")
    assert counted(page) == 0
    chosen(page, "search", "")


def test_by_keyboard_to_the_detail_and_back(page: Browser, rows: list[dict[str, Any]]) -> None:
    page.run("document.getElementById('view').focus()")
    page.press("ArrowDown")
    page.press("Enter")
    told = page.run("document.getElementById('detail').innerText")
    assert rows[1]["id"] in told
    assert rows[1]["progress"] in told
    assert "整改措施" in told
    page.press("Escape")
    assert page.run("document.getElementById('detail') === null")
    assert page.run("document.activeElement.id") == "view"
    page.press("End")
    last = page.run("document.querySelector('.row[aria-selected=true]').innerText")
    assert last.split()[0] == rows[-1]["id"]


def test_sorted_by_deadline(page: Browser) -> None:
    chosen(page, "sort", "due")
    shown = page.run(
        "[...document.querySelectorAll('.row')].map(row => row.children[5].textContent)"
    )
    days = [text for text in shown if re.fullmatch(r"\d{4}-\d\d-\d\d", text)]
    assert days == sorted(days)
    assert len(days) > 3


@pytest.mark.parametrize("pixels", [1366, 1024, 390, 320])
def test_nothing_is_wider_than_the_screen(page: Browser, pixels: int) -> None:
    page.width(pixels)
    assert page.run("document.documentElement.scrollWidth") <= pixels


def test_dark_and_light(page: Browser) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.run(ground)
    page.run("document.getElementById('theme').click()")
    assert page.run(ground) != light


def test_it_reads_without_script(
    browser: Browser, everything: Proved, rows: list[dict[str, Any]]
) -> None:
    browser.scripts(allowed=False)
    browser.open(everything.context.folder / BOARD)
    text = browser.run("document.body.innerText")
    browser.scripts(allowed=True)
    assert "各单位整改情况" in text
    assert all(row["id"] in text for row in rows)
    assert browser.run("document.getElementById('view') === null")


def test_it_prints_what_is_found(page: Browser) -> None:
    chosen(page, "light", "红")
    expected = counted(page)
    page.run("window.dispatchEvent(new Event('beforeprint'))")
    assert page.run("document.querySelectorAll('#first tbody tr').length") == expected
    data = page.pdf()
    assert data.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", data)) <= 6


def test_a_browser_in_the_way_is_told_of(tmp_path: Path, browser: Browser) -> None:
    """The page of the test itself: an error of a script is seen."""
    path = tmp_path / "错.html"
    path.write_text("<script>nothing.here()</script>", encoding="utf-8")
    browser.open(path)
    assert browser.troubles
    browser.troubles.clear()
