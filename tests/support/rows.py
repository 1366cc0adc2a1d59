"""Random rows of a ledger as units fill them, well and badly; the same seed gives the same rows."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from tests.support.cases import SETTINGS
from toolkit.ledger.deadline_grammar import read_deadline
from toolkit.ledger.reading import Unreadable
from toolkit.workbooks.ledger_row import LedgerRow

NOTHING = (None, None, "无", "/", "—", "暂无", " ", "N/A")
STATUSES = (
    "未启动", "正在整改", "阶段性完成", "已完成", "已完成", "长期坚持", "已完成。", "完 成", "整改中", "√", "100%", "80%左右", "八成以上", 1, 0.5, 0, 80, 100,
    "差不多了", "已销号", "快了", 5, None,
)  # fmt: skip
PROGRESS = (
    "3月12日修订《甲办法》，新增条款5条，清退资金12.6万元，召开联席会议3次。", "已起草《甲办法》，待审议后印发。", "5个问题已全部整改到位。",
    "整改完成率已达到100%。", "完成率为80%。", "办结率100％，问题已解决。", "推进中", "整改" * 1001, "正在推进，尚未验收。", *NOTHING,
)  # fmt: skip
DEADLINES = ("长期坚持", "立行立改", "2026年底前，并长期坚持", "每季度末", "尽快", "年底前", None)
TEXTS = ("8月底前完成平台验收", "涉及上级审批", "附件3-2 会议纪要", *NOTHING)


def random_rows(number: int, today: dt.date, seed: int = 20260619) -> list[LedgerRow]:
    """Rows with every kind of right and wrong that a formula can tell, and their like."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    rows = [_row(chance, today, f"{n // 10 + 1}-{n % 10 + 1}") for n in range(number)]
    return [_clean(row) if chance.random() < 0.1 else row for row in rows]


def _clean(row: LedgerRow) -> LedgerRow:
    """A row of the same number with nothing wrong in it."""
    cells = {
        **{code: row.cells[code] for code in ("id", "sub_problem", "lead_unit")}, "measures": "修订办法。", "lead_leader": "张三丰",
        "owner": "李四", "kind": "长期坚持", "deadline": "2026年底前，并长期坚持", "progress": "3月12日修订《甲办法》。", "status": "长期坚持",
    }  # fmt: skip
    return _known(cells)


def _day(chance: random.Random, today: dt.date) -> dt.date:
    days = (
        today + dt.timedelta(chance.randint(-60, 60)),
        today,
        today + dt.timedelta(1),
        dt.date(2062, 6, 30),
    )
    return chance.choice((*days, dt.date(2025, 9, 30), dt.date(2026, 1, 15)))


def _row(chance: random.Random, today: dt.date, number: str) -> LedgerRow:
    pick = chance.choice
    deadline = pick((_day(chance, today), _day(chance, today), pick(DEADLINES)))
    written = {
        "id": number, "sub_problem": "分项问题。", "problem": pick(("两笔接待未签字审批", "论证不充分", None)),
        "goal": pick(("建成机制", "每季度复核一次", None)), "measures": pick(("修订办法。", "1.修订办法。\n2.召开会议。", *NOTHING)),
        "lead_leader": pick(("张三丰", "张三丰", "无", None)), "lead_unit": "规划建设局", "owner": pick(("李四", "李四", None)),
        "kind": pick(("立行立改", "限期整改", "长期坚持", "看情况", None)), "deadline": deadline, "progress": pick(PROGRESS),
        "status": pick(STATUSES),
        "completed_on": pick((
            _day(chance, today), _day(chance, today), "2026年3月12日", "2026.3.12", "20260312", "26-3-12", "6-3-12", "2026-02-30",
            "2026年3月", "下个月吧", *NOTHING,
        )),
        "regulations": pick(("《甲办法》", *NOTHING)), "evidence": pick(TEXTS),
        "money": pick((12.6, 0, -3, 100000, "若干", "3.5万元", "1,200元", "-5", "10余万", "12.6", *NOTHING)),
        "people": pick((2, 0, -1, 2.5, "3人次", "10余人次", "若干", "5", *NOTHING)),
        "difficulty": pick(TEXTS), "next_steps": pick(TEXTS),
        "remarks": pick((None, "说明", "进展情况写在这里，" * 5)),
    }  # fmt: skip
    cells = {code: value for code, value in written.items() if value is not None}
    return _known(cells) if chance.random() < 0.6 else LedgerRow(cells=cells)


def _known(cells: dict[str, Any]) -> LedgerRow:
    """The same row where the office knows what the words of the deadline mean."""
    read = read_deadline(cells.get("deadline", ""), SETTINGS.anchors)
    return LedgerRow(
        cells=cells, key=cells["id"], deadline=None if isinstance(read, Unreadable) else read
    )
