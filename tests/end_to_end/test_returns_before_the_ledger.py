"""Units report before there is a full ledger: when it comes, it is the base, and what they reported is merged onto it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import docx
import pytest

from tests.support.drawn import HEAD, Sheet, line, workbook
from tests.support.made import Made, run_week

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.workspace import Workspace

DAY = dt.date(2026, 6, 5)
UNITS = ("规划建设局", "财政金融局", "社会事务局")
PROBLEMS = (
    "公租房分配台账缺失多年未补", "专项债券资金拨付长期滞后", "临时救助名单未按月公示",
    "建设工程招标文件违规设限", "国有资产出租合同未备案", "养老机构消防验收手续不全",
)  # fmt: skip


def full_ledger() -> bytes:
    rows = [
        line(
            n,
            问题编号=str(n),
            牵头单位=UNITS[(n - 1) % 3],
            具体问题=text,
            整改状态="未启动",
            整改进展情况="",
        )
        for n, text in enumerate(PROBLEMS, 1)
    ]
    return workbook(Sheet([HEAD, *rows]))


def report(unit: str, *numbers: int) -> bytes:
    """A unit's own form: its problems, numbered from 1."""
    rows = [
        line(
            1,
            问题编号=str(own),
            牵头单位=unit,
            具体问题=PROBLEMS[n - 1],
            整改进展情况=f"6月{n}日现场核查{n}处。",
        )
        for own, n in enumerate(numbers, 1)
    ]
    return workbook(Sheet([[f"填报单位：{unit}"], HEAD, *rows]))


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    place = made.empty(tmp_path / "区")
    (place.inbox / "财政金融局.xlsx").write_bytes(report(UNITS[1], 2, 5))
    (place.inbox / "社会事务局.xlsx").write_bytes(report(UNITS[2], 3, 6))
    return place


def told(record: dict[str, Any]) -> dict[str, str]:
    return {row["problem"]: row["progress"] for row in record["rows"]}


def test_reports_come_to_their_rows_of_the_ledger_that_came_later(place: Workspace) -> None:
    run_week(place, DAY)
    (place.inbox / "总台账.xlsx").write_bytes(full_ledger())
    record = run_week(place, DAY)
    assert [row["id"] for row in record["rows"]] == ["1", "2", "3", "4", "5", "6"]
    assert [row["problem"] for row in record["rows"]] == list(PROBLEMS)
    assert told(record) == {
        text: f"6月{n}日现场核查{n}处。" if n in (2, 3, 5, 6) else ""
        for n, text in enumerate(PROBLEMS, 1)
    }
    assert not [found for found in record["findings"] if found["rule"] == "I102"]
    reported = {each["unit"] for each in record["reports"] if each["reported"]}
    assert reported >= {UNITS[1], UNITS[2]}


def test_what_the_office_fills_is_the_ledgers(place: Workspace) -> None:
    """A unit's own deadline and leader do not overwrite the ledger's."""
    head = [*HEAD, "牵头领导"]
    mine = line(1, 问题编号="1", 牵头单位=UNITS[1], 具体问题=PROBLEMS[1], 整改时限="2027-01-01")
    (place.inbox / "财政金融局.xlsx").write_bytes(
        workbook(Sheet([[f"填报单位：{UNITS[1]}"], head, [*mine, "孙立"]]))
    )
    (place.inbox / "总台账.xlsx").write_bytes(full_ledger())
    row = run_week(place, DAY)["rows"][1]
    assert (row["due"], row["lead_leader"]) == ("2026-06-30", "")
    assert row["status"] == "in_progress"


def test_all_in_one_run_is_the_same(place: Workspace) -> None:
    (place.inbox / "总台账.xlsx").write_bytes(full_ledger())
    record = run_week(place, DAY)
    assert len(record["rows"]) == len(PROBLEMS)
    assert told(record)[PROBLEMS[4]] == "6月5日现场核查5处。"


def test_a_ledger_of_which_no_progress_was_read_says_so_once(made: Made, tmp_path: Path) -> None:
    place = made.empty(tmp_path / "区")
    head = ["本单位办理情形" if text == "整改进展情况" else text for text in HEAD]
    rows = [line(n, 牵头单位=UNITS[n % 3]) for n in range(1, 21)]
    (place.inbox / "台账.xlsx").write_bytes(workbook(Sheet([head, *rows])))
    run_week(place, DAY)
    paper = docx.Document(str(place.outbox / str(DAY) / "整改进展通报.docx"))
    texts = [paragraph.text for paragraph in paper.paragraphs]
    assert sum("尚未填报" in text for text in texts) == 1
    assert sum(text.startswith("20.") or "具体问题20" in text for text in texts) == 1
