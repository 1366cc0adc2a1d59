"""The office's own workbook through the inbox: decisions and waivers take effect, and say where they came from."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import openpyxl
import pytest

from tests.support.cases import row_of
from tests.support.items import SETTINGS
from toolkit.ledger.entry import Entry
from toolkit.ledger.submission import Origin
from toolkit.queries.why import why_lines
from toolkit.run.round import run_round
from toolkit.run.templates import create_workspace
from toolkit.settings.reading import load
from toolkit.workbooks.template import write_ledger
from toolkit.workspace import Workspace

LEDGER = (
    {
        "问题编号": "3-1",
        "具体问题": "甲",
        "整改状态": "已完成",
        "完成时间": "2026-05-20",
        "整改进展情况": "5月20日修订《甲办法》，新增条款5条。",
    },
    {"问题编号": "3-2", "具体问题": "乙", "整改进展情况": "高度重视，加强管理。", "制度成果": ""},
    {"问题编号": "3-3", "具体问题": "丙", "整改进展情况": "5月21日召开会议3次。", "制度成果": ""},
)


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    workspace = create_workspace(tmp_path / "区", SETTINGS)
    entries = [Entry(item=row_of(line).item, origin=Origin("", "", 0)) for line in LEDGER]
    write_ledger(workspace.inbox / "基准.xlsx", entries, SETTINGS, dt.datetime(2026, 6, 1))
    return workspace


def run(place: Workspace, day: dt.date) -> tuple[Path, dict[str, Any]]:
    moment = dt.datetime.combine(day, dt.time(17))
    outcome = run_round(place, load(place.settings_path.read_bytes()), day, now=moment)
    return outcome.folder, json.loads((outcome.folder / "run.json").read_text(encoding="utf-8"))


def reviewed(
    place: Workspace,
    folder: Path,
    decisions: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
    waived: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
) -> None:
    """汇总台账.xlsx as the office fills it: {id: {column: value}}, {rule: {column: value}}; dropped into the inbox."""
    book = openpyxl.load_workbook(folder / "汇总台账.xlsx")
    for name, key, filled in (
        ("整改台账", "问题编号", decisions),
        ("核查意见", "规则", waived),
    ):
        sheet = book[name]
        heads = {cell.value: number for number, cell in enumerate(sheet[3], 1)}
        for row in range(4, sheet.max_row + 1):
            for column, value in filled.get(str(sheet.cell(row, heads[key]).value), {}).items():
                sheet.cell(row, heads[column]).value = value
    book.save(place.inbox / "汇总台账（已审）.xlsx")


SIGNED = {"审核人": "王主任", "审核日期": dt.date(2026, 6, 8)}


def test_decisions_take_effect_and_are_shown_with_their_place(place: Workspace) -> None:
    folder, _ = run(place, dt.date(2026, 6, 5))
    close = {"同意销号": "是", "审核意见": "同意销号", **SIGNED}
    extend = {"延期至": dt.date(2026, 9, 30), "依据": "会议纪要第3号", **SIGNED}
    back = {"同意销号": "否", "审核意见": "请补充数据", **SIGNED}
    reviewed(place, folder, {"3-1": close, "3-2": extend, "3-3": back})
    folder, record = run(place, dt.date(2026, 6, 12))
    rows = {row["id"]: row for row in record["rows"]}
    assert [given["role"] for given in record["inputs"]] == ["review"]
    assert ("closed" in rows["3-1"]["flags"], rows["3-2"]["due"]) == (True, "2026-09-30")
    assert "extended" in rows["3-2"]["flags"]
    assert [found["id"] for found in record["findings"] if found["rule"] == "I110"] == ["3-3"]
    assert [(d["id"], d["ruling"], d["by"]) for d in record["decisions"]] == [
        ("3-1", "close", "王主任"), ("3-2", "extend", "王主任"), ("3-3", "send_back", "王主任")
    ]  # fmt: skip
    sheet = openpyxl.load_workbook(folder / "汇总台账.xlsx")["整改台账"]
    heads = {cell.value: number for number, cell in enumerate(sheet[3], 1)}
    said = [sheet.cell(row, heads["审核情况"]).value for row in (4, 5, 6)]
    assert [text[:5] for text in said] == ["已销号（王", "已延期至2", "已退回（王"]
    assert "汇总台账（已审）.xlsx › 整改台账" in next(
        why_lines(place, SETTINGS.words.of, "3-2", "整改时限")
    )
    assert "审核：销号1个，延期1个，退回1个" in (folder / "运行说明.txt").read_text(
        encoding="utf-8-sig"
    )
    assert not [
        path
        for path in (folder / "下发").iterdir()
        if "3-1" in str(openpyxl.load_workbook(path)["整改台账"]["A4"].value)
    ]


def test_a_waived_finding_rests_until_its_last_day_and_then_speaks_again(place: Workspace) -> None:
    folder, record = run(place, dt.date(2026, 6, 5))
    assert "T101" in {found["rule"] for found in record["findings"]}
    waiver = {"免核理由": "已另行书面说明", "批准人": "王主任", "有效期至": dt.date(2026, 6, 12)}
    reviewed(place, folder, waived={"T101": waiver})
    _, record = run(place, dt.date(2026, 6, 12))
    assert "T101" not in {found["rule"] for found in record["findings"]}
    assert [(w["rule"], w["id"], w["by"], w["until"]) for w in record["waived"]] == [
        ("T101", "3-2", "王主任", "2026-06-12")
    ]
    _, record = run(place, dt.date(2026, 6, 19))
    assert "T101" in {found["rule"] for found in record["findings"]}
    assert record["waived"] == []


def test_a_unit_that_sends_last_week_s_file_again_has_reported_nothing(place: Workspace) -> None:
    entry = Entry(item=row_of(LEDGER[1]).item, origin=Origin("", "", 0))
    run(place, dt.date(2026, 6, 5))
    for day in (dt.date(2026, 6, 12), dt.date(2026, 6, 19)):
        path = place.inbox / "规划建设局.xlsx"
        write_ledger(path, [entry], SETTINGS, dt.datetime(2026, 6, 8), unit="规划建设局")
        _, record = run(place, day)
    assert [given["verdict"] for given in record["inputs"]] == ["duplicate"]
    assert record["figures"]["missing_units"] == ["规划建设局"]
    (report,) = record["reports"]
    assert report["reason"].startswith(
        "“规划建设局.xlsx”重复：与截至2026-06-12那一期收到的文件完全相同"
    )
