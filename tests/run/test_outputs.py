"""Everything that a run leaves in its folder, in the order in which a person would look at it."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.support.items import ENTRY, ITEM, SETTINGS, arrival
from tests.support.proved import Proved
from tests.support.states import state_of
from toolkit.board.page import BOARD
from toolkit.ledger.finding import Finding, Place, Severity
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Role, Row, Submission, Verdict
from toolkit.papers.paper import files_of
from toolkit.run.office_book import OfficeLook
from toolkit.run.outputs import (
    CONSOLIDATED,
    DISPATCHED,
    ORIGINALS,
    RETURNED,
    Written,
    write_outputs,
)
from toolkit.run.record import read_record
from toolkit.run.templates import create_workspace
from toolkit.state import State
from toolkit.workbooks.in_place import WHOLE
from toolkit.workbooks.proof_sheet import PROOF_SHEET
from toolkit.workbooks.receipt import RECEIPT
from toolkit.workbooks.setup_sheet import SETUP_FILE


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return create_workspace(tmp_path_factory.mktemp("模板") / "区", SETTINGS).templates


def written(
    state: State, templates: Path, folder: Path
) -> tuple[Written, list[tuple[str, int, int]]]:
    steps: list[tuple[str, int, int]] = []
    folder.mkdir(exist_ok=True)
    arrivals = [arrival("甲/报送.xlsx", b"one"), arrival("台账.xlsx", b"two")]
    made = write_outputs(
        state, arrivals, templates, folder, lambda *step: steps.append(step), OfficeLook()
    )
    return made, steps


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


OPEN = replace(ENTRY, item=replace(ITEM, status=Status.IN_PROGRESS, completed_on=None))


def test_a_period_in_which_nobody_sent_anything(templates: Path, tmp_path: Path) -> None:
    state = state_of([OPEN])
    made, _ = written(state, templates, tmp_path)
    assert names(tmp_path) == {
        BOARD, CONSOLIDATED, PROOF_SHEET, SETUP_FILE, WHOLE, "运行说明.txt", "run.json", f"{ORIGINALS}/甲/报送.xlsx", f"{ORIGINALS}/台账.xlsx",
        f"{DISPATCHED}/规划建设局-整改台账-2026-06-19.xlsx", *(file.path for file in files_of(state)),
    }  # fmt: skip
    assert (made.stopped, made.receipt) == ((), ())
    assert (tmp_path / ORIGINALS / "甲" / "报送.xlsx").read_bytes() == b"one"


def returned(severity: Severity | None) -> State:
    """A state in which a unit sent one file, with a finding of this severity in it."""
    given = Submission(
        "报.xlsx",
        "1",
        Verdict.ACCEPTED,
        Role.RETURN,
        "规划建设局",
        rows=(Row(OPEN.origin, OPEN.item),),
    )
    place = Place("报.xlsx", "整改台账", "H4")
    found = (
        [Finding("D104", severity, place, "早了。", "请改。", id="3-2", column="deadline")]
        if severity
        else []
    )
    return state_of([OPEN], submissions=(given,), findings=tuple(found))


@pytest.mark.parametrize(
    ("severity", "goes_back"), [(Severity.ERROR, True), (Severity.WARNING, False), (None, False)]
)
def test_a_return_goes_back_where_something_must_be_put_right(
    templates: Path, tmp_path: Path, severity: Severity | None, goes_back: bool
) -> None:
    made, _ = written(returned(severity), templates, tmp_path)
    assert (f"{RETURNED}/规划建设局.xlsx" in names(tmp_path)) is goes_back
    assert f"{RETURNED}/{RECEIPT}" in names(tmp_path)
    assert len(made.receipt) == 2


def test_a_paper_that_tells_too_much_is_not_there_and_not_in_the_self_check(
    templates: Path, tmp_path: Path
) -> None:
    leaky = replace(OPEN, item=replace(OPEN.item, progress="约谈张某（110101199003070011）。"))
    made, _ = written(state_of([leaky]), templates, tmp_path)
    stopped = {paper.paper for paper in made.stopped}
    assert "整改进展通报.docx" in stopped
    assert names(tmp_path).isdisjoint(stopped)
    sheet = openpyxl.load_workbook(tmp_path / PROOF_SHEET)["公文自检表"]
    heads = [cell.value for cell in sheet[3]]
    assert "整改周报" in heads
    assert "整改进展通报" not in heads
    assert {one["paper"] for one in read_record(tmp_path)["stopped"]} == stopped
    assert "没有生成" in (tmp_path / "运行说明.txt").read_text(encoding="utf-8-sig")


def test_what_is_being_done_is_told_step_by_step(templates: Path, tmp_path: Path) -> None:
    _, steps = written(state_of([OPEN]), templates, tmp_path)
    *before, last = steps
    assert [done for _, done, _ in before] == list(range(len(before)))
    assert {of for _, _, of in before} == {len(before)}
    assert last == ("完成", 1, 1)


def test_equal_states_make_equal_bytes(templates: Path, tmp_path: Path) -> None:
    for folder in ("一", "二"):
        written(returned(Severity.ERROR), templates, tmp_path / folder)
    for name in names(tmp_path / "一"):
        assert (tmp_path / "一" / name).read_bytes() == (tmp_path / "二" / name).read_bytes(), name


def test_all_packages_are_whole_and_every_cell_is_remembered(everything: Proved) -> None:
    folder = everything.context.folder
    for path in folder.rglob("*.[dx][ol][cs]x"):
        with zipfile.ZipFile(path) as package:
            assert package.testzip() is None
    sheets = {sheet for sheet, _ in everything.context.written.cells}
    assert sheets == {"总览", "按单位", "按领导", "趋势", "变化情况", "函件登记", "报送情况"}
