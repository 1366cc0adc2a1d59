"""The real case: its ledger in, its published notice out, letter for letter."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
import xlsxwriter

from tests.support import songshanhu
from tests.support.runs import run_round
from toolkit.gongwen.document import visible_paragraphs
from toolkit.run.round import Outcome
from toolkit.settings.reading import load

pytestmark = songshanhu.needed


def drop_whole_ledger(inbox: Path) -> None:
    shutil.copy(songshanhu.FOLDER / "ledger.csv", inbox)


def drop_fifteen_returns(inbox: Path) -> None:
    rows = songshanhu.ledger_rows()
    for unit in dict.fromkeys(row["牵头单位"] for row in rows):
        book = xlsxwriter.Workbook(inbox / f"{unit}.xlsx")
        sheet = book.add_worksheet("Sheet1")
        sheet.merge_range(0, 0, 0, 6, f"{unit}整改台账")
        sheet.write_row(1, 0, list(rows[0]))
        own = [row for row in rows if row["牵头单位"] == unit]
        for number, row in enumerate(own, 2):
            sheet.write_row(number, 0, list(row.values()))
        book.close()


@pytest.fixture(
    params=[drop_whole_ledger, drop_fifteen_returns], ids=["one workbook", "fifteen returns"]
)
def outcome(request: pytest.FixtureRequest, tmp_path: Path) -> Outcome:
    place = songshanhu.workspace(tmp_path / "工作区")
    request.param(place.inbox)
    return run_round(
        place, load(place.settings_path.read_bytes()), songshanhu.AS_OF, now=songshanhu.NOW
    )


def test_part_two_is_the_published_one_letter_for_letter(outcome: Outcome) -> None:
    texts = list(visible_paragraphs(outcome.folder / "整改进展通报.docx"))
    expected = songshanhu.expected_part_two()
    start = texts.index(expected[0])
    assert texts[start : start + len(expected)] == expected


def test_everything_else_comes_from_template_and_settings(outcome: Outcome) -> None:
    said = songshanhu.notice()
    texts = [text for text in visible_paragraphs(outcome.folder / "整改进展通报.docx") if text]
    part_two = songshanhu.expected_part_two()
    expected = [
        said["title"],
        said["opening"],
        said["part1_heading"],
        *(f"（{'一二三四五'[n]}）{p['heading']}{p['text']}" for n, p in enumerate(said["part1"])),
        said["part2_heading"],
        *part_two,
        said["part3_heading"],
        said["part3_intro"],
        *(f"（{'一二三四五'[n]}）{p['heading']}{p['text']}" for n, p in enumerate(said["part3"])),
        said["contact"],
        said["issuer"],
        said["date"],
    ]
    assert [text.replace("\n", "") for text in texts] == expected


def test_figures_are_those_counted_from_the_csv(outcome: Outcome) -> None:
    rows = songshanhu.ledger_rows()
    words = Counter(row["整改状态"] for row in rows)
    figures = json.loads((outcome.folder / "run.json").read_text(encoding="utf-8"))["figures"]
    by_status = figures["by_status"]
    assert (figures["problems"], sum(by_status.values())) == (len(rows), 64)
    assert by_status == {
        "done": 27,
        "phased": 4,
        "standing": 22,
        "in_progress": 11,
        "not_started": 0,
    }
    assert words["已完成"] == by_status["done"]
    assert {unit["unit"]: unit["problems"] for unit in figures["units"]} == Counter(
        row["牵头单位"] for row in rows
    )
    assert {lead["leader"]: lead["problems"] for lead in figures["leaders"]} == Counter(
        row["牵头领导"] for row in rows
    )
    assert figures["completion_rate"]["text"] == "42.19%"


def test_every_value_of_the_ledger_is_in_the_record(outcome: Outcome) -> None:
    record = {
        row["id"]: row
        for row in json.loads((outcome.folder / "run.json").read_text(encoding="utf-8"))["rows"]
    }
    for row in songshanhu.ledger_rows():
        kept = record[row["问题编号"]]
        assert kept["progress"] == row["整改进展情况"]
        assert kept["problem"] == row["具体问题"]
        assert kept["deadline"] == row["整改时限"]
        assert (kept["completed_on"] or "") == row["完成时间"]
        assert "、".join(kept["co_units"]) == row["配合单位"]


def test_nothing_is_wrong_with_the_real_case_but_what_is_overdue_without_a_reason(
    outcome: Outcome,
) -> None:
    record = json.loads((outcome.folder / "run.json").read_text(encoding="utf-8"))
    overdue = {
        row["id"] for row in record["rows"] if "overdue" in row["flags"] and not row["difficulty"]
    }
    errors = [found for found in record["findings"] if found["severity"] == "error"]
    assert {found["rule"] for found in errors} <= {"S107"}
    assert {found["id"] for found in errors} == overdue
