"""An office's first ledger is never what we expect: whatever it is, there is a result or a sentence, and nothing is lost."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.runs import run_round
from toolkit.errors import UsageError
from toolkit.gongwen.document import visible_paragraphs
from toolkit.run.dispatch import dispatch_ledgers
from toolkit.run.round import Outcome
from toolkit.run.templates import create_workspace
from toolkit.settings.reading import load
from toolkit.workspace import Workspace

AS_OF, NOW = dt.date(2025, 5, 16), dt.datetime(2025, 5, 16, 9)
HEAD = ("问题编号", "主要问题", "分项问题", "具体问题", "整改措施", "牵头领导", "牵头单位", "整改时限", "整改进展情况", "整改状态")  # fmt: skip


@pytest.fixture
def first_run(tmp_path: Path) -> Callable[..., Any]:
    def go(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> tuple[Workspace, Outcome]:
        place = create_workspace(tmp_path / "区")
        book = openpyxl.Workbook()
        for row in (head, *rows):
            book.active.append(list(row))
        book.save(place.inbox / "台账.xlsx")
        return place, run_round(place, load(place.settings_path.read_bytes()), AS_OF, now=NOW)

    return go


def row(number: int, unit: str) -> tuple[str, ...]:
    return (
        f"1-{number}",
        "主",
        "分",
        f"具体{number}",
        "措施",
        "领导",
        unit,
        "2026年12月底",
        "已召开会议3次。",
        "正在整改",
    )


def test_names_of_units_that_no_file_can_bear_stop_nothing(first_run: Callable[..., Any]) -> None:
    units = ("很长的单位名称" * 16, "甲/乙局", "甲_乙局", "CON", "../../外面")
    place, outcome = first_run(*(row(number, unit) for number, unit in enumerate(units, 1)))
    names = sorted(path.name for path in (outcome.folder / "下发").iterdir())
    assert len(names) == 5
    assert "甲_乙局-整改台账-2025-05-16.xlsx" in names
    assert max(len(name.encode()) for name in names) < 200
    assert len(dispatch_ledgers(place, load(place.settings_path.read_bytes()), AS_OF)) == 5


def test_a_ledger_without_units_has_nothing_to_dispatch(first_run: Callable[..., Any]) -> None:
    place, _ = first_run(row(1, ""), row(2, ""))
    with pytest.raises(UsageError, match="没有可下发的内容"):
        dispatch_ledgers(place, load(place.settings_path.read_bytes()), AS_OF)


def test_a_ledger_of_two_levels_with_merged_cells_becomes_a_notice(tmp_path: Path) -> None:
    place = create_workspace(tmp_path / "区")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["市某局党组巡察反馈意见整改台账"])
    sheet.append(
        [
            "序号",
            "反馈问题",
            "具体表现",
            "整改措施",
            "牵头领导",
            "责任科室",
            "整改时限",
            "整改进展",
            "完成情况",
        ]
    )
    sheet.append(
        [
            1,
            "一、学习不够深入",
            "1.研讨不充分；",
            "制定计划",
            "甲",
            "办公室",
            "2024年3月底前，并长期坚持",
            "已印发《2024年学习计划》,组织研讨3次",
            "已完成",
        ]
    )
    sheet.append(
        [
            2,
            None,
            "2.“第一议题”落实不到位；",
            "修订制度",
            "甲",
            "办公室",
            "立行立改",
            '修订《"第一议题"学习制度》等制度2项',
            "完成",
        ]
    )
    sheet.append(
        [
            3,
            "二、服务有差距",
            "3.APP使用率低(低于30%)。",
            "推广",
            "乙",
            "审批科",
            "2024年6月",
            None,
            "持续推进",
        ]
    )
    sheet.merge_cells("A1:I1")
    sheet.merge_cells("B3:B4")
    book.save(place.inbox / "台账.xlsx")
    outcome = run_round(place, load(place.settings_path.read_bytes()), AS_OF, now=NOW)
    texts = visible_paragraphs(outcome.folder / "整改进展通报.docx")
    start = texts.index("（一）学习不够深入。")
    assert texts[start : start + 5] == (
        "（一）学习不够深入。",
        "1.针对“研讨不充分”的问题。已印发《2024年学习计划》，组织研讨3次。",
        "2.针对“‘第一议题’落实不到位”的问题。修订《“第一议题”学习制度》等制度2项。",
        "（二）服务有差距。",
        "1.针对“APP使用率低（低于30%）”的问题。【该问题尚未填报整改进展情况】",
    )
    assert (
        not (outcome.folder / "运行说明.txt").read_text(encoding="utf-8-sig").startswith("整改整改")
    )
    rows = json.loads((outcome.folder / "run.json").read_text(encoding="utf-8"))["rows"]
    assert [found["due"] for found in rows] == ["2024-03-31", None, "2024-06-30"]
