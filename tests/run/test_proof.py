"""The gate as a whole: each of its checks is asked, and a run with a wrong number anywhere leaves nothing."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.drawn import Sheet, workbook
from tests.support.mutation import WordFile, spans_of
from tests.support.proved import FIRST, LEDGER, Office, with_part
from toolkit.board.page import BOARD
from toolkit.figures import counts
from toolkit.figures.counts import Figures
from toolkit.figures.printed import Line, Printed, Ref
from toolkit.intake.form_place import FormPlace
from toolkit.papers import paper
from toolkit.papers.paper import File, placeholder_lines
from toolkit.register.store import Register
from toolkit.run import outputs
from toolkit.run.outputs import CONSOLIDATED
from toolkit.run.proof import CHECKS, FiguresDisagreeError, prove
from toolkit.run.proof.context import ProofContext
from toolkit.run.record import RECORD
from toolkit.run.report import REPORT
from toolkit.sheets.skeleton import Place, learn
from toolkit.state import State
from toolkit.workbooks.in_place import WHOLE, OfficeBook
from toolkit.workbooks.review_sheet import HEAD_ROW, REVIEW_FILE
from toolkit.workbooks.setup_sheet import HEAD_ROW as SETUP_HEAD
from toolkit.workbooks.setup_sheet import SETUP_FILE, write_setup_sheet

Change = Callable[[ProofContext], ProofContext]


def with_whole(context: ProofContext, **numbers: int) -> ProofContext:
    figures = context.state.figures
    whole = replace(figures.whole, numbers={**figures.whole.numbers, **numbers})
    return replace(context, state=replace(context.state, figures=replace(figures, whole=whole)))


def wrong_figure(context: ProofContext) -> ProofContext:
    return with_whole(context, measures=99)


def wrong_sum(context: ProofContext) -> ProofContext:
    return with_whole(context, problems=99)


def forgotten_change(context: ProofContext) -> ProofContext:
    changes = replace(context.state.changes, reopened=())
    return replace(context, state=replace(context.state, changes=changes))


def other_last_period(context: ProofContext) -> ProofContext:
    changes = context.state.changes
    changes = replace(changes, before={**changes.before, "closed": 77})
    return replace(context, state=replace(context.state, changes=changes))


def other_deadline(context: ProofContext) -> ProofContext:
    first, *rest = context.state.due_states
    states = (replace(first, days_left=88), *rest)
    return replace(context, state=replace(context.state, due_states=states))


def wrong_cell(context: ProofContext) -> ProofContext:
    book: Any = openpyxl.load_workbook(context.folder / CONSOLIDATED)
    book["总览"]["B4"].value = 999
    book.save(context.folder / CONSOLIDATED)
    return context


def wrong_review(context: ProofContext) -> ProofContext:
    book: Any = openpyxl.load_workbook(context.folder / REVIEW_FILE)
    book.worksheets[0].cell(HEAD_ROW + 2, 2).value = "另一个问题"
    book.save(context.folder / REVIEW_FILE)
    return context


def wrong_set_up(context: ProofContext) -> ProofContext:
    path = context.folder / SETUP_FILE
    write_setup_sheet(path, replace(context.state, before=()))
    book: Any = openpyxl.load_workbook(path)
    book.worksheets[0].cell(SETUP_HEAD + 2, 2).value = 999
    book.save(path)
    return context


def wrong_paper(context: ProofContext) -> ProofContext:
    path = context.folder / "整改周报.docx"
    path.write_bytes(
        with_part(path.read_bytes(), "word/document.xml", lambda text: text.replace("逾期", "超期"))
    )
    return context


def wrong_record(context: ProofContext) -> ProofContext:
    path = context.folder / RECORD
    record = json.loads(path.read_text(encoding="utf-8"))
    record["figures"]["people"] += 1
    path.write_text(json.dumps(record), encoding="utf-8")
    return context


def wrong_report(context: ProofContext) -> ProofContext:
    path = context.folder / REPORT
    path.write_bytes(path.read_bytes().replace("收到文件8个".encode(), "收到文件9个".encode()))
    return context


def wrong_board(context: ProofContext) -> ProofContext:
    path = context.folder / BOARD
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(">19.05%</span>", ">19.06%</span>"), encoding="utf-8")
    return context


# Name of a check → what is made wrong, and what only this check says of it.
def wrong_office_ledger(context: ProofContext) -> ProofContext:
    place = Place(sheet="Sheet1", head=1, first=2, last=2, left=1, right=2)
    data = workbook(Sheet([["序号", "进展情况"], ["1", "旧进展"]]))
    office = OfficeBook(learn(data, place), FormPlace(place, {1: "id", 2: "progress"}, {}, {}))
    entry = context.state.entries[0]
    changed = replace(entry, item=replace(entry.item, progress="另外的进展"))
    whole = office.whole(
        (changed, *context.state.entries[1:]), context.state.settings, context.state.as_of
    )
    (context.folder / WHOLE).write_bytes(whole)
    return replace(context, written=replace(context.written, office=office))


DEFECTS: dict[str, tuple[Change, str]] = {
    "figure_faults": (wrong_figure, "数字表中measures印的是99，应为19"),
    "sum_faults": (wrong_sum, "各状态问题数之和为21，问题总数为99"),
    "change_faults": (forgotten_change, "变化情况中changes.reopened印的是0，应为1"),
    "balance_faults": (other_last_period, "上期的closed为77，台账库中为2"),
    "due_faults": (other_deadline, "问题1-1的到期天数为88，台账库中为无"),
    "workbook_faults": (wrong_cell, "汇总台账“总览”!B4的problems印的是999，应为21"),
    "review_faults": (wrong_review, "审核单中问题1-1的问题印的是另一个问题"),
    "set_up_faults": (wrong_set_up, "建账确认单的“单位”表中，problems（规划建设局）印的是999"),
    "office_ledger_faults": (wrong_office_ledger, "整改台账.xlsx的Sheet1!B2印的是“另外的进展”"),
    "paper_faults": (wrong_paper, "整改周报：第"),
    "board_faults": (wrong_board, "看板的completion_rate印的是19.06%，应为19.05%"),
    "record_faults": (wrong_record, "run.json figures.people印的是3，应为2"),
    "text_faults": (wrong_report, "运行说明第2行的inputs印的是9，应为8"),
}


def proved(context: ProofContext) -> None:
    prove(context.state, context.written, context.tally, context.templates, context.folder)


def test_every_check_has_a_defect_of_its_own() -> None:
    assert [check.__name__ for check in CHECKS] == list(DEFECTS)


@pytest.mark.parametrize("check", DEFECTS)
def test_the_gate_asks_every_check(copied: ProofContext, check: str) -> None:
    change, told = DEFECTS[check]
    with pytest.raises(FiguresDisagreeError) as stopped:
        proved(change(copied))
    assert any(fault.startswith(told) for fault in stopped.value.faults), stopped.value.faults


def test_nothing_wrong_is_let_through_and_much_is_said_in_short(copied: ProofContext) -> None:
    proved(copied)
    error = FiguresDisagreeError(tuple(f"第{number}处" for number in range(20)))
    assert str(error).endswith("第11处；等20处")
    assert str(error).startswith("各处数字不一致，本次未出任何文件：第0处；第1处")


# Whole rounds, with the writer of one paper, the values of its placeholders, or the counting made wrong.


def brief_with_one_problem_too_many(patch: pytest.MonkeyPatch) -> None:
    write = paper.write_paper

    def wrong(file: File, state: State, *rest: Any) -> Path:
        numbers = {**state.figures.whole.numbers, "problems": state.figures["problems"] + 1}
        whole = replace(state.figures.whole, numbers=numbers)
        if file.paper.name == "整改周报":
            state = replace(state, figures=replace(state.figures, whole=whole))
        return write(file, state, *rest)

    patch.setattr(outputs, "write_paper", wrong)


def placeholders(**texts: Line) -> Callable[[pytest.MonkeyPatch], None]:
    """Other values for placeholders: in what is written, or also in what the gate expects."""

    def wrong(patch: pytest.MonkeyPatch) -> None:
        def lines(file: File, state: State) -> dict[str, Line]:
            return {**placeholder_lines(file, state), **texts}

        patch.setattr(paper, "placeholder_lines", lines)

    return wrong


def placeholders_everywhere(**texts: Line) -> Callable[[pytest.MonkeyPatch], None]:
    def wrong(patch: pytest.MonkeyPatch) -> None:
        placeholders(**texts)(patch)
        patch.setattr("toolkit.run.proof.papers.placeholder_lines", paper.placeholder_lines)

    return wrong


def counted_as(**numbers: Any) -> Callable[[pytest.MonkeyPatch], None]:
    """Other totals, wherever the figures are computed."""

    def wrong(patch: pytest.MonkeyPatch) -> None:
        compute = counts.compute

        def changed(*arguments: Any) -> Figures:
            figures = compute(*arguments)
            whole = replace(figures.whole, numbers={**figures.whole.numbers, **numbers})
            return replace(figures, whole=whole)

        for name, module in list(sys.modules.items()):
            if name.startswith("toolkit") and getattr(module, "compute", None) is compute:
                patch.setattr(module, "compute", changed)

    return wrong


TIED: Line = (Printed("999", Ref("problems")),)
WRONG: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], str]] = {
    "a brief": (brief_with_one_problem_too_many, "整改周报：第"),
    "a placeholder of the notice": (placeholders(已完成数=("888",)), "整改进展通报：第"),
    "a placeholder in every place": (placeholders_everywhere(问题总数=TIED), "应为20"),
    "a placeholder that is tied to nothing": (
        placeholders_everywhere(已完成数=("888",)), "888没有来历",
    ),
    "money": (counted_as(money=Decimal(123456)), "money印的是123456，应为12.6"),
    "measures": (counted_as(measures=777), "measures印的是777，应为20"),
    "regulations": (counted_as(regulations=66), "regulations印的是66，应为1"),
    "people": (counted_as(people=55), "people印的是55，应为5"),
}  # fmt: skip


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("错") / "区")
    office.ledger(*LEDGER)
    return office


@pytest.mark.parametrize("what", WRONG)
def test_a_run_with_a_wrong_number_leaves_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    make_wrong, told = WRONG[what]
    make_wrong(monkeypatch)
    with pytest.raises(FiguresDisagreeError) as stopped:
        office.run(FIRST)
    assert any(told in fault for fault in stopped.value.faults), stopped.value.faults
    assert list(office.place.outbox.iterdir()) == []
    assert [path.name for path in office.place.inbox.iterdir()] == ["台账.xlsx"]
    with Register.open(office.place.register_path) as register:
        assert register.rounds() == ()


def test_the_same_run_without_a_wrong_number_is_kept(office: Office, tmp_path: Path) -> None:
    shutil.copytree(office.place.root, tmp_path / "区")
    copied = Office.__new__(Office)
    copied.place = type(office.place)(tmp_path / "区")
    assert copied.run(FIRST).is_dir()
    assert dt.date.fromisoformat(copied.folder.name) == FIRST


def test_a_word_file_that_is_changed_by_one_digit_is_another(copied: ProofContext) -> None:
    """The helper that changes files really changes them."""
    word = WordFile(copied.folder / "整改周报.docx")
    line: Line = (Printed("3", Ref("period")),)
    (span,) = spans_of(line)
    part = "word/document.xml"
    assert word.changed(part, 1, replace(span, start=2)) != word.with_member(
        part, word.members[part]
    )
