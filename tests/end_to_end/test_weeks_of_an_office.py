"""Weeks of an office as nobody has planned them, through workbooks alone, against a model that knows only what was typed."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.fuzz import examples
from tests.support.items import ENTRY, UNITS
from tests.support.made import OFFICE
from toolkit.issued.sign import Signing, sign
from toolkit.issued.undo import undo
from toolkit.ledger.entry import Entry
from toolkit.ledger.status import Status
from toolkit.run.round import NothingMade, Outcome, run_round
from toolkit.run.templates import create_workspace
from toolkit.settings.model import Settings
from toolkit.workbooks.template import write_ledger

STAMP = dt.datetime(2026, 6, 1)
SET_UP = dt.date(2026, 6, 5)  # a Friday: the last day of a week, on which periods end
NAMES = [unit.name for unit in UNITS]
ITEMS = {f"{number}-{part}": NAMES[number - 1] for number in (1, 2, 3) for part in (1, 2)}
WORDS = {
    Status.NOT_STARTED: "未启动",
    Status.IN_PROGRESS: "正在整改",
    Status.PHASED: "阶段性完成",
    Status.DONE: "已完成",
}
# What a unit does after what: nobody falls back here (that asks a question, tests/register).
LATER: list[Status | None] = list(WORDS)


class Order(Enum):
    """What becomes of the order of the rows: what is seen sorted alone; sorted with all that is hidden; nothing."""

    SEEN = "seen"
    WHOLE = "whole"
    KEPT = "kept"


def entry(id_: str, unit: str) -> Entry:
    values: dict[str, Any] = {
        "id": id_, "sub_problem": f"分项问题{id_}。", "problem": f"具体问题{id_}", "lead_unit": unit, "co_units": (),
        "progress": "5月已召开会议1次。", "status": Status.IN_PROGRESS, "completed_on": None, "regulations": (),
    }  # fmt: skip
    return replace(ENTRY, item=replace(ENTRY.item, **values))


@dataclass(frozen=True)
class Said:
    """What stands of an item: its text of progress and its status."""

    progress: str
    status: Status | None


@dataclass
class Piece:
    """A file in the inbox: what it says of items, which of them it asks to close, and of which unit it is."""

    name: str
    said: dict[str, Said] = field(default_factory=dict)
    closes: frozenset[str] = frozenset()


@dataclass
class Known:
    """What a run should have left."""

    period: int
    day: dt.date
    run: int
    said: dict[str, Said]
    closed: frozenset[str]
    reported: frozenset[str]
    pieces: tuple[Piece, ...]
    outcome: Outcome
    is_signed: bool = False


def friday_of(day: dt.date) -> dt.date:
    """The day on which the period of a day ends."""
    return day + dt.timedelta((4 - day.weekday()) % 7)


class Weeks(RuleBasedStateMachine):
    """A clerk, three units and a head; every rule is something that one of them does."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="周"))
        self.pending: list[Piece] = []
        self.history: list[Known] = []
        self.settings: Settings = OFFICE
        self.count = 0
        self.numbers: dict[tuple[str, str, int], str] = {}

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @initialize()
    def set_up(self) -> None:
        self.place = create_workspace(self.folder / "整改 （办）", OFFICE)
        entries = [entry(id_, unit) for id_, unit in ITEMS.items()]
        write_ledger(self.place.inbox / "基准.xlsx", entries, OFFICE, STAMP)
        self.day = SET_UP
        said = {each.item.id: Said(each.item.progress, Status.IN_PROGRESS) for each in entries}
        made = self.made()
        assert isinstance(made, Outcome)
        everybody = frozenset(NAMES)
        self.history = [Known(1, SET_UP, 1, said, frozenset(), everybody, (), made)]
        self.agree()
        self.day += dt.timedelta(3)

    # What units send

    @rule(
        unit=st.sampled_from(NAMES),
        parts=st.sets(st.sampled_from([1, 2]), min_size=1),
        status=st.sampled_from(LATER),
        old=st.booleans(),
        doubled=st.booleans(),
        order=st.sampled_from(Order),
        cut=st.booleans(),
        press=st.booleans(),
    )
    def report(
        self,
        unit: str,
        parts: set[int],
        status: Status,
        *,
        old: bool,
        doubled: bool,
        order: Order,
        cut: bool,
        press: bool,
    ) -> None:
        """Fill the newest form that was sent out to a unit, or an older one; send it once, or twice.

        Its rows may be sorted, with or without what is hidden, and those that say nothing new cut out. The clerk may run
        at once.
        """
        source = self.form(unit, old=old)
        waiting = {id_ for piece in self.pending for id_ in (*piece.said, *piece.closes)}
        number = NAMES.index(unit) + 1
        ids = {f"{number}-{part}" for part in parts} - waiting - self.now.closed
        if source is None or not ids:
            return
        self.count += 1
        piece = Piece(f"{unit}-{self.count}.xlsx")
        with filling(source, self.place.inbox / piece.name) as sheet:
            for id_ in sorted(ids & set(rows_of(sheet))):
                later = max(LATER.index(status), LATER.index(self.now.said[id_].status))
                said = Said(f"6月{self.count}日召开第{self.count}次专题会议。", LATER[later])
                piece.said[id_] = said
                done_on = self.day if said.status is Status.DONE else None
                fill(
                    sheet,
                    id_,
                    {
                        "整改进展情况": said.progress,
                        "整改状态": WORDS[said.status],
                        "完成时间": done_on,
                    },
                )
            reorder(sheet, order)
            if cut and piece.said:
                cut_out(sheet, set(rows_of(sheet)) & set(ITEMS) - set(piece.said))
        if not piece.said:
            (self.place.inbox / piece.name).unlink()
            return
        self.pending.append(piece)
        if doubled:
            again = self.place.inbox / f"副本{piece.name}"
            shutil.copy(self.place.inbox / piece.name, again)
            self.pending.append(Piece(again.name))
        if press:
            self.run()

    @rule(id_=st.sampled_from(sorted(ITEMS)), unit=st.sampled_from([*NAMES, "青竹镇"]))
    def stray(self, id_: str, unit: str) -> None:
        """A row that has nothing but its number in common with an item: last year's, or a stranger's."""
        self.count += 1
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet.append(["问题编号", "具体问题", "牵头单位", "整改措施", "整改进展情况", "整改状态"])
        stray = f"风力灭火机坏了{self.count}台"
        sheet.append([id_, stray, unit, "1.购置。", f"2025年购置{self.count}台。", "已完成"])
        name = f"来件{self.count}.xlsx"
        book.save(self.place.inbox / name)
        self.pending.append(Piece(name))

    # What the head decides

    @precondition(lambda self: self.can_close())
    @rule(data=st.data(), order=st.sampled_from(Order), on_the_sheet=st.booleans())
    def close(self, data: st.DataObject, *, order: Order, on_the_sheet: bool) -> None:
        """Close items in the consolidated workbook or on the review sheet, whose rows may be sorted."""
        ids = data.draw(st.sets(st.sampled_from(self.can_close()), min_size=1))
        self.count += 1
        if on_the_sheet and (self.now.outcome.folder / "审核单.xlsx").exists():
            self.close_on_the_sheet(ids, order)
            return
        piece = Piece(f"汇总台账-{self.count}.xlsx", closes=frozenset(ids))
        decided = {
            "同意销号": "是", "审核人": "王主任", "审核日期": self.now.day, "依据": f"会议纪要第{self.count}号",
        }  # fmt: skip
        with filling(
            self.now.outcome.folder / "汇总台账.xlsx", self.place.inbox / piece.name
        ) as sheet:
            for id_ in sorted(ids):
                fill(sheet, id_, decided)
            reorder(sheet, order)
        self.pending.append(piece)

    def close_on_the_sheet(self, ids: set[str], order: Order) -> None:
        piece = Piece(f"审核单-{self.count}.xlsx", closes=frozenset(ids))
        source = self.now.outcome.folder / "审核单.xlsx"
        with filling(source, self.place.inbox / piece.name, "审核单") as sheet:
            for id_ in sorted(ids):
                fill(sheet, id_, {"决定": "同意", "意见": f"第{self.count}次审核"})
            for cell in sheet[heads_of(sheet)[""] - 1]:
                if cell.value in ("审核人：", "审核日期："):
                    beside = sheet.cell(cell.row or 0, (cell.column or 0) + 1)
                    beside.value = "王主任" if cell.value == "审核人：" else self.now.day
            reorder(sheet, order)
        self.pending.append(piece)

    def can_close(self) -> list[str]:
        """Done, not closed, and nothing about it on the way."""
        waiting = {id_ for piece in self.pending for id_ in (*piece.said, *piece.closes)}
        return [
            id_
            for id_, said in (self.now.said.items() if self.history else ())
            if said.status is Status.DONE and id_ not in self.now.closed | waiting
        ]

    # What the clerk does

    @rule(days=st.integers(1, 5))
    def wait(self, days: int) -> None:
        self.day += dt.timedelta(days)

    @rule(soon=st.sampled_from([10, 15]))
    def change_settings(self, soon: int) -> None:
        self.settings = replace(OFFICE, lights=replace(OFFICE.lights, soon_days=soon))

    @rule(words=st.sampled_from(["", "请认真落实。", "请按时报送。"]))
    def change_a_template(self, words: str) -> None:
        """The office writes another sentence into its notice; the figures are none of its business."""
        path = self.place.templates / "通报.docx"
        document = docx.Document(str(path))
        place = next(n for n, each in enumerate(document.paragraphs) if "欢迎" in each.text)
        if document.paragraphs[place - 1].text.startswith("请"):
            document.paragraphs[place - 1].text = words
        else:
            document.paragraphs[place].insert_paragraph_before(words)
        document.save(str(path))

    @rule()
    def run(self) -> None:
        """One press."""
        begins = friday_of(self.day) != friday_of(self.now.day)
        if not begins and self.now.is_signed:
            made = self.made()
            assert isinstance(made, NothingMade)
            assert "签发" in made.sentence
            assert self.in_inbox() == {piece.name for piece in self.pending}
            return
        made = self.made()
        if isinstance(made, NothingMade):
            assert not any(piece.said or piece.closes for piece in self.pending)
            self.pending = []
            assert self.in_inbox() == set()
            return
        self.history.append(self.expected(made, begins=begins))
        self.pending = []
        self.agree()
        again = self.made()
        assert isinstance(again, NothingMade)
        assert "没有新的内容" in again.sentence

    def expected(self, made: Outcome, *, begins: bool) -> Known:
        said = dict(self.now.said)
        closed = self.now.closed
        for piece in self.pending:
            said |= piece.said
            closed |= piece.closes
        told = {ITEMS[id_] for piece in self.pending for id_ in piece.said}
        before = frozenset() if begins else self.now.reported
        is_first = self.now.period == 1 and not begins
        nothing_left = {
            unit for unit in NAMES if {id_ for id_ in ITEMS if ITEMS[id_] == unit} <= closed
        }
        return Known(
            self.now.period + begins,
            self.day,
            1 if begins else self.now.run + 1,
            said,
            closed,
            frozenset(NAMES) if is_first else before | told | nothing_left,
            tuple(self.pending),
            made,
        )

    @precondition(lambda self: len(self.history) > 1 and not self.now.is_signed)
    @rule()
    def undo(self) -> None:
        """The last run is taken back: what it took in lies in the inbox again."""
        gone = self.history.pop()
        done = undo(self.place)
        assert done.files == len(gone.pieces)
        self.pending = [*gone.pieces, *self.pending]
        assert self.in_inbox() == {piece.name for piece in self.pending}
        assert (self.now.outcome.folder / "run.json").is_file()

    @precondition(lambda self: len(self.history) > 1 and not self.now.is_signed)
    @rule()
    def sign(self) -> None:
        self.count += 1
        number = f"甲乙党工通〔{self.now.day.year}〕{self.count}号"
        name = self.now.outcome.folder.name
        sign(
            self.place,
            self.settings,
            Signing(round=name, by="王主任", on=self.now.day, number=number),
        )
        self.now.is_signed = True

    # What must hold after every run

    def agree(self) -> None:
        state = self.now.outcome.state
        assert {
            id_: Said(each.item.progress, each.item.status) for id_, each in state.by_id.items()
        } == self.now.said
        assert {each.item.id for each in state.entries if each.closed} == self.now.closed
        whole = state.figures.whole.numbers
        done = {id_ for id_, said in self.now.said.items() if said.status is Status.DONE}
        assert (whole["problems"], whole["by_status.done"], whole["closed"]) == (
            len(ITEMS),
            len(done),
            len(self.now.closed),
        )
        assert set(state.figures.missing_units) == set(NAMES) - self.now.reported
        assert (state.number, state.run) == (self.now.period, self.now.run)
        self.agree_on_changes()
        for given in state.letter_numbers:
            key = (given.kind.value, given.prefix, given.year * 1000 + given.serial)
            assert self.numbers.setdefault(key, given.unit) == given.unit
        assert self.in_inbox() == set()

    def agree_on_changes(self) -> None:
        """Against the last run of the period before, whatever happened within the period."""
        state = self.now.outcome.state
        before = [known for known in self.history if known.period < self.now.period]
        if not before:
            assert state.changes.since is None
            return
        last = before[-1]
        assert state.changes.since == last.day
        changed = {
            id_ for id_, said in self.now.said.items() if said.progress != last.said[id_].progress
        }
        assert set(state.changes.updated) == changed
        became_done = {
            id_
            for id_, said in self.now.said.items()
            if said.status is Status.DONE is not last.said[id_].status
        }
        assert set(state.changes.became(Status.DONE)) == became_done
        assert set(state.changes.closed) == self.now.closed - last.closed

    # The workspace

    @property
    def now(self) -> Known:
        return self.history[-1]

    def made(self) -> Outcome | NothingMade:
        return run_round(self.place, self.settings, self.day, now=dt.datetime(2026, 12, 1))

    def in_inbox(self) -> set[str]:
        return {path.name for path in self.place.inbox.iterdir()}

    def form(self, unit: str, *, old: bool) -> Path | None:
        """The form that a unit got last, or the oldest that it has still."""
        folders = [known.outcome.folder for known in self.history]
        for folder in folders if old else reversed(folders):
            if found := sorted((folder / "下发").glob(f"{unit}-*.xlsx")):
                return found[0]
        return None


