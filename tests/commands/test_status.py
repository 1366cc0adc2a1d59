"""`status`: figures, rounds and what is overdue, for a person and for a program."""

from __future__ import annotations

from pathlib import Path

from tests.support.command import zhenggai
from tests.support.items import SETTINGS
from tests.support.made import FIRST, OPEN, SECOND, Made
from toolkit.run.templates import create_workspace


def test_an_empty_workspace_says_what_to_do_and_stays_empty(tmp_path: Path) -> None:
    place = create_workspace(tmp_path / "区", SETTINGS)
    done = zhenggai("status", "-w", place.root)
    assert (done.code, done.err) == (0, "")
    assert "把完整的整改台账放进inbox" in done.out
    assert not place.register_path.exists()
    assert zhenggai("status", "-w", place.root, "--json").record["rounds"] == []


def test_a_program_gets_all_that_a_person_reads(made: Made, tmp_path: Path) -> None:
    place = made.two_rounds(tmp_path / "区")
    command = ("status", "-w", place.root, "--as-of", "2026-12-31")
    text, record = zhenggai(*command).out, zhenggai(*command, "--json").record
    assert record["as_of"] == "2026-12-31"
    assert f"问题共{record['figures']['problems']}个" in text
    assert f"逾期{record['figures']['overdue']}个" in text
    (late,) = record["overdue"]
    assert late == {
        "id": OPEN.item.id,
        "lead_unit": OPEN.item.lead_unit,
        "due": "2026-06-30",
        "problem": OPEN.item.problem,
    }
    assert f"逾期 {late['id']} {late['lead_unit']} {late['due']} {late['problem']}" in text
    assert [past["as_of"] for past in record["rounds"]] == [str(FIRST), str(SECOND)]
    assert all(len(past["code"]) == 9 for past in record["rounds"])
