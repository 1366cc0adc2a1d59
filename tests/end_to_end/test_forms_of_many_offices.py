"""Fifteen offices' own ledgers: learned, sent out, filled by somebody who knows only the headings, merged, summed, told."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from tests.support.command import zhenggai
from tests.support.made import Made, run_week
from tests.support.office_forms import FORMS, UNITS, OfficeForm
from tests.support.open_ledger import OpenLedger

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.workspace import Workspace

FIRST, SECOND = dt.date(2026, 6, 5), dt.date(2026, 6, 12)
NEWS, OWN_NEWS = (
    "6月9日约谈责任人2次，补办手续6件。",
    {"率": "60%", "（": 99, "时间": "2026-06-11", "是否": "是", "等级": "重大"},
)


@pytest.fixture(params=FORMS, ids=[form.name for form in FORMS])
def form(request: pytest.FixtureRequest) -> OfficeForm:
    param: OfficeForm = request.param
    return param


@pytest.fixture
def place(made: Made, tmp_path: Path, form: OfficeForm) -> Workspace:
    place = made.empty(tmp_path / "区")
    (place.inbox / form.file).write_bytes(form.written())
    return place


def plain(value: Any) -> str:
    """A cell as it is told: without the point and noughts of a whole number."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def dispatched(place: Workspace, day: dt.date) -> Path:
    assert zhenggai("dispatch", "-w", place.root, "--as-of", str(day)).code == 0
    (path,) = (place.outbox / f"下发-{day}").glob(f"{UNITS[0]}*.xlsx")
    return path


def own_news(heading: str) -> Any:
    return next((said for word, said in OWN_NEWS.items() if word in heading), "另行核实")


def fill(form: OfficeForm, path: Path, to: Path) -> None:
    """The first row: progress, and the column of the office's own."""
    ledger = OpenLedger.of(path)
    ledger.write(ledger.first, form.reports, NEWS)
    if form.own:
        ledger.write(ledger.first, form.own, own_news(form.own))
    ledger.book.save(to)


def test_a_prescribed_ledger_lives_two_weeks(place: Workspace, form: OfficeForm) -> None:
    record = run_week(place, FIRST)
    assert [given["verdict"] for given in record["inputs"]] == ["accepted"]
    _nothing_is_lost(form, record)

    path = dispatched(place, FIRST)
    head = OpenLedger.of(path).heads
    lowest = [heading.rpartition("／")[2] for heading in form.headings]
    shown = head[: head.index("自检")] if "自检" in head else head
    assert [text for text in shown if text != "问题编号"] == lowest

    fill(form, path, place.inbox / path.name)
    after = run_week(place, SECOND)
    _only_the_first_row_changed(form, record, after)
    asked = [f for f in after["findings"] if f["rule"] in ("X101", "X103", "X105", "X106", "X104")]
    assert asked == []

    _stands_in_the_consolidated_workbook(place, form)
    _is_told(place, form, after)
    _is_summed(form, after)


def _nothing_is_lost(form: OfficeForm, record: dict[str, Any]) -> None:
    """Every cell of the ledger stands in the record of its row, whatever it was taken for."""
    assert len(record["rows"]) == len(form.rows())
    for cells, row in zip(form.rows(), record["rows"], strict=True):
        told = json.dumps(row, ensure_ascii=False)
        for heading, value in zip(form.headings, cells, strict=True):
            if "状态" in heading:
                assert row["status"] == "in_progress"
            elif heading == "退回金额（元）":  # 金额 of ours, in 万元
                assert Decimal(row["money"]) * 10000 == Decimal(plain(value))
            elif "序号" not in heading and "账号" not in heading:
                assert plain(value) in told, (heading, value)


def _only_the_first_row_changed(
    form: OfficeForm, before: dict[str, Any], after: dict[str, Any]
) -> None:
    assert NEWS in json.dumps(after["rows"][0], ensure_ascii=False)
    assert _own(after, 0) == (
        {**_own(before, 0), **_news_of(form)} if form.own else _own(before, 0)
    )
    for number in range(1, len(before["rows"])):
        same = [key for key in before["rows"][number] if key not in ("flags", "origin", "light")]
        assert {key: after["rows"][number][key] for key in same} == {
            key: before["rows"][number][key] for key in same
        }


def _news_of(form: OfficeForm) -> dict[str, str]:
    return {form.own: plain(own_news(form.own))}


def _own(record: dict[str, Any], number: int) -> dict[str, str]:
    return {cell["heading"]: cell["value"] for cell in record["rows"][number]["own"]}


def _stands_in_the_consolidated_workbook(place: Workspace, form: OfficeForm) -> None:
    sheet = openpyxl.load_workbook(place.outbox / str(SECOND) / "汇总台账.xlsx")["整改台账"]
    rows = [list(cells) for cells in sheet.values]
    head = next(cells for cells in rows if cells[0] == "问题编号" or "问题编号" in cells)
    shown = [str(text).rpartition("／")[2] for text in head if text]
    wanted = [heading.rpartition("／")[2] for heading in form.headings]
    # Its number, and amounts in another unit than 万元, stand there under names of ours.
    ours = ("序号", "问题账号", "信访件编号", "退回金额（元）")
    wanted = [text for text in wanted if text not in ours]
    assert [text for text in shown if text in wanted][: len(wanted)] == wanted
    assert any(NEWS in str(cell) for cells in rows for cell in cells if cell)


def _is_told(place: Workspace, form: OfficeForm, record: dict[str, Any]) -> None:
    id_ = record["rows"][0]["id"]
    if form.own:
        told = zhenggai("why", id_, form.own, "-w", place.root).out
        assert plain(own_news(form.own)) in told
        assert str(FIRST) in told
        assert str(SECOND) in told
    assert NEWS in zhenggai("why", id_, "-w", place.root).out


def _is_summed(form: OfficeForm, record: dict[str, Any]) -> None:
    sums = {each["heading"]: Decimal(each["value"]) for each in record["figures"]["sums"]}
    if not form.summed:
        return
    col = form.headings.index(form.summed)
    values = [Decimal(plain(cells[col])) for cells in form.rows()]
    if form.own == form.summed:
        values[0] = Decimal(plain(own_news(form.own)))
    assert sums[form.summed] == sum(values)
    by_unit = {u["unit"]: Decimal(u["sums"][0]["value"]) for u in record["figures"]["units"]}
    assert by_unit == {UNITS[0]: sum(values[:2]), UNITS[1]: sum(values[2:])}
