"""Each row under its item: what was not found by its own number is said, and no two rows stand on one item."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.items import ENTRY
from toolkit.ledger.decision import Decision, Ruling
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Place
from toolkit.ledger.item import Item
from toolkit.ledger.submission import Origin, Role, Row, Submission, Verdict
from toolkit.register.match import match
from toolkit.register.snapshot import Snapshot

PROBLEMS = {
    "1-1": "会议记录缺失", "1-2": "合同归档不及时", "1-3": "公车管理台账缺项", "2-1": "预算执行进度偏慢", "2-2": "往来款长期未清理",
}  # fmt: skip
LIKENESS = 90


def entry(id_: str, problem: str) -> Entry:
    return replace(
        ENTRY, item=Item(id=id_, sub_problem="分项。", problem=problem, lead_unit="规划建设局")
    )


KNOWN = Snapshot(tuple(entry(*pair) for pair in PROBLEMS.items()))


def row(number: int, id_: str = "", problem: str = "", key: str = "", progress: str = "") -> Row:
    item = Item(id=id_, problem=problem, lead_unit="规划建设局", progress=progress)
    return Row(Origin("报.xlsx", "表", number), item, typed={"id": id_}, key=key)


def given_(*rows: Row, file: str = "报.xlsx", verdict: Verdict = Verdict.ACCEPTED) -> Submission:
    return Submission(file, file, verdict, Role.RETURN, "规划建设局", rows=rows)


def matched(*rows: Row, known: Snapshot = KNOWN) -> tuple[Submission, list[tuple[str, str]]]:
    (submission,), findings = match([given_(*rows)], known, LIKENESS)
    return submission, [(found.rule, found.id) for found in findings]


@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(list(PROBLEMS)), max_size=9))
def test_every_row_is_taken_under_its_item_or_is_named(
    chance: random.Random, ids: list[str]
) -> None:
    """Rows that give their number, or their text, or both, in any order and more than once."""
    rows = []
    for number, id_ in enumerate(ids, 4):
        written, text = chance.choice(
            [(id_, PROBLEMS[id_]), (id_, PROBLEMS[id_]), ("", PROBLEMS[id_])]
        )
        rows.append(row(number, written, text))
    submission, findings = matched(*rows)
    taken = [found.item.id for found in submission.rows]
    assert taken == list(dict.fromkeys(ids))
    assert len(submission.untaken) == len(ids) - len(taken) == len(findings)
    assert {rule for rule, _ in findings} <= {"I102"}
    first = {id_: ids.index(id_) + 4 for id_ in taken}
    assert {found.item.id: found.origin.row for found in submission.rows} == first


def test_a_key_wins_over_what_is_written_and_the_change_is_named() -> None:
    submission, findings = matched(row(4, "2-2", "会议记录缺失", key="1-1"))
    assert [found.item.id for found in submission.rows] == ["1-1"]
    assert findings == [("I103", "2-2")]


def test_a_text_that_is_much_like_one_is_taken_and_asked_about() -> None:
    submission, findings = matched(row(4, "", "公车的管理台账缺项"))
    (found,) = submission.rows
    assert (found.item.id, found.like) == ("1-3", True)
    assert [rule for rule, _ in findings] == ["I112"]


@pytest.mark.parametrize(
    ("id_", "problem"), [("9-9", "自己加的问题"), ("", "自己加的问题"), ("9-9", "")]
)
def test_what_nobody_knows_is_not_taken_and_its_text_is_kept(id_: str, problem: str) -> None:
    submission, findings = matched(row(7, id_, problem, progress="已办结。"))
    assert submission.rows == ()
    (left,) = submission.untaken
    assert (left.sheet, left.row, left.text) == ("表", 7, problem or "已办结。")
    assert [rule for rule, _ in findings] == ["I101"]
    assert left.reason.endswith("该行未采用。")


def test_what_has_left_the_ledger_says_what_stands_for_it() -> None:
    decision = Decision(
        id="3-1", ruling=Ruling.SPLIT, opinion="拆分", basis="纪要", by="王主任", on=ENTRY.item.completed_on or None,  # type: ignore[arg-type]
        until=None, place=Place("汇总台账.xlsx"), others=("3-1-1", "3-1-2"),
    )  # fmt: skip
    known = replace(KNOWN, withdrawn={"3-1": decision})
    submission, findings = matched(row(4, "3-1", "救助审核不严"), known=known)
    assert submission.rows == ()
    assert [rule for rule, _ in findings] == ["I116"]
    assert "3-1-1、3-1-2" in submission.untaken[0].reason


def test_before_there_is_a_register_a_row_is_what_it_calls_itself() -> None:
    files = [
        given_(row(4, "1-1", "甲问题描述")),
        given_(row(4, "1-1", "乙完全不同的事"), file="二.xlsx"),
    ]
    (first, second), findings = match(files, Snapshot(), LIKENESS)
    assert [found.item.id for found in first.rows] == ["1-1"]
    assert second.rows == ()
    assert [found.rule for found in findings] == ["I102"]
    assert "“报.xlsx”第4行" in findings[0].message
    nameless, findings = match([given_(row(5, "", "没有编号"))], Snapshot(), LIKENESS)
    assert nameless[0].rows == ()
    assert [found.rule for found in findings] == ["I106"]


@pytest.mark.parametrize(
    "verdict", [verdict for verdict in Verdict if verdict is not Verdict.ACCEPTED]
)
def test_what_was_not_accepted_is_not_looked_at(verdict: Verdict) -> None:
    submission = given_(row(4, "9-9"), verdict=verdict)
    assert match([submission], KNOWN, LIKENESS) == ((submission,), ())