@contextmanager
def filling(source: Path, target: Path, name: str = "整改台账") -> Iterator[Worksheet]:
    """A sheet of a workbook, saved under another name afterwards."""
    book = openpyxl.load_workbook(source)
    yield book[name]
    book.save(target)


def heads_of(sheet: Worksheet) -> dict[str, int]:
    for cells in sheet.iter_rows(max_row=8):
        heads = {str(cell.value): number for number, cell in enumerate(cells, 1) if cell.value}
        if "问题编号" in heads:
            return heads | {"": cells[0].row or 0}
    raise AssertionError("没有表头")


def rows_of(sheet: Worksheet) -> dict[str, int]:
    heads = heads_of(sheet)
    return {
        str(sheet.cell(row, heads["问题编号"]).value): row
        for row in range(heads[""] + 1, sheet.max_row + 1)
    }


def reorder(sheet: Worksheet, order: Order) -> None:
    """Sort the rows by the text of the problem, downwards: the filter's whole range, or only what is seen of it."""
    if order is Order.KEPT:
        return
    left, top, right, bottom = range_boundaries(sheet.auto_filter.ref or "")
    assert left
    assert top
    assert right
    assert bottom
    if order is Order.SEEN:
        hidden = [
            column_index_from_string(letters)
            for letters, column in sheet.column_dimensions.items()
            if column.hidden
        ]
        right = min([right, *(col - 1 for col in hidden if col > left)])
    rows = [
        [sheet.cell(row, col).value for col in range(left, right + 1)]
        for row in range(top + 1, bottom + 1)
    ]
    rows = [row for row in rows if row[0]]
    for number, row in enumerate(reversed(rows), top + 1):
        for col, value in enumerate(row, left):
            sheet.cell(number, col).value = value


def cut_out(sheet: Worksheet, ids: set[str]) -> None:
    """Without the rows of these items, whose cells move up."""
    for row in sorted((rows_of(sheet)[id_] for id_ in ids), reverse=True):
        sheet.delete_rows(row)


def fill(sheet: Worksheet, id_: str, cells: dict[str, Any]) -> None:
    heads, row = heads_of(sheet), rows_of(sheet)[id_]
    for head, value in cells.items():
        if value is not None:
            sheet.cell(row, heads[head]).value = value


@pytest.mark.fuzz
def test_whatever_an_office_does_in_its_weeks_the_ledger_says_what_was_typed() -> None:
    run_state_machine_as_test(
        Weeks,
        settings=settings(
            max_examples=examples(16),
            stateful_step_count=16,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
