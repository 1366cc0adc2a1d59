"""Statuses of an item: five codes, the words that units write for them, and how a written word is read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from toolkit.ledger.reading import Unreadable


class Status(StrEnum):
    """Where the rectification of an item stands, as a unit may report it (design §5)."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    PHASED = "phased"
    DONE = "done"
    STANDING = "standing"


# The words of the template's drop-down list and of every paper unless the settings say otherwise.
WORDS: dict[Status, str] = {
    Status.NOT_STARTED: "未启动",
    Status.IN_PROGRESS: "正在整改",
    Status.PHASED: "阶段性完成",
    Status.DONE: "已完成",
    Status.STANDING: "长期坚持",
}
