"""The real case, read where it lies beside the repository; tests are skipped, saying so, where it does not."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from toolkit.papers.prose_template import Prose
from toolkit.run.templates import create_workspace
from toolkit.settings.model import Settings
from toolkit.settings.papers import Document
from toolkit.settings.sections import Task
from toolkit.workspace import Workspace

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "songshanhu"
AS_OF = dt.date(2022, 5, 20)
NOW = dt.datetime(2022, 5, 20, 9, 0)

needed = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="没有../shared/data/songshanhu（真实案例不随代码库发布）"
)


def notice() -> dict[str, Any]:
    return dict(json.loads((FOLDER / "notice.json").read_text(encoding="utf-8")))


def ledger_rows() -> list[dict[str, str]]:
    with (FOLDER / "ledger.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def prose() -> Prose:
    said = notice()
    pairs: dict[str, Any] = {
        part: tuple((p["heading"], p["text"]) for p in said[part]) for part in ("part1", "part3")
    }
    plain = {
        name: said[name]
        for name in (
            "title",
            "opening",
            "part1_heading",
            "part2_heading",
            "part3_heading",
            "part3_intro",
            "contact",
        )
    }
    return Prose(**plain, **pairs)


def settings() -> Settings:
    return Settings(
        task=Task(
            issuer=notice()["issuer"],
            issuer_short="松山湖党工委",
            feedback_on=dt.date(2021, 11, 26),
            inspected_from=dt.date(2021, 8, 4),
            inspected_to=dt.date(2021, 10, 15),
        ),
        document=Document(issue_date=dt.date(2022, 5, 20)),
    )


def workspace(folder: Path) -> Workspace:
    return create_workspace(folder, settings(), prose())


def expected_part_two() -> list[str]:
    """Part two as published: heading, then each item's paragraphs behind its lead-in."""
    lines = []
    for group in notice()["groups"]:
        lines.append(f"（{group['number']}）{group['heading']}")
        number = 0
        for item in group["items"]:
            if item["problem"] is None:
                lead = "针对上述问题，"
            else:
                number += 1
                lead = f"{number}.针对“{item['problem']}”{item['suffix']}。"
            first, *rest = item["paragraphs"]
            lines += [lead + first, *rest]
    return lines
