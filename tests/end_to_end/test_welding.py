"""No number occurs in anything that a round leaves which no cell, figure or date of ours has."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support.drawn import Sheet, workbook
from tests.support.items import SETTINGS
from toolkit.gongwen.document import visible_paragraphs
from toolkit.run.round import run_round
from toolkit.run.templates import create_workspace
from toolkit.settings.reading import load
from toolkit.sheets.open import open_book

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = dt.date(2026, 6, 19)
HEAD = (
    "问题编号", "主要问题", "分项问题", "具体问题", "问题根源", "整改目标", "整改措施", "牵头领导", "牵头单位", "责任人", "整改时限", "整改进展情况",
    "整改状态", "制度成果", "佐证材料", "涉及金额（万元）", "处理人次", "存在困难", "下一步措施", "备注",
)  # fmt: skip
ROWS = 6
# Figures of the cells are written with 7, 8 and 9 alone and have three of them at least: none of ours looks so.
FIGURE = st.from_regex(r"[789]{3,5}(\.[789]{1,2})?", fullmatch=True)
WORD = st.sampled_from(
    ["追缴", "户", "万元", "人受到处理", "，", "。", "；", "项制度", "其中", "共", "《甲办法》", "1.", "2.", "一是", "（", "）", "-", ".", ","]
)  # fmt: skip
BREAK = st.sampled_from(["\n", "\r\n", "\x0b", "\t", "\u3000", " ", "\n\n"])
TEXT = st.lists(st.one_of(FIGURE, FIGURE, WORD, BREAK), min_size=2, max_size=12).map("".join)
LEDGER = st.lists(
    st.lists(TEXT, min_size=len(HEAD), max_size=len(HEAD)), min_size=ROWS, max_size=ROWS
)
# Amounts and counts of two figures each: what is made of them is nothing, so no sum of ours can look like a cell.
OURS = {
    "问题编号": "{}-1",
    "牵头单位": "规划建设局",
    "整改时限": "2026-06-{}",
    "整改状态": "正在整改",
    "涉及金额（万元）": "798\n87",
    "处理人次": "79\n8",
}


def numbers(text: str) -> set[str]:
    """The numbers of a text that can only come from a cell."""
    found = re.findall(r"[0-9]+(?:[.,][0-9]+)*", text)
    return {number for number in found if re.fullmatch(r"[789][789.,]{2,}", number)}


def written(rows: list[list[str]]) -> set[str]:
    """The numbers of the cells: line by line, and of each line what blanks part."""
    return {
        number
        for row in rows
        for cell in row
        for piece in re.split(r"\s+", cell)
        for number in numbers(piece)
    }


def texts_of(folder: Path) -> Iterator[tuple[str, str]]:
    """(where, text) of every paragraph and cell that the round has written."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name.startswith("原件/") or path.is_dir():
            continue
        if path.suffix == ".docx":
            yield from ((name, text) for text in visible_paragraphs(path))
        elif path.suffix == ".xlsx":
            for grid in open_book(path.read_bytes(), name).grids:
                cells = (value for row in grid.rows for value in row if value is not None)
                yield from ((f"{name}!{grid.name}", str(value)) for value in cells)
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    for row in record["rows"]:
        yield "run.json", json.dumps(row, ensure_ascii=False).replace("\\n", "\n")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("区")


# A round takes seconds: what fails is said and not shrunk.
@settings(
    max_examples=3,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(ledger=LEDGER)
def test_no_number_is_welded(place: Path, ledger: list[list[str]]) -> None:
    rows = [
        [
            OURS[head].format(at) if head in OURS else cell
            for head, cell in zip(HEAD, row, strict=True)
        ]
        for at, row in enumerate(ledger, 10)
    ]
    # A workspace of its own for every ledger: an earlier one's papers would stand under 旧版.
    office = create_workspace(place / uuid.uuid4().hex, SETTINGS)
    (office.inbox / "台账.xlsx").write_bytes(workbook(Sheet([list(HEAD), *rows])))
    now = dt.datetime.combine(DAY, dt.time(17))
    folder = run_round(office, load(office.settings_path.read_bytes()), DAY, now=now).folder
    allowed = written(rows)
    welded = {
        (where, found) for where, text in texts_of(folder) for found in numbers(text) - allowed
    }
    assert sorted(welded)[:5] == []
