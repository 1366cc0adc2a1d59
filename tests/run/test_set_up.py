"""Setting up: the latest full ledger stands until a unit has reported; what contradicts itself is asked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from tests.support.command import zhenggai
from tests.support.drawn import HEAD, Sheet, line, workbook
from tests.support.items import SETTINGS
from tests.support.made import Made, run_week
from toolkit.errors import UsageError
from toolkit.ledger.submission import Role, Submission, Verdict
from toolkit.ledger.units import Unit
from toolkit.run.set_up import latest_ledgers
from toolkit.run.templates import create_workspace
from toolkit.settings.reading import load

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.workspace import Workspace

DAY, NEXT = dt.date(2026, 6, 5), dt.date(2026, 6, 12)
UNITS = ("规划建设局", "财政金融局", "社会事务局")


def ledger(*numbers: int, says: str = "具体问题{}", **further: str) -> bytes:
    rows = [
        [*line(n, 牵头单位=UNITS[n % 3], 具体问题=says.format(n)), *further.values()]
        for n in numbers
    ]
    return workbook(Sheet([[*HEAD, *further], *rows]))


def drop(place: Workspace, name: str, data: bytes) -> None:
    (place.inbox / name).write_bytes(data)


def problems(record: dict[str, Any]) -> list[str]:
    return [row["problem"] for row in record["rows"]]


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    place = made.empty(tmp_path / "区")
    drop(place, "台账.xlsx", ledger(1, 2, 3))
    return place


def test_a_better_ledger_sets_up_again(place: Workspace) -> None:
    run_week(place, DAY)
    drop(place, "台账（订正）.xlsx", ledger(1, 2, 3, 4, says="订正后的问题{}"))
    record = run_week(place, DAY)
    assert problems(record) == [f"订正后的问题{n}" for n in (1, 2, 3, 4)]
    first, second = record["inputs"]
    assert (first["verdict"], second["verdict"]) == ("superseded", "accepted")
    assert "台账（订正）.xlsx" in first["reason"]
    assert record["findings"] == []


def test_of_three_ledgers_the_last_stands(place: Workspace) -> None:
    run_week(place, DAY)
    for number in (2, 3):
        drop(place, "台账.xlsx", ledger(1, 2, 3, says=f"第{number}稿的问题{{}}"))
        record = run_week(place, DAY)
    assert problems(record) == [f"第3稿的问题{n}" for n in (1, 2, 3)]
    assert [given["verdict"] for given in record["inputs"]] == ["superseded"] * 2 + ["accepted"]


def test_once_a_unit_has_reported_the_ledger_stays(place: Workspace) -> None:
    run_week(place, DAY)
    report = line(3, 牵头单位=UNITS[0], 整改进展情况="6月3日约谈2人次。")
    drop(place, f"{UNITS[0]}.xlsx", workbook(Sheet([[f"填报单位：{UNITS[0]}"], HEAD, report])))
    run_week(place, DAY)
    drop(place, "台账（订正）.xlsx", ledger(1, 2, 3, says="完全是另外一件事情{}"))
    record = run_week(place, DAY)
    assert problems(record) == [f"具体问题{n}" for n in (1, 2, 3)]
    assert {found["rule"] for found in record["findings"]} >= {"I102"}


def test_two_ledgers_of_one_run_that_contradict_each_other_are_asked(place: Workspace) -> None:
    drop(place, "台账2.xlsx", ledger(1, 2, 3, says="完全是另外一件事情{}"))
    with pytest.raises(UsageError, match=r"两份完整的台账“台账\.xlsx”“台账2\.xlsx”"):
        run_week(place, DAY)
    assert sorted(path.name for path in place.inbox.glob("*.xlsx")) == ["台账.xlsx", "台账2.xlsx"]
    (place.inbox / "台账2.xlsx").unlink()
    assert problems(run_week(place, DAY)) == [f"具体问题{n}" for n in (1, 2, 3)]


def test_parallel_lists_and_copies_all_stand(place: Workspace) -> None:
    drop(place, "专项清单.xlsx", ledger(11, 12, 13))
    drop(place, "台账副本.xlsx", ledger(1, 2, 3))
    assert len(run_week(place, DAY)["rows"]) == 6


def test_the_form_follows_and_the_offices_choice_about_a_column_stands(
    made: Made, tmp_path: Path
) -> None:
    place = made.empty(tmp_path / "区")
    drop(place, "台账.xlsx", ledger(1, 2, 3, 审计项目="甲", 移送情况="未移送"))
    run_week(place, DAY)
    book = openpyxl.load_workbook(place.settings_path)
    sheet = book["栏目"]
    names = {cell.value: col for col, cell in enumerate(sheet[2], 1)}
    at = next(n for n in range(3, 40) if sheet.cell(n, 1).value == "审计项目")
    sheet.cell(at, names["必填"]).value = "是"
    book.save(place.settings_path)
    drop(place, "台账（改）.xlsx", ledger(1, 2, 3, 验收组="一组", 审计项目="甲"))
    run_week(place, DAY)
    sheet = openpyxl.load_workbook(place.settings_path)["栏目"]
    shown = {row[0]: row for row in sheet.iter_rows(min_row=3, values_only=True) if row[0]}
    assert list(shown)[-2:] == ["验收组", "审计项目"]
    assert shown["审计项目"][names["必填"] - 1] == "是"


def test_a_ledger_in_an_archive_is_of_the_run_of_the_archive() -> None:
    def given(file: str) -> Submission:
        from tests.support.cases import row_of

        return Submission(file, file, Verdict.ACCEPTED, Role.BASELINE, rows=(row_of({}),))

    old, new = given("台账.xlsx"), given("包.zip/台账.xlsx")
    kept = latest_ledgers((old, new), {"台账.xlsx": 1, "包.zip": 2})
    assert [each.verdict for each in kept] == [Verdict.SUPERSEDED, Verdict.ACCEPTED]


def test_units_that_only_the_better_ledger_has_are_learned_too(tmp_path: Path) -> None:
    place = create_workspace(tmp_path / "区", SETTINGS.with_units(()))
    drop(place, "台账.xlsx", ledger(1, 2, 3))
    run_week(place, DAY)
    rows = [line(n, 牵头单位=unit) for n, unit in enumerate((*UNITS, "生态环境分局"), 1)]
    drop(place, "台账（订正）.xlsx", workbook(Sheet([HEAD, *rows])))
    record = run_week(place, DAY)
    assert [row["lead_unit"] for row in record["rows"]] == [*UNITS, "生态环境分局"]
    names = [unit.name for unit in load(place.settings_path.read_bytes()).units]
    assert sorted(names) == sorted([*UNITS, "生态环境分局"])


def test_a_list_of_units_that_the_office_typed_stays_as_it_is(tmp_path: Path) -> None:
    typed = (*SETTINGS.units, Unit(name="投资促进局"))  # one that the ledger does not have
    place = create_workspace(tmp_path / "区", SETTINGS.with_units(typed))
    drop(place, "台账.xlsx", ledger(1, 2, 3))
    run_week(place, DAY)
    rows = [line(n, 牵头单位=unit) for n, unit in enumerate((*UNITS, "生态环境分局"), 1)]
    drop(place, "台账（订正）.xlsx", workbook(Sheet([HEAD, *rows])))
    record = run_week(place, DAY)
    assert record["rows"][-1]["lead_unit"] == ""
    assert "生态环境分局" not in [u.name for u in load(place.settings_path.read_bytes()).units]


def test_a_ledger_of_two_units_is_the_ledger_and_asks_for_no_sender(
    made: Made, tmp_path: Path
) -> None:
    place = made.empty(tmp_path / "区")
    drop(
        place,
        "台账.xlsx",
        workbook(Sheet([HEAD, *(line(n, 牵头单位=UNITS[n % 2]) for n in (1, 2))])),
    )
    record = run_week(place, DAY)
    assert record["inputs"][0]["role"] == "baseline"
    assert [found for found in record["findings"] if found["rule"] == "X301"] == []


def test_a_table_that_names_its_sender_is_a_report(made: Made, tmp_path: Path) -> None:
    place = made.empty(tmp_path / "区")
    rows = [[f"填报单位：{UNITS[0]}"], HEAD, line(1, 牵头单位=UNITS[0])]
    drop(place, "报送.xlsx", workbook(Sheet(rows)))
    record = run_week(place, DAY)
    assert (record["inputs"][0]["role"], record["inputs"][0]["unit"]) == ("return", UNITS[0])


def test_a_ledger_on_several_sheets_is_one_form(made: Made, tmp_path: Path) -> None:
    place = made.empty(tmp_path / "区")
    head = [*HEAD, "审计项目"]
    sheets = [
        Sheet(
            [head, *([*line(n, 牵头单位=UNITS[n % 3]), f"{n}号审计"] for n in numbers)], name=name
        )
        for name, numbers in (("专项资金", (1, 2)), ("工程建设", (3, 4)))
    ]
    drop(place, "台账.xlsx", workbook(*sheets))
    record = run_week(place, DAY)
    assert [row["own"][0]["value"] for row in record["rows"]] == [
        f"{n}号审计" for n in (1, 2, 3, 4)
    ]
    columns = [c.heading for c in load(place.settings_path.read_bytes()).form.columns]
    assert columns == head


def test_a_form_of_fewer_columns_leaves_nothing_of_the_one_before(place: Workspace) -> None:
    drop(place, "台账.xlsx", ledger(1, 2, 3, 审计项目="甲", 移送情况="未移送", 验收组="一组"))
    run_week(place, DAY)
    drop(place, "台账（改）.xlsx", ledger(1, 2, 3, 审计项目="甲"))
    run_week(place, DAY)
    columns = [c.heading for c in load(place.settings_path.read_bytes()).form.columns]
    assert columns == [*HEAD, "审计项目"]
    again = zhenggai("run", "-w", place.root, "--as-of", str(DAY))
    assert "没有新的内容" in again.err
