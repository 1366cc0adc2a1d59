"""The chain: whatever of a state is changed afterwards is found, and equal states have equal links."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.items import ENTRY
from toolkit.ledger.columns import CODES
from toolkit.ledger.decision import Decision, Ruling
from toolkit.ledger.finding import Place
from toolkit.ledger.letter import Letter, LetterKind, Reply
from toolkit.ledger.revision import Revision, RevisionKind
from toolkit.ledger.submission import Role, Row, Submission, Verdict
from toolkit.ledger.waiver import Waiver
from toolkit.register import chain
from toolkit.register.answers import answer_of
from toolkit.register.change import Change
from toolkit.register.merge import Merged
from toolkit.register.pending import Plan
from toolkit.register.snapshot import Delivered
from toolkit.register.store import Register

FIRST, SECOND = dt.date(2026, 6, 12), dt.date(2026, 6, 19)
PLACE = Place("报.xlsx", "整改台账", "N4")
ROW = Row(ENTRY.origin, ENTRY.item)
WAIVER = Waiver(rule="D104", id="3-2", column="status", reason="特殊", by="王主任", until=SECOND)
GIVEN = Submission("报.xlsx", "1", Verdict.ACCEPTED, Role.RETURN, rows=(ROW,), waivers=(WAIVER,))
DECISION = Decision(
    id="3-2", ruling=Ruling.CLOSE, opinion="同意", basis="纪要", by="王主任", on=FIRST, until=None, place=PLACE
)  # fmt: skip
MERGED = Merged(
    (ENTRY,), (GIVEN,), (),
    tuple(Change("3-2", code, getattr(ENTRY.item, code), PLACE) for code in CODES),
    (DECISION,), co_answers=(answer_of(ROW, "财政金融局"),), pairings=(("规划建设局", "问题", "3-2"),),
)  # fmt: skip
LETTER = Letter(
    kind=LetterKind.URGE, prefix="整改督", serial=1, unit="规划建设局", items=("3-2",), as_of=FIRST
)
REVISION = Revision(
    kind=RevisionKind.WORDING,
    file="通报.docx",
    item="3-2",
    old="甲",
    new="乙",
    author="王",
    on="2026-06-12",
)
REPLY = Reply(number=LETTER.number, on=FIRST, content="正在办理", place=PLACE)
PLAN = Plan(period=1, run=1, since=FIRST, as_of=FIRST, settings="设置一")


def keep(
    path: Path, plan: Plan = PLAN, merged: Merged = MERGED, *, basis: str = "依据",
    deliveries: Sequence[Delivered] = (Delivered("报.xlsx", "1", 1, 0.0),),
) -> str:  # fmt: skip
    """A state in which every table has a row; its link."""
    with Register.open(path) as register, register.begin(plan) as pending:
        pending.keep(deliveries, merged, [LETTER], [REVISION])
        pending.keep_figures([("problems", "", "", "1")], [("3-2", "money")])
        pending.keep_reports([("规划建设局", True, "报送1个问题")])
        pending.keep_replies([REPLY])
        pending.close(basis)
        pending.seal(plan.as_of.isoformat(), {"通报.docx": "a" * 64})
        return pending.link


def faults(path: Path) -> tuple[str, ...]:
    with Register.open(path) as register:
        return register.faults()


def altered(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        assert db.execute(statement).rowcount == 1


ALTERATIONS = {
    "arrivals": "UPDATE arrivals SET sha256 = '2'",
    "inputs": "UPDATE inputs SET rows = rows + 1",
    "origins": "UPDATE origins SET row = 99",
    "facts": "UPDATE facts SET value = '\"改\"' WHERE \"column\" = 'progress'",
    "waivers": "UPDATE waivers SET by = '别人'",
    "decisions": "UPDATE decisions SET basis = '没有'",
    "answers": "UPDATE answers SET progress = '改'",
    "pairings": "UPDATE pairings SET text = '改'",
    "letters": "UPDATE letters SET items = '[]'",
    "strokes": "UPDATE strokes SET new = '丙'",
    "taken": "UPDATE taken SET item_id = '3-2x'",
    "doubtful": "UPDATE doubtful SET \"column\" = 'people'",
    "figures": "UPDATE figures SET value = '2'",
    "reports": "UPDATE reports SET reported = 0",
    "replies": "UPDATE replies SET content = '改'",
}


def test_every_table_of_a_state_is_altered_below() -> None:
    """Which state named an item first does not count: its facts do."""
    assert set(ALTERATIONS) == set(chain.OF_A_ROUND) - {"items"}


@pytest.mark.parametrize("table", ALTERATIONS)
def test_a_row_that_was_altered_is_found(tmp_path: Path, table: str) -> None:
    keep(tmp_path / "r.db")
    assert faults(tmp_path / "r.db") == ()
    altered(tmp_path / "r.db", ALTERATIONS[table])
    assert faults(tmp_path / "r.db") == (f"截至{FIRST}的一期数据或决定与登记时不一致",)


@pytest.mark.parametrize("table", [*ALTERATIONS])
def test_a_row_that_was_taken_away_is_found(tmp_path: Path, table: str) -> None:
    keep(tmp_path / "r.db")
    altered(tmp_path / "r.db", f"DELETE FROM {table} WHERE id = 1")  # noqa: S608
    assert faults(tmp_path / "r.db") != ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rounds SET settings = '设置二'",
        "UPDATE rounds SET toolkit = '0.0'",
        "UPDATE rounds SET as_of = '2026-06-13'",
        "UPDATE states SET basis = '别的'",
        "UPDATE states SET period = 2",
    ],
)
def test_what_a_state_was_made_with_is_bound_too(tmp_path: Path, statement: str) -> None:
    keep(tmp_path / "r.db")
    altered(tmp_path / "r.db", statement)
    assert faults(tmp_path / "r.db") != ()


def test_a_file_that_was_issued_is_bound_by_the_seal(tmp_path: Path) -> None:
    keep(tmp_path / "r.db")
    altered(tmp_path / "r.db", "UPDATE issued SET sha256 = 'b'")
    assert faults(tmp_path / "r.db") == (f"截至{FIRST}的一期成果清单与登记时不一致",)


def test_other_settings_make_another_link(tmp_path: Path) -> None:
    links = {
        keep(tmp_path / f"{n}.db", replace(PLAN, settings=settings))
        for n, settings in enumerate(["设置一", "设置二", "设置一 "])
    }
    assert len(links) == 3


def test_the_same_state_has_the_same_link_however_many_runs_it_took(tmp_path: Path) -> None:
    once = keep(tmp_path / "一.db")
    late = (Delivered("报.xlsx", "1", 3, 99.0),)
    assert keep(tmp_path / "二.db", replace(PLAN, run=3), deliveries=late) == once
    assert keep(tmp_path / "三.db", basis="别的") != once


def test_a_folder_s_name_is_not_bound(tmp_path: Path) -> None:
    keep(tmp_path / "r.db")
    altered(tmp_path / "r.db", "UPDATE rounds SET folder = '2026-06-12-2'")
    assert faults(tmp_path / "r.db") == ()


def test_a_period_stands_on_the_one_before_it_and_on_its_signatures(tmp_path: Path) -> None:
    def second(path: Path, *, signed: bool, other: bool = False) -> str:
        merged = replace(MERGED, decisions=()) if other else MERGED
        keep(path, merged=merged)
        if signed:
            with closing(sqlite3.connect(path)) as db, db:
                db.execute(
                    'INSERT INTO signatures (round_id, paper, number, by, "on", sha256, texts)'
                    " VALUES (1, '通报.docx', '甲〔2026〕1号', '张', '2026-06-12', 'c', '[]')"
                )
        plan = Plan(period=2, run=1, since=SECOND, as_of=SECOND, settings="设置一")
        return keep(path, plan, Merged((ENTRY,), (), (), ()))

    links = [
        second(tmp_path / "一.db", signed=False),
        second(tmp_path / "二.db", signed=True),
        second(tmp_path / "三.db", signed=False, other=True),
    ]
    assert len(set(links)) == 3
    assert faults(tmp_path / "二.db") == ()
    altered(tmp_path / "二.db", "UPDATE signatures SET by = '李'")
    assert faults(tmp_path / "二.db") == (f"截至{SECOND}的一期数据或决定与登记时不一致",)


def test_a_later_period_does_not_hide_an_earlier_one_that_was_altered(tmp_path: Path) -> None:
    keep(tmp_path / "r.db")
    plan = Plan(period=2, run=1, since=SECOND, as_of=SECOND, settings="设置一")
    keep(tmp_path / "r.db", plan, Merged((ENTRY,), (), (), ()))
    altered(tmp_path / "r.db", "UPDATE decisions SET basis = '没有' WHERE round_id = 1")
    assert faults(tmp_path / "r.db") == (f"截至{FIRST}的一期数据或决定与登记时不一致",)
