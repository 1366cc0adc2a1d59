"""What the office decides and types in 汇总台账.xlsx, through the inbox: the only way to change what the baseline fixed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.cases import row_of
from tests.support.items import SETTINGS
from tests.support.made import Made, run_week
from toolkit.ledger.entry import Entry
from toolkit.ledger.submission import Origin
from toolkit.queries.why import why_lines
from toolkit.register.store import Register
from toolkit.run.templates import create_workspace
from toolkit.settings.reading import load
from toolkit.workbooks.template import write_ledger
from toolkit.workspace import Workspace

DONE = {"整改状态": "已完成", "完成时间": "2026-05-20"}
LEDGER = (
    {"问题编号": "3-1", "具体问题": "会议制度落实不到位", **DONE},
    {"问题编号": "3-2", "具体问题": "项目前期论证不充分", "配合单位": "财政金融局"},
    {"问题编号": "3-3", "具体问题": "公租房空置率较高"},
)
SIGNED = {"审核人": "王主任", "审核日期": dt.date(2026, 6, 8), "依据": "会议纪要第3号"}
WEEKS = [dt.date(2026, 6, 5) + dt.timedelta(weeks=n) for n in range(8)]


class Office:
    """A workspace with its rounds, one week after the other."""

    def __init__(self, folder: Path, made: Made) -> None:
        self.place = Workspace(made.copy("整改办", _first_week, folder))
        self.weeks = iter(WEEKS)
        self._look(next(self.weeks))

    def run(self) -> Office:
        day = next(self.weeks)
        run_week(self.place, day)
        return self._look(day)

    def _look(self, day: dt.date) -> Office:
        """What the round of a day has left."""
        self.day = day
        self.folder = self.place.outbox / day.isoformat()
        self.record: dict[str, Any] = json.loads(
            (self.folder / "run.json").read_text(encoding="utf-8")
        )
        self.rows = {row["id"]: row for row in self.record["rows"]}
        self.rules = [
            (found["rule"], found["id"])
            for found in self.record["findings"]
            if found["rule"][0] in "IX"
        ]
        return self

    def report(
        self, *examples: dict[str, str], unit: str = "规划建设局", name: str = "报送.xlsx"
    ) -> Office:
        write_ledger(
            self.place.inbox / name,
            entries(*examples),
            SETTINGS,
            dt.datetime(2026, 6, 1),
            unit=unit,
        )
        return self

    def review(
        self,
        cells: Mapping[str, Mapping[str, Any]],
        inserted: Sequence[Mapping[str, Any]] = (),
        name: str = "汇总台账.xlsx",
    ) -> Office:
        """Fill cells {id: {header: value}} of the newest consolidated workbook, add rows, drop it."""
        book = openpyxl.load_workbook(self.folder / "汇总台账.xlsx")
        sheet = book["整改台账"]
        heads = {cell.value: number for number, cell in enumerate(sheet[3], 1)}
        for row in range(4, sheet.max_row + 1):
            for header, value in cells.get(
                str(sheet.cell(row, heads["问题编号"]).value), {}
            ).items():
                sheet.cell(row, heads[header]).value = value
        for row, said in enumerate(inserted, sheet.max_row + 1):
            for header, value in said.items():
                sheet.cell(row, heads[header]).value = value
        book.save(self.place.inbox / name)
        return self

    def decisions(self) -> list[tuple[str, str]]:
        return [(d["id"], d["ruling"]) for d in self.record["decisions"] if d["followed"]]

    def refused(self) -> list[tuple[str, str]]:
        return [(d["id"], d["reason"]) for d in self.record["decisions"] if not d["followed"]]

    def message(self, rule: str) -> str:
        return str(
            next(found["message"] for found in self.record["findings"] if found["rule"] == rule)
        )


def _first_week(folder: Path) -> None:
    place = create_workspace(folder, SETTINGS)
    write_ledger(place.inbox / "基准.xlsx", entries(*LEDGER), SETTINGS, dt.datetime(2026, 6, 1))
    run_week(place, WEEKS[0])


def entries(*examples: dict[str, str]) -> list[Entry]:
    return [Entry(item=row_of(example).item, origin=Origin("", "", 0)) for example in examples]


@pytest.fixture
def office(made: Made, tmp_path: Path) -> Office:
    return Office(tmp_path / "区", made)


def test_what_comes_back_as_it_was_issued_changes_nothing(office: Office) -> None:
    office.review({}).run()
    assert [given["verdict"] for given in office.record["inputs"]] == ["rejected"]
    assert "没有改动" in office.record["inputs"][0]["reason"]
    assert office.decisions() == []


def test_a_closed_item_is_looked_at_again_and_reopened(office: Office) -> None:
    office.review({"3-1": {"同意销号": "是", **SIGNED}}).run()
    office.review({"3-1": {"回头看": "未反弹", **SIGNED}}).run()
    assert (office.decisions(), office.rows["3-1"]["flags"]) == (
        [("3-1", "look_back")],
        ["closed", "carried"],
    )
    office.review({"3-1": {"回头看": "反弹", **SIGNED}}).run()
    assert office.decisions() == [("3-1", "reopen")]
    assert "closed" not in office.rows["3-1"]["flags"]
    assert office.rows["3-1"]["status"] == "in_progress"
    assert next(why_lines(office.place, SETTINGS.words.of, "3-1", "整改状态")).startswith(
        "整改状态：正在整改"
    )
    office.report(
        {
            "问题编号": "3-1",
            "具体问题": "会议制度落实不到位",
            "整改状态": "正在整改",
            "整改进展情况": "6月20日重新组织3次会议。",
        }
    ).run()
    assert office.rows["3-1"]["progress"] == "6月20日重新组织3次会议。"


def test_look_back_at_what_is_not_closed_is_refused(office: Office) -> None:
    office.review({"3-2": {"回头看": "反弹", **SIGNED}}).run()
    assert (office.rules, office.decisions()) == ([("I109", "3-2")], [])


def test_extensions_are_counted_and_say_what_they_moved(office: Office) -> None:
    for until in (dt.date(2026, 8, 31), dt.date(2026, 10, 31)):
        office.review({"3-2": {"延期至": until, **SIGNED}}).run()
    (second,) = office.record["decisions"]
    assert (second["nth"], second["was"], second["until"]) == (2, "2026-08-31", "2026-10-31")
    assert office.rows["3-2"]["due"] == "2026-10-31"
    told = list(why_lines(office.place, SETTINGS.words.of, "3-2", ""))
    assert [line[:20] for line in told if line.startswith("审核")] == [
        "审核：已延期至2026-08-31（第1",
        "审核：已延期至2026-10-31（第2",
    ]


def test_a_problem_is_split_and_its_parts_stand_for_it(office: Office) -> None:
    parts = [
        {"问题编号": "3-2-1", "具体问题": "立项论证不充分"},
        {"问题编号": "3-2-2", "具体问题": "预算论证不充分", "牵头单位": "财政金融局"},
    ]
    office.review({"3-2": {"审核意见": "拆分为3-2-1、3-2-2", **SIGNED}}, parts).run()
    assert list(office.rows) == ["3-1", "3-2-1", "3-2-2", "3-3"]
    assert office.record["figures"]["problems"] == 4
    first, second = office.rows["3-2-1"], office.rows["3-2-2"]
    assert (first["lead_unit"], second["lead_unit"]) == ("规划建设局", "财政金融局")
    assert (first["due"], first["sub_problem"]) == ("2026-06-30", "分项问题。")
    book = openpyxl.load_workbook(office.folder / "汇总台账.xlsx")
    assert [cell.value for cell in book["拆分并入"][4]][:3] == ["3-2", "拆分", "3-2-1、3-2-2"]
    office.report(
        {"问题编号": "3-2", "具体问题": "项目前期论证不充分", "整改进展情况": "新。"}
    ).run()
    assert office.rules == [("I116", "3-2")]
    assert "3-2-1、3-2-2" in office.message("I116")
    assert next(why_lines(office.place, SETTINGS.words.of, "3-2", "具体问题")).startswith(
        "具体问题：项目前期论证不充分"
    )
    office.report(
        {"问题编号": "3-2-1", "具体问题": "立项论证不充分", "整改进展情况": "6月20日组织论证2次。"}
    ).run()
    assert office.rows["3-2-1"]["progress"] == "6月20日组织论证2次。"


def test_a_problem_is_joined_to_another(office: Office) -> None:
    office.review({"3-3": {"审核意见": "并入3-2", **SIGNED}}).run()
    assert list(office.rows) == ["3-1", "3-2"]
    with Register.open(office.place.register_path) as register:
        assert [entry.joined for entry in register.recall().entries] == [(), ("3-3",)]
        assert register.history("3-3", "problem")[0].value == "公租房空置率较高"
    office.run()
    assert list(office.rows) == ["3-1", "3-2"]


@pytest.mark.parametrize(
    ("opinion", "inserted", "why"),
    [
        ("拆分为3-2-1", [{"问题编号": "3-2-1", "具体问题": "甲"}], "两个以上"),
        ("拆分为3-2-1、3-2-2", [{"问题编号": "3-2-1", "具体问题": "甲"}], "没有对应的行"),
        ("拆分为3-1、3-9", [{"问题编号": "3-9", "具体问题": "甲"}], "已被使用"),
        ("并入9-9", [], "找不到"),
        ("并入3-2", [], "另外一个"),
    ],
)
def test_a_split_or_join_that_cannot_be_is_refused_with_the_reason(
    office: Office, opinion: str, inserted: list[dict[str, str]], why: str
) -> None:
    office.review({"3-2": {"审核意见": opinion, **SIGNED}}, inserted).run()
    assert why in office.message("I109")
    assert list(office.rows) == ["3-1", "3-2", "3-3"]


def test_what_the_baseline_fixed_changes_by_a_signed_decision_only(office: Office) -> None:
    office.review({"3-2": {"具体问题": "个别项目前期论证不充分"}}).run()
    assert (office.rules, office.rows["3-2"]["problem"]) == (
        [("I113", "3-2")],
        "项目前期论证不充分",
    )
    office.review({"3-2": {"具体问题": "个别项目前期论证不充分", "责任人": "赵六", **SIGNED}}).run()
    assert (office.rows["3-2"]["problem"], office.rows["3-2"]["owner"]) == (
        "个别项目前期论证不充分",
        "赵六",
    )
    (decision,) = office.record["decisions"]
    assert (decision["ruling"], decision["opinion"], decision["by"]) == (
        "amend",
        "变更具体问题、责任人",
        "王主任",
    )
    told = list(why_lines(office.place, SETTINGS.words.of, "3-2", "具体问题"))
    assert "汇总台账.xlsx › 整改台账" in told[0]
    assert "原为：项目前期论证不充分" in told[1]


def test_a_deadline_moves_by_extension_only(office: Office) -> None:
    office.review({"3-2": {"整改时限": dt.date(2026, 12, 31), **SIGNED}}).run()
    assert ("I113", "3-2") in office.rules
    assert office.rows["3-2"]["due"] == "2026-06-30"


def test_a_new_problem_is_added_by_a_signed_decision_only(office: Office) -> None:
    fresh = {
        "问题编号": "4-1",
        "具体问题": "新发现的问题",
        "牵头单位": "财政金融局",
        "整改时限": dt.date(2026, 12, 31),
    }
    office.review({}, [fresh]).run()
    assert (office.rules, list(office.rows)) == ([("I113", "4-1")], ["3-1", "3-2", "3-3"])
    office.review({}, [{**fresh, **SIGNED}]).run()
    assert (office.decisions(), list(office.rows)) == (
        [("4-1", "add")],
        ["3-1", "3-2", "3-3", "4-1"],
    )


def test_a_signature_without_a_decision_is_said(office: Office) -> None:
    office.review({"3-2": SIGNED}).run()
    assert "没有作出决定" in office.message("I109")


def test_an_edit_of_the_office_is_taken_with_its_place(office: Office) -> None:
    office.review({"3-2": {"整改进展情况": "6月8日召开专题会2次。"}}).run()
    assert office.rows["3-2"]["progress"] == "6月8日召开专题会2次。"
    assert "汇总台账.xlsx › 整改台账" in next(
        why_lines(office.place, SETTINGS.words.of, "3-2", "整改进展情况")
    )


def test_two_who_changed_one_cell_are_shown_with_all_three_values(office: Office) -> None:
    before = office.rows["3-2"]["progress"]
    office.review({"3-2": {"整改进展情况": "6月8日召开专题会2次。", "整改状态": "阶段性完成"}})
    office.report({**LEDGER[1], "整改进展情况": "6月9日召开专题会3次。"}).run()
    assert ("I114", "3-2") in office.rules
    assert office.rows["3-2"]["progress"] == before
    assert office.rows["3-2"]["status"] == "phased"  # only the office touched it
    said = office.message("I114")
    assert all(
        text in said
        for text in (before[:20], "6月8日召开专题会2次。", "6月9日召开专题会3次。", "报送.xlsx")
    )
    office.review({"3-2": {"整改进展情况": "6月8日、9日召开专题会。"}}).run()
    assert office.rows["3-2"]["progress"] == "6月8日、9日召开专题会。"


def test_an_edit_in_an_old_workbook_does_not_undo_what_the_unit_has_reported_since(
    office: Office,
) -> None:
    old = office.folder
    office.report({**LEDGER[1], "整改进展情况": "6月9日召开专题会3次。"}).run()
    office.folder = old
    office.review({"3-2": {"整改进展情况": "6月8日召开专题会2次。"}}).run()
    assert (office.rules, office.rows["3-2"]["progress"]) == (
        [("I114", "3-2")],
        "6月9日召开专题会3次。",
    )
    office.folder = old
    office.review({"3-3": {"整改进展情况": "6月8日清理12套。"}}, name="旧.xlsx").run()
    assert office.rows["3-3"]["progress"] == "6月8日清理12套。"
    assert (
        office.rows["3-2"]["progress"] == "6月9日召开专题会3次。"
    )  # an untouched cell of an old workbook says nothing


def test_co_operating_units_stand_beside_the_lead_and_contradictions_are_named(
    office: Office,
) -> None:
    said = {**LEDGER[1], "牵头单位": "规划建设局", **DONE, "整改进展情况": "6月9日提供资料3份。"}
    office.report(said, unit="财政金融局").run()
    assert (office.rules, office.rows["3-2"]["status"]) == ([("I115", "3-2")], "in_progress")
    assert "牵头单位规划建设局报“正在整改”" in office.message("I115")
    for _ in range(2):
        sheet = openpyxl.load_workbook(office.folder / "汇总台账.xlsx")["配合单位情况"]
        lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
        assert [(line[2], line[3], line[4], line[7]) for line in lines] == [
            ("规划建设局", "牵头", "正在整改", None), ("财政金融局", "配合", "已完成", "不一致"),
        ]  # fmt: skip
        office.run()  # the answer stays beside the lead's


def test_a_likeness_is_asked_about_once(office: Office) -> None:
    for week in range(2):
        reworded = {
            "问题编号": "",
            "具体问题": "项目前期论证不够充分",
            "整改进展情况": f"第{week}次。",
        }
        with Register.open(office.place.register_path) as register:
            assert len(register.recall().pairings) == week
        settings = load(office.place.settings_path.read_bytes())
        assert settings.matching.likeness == 90
        office.report(reworded).run()
        assert [rule for rule, _ in office.rules if rule == "I112"] == (
            ["I112"] if week == 0 else []
        )
        assert office.rows["3-2"]["progress"] == f"第{week}次。"
