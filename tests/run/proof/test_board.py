"""看板.html is read back: every number, bar, point and row, changed one at a time, stops the run."""

from __future__ import annotations

import html
import json
import re

import pytest

from tests.support.mutation import other
from toolkit.board.page import BOARD
from toolkit.figures.printed import Printed, text_of
from toolkit.run.proof.board import board_faults
from toolkit.run.proof.context import ProofContext


def faults_of(context: ProofContext, text: str) -> list[str]:
    (context.folder / BOARD).write_text(text, encoding="utf-8")
    return list(board_faults(context))


def test_every_number_changed_once(copied: ProofContext) -> None:
    text = (copied.folder / BOARD).read_text(encoding="utf-8")
    assert faults_of(copied, text) == []
    lines = copied.written.board.lines
    numbers = 0
    for id_, line in lines.items():
        for at, piece in enumerate(line):
            if not isinstance(piece, Printed):
                continue
            changed = Printed(other(piece.text), piece.ref)
            wrong = text_of((*line[:at], changed, *line[at + 1 :]))
            old, new = (
                html.escape(f'"{id_}">', quote=False) + told for told in (text_of(line), wrong)
            )
            old, new = (told.replace("&gt;", ">") for told in (old, new))
            assert text.count(old) == 1, old
            found = faults_of(copied, text.replace(old, new))
            assert any(f"{piece.ref}印的是{changed.text}" in fault for fault in found), (old, found)
            numbers += 1
    assert numbers > 100


def test_every_bar_and_point_changed_once(copied: ProofContext) -> None:
    text = (copied.folder / BOARD).read_text(encoding="utf-8")
    board = copied.written.board
    for ids, name in ((board.bars, "width"), (board.points, "cy")):
        assert ids
        for id_ in ids:
            element = next(
                found for found in re.findall(r"<\w+ [^>]*>", text) if f'id="{id_}"' in found
            )
            old = re.search(rf'{name}="([\d.]+)"', element)
            assert old
            wrong = element.replace(old[0], f'{name}="{float(old[1]) + 1}"')
            assert wrong != element
            assert any("画得与数不符" in f for f in faults_of(copied, text.replace(element, wrong)))


@pytest.mark.parametrize(
    "key", ["id", "problem", "progress", "measures", "status", "light", "timing", "due", "money"]
)
def test_a_row_of_another_item(copied: ProofContext, key: str) -> None:
    text = (copied.folder / BOARD).read_text(encoding="utf-8")
    found = re.search(
        r'(<script type="application/json" id="data">)(.*?)(</script>)', text, re.DOTALL
    )
    assert found
    data = json.loads(found[2])
    data["rows"][0][data["keys"].index(key)] = "别的"
    faults = faults_of(copied, text.replace(found[2], json.dumps(data, ensure_ascii=False)))
    assert any(f"的{key}是别的" in fault for fault in faults)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("会议记录缺失</td>", "会议记录</td>", "列出的问题1-1印的是"),
        ("<h2>总体情况", "<h2>总体情况9", "总体情况9”中的数不在数字表中"),
        (
            '<p class="note" id="rest">',
            '<p class="note" id="more">另有7个',
            "另有7个”中的数不在数字表中",
        ),
        ('id="n0"', 'id="n1"', "中的n1不止一处"),
    ],
)
def test_what_nobody_counted(copied: ProofContext, old: str, new: str, told: str) -> None:
    text = (copied.folder / BOARD).read_text(encoding="utf-8")
    assert old in text
    assert any(told in fault for fault in faults_of(copied, text.replace(old, new, 1)))
