"""看板.html: what came out of workbooks is text, whatever it looks like; equal states make equal bytes; many rows."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from tests.support.items import ITEM
from tests.support.states import state_of
from toolkit.board.page import BOARD, STATIC_ROWS, write_board
from toolkit.ledger.entry import Entry
from toolkit.ledger.submission import Origin
from toolkit.run.leaks import stop_leaks

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "<!--",
    "&lt;b&gt;&amp;",
    "\u2028\u2029'\"`${1}",
    "]]>\x0b甲",
)


def entries(count: int = 3, **values: Any) -> list[Entry]:
    items = (replace(ITEM, id=f"1-{number}", **values) for number in range(1, count + 1))
    return [Entry(item=item, origin=Origin("台账.xlsx", "台账", 5)) for item in items]


def parsed(text: str) -> Any:
    return lxml.html.document_fromstring(text)


def page(tmp_path: Path, made: list[Entry]) -> str:
    write_board(tmp_path / BOARD, state_of(made))
    return (tmp_path / BOARD).read_text(encoding="utf-8")


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_workbooks_is_inert(tmp_path: Path, text: str) -> None:
    plain = parsed(page(tmp_path, entries()))
    found = parsed(
        page(tmp_path, entries(problem=text, lead_unit=text, lead_leader=text, progress=text))
    )
    kinds = [[each.tag for each in root.iter()] for root in (plain, found)]
    assert kinds[0] == kinds[1]
    data = json.loads(found.get_element_by_id("data").text)
    assert data["rows"][0][data["keys"].index("progress")] == text


def test_only_its_own_style_and_script_may_run(tmp_path: Path) -> None:
    root = parsed(page(tmp_path, entries()))
    policy = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")
    for text in (root.find(".//style").text, root.findall(".//script")[-1].text):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert not root.xpath("//*[@style or @onclick or @src or @href]")


def test_equal_states_make_equal_bytes(tmp_path: Path) -> None:
    assert page(tmp_path, entries()) == page(tmp_path, entries())


def test_the_first_rows_are_there_and_all_are_in_the_data(tmp_path: Path) -> None:
    root = parsed(page(tmp_path, entries(STATIC_ROWS + 20)))
    assert len(root.xpath("//*[@id='first']//tbody/tr")) == STATIC_ROWS
    assert len(json.loads(root.get_element_by_id("data").text)["rows"]) == STATIC_ROWS + 20


def test_every_light_has_a_word_and_a_shape(tmp_path: Path) -> None:
    text = re.sub(r"<(style|script).*?</\1>", "", page(tmp_path, entries()), flags=re.DOTALL)
    for told in ("▲红灯", "◆黄灯", "●绿灯", "■蓝灯"):
        assert told in text


@pytest.mark.parametrize("number", ["11010519491231002X", "440301198001010014"])
def test_an_identity_number_stops_the_page(
    tmp_path: Path, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.run.leaks.files_of", lambda _state: ())
    page(tmp_path, clean := entries())
    assert stop_leaks(state_of(clean), tmp_path) == ()
    page(tmp_path, made := entries(progress=f"身份证号{number}的人员已处理。"))
    assert [each.paper for each in stop_leaks(state_of(made), tmp_path)] == [BOARD]
    assert not (tmp_path / BOARD).exists()
