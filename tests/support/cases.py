"""A rule's example as the cases that the rule looks at: what a person typed, and what the register knew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from tests.support.items import SETTINGS as OFFICE
from toolkit.checks.examine import Plan, case_of
from toolkit.checks.rule import Case, CheckContext, Example, Examples, Fault, Rule, Scope
from toolkit.intake.headers import known_code
from toolkit.ledger.columns import BY_CODE, CODES
from toolkit.ledger.entry import Entry
from toolkit.ledger.finding import Place
from toolkit.ledger.form import STANDARD, Form, FormColumn, OwnKind
from toolkit.ledger.item import Item
from toolkit.ledger.own import OwnCell, own_code
from toolkit.ledger.readers import read_cell
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.submission import Origin, Role, Row, Submission, Verdict
from toolkit.ledger.units import Unit

SETTINGS = replace(
    OFFICE.with_units((*OFFICE.units, Unit(name="投资促进局"))),
    task=replace(
        OFFICE.task, inspected_from=dt.date(2025, 10, 13), inspected_to=dt.date(2025, 12, 19)
    ),
    form=Form(
        (
            *STANDARD,
            FormColumn(heading="档案编号", code=own_code("档案编号"), required=True),
            FormColumn(
                heading="结算金额（元）", code=own_code("结算金额（元）"), kind=OwnKind.YUAN
            ),
            FormColumn(heading="验收日期", code=own_code("验收日期"), kind=OwnKind.DATE),
            FormColumn(
                heading="是否公开",
                code=own_code("是否公开"),
                kind=OwnKind.CHOICE,
                choices=("是", "否"),
            ),
        )
    ),
)
AS_OF = dt.date(2026, 6, 19)
LETTERS = MappingProxyType({code: chr(65 + number) for number, code in enumerate(CODES)})
WHOLE = {
    "问题编号": "3-2", "分项问题": "分项问题。", "整改措施": "修订办法。", "牵头单位": "规划建设局", "牵头领导": "张三丰", "责任人": "李四",
    "整改类型": "限期整改", "整改时限": "2026-06-30", "整改进展情况": "3月12日修订《甲办法》，新增条款5条。", "整改状态": "正在整改",
    "下一步措施": "6月底前验收。", "制度成果": "《甲办法》", "佐证材料": "附件3-2",
}  # fmt: skip
BEFORE, REGISTER, QUIET = "上期·", "台账库·", "连续未变"


def row_of(example: Example, number: int = 4, file: str = "样.xlsx") -> Row:
    said = {**WHOLE, **{header: text for header, text in example.items() if known_code(header)}}
    typed = {known_code(header): text for header, text in said.items() if text}
    values: dict[str, Any] = {}
    unreadable: dict[str, Any] = {}
    for code, text in typed.items():
        value = read_cell(BY_CODE[code], text, SETTINGS.context)
        (unreadable if isinstance(value, Unreadable) else values)[code] = value
    item = Item(**{c: v for c, v in values.items() if v is not None})
    own = {header: text for header, text in example.items() if not known_code(header)}
    place = Place(file, "整改台账", f"Z{number}")
    letters = {**LETTERS, **dict.fromkeys(map(own_code, own), "Z")}
    cells = {header: OwnCell(text, place) for header, text in own.items() if text}
    return Row(Origin(file, "整改台账", number), item, letters, typed, unreadable, own=cells)


def split(
    example: Example,
) -> tuple[dict[str, str], dict[str, str] | None, dict[str, str] | None, int]:
    """What is typed now, what the register knew of it (None: nothing), and the rounds without change."""
    now = {h: t for h, t in example.items() if not h.startswith((BEFORE, REGISTER)) and h != QUIET}
    before = {h.removeprefix(BEFORE): t for h, t in example.items() if h.startswith(BEFORE)}
    known = {h.removeprefix(REGISTER): t for h, t in example.items() if h.startswith(REGISTER)}
    return now, before or None, known or None, int(example.get(QUIET, 0))


def table_of(examples: Sequence[Example]) -> tuple[list[Case], CheckContext, Submission]:
    """(cases, surroundings, submission) of a table of examples."""
    known: dict[str, Entry] = {}
    unchanged_periods: dict[str, int] = {}
    rows: list[Row] = []
    for number, example in enumerate(examples, 4):
        now, before, elsewhere, rounds = split(example)
        if elsewhere is not None:
            item = row_of(elsewhere).item
            known[item.id] = Entry(item=item, origin=Origin("前.xlsx", "整改台账", number))
            continue
        row = row_of(now, number)
        rows.append(row)
        if before is not None:
            known[row.item.id] = Entry(item=row_of({**now, **before}).item, origin=row.origin)
        unchanged_periods[row.item.id] = rounds
    around = CheckContext(SETTINGS, AS_OF, Role.RETURN, known, unchanged_periods)
    cases = [case_of(row, around) for row in rows]
    submission = Submission(
        "样.xlsx", "0", Verdict.ACCEPTED, Role.RETURN, "规划建设局", rows=tuple(rows)
    )
    return cases, around, submission


def faults(rule: Rule, example: Example | Examples) -> list[Fault]:
    """What the rule, alone, says of its example."""
    cases, around, submission = table_of(example if isinstance(example, tuple) else (example,))
    if rule.scope is Scope.ROW:
        (case,) = cases
        return list(rule.check(case)) if rule in Plan([rule]).asked(case) else []
    if rule.scope is Scope.SUBMISSION:
        return [fault for _, fault in rule.check(submission, cases, around)]
    return [fault for _, fault in rule.check(cases, around)]
