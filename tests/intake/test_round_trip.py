"""For any ledger: workbook → read → ledger gives the same items, and every row is accounted for."""

from __future__ import annotations

import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.fuzz import examples
from tests.support.items import SETTINGS, UNITS, arrival, read_one, submission_of
from tests.support.made import Made
from toolkit.ledger.columns import BY_CODE, COLUMNS
from toolkit.ledger.deadline_grammar import read_deadline
from toolkit.ledger.entry import Entry
from toolkit.ledger.item import Item
from toolkit.ledger.record import decode, encode
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Origin
from toolkit.run.round import run_round
from toolkit.workbooks.template import write_ledger

STAMP = dt.datetime(2026, 6, 1)
WORDS = "整改进展情况修订办法召开会议次数项目资金问题《》“”（）、，。；0123456789一二三ABCxyz=+-@%"
prose = st.text(WORDS, max_size=60).map(lambda text: "整改" + text)
names = st.sampled_from(["王小明", "李芳华", "欧阳文", "赵敏之"])
units = st.sampled_from([unit.name for unit in UNITS])
deadlines = st.sampled_from(
    [
        "2026-06-30",
        "2026年7月底前",
        "长期坚持",
        "立行立改",
        "2026年12月底前，并长期坚持",
        "2026年第三季度",
    ]
).map(lambda text: read_deadline(text, SETTINGS.anchors))


def items(number: int) -> st.SearchStrategy[Item]:
    return st.builds(
        Item,
        id=st.just(f"{number // 10 + 1}-{number % 10 + 1}"),
        main_problem=prose,
        sub_problem=prose,
        problem=st.one_of(st.just(""), prose),
        root_cause=prose,
        measures=st.lists(
            st.sampled_from(["修订办法。", "召开会议。", "开展培训。", "清退资金。"]),
            min_size=1,
            max_size=3,
            unique=True,
        ).map(tuple),
        lead_leader=names,
        lead_unit=units,
        co_units=st.lists(units, max_size=2, unique=True).map(tuple),
        deadline=deadlines,
        progress=prose,
        status=st.sampled_from(list(Status)),
        completed_on=st.one_of(st.none(), st.dates(dt.date(2026, 1, 1), dt.date(2026, 6, 1))),
        regulations=st.lists(
            st.sampled_from(["《甲办法》", "《乙规则》", "《丙规程》"]), max_size=2, unique=True
        ).map(tuple),
        money=st.one_of(
            st.none(), st.decimals(0, 99999, places=2).map(lambda d: Decimal(str(float(d))))
        ),
        people=st.one_of(st.none(), st.integers(0, 999)),
        remarks=st.one_of(st.just(""), prose),
    )


ledgers = st.integers(1, 12).flatmap(
    lambda size: st.tuples(*(items(number) for number in range(size)))
)
calm = settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@calm
@given(ledger=ledgers)
def test_ledger_written_and_read_is_the_same_ledger(
    tmp_path: Path, ledger: tuple[Item, ...]
) -> None:
    path = tmp_path / "台账.xlsx"
    entries = [Entry(item=item, origin=Origin("", "", 0)) for item in ledger]
    write_ledger(path, entries, SETTINGS, STAMP, unit="规划建设局")
    read = submission_of(path, SETTINGS)
    assert tuple(row.item for row in read.rows) == ledger
    assert [row.key for row in read.rows] == [item.id for item in ledger]
    assert not [left for left in read.untaken if left.row]


@calm
@given(ledger=ledgers)
def test_record_and_back_is_the_same_item(ledger: tuple[Item, ...]) -> None:
    for item in ledger:
        assert decode(json.loads(json.dumps(encode(item)))) == item


@calm
@given(data=st.data(), ledger=ledgers)
def test_columns_in_any_order_under_any_known_name_with_strange_rows_between(
    data: st.DataObject, ledger: tuple[Item, ...]
) -> None:
    """Shuffled, renamed, with titles above and totals, notes and blank rows between: nothing is lost."""
    columns = data.draw(
        st.permutations([column for column in COLUMNS if column.code not in ("kind", "goal")])
    )
    plain = {
        "lead_unit": ["牵头单位", "牵头部门"],
        "completed_on": ["完成时间"],
        "progress": ["整改进展情况"],
        "status": ["整改状态"],
    }
    heads = [data.draw(st.sampled_from(plain.get(c.code, [c.header]))) for c in columns]
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("整改")
    row = data.draw(st.integers(0, 5))
    for title_row in range(row):
        sheet.write_string(title_row, 0, "某某局巡察整改台账")
    sheet.write_row(row, 0, heads)
    written = 0
    for item in ledger:
        if data.draw(st.booleans()):
            row += 1
            sheet.write_string(row, 0, data.draw(st.sampled_from(["小计", "（一）分节", ""])))
        row += 1
        written += 1
        for col, column in enumerate(columns):
            text = typed(item, column.code)
            if text:
                sheet.write_string(row, col, text)
    book.close()
    read = read_one(arrival("某某.xlsx", stream.getvalue()), SETTINGS, has_baseline=True)
    assert [row.item.id for row in read.rows] == [item.id for item in ledger]
    for found, item in zip(read.rows, ledger, strict=True):
        for code in (
            "problem",
            "progress",
            "status",
            "lead_unit",
            "co_units",
            "measures",
            "completed_on",
            "deadline",
        ):
            assert getattr(found.item, code) == getattr(item, code), code
    assert len(read.rows) == written


def typed(item: Item, code: str) -> str:
    value = getattr(item, code)
    if value is None:
        return ""
    if code == "deadline":
        return str(value.raw)
    if code == "status":
        return SETTINGS.words.of(value)
    if code == "measures" and len(value) > 1:
        return "\n".join(f"{n}.{text}" for n, text in enumerate(value, 1))
    if isinstance(value, tuple):
        return "、".join(value) if BY_CODE[code].code == "co_units" else "".join(value)
    return str(value)


@settings(
    max_examples=examples(8),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_every_row_of_every_input_is_in_the_record(
    made: Made, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Rows with wild cells: taken rows, rows named as not taken – together, all of them."""
    cell = st.one_of(st.none(), st.text(WORDS, max_size=20), st.integers(-5, 50000), st.booleans())
    lines: st.SearchStrategy[list[Any]] = st.lists(cell, min_size=6, max_size=6)
    table = data.draw(st.lists(lines, min_size=1, max_size=10))
    folder = tmp_path_factory.mktemp("任意")
    place = made.empty(folder / "区")
    book = xlsxwriter.Workbook(place.inbox / "任意.xlsx", {"strings_to_formulas": False})
    sheet = book.add_worksheet("台账")
    sheet.write_row(0, 0, ["问题编号", "分项问题", "整改措施", "牵头单位", "整改时限", "整改状态"])
    first: list[object] = ["1-1", "问题。", "措施。", "规划建设局", "2026-06-30", "已完成"]
    for number, row in enumerate([first, *table], 1):
        for col, value in enumerate(row):
            if value is not None:
                sheet.write(number, col, value)
    book.close()
    outcome = run_round(place, SETTINGS, dt.date(2026, 6, 19), now=dt.datetime(2026, 6, 19, 9))
    record = json.loads((outcome.folder / "run.json").read_text(encoding="utf-8"))
    spoken = {row["origin"]["row"] for row in record["rows"]} | {
        left["row"] for left in record["untaken"]
    }
    expected = {2} | {
        n for n, row in enumerate(table, 3) if any(v is not None and str(v).strip() for v in row)
    }
    assert spoken == expected
