"""A ledger of one level of problems comes back in whatever column a unit writes it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.drawn import HEAD, line, reading
from toolkit.register.match import match
from toolkit.register.merge import merge
from toolkit.register.snapshot import Snapshot

PLAIN = [head for head in HEAD if head != "分项问题"]
TWO = ["主要问题" if head == "分项问题" else head for head in HEAD]


def rows(head: list[str], **changed: str) -> list[list[str]]:
    renamed = {"主要问题": "分项问题"}
    cells = [dict(zip(HEAD, line(number, **changed), strict=True)) for number in (1, 2, 3)]
    return [head, *([row[renamed.get(name, name)] for name in head] for row in cells)]


def known(head: list[str]) -> Snapshot:
    first = reading(rows(head), has_baseline=False)
    return Snapshot(entries=merge(Snapshot(), (first,)).entries)


@pytest.mark.parametrize("head", [PLAIN, TWO], ids=["one level", "two levels"])
def test_the_same_ledger_as_a_return_is_no_change(head: list[str]) -> None:
    before = known(head)
    levels = {
        (bool(e.item.main_problem), bool(e.item.sub_problem), bool(e.item.problem))
        for e in before.entries
    }
    assert levels == {(True, False, True) if head is TWO else (False, True, False)}
    back = reading(rows(head, 整改进展情况="4月2日召开会议3次。"))
    matched, _ = match((back,), before, 90)
    merged = merge(before, matched)
    assert [found.rule for found in merged.findings] == []
    assert all(entry.item.progress == "4月2日召开会议3次。" for entry in merged.entries)


def test_another_text_is_still_a_change() -> None:
    before = known(PLAIN)
    back = reading([PLAIN, *rows(PLAIN)[1:2]])
    other = reading([PLAIN, [cell.replace("具体问题1", "具体问题一改") for cell in rows(PLAIN)[1]]])
    for submission, rules in ((back, []), (other, ["I105"])):
        matched, _ = match((submission,), before, 90)
        assert [found.rule for found in merge(before, matched).findings] == rules


def test_a_register_that_kept_two_levels_as_main_and_sub_problem_goes_on() -> None:
    stored = tuple(
        replace(e, item=replace(e.item, sub_problem=e.item.problem, problem=""))
        for e in known(TWO).entries
    )
    before = Snapshot(entries=stored)
    matched, _ = match((reading(rows(TWO, 整改进展情况="4月2日召开会议3次。")),), before, 90)
    merged = merge(before, matched)
    assert [found.rule for found in merged.findings] == []
    assert all(entry.item.progress == "4月2日召开会议3次。" for entry in merged.entries)
