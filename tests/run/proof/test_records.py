"""run.json and the texts read back: what is another, what is missing and what is too much is named with its path."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.proved import Proved
from toolkit.figures.printed import Printed, Quoted, Ref, Source
from toolkit.run.outputs import RETURNED
from toolkit.run.proof import records
from toolkit.run.proof.context import ProofContext
from toolkit.run.proof.records import record_faults, text_faults
from toolkit.run.proof.truth import Truth
from toolkit.run.record import RECORD
from toolkit.run.report import REPORT
from toolkit.workbooks.receipt import RECEIPT


@pytest.fixture
def context(everything: Proved, tmp_path: Path) -> ProofContext:
    """The state with only its records in a folder of its own."""
    (tmp_path / RETURNED).mkdir()
    for name in (RECORD, REPORT, f"{RETURNED}/{RECEIPT}"):
        shutil.copyfile(everything.context.folder / name, tmp_path / name)
    return replace(everything.context, folder=tmp_path)


def changed(context: ProofContext, change: Callable[[dict[str, Any]], object]) -> list[str]:
    path = context.folder / RECORD
    record = json.loads(path.read_text(encoding="utf-8"))
    change(record)
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    return list(record_faults(context))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda r: r["figures"].pop("money"), 'figures.money印的是null，应为"0"'),
        (lambda r: r["figures"].update(more=7), "figures.more印的是7，应为null"),
        (lambda r: r["figures"]["units"].pop(), "figures.units印的是["),
        (lambda r: r["figures"]["missing_units"].append("别局"), "figures.missing_units印的是["),
        (lambda r: r.update(code="0000-0000"), "code应为“"),
        (lambda r: r.update(as_of="2026-06-20"), "as_of应为“2026-06-19”，印的是“2026-06-20”"),
        (lambda r: r["rows"][0].update(money=None), "rows[0].money印的是null，应为"),
        (lambda r: r["rows"][1]["flags"].append("overdue"), "rows[1].flags印的是["),
        (lambda r: r["rows"].reverse(), "rows[0].id应为“"),
        (lambda r: r["period"].update(number=99), "period.number印的是99，应为3"),
        (lambda r: r["reports"][0].update(reported=None), "reports[0].reported印的是null，应为"),
    ],
)
def test_what_differs_is_named_with_its_path(
    context: ProofContext, change: Callable[[dict[str, Any]], object], fault: str
) -> None:
    assert list(record_faults(context)) == []
    first = changed(context, change)[0]
    assert first.startswith(f"{RECORD} {fault}"), first


def test_every_difference_is_named(context: ProofContext) -> None:
    def change(record: dict[str, Any]) -> None:
        record["figures"]["people"] = 77
        record["figures"]["units"][1]["closed"] = 88
        record["letters"][0]["number"] = "整改督〔2026〕99号"

    assert len(changed(context, change)) == 3


def test_the_list_of_files_is_held_elsewhere(context: ProofContext) -> None:
    assert changed(context, lambda record: record["outputs"].clear()) == []


@pytest.mark.parametrize(
    ("ref", "fault"),
    [
        (Ref("measures"), "run.json中measures印的是19，应为20"),
        (Ref("closing_rate.numerator"), "run.json中closing_rate.numerator印的是"),
        (Ref("missing_units"), "run.json中missing_units印的是3，应为4"),
        (Ref("problems"), "run.json中problems印的是21，应为22"),
    ],
)
def test_a_state_that_is_wrong_itself_is_found_by_what_stands_behind_it(
    context: ProofContext, ref: Ref, fault: str
) -> None:
    """The record says what the state says; the register says otherwise."""
    values = dict(context.truth.values)
    values[ref] = values[ref] + 1  # type: ignore[operator]
    wrong = replace(context)
    object.__setattr__(wrong, "truth", Truth(values))
    faults = list(record_faults(wrong))
    assert any(found.startswith(fault) for found in faults), faults
    if ref == Ref("problems"):
        assert any(found.startswith("run.json rows中") for found in faults)


def rewritten(context: ProofContext, name: str, old: str, new: str) -> list[str]:
    path = context.folder / name
    data = path.read_bytes()
    assert old.encode() in data
    path.write_bytes(data.replace(old.encode(), new.encode(), 1))
    return list(text_faults(context))


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        (REPORT, "收到文件8个", "收到文件9个", "运行说明第2行的inputs印的是9，应为8"),
        (REPORT, "未能读取1个", "未能读取个", "运行说明第2行应为“"),
        (f"{RETURNED}/{RECEIPT}", "读取6行", "读取7行", "回执第"),
        (REPORT, "\r\n", "\r\n多一行\r\n", "运行说明应有"),
    ],
)
def test_a_line_of_a_text_that_is_another_is_named(
    context: ProofContext, name: str, old: str, new: str, fault: str
) -> None:
    assert list(text_faults(context)) == []
    first = rewritten(context, name, old, new)[0]
    assert first.startswith(fault), first


def test_without_returns_there_is_no_receipt_to_read(context: ProofContext) -> None:
    (context.folder / RETURNED / RECEIPT).unlink()
    with pytest.raises(FileNotFoundError):
        list(text_faults(context))
    nobody = replace(context, written=replace(context.written, receipt=()))
    assert list(text_faults(nobody)) == []


def test_numbers_of_a_text_are_proved_and_other_digits_have_a_source(
    context: ProofContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the report says is what was written; whether it is so is another question."""
    lines = (
        ("逾期", Printed("9", Ref("overdue")), "个"),
        (Quoted("第8765批", Source.INPUT),),
        ("多行的原因：", Quoted("第一行\n第二行", Source.LABEL)),
    )
    monkeypatch.setattr(records, "report_lines", lambda *_: lines)
    (context.folder / REPORT).write_bytes(
        "逾期9个\r\n第8765批\r\n多行的原因：第一行\n第二行\r\n".encode("utf-8-sig")
    )
    alone = replace(context, written=replace(context.written, receipt=()))
    assert list(text_faults(alone)) == [
        "运行说明第1行：overdue印的是9，应为2",
        "运行说明第2行“第8765批”中的8765没有来历",
    ]
