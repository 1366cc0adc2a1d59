"""What matching, merging and deciding find is said in the office's words for the statuses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.register.test_codes import consolidated
from tests.support import cases
from tests.support.words import INVENTED, invented, standard_words
from toolkit.register.codes import CODES

KNOWN = {"台账库·问题编号": "3-2", "台账库·具体问题": "部分项目前期论证不充分"}
# Tables in which the office and units contradict each other about a status.
CONTRADICTIONS = {
    "an edit beside a return": (
        {"问题编号": "3-2", "具体问题": "部分项目前期论证不充分", "整改状态": "阶段性完成"},
        {**KNOWN, "台账库·整改状态": "正在整改", "整改办·整改状态": "已完成"},
    ),
    "a co-operating unit": (
        {"问题编号": "3-2", "具体问题": "部分项目前期论证不充分", "整改状态": "已完成"},
        {**KNOWN, "台账库·牵头单位": "财政金融局", "台账库·配合单位": "规划建设局", "台账库·整改状态": "未启动"},
    ),
    "closing what is not done": ({**KNOWN, "台账库·整改状态": "长期坚持", "审核·同意销号": "是"},),
}  # fmt: skip
TABLES = [
    *(pytest.param(table, id=f"{code}-{n}") for code, told in CODES.items() for n, table in enumerate(told.bad)),
    *(pytest.param(table, id=name) for name, table in CONTRADICTIONS.items()),
]  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_no_finding_names_a_status_otherwise(
    table: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "SETTINGS", replace(cases.SETTINGS, words=INVENTED))
    rows = tuple({header: invented(text) for header, text in row.items()} for row in table)
    _, merged, codes = consolidated(rows)
    assert codes
    for found in merged.findings:
        said = found.worded(INVENTED.of)
        for text in (said.message, said.fix):
            assert "{" not in text
            assert list(standard_words(text)) == []


def test_all_three_values_of_a_conflict_are_in_the_office_s_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cases, "SETTINGS", replace(cases.SETTINGS, words=INVENTED))
    table = CONTRADICTIONS["an edit beside a return"]
    _, merged, _ = consolidated(tuple({h: invented(t) for h, t in row.items()} for row in table))
    (conflict,) = [found for found in merged.findings if found.rule == "I114"]
    message = conflict.worded(INVENTED.of).message
    assert all(word in message for word in (INVENTED.in_progress, INVENTED.done, INVENTED.phased))
