"""Whose rows are taken: the lead unit's; a co-operating unit's are kept as an answer, a stranger's are named."""

from __future__ import annotations

import pytest

from tests.support.cases import row_of
from toolkit.ledger.submission import Role, Submission, Verdict
from toolkit.register.ownership import own_rows

ITEM = row_of({"配合单位": "财政金融局"}).item
LEADING = frozenset({"规划建设局", "投资促进局"})


@pytest.mark.parametrize(
    ("unit", "progress", "taken", "answers", "rules"),
    [
        ("规划建设局", "6月1日验收合格。", 1, 0, []),
        ("财政金融局", "6月1日拨付资金3笔。", 0, 1, []),
        ("投资促进局", "6月1日验收合格。", 0, 0, ["I104"]),
        ("投资促进局", ITEM.progress, 0, 0, []),  # nothing new: no fault
        ("", "6月1日验收合格。", 1, 0, []),  # of nobody in particular: the row's own unit speaks
    ],
)
def test_whose_row_it_is(
    unit: str, progress: str, taken: int, answers: int, rules: list[str]
) -> None:
    row = row_of({"配合单位": "财政金融局", "整改进展情况": progress})
    given = Submission("报.xlsx", "1", Verdict.ACCEPTED, Role.RETURN, unit, rows=(row,))
    findings, co_answers = [], []  # type: ignore[var-annotated]
    own = own_rows(given, {ITEM.id: ITEM}, LEADING, findings, co_answers)
    assert (len(own.rows), len(co_answers), [found.rule for found in findings]) == (
        taken,
        answers,
        rules,
    )
    assert len(own.rows) + len(own.untaken) == 1  # what is not taken is named


def test_another_role_keeps_its_rows() -> None:
    given = Submission("台账.xlsx", "1", Verdict.ACCEPTED, Role.BASELINE, "", rows=(row_of({}),))
    assert own_rows(given, {}, LEADING, [], []) is given
