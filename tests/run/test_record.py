"""run.json: what is written is what the state is; what it means for the exit code; digests of the files beside it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.items import ENTRY, ITEM, SETTINGS
from tests.support.proved import Proved
from tests.support.states import AS_OF, state_of
from toolkit.figures.counts import compute
from toolkit.figures.table import FIGURES
from toolkit.ledger.finding import Finding, Place, Severity
from toolkit.ledger.item import Item
from toolkit.ledger.record import decode
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Role, Submission, Untaken, Verdict
from toolkit.run.record import (
    RECORD,
    as_record,
    digests_of,
    encoded,
    figures_record,
    finding_record,
    has_errors,
    input_record,
    outputs_of,
    read_record,
    untaken_records,
    write_record,
)
from toolkit.workspace import BACKUP


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    state = state_of([ENTRY])
    write_record(state, (), tmp_path)
    assert read_record(tmp_path) == json.loads(json.dumps(as_record(state, ())))
    text = (tmp_path / RECORD).read_bytes()
    assert text.endswith(b"}\n")
    assert b"\r" not in text
    assert "规划建设局".encode() in text


def test_every_value_of_every_item_can_be_read_back(everything: Proved) -> None:
    record = read_record(everything.context.folder)
    state = everything.context.state
    assert [row["id"] for row in record["rows"]] == [entry.item.id for entry in state.entries]
    for row, entry in zip(record["rows"], state.entries, strict=True):
        deadline = entry.item.deadline
        read = {
            **row,
            "deadline": {
                "raw": row["deadline"], "due": row["due"], "standing": row["standing"],
                "kind": row["deadline_kind"], "inferred": row["deadline_inferred"],
            } if deadline else None,
        }  # fmt: skip
        assert decode(read) == entry.item


@pytest.mark.parametrize(
    ("findings", "verdicts", "waits"),
    [
        ([], [], False),
        (["warning", "note"], ["accepted", "duplicate"], False),
        (["note", "error"], [], True),
        ([], ["accepted", "rejected"], True),
        ([], ["waiting", "superseded"], False),
    ],
)
def test_errors_and_refused_files_wait_for_a_person(
    findings: list[str], verdicts: list[str], waits: bool
) -> None:
    record = {
        "findings": [{"severity": severity} for severity in findings],
        "inputs": [{"verdict": verdict} for verdict in verdicts],
    }
    assert has_errors(record) is waits


@pytest.mark.parametrize(("number", "value"), [(3, 3), (0, 0), (Decimal("12.60"), "12.60")])
def test_amounts_are_texts_and_counts_are_numbers(number: int | Decimal, value: object) -> None:
    assert encoded(number) == value


@given(
    st.lists(
        st.tuples(st.sampled_from([*Status, None]), st.sampled_from(["甲局", "乙局", ""])),
        max_size=6,
    )
)
def test_figures_stand_at_the_path_of_their_code(rows: list[tuple[Status | None, str]]) -> None:
    entries = [
        replace(ENTRY, item=replace(ITEM, id=f"1-{n}", status=status, lead_unit=unit))
        for n, (status, unit) in enumerate(rows)
    ]
    figures = compute(entries, (), SETTINGS, AS_OF)
    record = figures_record(figures)
    assert len(record["units"]) == len({unit for _, unit in rows})
    for totals, told in (
        (figures.whole, record),
        *zip(figures.units, record["units"], strict=True),
    ):
        for figure in FIGURES:
            value: Any = told
            for step in figure.code.split("."):
                value = value.get(step) if isinstance(value, dict) else None
            is_there = figure.is_grouped or totals is figures.whole
            assert value == (encoded(totals[figure.code]) if is_there else None)
    for unit in record["units"]:
        assert unit["quality"]["reasons"].startswith(f"{unit['quality']['rows']}个问题中")


def test_a_finding_has_place_and_advice() -> None:
    place = Place("报.xlsx", "整改台账", "H12")
    found = Finding(
        "D104", Severity.WARNING, place, "早了。", "请改。", id="3-2", column="status", value="已"
    )
    assert finding_record(found) == {
        "rule": "D104", "severity": "warning", "file": "报.xlsx", "sheet": "整改台账", "cell": "H12", "id": "3-2",
        "column": "status", "value": "已", "message": "早了。", "fix": "请改。",
    }  # fmt: skip


def test_inputs_and_what_was_left_of_them() -> None:
    left = (Untaken("表", 7, "没有编号", "某问题"), Untaken("说明", 0, "没有数据"))
    given_ = Submission("报.xlsx", "a1", Verdict.ACCEPTED, Role.RETURN, "林业局", untaken=left)
    unknown = Submission("图.pdf", "b2", Verdict.REJECTED, reason="是PDF")
    assert input_record(unknown) == {
        "file": "图.pdf", "sha256": "b2", "unit": "", "role": None, "verdict": "rejected", "rows": 0, "reason": "是PDF",
    }  # fmt: skip
    records = untaken_records([given_, unknown])
    assert [(one["file"], one["sheet"], one["row"]) for one in records] == [
        ("报.xlsx", "表", 7),
        ("报.xlsx", "说明", 0),
    ]


def test_what_waits_is_an_input_too(everything: Proved) -> None:
    inputs = read_record(everything.context.folder)["inputs"]
    (waiting,) = [one for one in inputs if one["verdict"] == "waiting"]
    assert (waiting["file"], waiting["sha256"], waiting["role"]) == ("还在下载.xlsx.part", "", None)


def test_a_row_says_where_it_stands() -> None:
    late = replace(ENTRY, item=replace(ITEM, status=None), extended=True, carried=True)
    record = as_record(state_of([late], as_of=dt.date(2026, 7, 9)), ())["rows"][0]
    assert record["flags"] == ["overdue", "extended", "carried"]
    assert (record["light"], record["due"], record["deadline_kind"]) == (
        "red",
        "2026-06-30",
        "fixed",
    )
    bare = replace(ENTRY, item=Item(id="1-1"))
    record = as_record(state_of([bare]), ())["rows"][0]
    assert (record["due"], record["standing"], record["deadline"]) == (None, False, "")


def test_digests_of_a_folder_are_in_the_order_of_its_paths(tmp_path: Path) -> None:
    for name in ("乙.txt", "甲/子.txt", RECORD, BACKUP):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    digests = digests_of(tmp_path)
    assert list(digests) == sorted(digests)
    assert digests["甲/子.txt"] == hashlib.sha256("甲/子.txt".encode()).hexdigest()
    assert [one["file"] for one in outputs_of(tmp_path)] == ["乙.txt", "甲/子.txt"]
