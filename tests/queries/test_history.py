"""Items × periods: the sums of every period equal the figures that the register stored; what did not change is counted."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import toolkit
from tests.support.made import Made
from tests.support.proved import FIRST, SECOND, THIRD, tell_everything
from toolkit.errors import UsageError
from toolkit.ledger.status import Status
from toolkit.queries import export as exporting
from toolkit.queries.history import COLUMNS, ageing, leader_by_status, unit_by_month
from toolkit.register.store import Register
from toolkit.workspace import Workspace


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    office = tell_everything(tmp_path_factory.mktemp("历") / "区")
    office.run(THIRD)
    return office.place


def stored(place: Workspace) -> dict[int, dict[str, str]]:
    with Register.open_to_read(place.register_path) as register:
        return {
            state.period: {
                code: value for code, by, _, value in register.figures(state.id) if by == ""
            }
            for state in register.rounds()
        }


def test_sums_equal_the_stored_figures_of_every_period(told: Workspace) -> None:
    table: Any = toolkit.history(told.root)
    assert list(table.columns) == list(COLUMNS)
    assert sorted(set(table["as_of"])) == [day.isoformat() for day in (FIRST, SECOND, THIRD)]
    for period, figures in stored(told).items():
        rows = table[table["period"] == period]
        counted = Counter(rows["status_code"])
        assert len(rows) == int(figures["problems"])
        for status in Status:
            assert counted[status.value] == int(figures[f"by_status.{status.value}"])
        assert counted[""] == int(figures["unknown_status"])
        assert rows["closed"].sum() == int(figures["closed"])
        assert rows["overdue"].sum() == int(figures["overdue"])


def test_pivots_add_up(told: Workspace) -> None:
    table: Any = toolkit.history(told)
    problems = int(stored(told)[3]["problems"])
    assert int(unit_by_month(table).to_numpy().sum()) == problems
    assert int(leader_by_status(table).to_numpy().sum()) == problems


def test_what_did_not_change_is_named_longest_first(told: Workspace) -> None:
    aged: Any = ageing(toolkit.history(told))
    periods = list(aged["unchanged"])
    assert periods == sorted(periods, reverse=True)
    assert periods[0] == 2  # since the first of three periods
    assert "1-1" not in set(aged["id"])  # it moved on
    assert "2-1" in set(aged["id"])


def test_a_text_that_looks_like_a_formula_stays_a_text(
    told: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = exporting.tables_of(told)
    table = tables["历期问题"].copy()
    texts = ["=1+1", "@SUM(A1)", "+cmd", "-cmd", "-5", "-", "http://a.b"]
    table = table.head(len(texts)).assign(备注=texts)
    monkeypatch.setattr(exporting, "tables_of", lambda _: {"历期问题": table})
    (path,) = exporting.export(told, "csv", tmp_path)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert all(f"'{text}".encode() in data for text in texts[:4])
    assert b"'-5" not in data
    (path,) = exporting.export(told, "xlsx", tmp_path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    column = next(cell.column for cell in sheet[1] if cell.value == "备注")
    cells = [sheet.cell(row, column) for row in range(2, 2 + len(texts))]
    assert [cell.value for cell in cells] == texts
    assert {cell.data_type for cell in cells} == {"s"}


def test_what_is_not_to_be_had_is_said(
    told: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match="不能导出为“pdf”"):
        exporting.export(told, "pdf", tmp_path)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match="pyarrow"):
        exporting.export(told, "parquet", tmp_path)
    assert not list(tmp_path.iterdir())


def test_parquet_holds_the_same_tables(told: Workspace, tmp_path: Path) -> None:
    import pandas as pd

    paths = exporting.export(told, "parquet", tmp_path)
    tables = exporting.tables_of(told)
    assert [path.stem for path in paths] == list(tables)
    for path, table in zip(paths, tables.values(), strict=True):
        back = pd.read_parquet(path)
        assert list(back.columns) == list(table.columns)
        assert len(back) == len(table)
    table = tables["历期问题"]
    assert list(pd.read_parquet(paths[0])["问题编号"]) == list(table["问题编号"])


def test_a_workspace_of_0_3_0(made: Made, tmp_path: Path) -> None:
    table: Any = toolkit.history(made.of_0_3_0(tmp_path / "旧"))
    assert len(table) > 0


def test_no_other_name_is_made_up() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        toolkit.nothing  # noqa: B018
