"""Two rounds and a signing that leave every kind of paper, workbook and record there is, from an invented ledger.

No text of it holds a word that a status is called by, so that whatever names one was written by the toolkit.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import openpyxl

from tests.support.items import SETTINGS
from toolkit.gongwen.rewording import reword
from toolkit.issued.sign import Signing, sign
from toolkit.ledger.deadline_grammar import read_deadline
from toolkit.ledger.deadlines import Deadline
from toolkit.ledger.entry import Entry
from toolkit.ledger.item import Item
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Origin
from toolkit.papers.notice import TEMPLATES
from toolkit.papers.prose import EARLIER
from toolkit.run.finding_catalogue import rule_lines_of_settings
from toolkit.run.round import run_round
from toolkit.run.templates import STAMP, create_workspace
from toolkit.settings.reading import load
from toolkit.workbooks.settings_book import write_settings
from toolkit.workbooks.template import write_ledger

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from toolkit.settings.model import Settings
    from toolkit.workspace import Workspace

FIRST, SECOND = dt.date(2026, 6, 12), dt.date(2026, 6, 19)
OFFICE: Settings = replace(
    SETTINGS,
    task=replace(
        SETTINGS.task, superior="市委", inspector="第三巡察组", round_name="第六轮", inspected_from=dt.date(2025, 10, 13),
        inspected_to=dt.date(2025, 12, 19),
    ),
    document=replace(
        SETTINGS.document, mark="甲乙党工委文件", phone="1", email="a@b", address="路1号", postcode="000000", cc="市委巡察办",
        printed_by="甲乙办公室", urgency="加急",
    ),
)  # fmt: skip


def item(number: int, status: Status, unit: str, due: str, **more: object) -> Item:
    """An item of the ledger, told apart by its number."""
    whole = Item(
        id=f"1-{number}", main_problem="主要问题。", sub_problem=f"分项问题{number}。", problem=f"第{number}件事办得不实，涉及{number * 37}户",
        measures=("修订办法。",), lead_leader=("张三丰", "李四光")[number % 2], lead_unit=unit, owner="王五", kind="限期整改",
        deadline=_deadline(due), status=status, next_steps="月底前验收。",
        progress=f"3月{number}日修订《甲办法》，新增条款{number}条，清退资金{number}万元。",
    )  # fmt: skip
    return replace(whole, **more)  # type: ignore[arg-type]


def _deadline(due: str) -> Deadline:
    deadline = read_deadline(due, OFFICE.anchors)
    assert isinstance(deadline, Deadline)
    return deadline


LEDGER = (
    item(1, Status.DONE, "规划建设局", "2026-06-30", completed_on=dt.date(2026, 5, 20), evidence="附件1"),
    item(2, Status.IN_PROGRESS, "规划建设局", "2026-06-25", co_units=("财政金融局",)),
    item(3, Status.IN_PROGRESS, "财政金融局", "2026-06-10"),
    item(4, Status.NOT_STARTED, "社会事务局", "2026-03-01"),
    item(5, Status.PHASED, "财政金融局", "2026-12-31"),
    item(6, Status.STANDING, "社会事务局", "2026-12-31"),
    item(7, Status.IN_PROGRESS, "财政金融局", "2026-09-30"),
    item(8, Status.DONE, "社会事务局", "2026-06-30", completed_on=dt.date(2026, 6, 1), evidence="附件8"),
    item(9, Status.IN_PROGRESS, "规划建设局", "2026-06-28"),
)  # fmt: skip
# What units report in the second week: mistakes of every kind about statuses, and news.
REPORTS = {
    "规划建设局": (
        replace(LEDGER[1], status=Status.DONE, progress="6月15日印发《乙办法》，尚未公示。"),
    ),
    "财政金融局": (
        replace(LEDGER[2], status=Status.PHASED, progress="6月16日清退12户，已全部整改到位。"),
        replace(LEDGER[6], status=Status.STANDING, kind="立行立改"),
        replace(LEDGER[1], status=Status.NOT_STARTED, progress="6月14日提供资料3份。"),
    ),
    "社会事务局": (
        replace(LEDGER[3], progress="6月17日召开会议2次，印发《丙办法》。", evidence="附件4"),
        replace(LEDGER[7], status=Status.IN_PROGRESS),
    ),
}  # fmt: skip
SIGNED: dict[str, str | dt.date] = {
    "审核人": "王主任",
    "审核日期": dt.date(2026, 6, 18),
    "依据": "会议纪要第3号",
}
DECISIONS: dict[str, dict[str, str | dt.date]] = {
    "1-1": {"同意销号": "是", **SIGNED},
    "1-3": {"同意销号": "是", **SIGNED},
    "1-5": {"延期至": dt.date(2027, 3, 31), **SIGNED},
    "1-6": {"同意销号": "否", "审核意见": "请补充数据", **SIGNED},
}


@dataclass(frozen=True, slots=True)
class Made:
    """The workspace and the folder of its second round."""

    place: Workspace
    folder: Path


def make(
    root: Path, settings: Settings, templates: Settings | None = None, *, by: str = ""
) -> Made:
    """Run both rounds with these settings; the templates were written under others, where `templates` says so.

    `by`: an earlier version, whose sentences name statuses in the words of the standard.
    """
    place = create_workspace(root, templates or settings)
    if by:
        now_as_then = {now: then for then, now in EARLIER.items()}
        for name in TEMPLATES.values():
            assert reword(place.templates / name, now_as_then)
    write_settings(settings, place.settings_path, STAMP, rule_lines_of_settings(settings.words))
    write_ledger(place.inbox / "基准.xlsx", entries(LEDGER), settings, at(FIRST))
    first = run(place, FIRST)
    for unit, items in REPORTS.items():
        write_ledger(place.inbox / f"{unit}.xlsx", entries(items), settings, at(SECOND), unit=unit)
    decide(first, place.inbox / "汇总台账（已审）.xlsx")
    folder = run(place, SECOND)
    signing = Signing(round=folder.name, by="王书记", on=dt.date(2026, 6, 22), number="甲乙通〔2026〕12号")  # fmt: skip
    sign(place, load(place.settings_path.read_bytes()), signing)
    return Made(place, folder)


def entries(items: Sequence[Item]) -> list[Entry]:
    """The items as the ledger has them."""
    return [Entry(item=one, origin=Origin("", "", 0)) for one in items]


def at(day: dt.date) -> dt.datetime:
    """The afternoon of a day."""
    return dt.datetime.combine(day, dt.time(17))


def run(place: Workspace, day: dt.date) -> Path:
    """One round; its folder."""
    settings = load(place.settings_path.read_bytes())
    return run_round(place, settings, day, now=at(day)).folder


def decide(folder: Path, path: Path) -> None:
    """The consolidated workbook as the office fills it."""
    book = openpyxl.load_workbook(folder / "汇总台账.xlsx")
    sheet = book["整改台账"]
    heads = {str(cell.value): number for number, cell in enumerate(sheet[3], 1)}
    for row in range(4, sheet.max_row + 1):
        decided = DECISIONS.get(str(sheet.cell(row, heads["问题编号"]).value), {})
        for header, value in decided.items():
            sheet.cell(row, heads[header]).value = value
    book.save(path)
