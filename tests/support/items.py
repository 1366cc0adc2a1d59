"""A whole item, settings around it, and the reading of a file, for tests of every room."""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal
from pathlib import Path

from toolkit.arrivals import Arrival
from toolkit.intake.read import read
from toolkit.ledger.deadline_grammar import read_deadline
from toolkit.ledger.deadlines import Deadline
from toolkit.ledger.entry import Entry
from toolkit.ledger.item import Item
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Origin, Submission
from toolkit.ledger.units import Unit
from toolkit.settings.model import Settings
from toolkit.settings.sections import Task

UNITS = (
    Unit(name="规划建设局", aliases=("规建局",)),
    Unit(name="财政金融局"),
    Unit(name="社会事务局"),
)
SETTINGS = Settings(
    task=Task(
        issuer="中共甲乙工作委员会",
        issuer_short="甲乙党工委",
        feedback_on=dt.date(2026, 1, 16),
        phase_end=dt.date(2026, 7, 16),
    ),
    units=UNITS,
)


def deadline_of(text: str) -> Deadline:
    """What a deadline written in this way means to the office of SETTINGS."""
    read = read_deadline(text, SETTINGS.anchors)
    assert isinstance(read, Deadline)
    return read


ITEM = Item(
    id="3-2",
    source="常规巡察",
    main_problem="主要问题一",
    sub_problem="分项问题一。",
    problem="具体问题一",
    root_cause="责任不清",
    goal="建成机制",
    measures=("修订办法。", "召开会议。"),
    lead_leader="张三丰",
    lead_unit="规划建设局",
    co_units=("财政金融局", "社会事务局"),
    owner="李四",
    kind="限期整改",
    deadline=deadline_of("2026-06-30"),
    progress="一是修订《甲办法》。\n二是召开会议3次。",
    status=Status.DONE,
    completed_on=dt.date(2026, 6, 12),
    regulations=("《甲办法》", "《乙规则》"),
    evidence="附件3-2",
    money=Decimal("12.6"),
    people=2,
    difficulty="审批周期较长",
    next_steps="8月底前验收",
    remarks="说明",
)
ENTRY = Entry(item=ITEM, origin=Origin("样.xlsx", "整改台账", 4))


def arrival(name: str, data: bytes) -> Arrival:
    return Arrival(name, data, hashlib.sha256(data).hexdigest(), 0.0)


def read_one(file: Arrival, settings: Settings, *, has_baseline: bool) -> Submission:
    """The one submission that a workbook is."""
    (submission,) = read((file,), settings, has_baseline=has_baseline)
    return submission


def submission_of(path: Path, settings: Settings, *, has_baseline: bool = True) -> Submission:
    return read_one(arrival(path.name, path.read_bytes()), settings, has_baseline=has_baseline)
