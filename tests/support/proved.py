"""A state as the gate saw it: what was written of it, and a copy of the register that it was counted from.

`seen_by_the_gate` catches what a real run hands to `prove`, wherever it is called from; the story below makes one
state in which every number that the house can print occurs.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import shutil
import sqlite3
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from tests.support.cases import SETTINGS as OFFICE
from tests.support.cases import row_of
from toolkit.figures.table import placeholder_codes
from toolkit.ledger.entry import Entry
from toolkit.ledger.submission import Origin
from toolkit.papers import brief
from toolkit.register import count
from toolkit.register.count import Question, Tally
from toolkit.register.pending import Pending
from toolkit.run import proof
from toolkit.run.outputs import Written
from toolkit.run.proof.context import ProofContext
from toolkit.run.round import Outcome, run_round
from toolkit.run.templates import create_workspace
from toolkit.settings.model import Settings
from toolkit.settings.reading import load
from toolkit.state import State
from toolkit.workbooks.template import write_ledger
from toolkit.workspace import Workspace


@dataclass(frozen=True)
class Proved:
    """What one run handed to the gate, kept after the run; `count` asks its register anything else."""

    context: ProofContext
    question: Question
    register: sqlite3.Connection
    round_id: int

    def count(self, question: Question) -> Tally:
        """What SQL counts for another question."""
        return count.tally(self.register, question, self.round_id)


@contextmanager
def seen_by_the_gate(kept: Path) -> Iterator[list[Proved]]:
    """While this lasts, everything that runs hand to the gate is kept in `kept`, and proved as always."""
    seen: list[Proved] = []
    asked: list[tuple[Question, sqlite3.Connection, int]] = []
    prove, tally = proof.prove, Pending.tally

    def watched_tally(pending: Pending, question: Question) -> Tally:
        asked.append((question, copy_of(pending.db), pending.id))
        return tally(pending, question)

    def watched_prove(
        state: State, written: Written, counted: Tally, templates: Path, folder: Path
    ) -> None:
        place = kept / str(len(seen))
        shutil.copytree(folder, place / "成果")
        shutil.copytree(templates, place / "模板")
        context = ProofContext(
            state=state,
            written=written,
            tally=counted,
            templates=place / "模板",
            folder=place / "成果",
        )
        seen.append(Proved(context, *asked[-1]))
        prove(state, written, counted, templates, folder)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pending, "tally", watched_tally)
        for module in [module for name, module in sys.modules.items() if "toolkit" in name]:
            if getattr(module, "prove", None) is prove:
                patch.setattr(module, "prove", watched_prove)
        yield seen


def copy_of(db: sqlite3.Connection) -> sqlite3.Connection:
    """The register within an open transaction, with what was known before it."""
    copy = sqlite3.connect(":memory:")
    copy.deserialize(db.serialize())  # a backup would wait for the end of the transaction
    count.prepare(copy)
    count.keep_ledger_before(copy)
    copy.execute("DELETE FROM temp.ledger_before")
    rows = db.execute("SELECT * FROM temp.ledger_before").fetchall()
    marks = ", ".join("?" * len(rows[0])) if rows else ""
    copy.executemany(f"INSERT INTO temp.ledger_before VALUES ({marks})", rows)  # noqa: S608
    return copy


# The story: three periods of a small office. Every kind of change, letter, decision and edit is in the last one.
FIRST, SECOND, THIRD = dt.date(2026, 6, 5), dt.date(2026, 6, 12), dt.date(2026, 6, 19)
STAMP = dt.datetime(2026, 6, 1)
SETTINGS = replace(
    OFFICE,
    document=replace(
        OFFICE.document, phone="0000-1234567", email="a@b.gov.cn", withheld="4-1、9-9"
    ),
    letters=replace(OFFICE.letters, writes_warnings=True),
)
FULL, THIN, EMPTY = "3月12日修订《甲办法》，新增条款5条。", "已建立机制。", "高度重视，加强管理。"
DONE = {"整改状态": "已完成", "完成时间": "2026-05-20"}
PLANNING = "规划建设局"
FINANCE = {"牵头单位": "财政金融局", "牵头领导": "赵敏"}
SOCIAL = {"牵头单位": "社会事务局", "牵头领导": "孙立"}
INVESTMENT = {"牵头单位": "投资促进局", "牵头领导": "孙立"}
LEDGER: tuple[dict[str, str], ...] = (
    {"问题编号": "1-1", "具体问题": "会议记录缺失", "涉及金额（万元）": "12.6"},
    {"问题编号": "1-2", "具体问题": "合同归档不及时", "处理人次": "3", "整改进展情况": THIN},
    {"问题编号": "1-3", "具体问题": "公车台账缺项", "整改进展情况": EMPTY},
    {"问题编号": "1-4", "具体问题": "采购计划滞后", "整改状态": "未启动"},
    {"问题编号": "1-5", "具体问题": "食堂采购未比价", **DONE},
    {"问题编号": "1-6", "具体问题": "值班制度未落实", "整改状态": "", "处理人次": "2"},
    {"问题编号": "1-7", "具体问题": "印章管理不严", **DONE},
    {"问题编号": "2-1", "具体问题": "预算执行偏慢", "整改时限": "2026-06-15", **FINANCE},
    {"问题编号": "2-2", "具体问题": "往来款未清理", "整改时限": "2026-06-10", **FINANCE},
    {"问题编号": "2-3", "具体问题": "决算公开不及时", **FINANCE, **DONE},
    {"问题编号": "2-4", "具体问题": "票据管理不规范", **FINANCE, **DONE},
    {"问题编号": "2-5", "具体问题": "资产未登记", **FINANCE, **DONE},
    {"问题编号": "3-1", "具体问题": "救助审核不严", **SOCIAL},
    {"问题编号": "3-2", "具体问题": "培训走过场", "整改时限": "2026-05-01", **SOCIAL},
    {"问题编号": "3-3", "具体问题": "档案移交迟缓", "整改时限": "2026-06-25", **SOCIAL},
    {"问题编号": "3-4", "具体问题": "社区用房闲置", "整改状态": "长期坚持", **SOCIAL},
    {"问题编号": "4-1", "具体问题": "敏感的事项", **INVESTMENT},
    {
        "问题编号": "4-2",
        "具体问题": "对恒远建设有限公司的监管不到位",
        "整改进展情况": "约谈恒远建设有限公司负责人，赵六两次到场（0769-22890000）。对举报人反映的情况开展初核。",
        "责任人": "赵六",
        **INVESTMENT,
    },
    {"问题编号": "4-3", "具体问题": "招商台账不全", **INVESTMENT},
    {"问题编号": "4-4", "具体问题": "无主的问题", "牵头单位": "", "牵头领导": ""},
)
SIGNED = {"审核人": "王主任", "审核日期": dt.date(2026, 6, 8), "依据": "会议纪要第3号"}
# What the head fills in, in the second period and in the third: by item, by heading.
SECOND_REVIEW: Mapping[str, Mapping[str, Any]] = {
    "2-4": {"同意销号": "是", **SIGNED},
    "2-5": {"同意销号": "是", **SIGNED},
}
THIRD_REVIEW: Mapping[str, Mapping[str, Any]] = {
    "1-7": {"同意销号": "否", "审核意见": "请补充佐证材料", **SIGNED},
    "2-2": {"延期至": dt.date(2026, 9, 30), **SIGNED},
    "2-3": {"同意销号": "是", **SIGNED},
    "2-4": {"回头看": "反弹", **SIGNED},
    "2-5": {"回头看": "未反弹", **SIGNED},
    "3-1": {"审核意见": "拆分为3-1-1、3-1-2", **SIGNED},
    "4-3": {"审核意见": "并入4-2", **SIGNED},
    "3-3": {"牵头领导": "赵敏", **SIGNED},
    "3-4": {"同意销号": "是"},  # without a signature: not followed
}
NEW_ROWS: Sequence[Mapping[str, Any]] = (
    {"问题编号": "3-1-1", "具体问题": "救助名单未公示"},
    {"问题编号": "3-1-2", "具体问题": "救助标准未更新"},
    {
        "问题编号": "5-1", "分项问题": "新发现的问题。", "具体问题": "物资采购未验收", "整改措施": "补办验收。",
        "牵头领导": "赵敏", "牵头单位": "财政金融局", "责任人": "李四", "整改类型": "限期整改",
        "整改时限": dt.date(2026, 12, 31), "整改状态": "未启动", **SIGNED,
    },
)  # fmt: skip
# What the planning bureau reports in the third period: the first four items move on, the fifth falls back.
REPORTED: tuple[dict[str, str], ...] = (
    {**LEDGER[0], **DONE, "完成时间": "2026-06-16", "整改进展情况": "6月16日补齐会议记录12份。"},
    {**LEDGER[1], "整改状态": "阶段性完成"},
    {**LEDGER[2], "整改状态": "长期坚持"},
    {**LEDGER[3], "整改状态": "正在整改"},
    {**LEDGER[4], "整改状态": "正在整改"},
    {**LEDGER[6]},
)
# Typed into the return: an amount in 元, and a number of persons below nothing.
DOUBTFUL: Mapping[str, Mapping[str, Any]] = {
    "1-1": {"涉及金额（万元）": 267000},
    "1-2": {"处理人次": "-1"},
}
STRANGE_ROW = {"问题编号": "8-8", "具体问题": "台账里没有的问题", "整改进展情况": "不知是谁的。"}
# The prose of the notice: every figure and rate that a template can ask for.
FIGURES_PARAGRAPH = "；".join(f"{name}{{{{{name}}}}}" for name in placeholder_codes())


class Office:
    """A workspace with the hands that work in it; each step leaves a file in the inbox."""

    def __init__(self, root: Path, settings: Settings = SETTINGS) -> None:
        self.place, self.settings = create_workspace(root, settings), settings
        self.folder = root

    def run(self, day: dt.date) -> Path:
        """One run at the end of this day; the folder of its state."""
        moment = dt.datetime.combine(day, dt.time(17))
        settings = load(self.place.settings_path.read_bytes())
        made = run_round(self.place, settings, day, now=moment)
        assert isinstance(made, Outcome)
        self.folder, self.state = made.folder, made.state
        return self.folder

    def ledger(self, *rows: dict[str, str], name: str = "台账.xlsx", unit: str = "") -> Path:
        """A workbook of ours with these rows, a unit's where one is named."""
        path = self.place.inbox / name
        entries = [Entry(item=row_of(row).item, origin=Origin("", "", 0)) for row in rows]
        write_ledger(path, entries, self.settings, STAMP, unit=unit)
        return path

    def review(
        self, cells: Mapping[str, Mapping[str, Any]], added: Sequence[Mapping[str, Any]] = ()
    ) -> Path:
        """The newest consolidated workbook as the head fills it in, with a finding waived."""
        book: Any = openpyxl.load_workbook(self.folder / "汇总台账.xlsx")
        fill(book["整改台账"], cells, added)
        waive_first(book["核查意见"])
        path = self.place.inbox / "汇总台账（已审）.xlsx"
        book.save(path)
        return path

    def edit(self, paper: str, change: Callable[[str], str], name: str) -> Path:
        """A paper of the newest state with its text changed."""
        path = self.place.inbox / name
        data = (self.folder / paper).read_bytes()
        path.write_bytes(with_part(data, "word/document.xml", change))
        return path


def fill(
    sheet: Any, cells: Mapping[str, Mapping[str, Any]], added: Sequence[Mapping[str, Any]] = ()
) -> None:
    """Cells of a ledger sheet by item and heading, and whole rows below the last one."""
    row_of_heads = next(n for n in range(1, 6) if sheet.cell(n, 1).value == "问题编号")
    heads = {cell.value: cell.column for cell in sheet[row_of_heads]}
    rows = {str(sheet.cell(row, 1).value): row for row in range(1, sheet.max_row + 1)}
    typed = [(rows[id_], values) for id_, values in cells.items()]
    last = max(row for id_, row in rows.items() if re.fullmatch(r"[\d-]+", id_))
    for row, values in (*typed, *enumerate(added, last + 1)):
        for heading, value in values.items():
            sheet.cell(row, heads[heading]).value = value


def waive_first(sheet: Any) -> None:
    """Waive the first warning of the sheet of findings."""
    heads = {cell.value: cell.column for cell in sheet[3]}
    row = next(n for n in range(4, sheet.max_row + 1) if sheet.cell(n, 1).value == "提醒")
    for heading, value in {
        "免核理由": "情况特殊", "批准人": "王主任", "有效期至": dt.date(2026, 12, 31),
    }.items():  # fmt: skip
        sheet.cell(row, heads[heading]).value = value


def with_part(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """A package with the text of one part changed; a change that does nothing is a mistake of the test."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w") as after:
        for part in before.namelist():
            text = before.read(part)
            if part == name:
                changed = change(text.decode()).encode()
                assert changed != text, name
                text = changed
            after.writestr(part, text)
    return stream.getvalue()


def replaced(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


def reworded(text: str) -> str:
    """Other words in an item that nobody reports about, and in the frame of the notice."""
    text = text.replace("资产未登记", "资产没有登记")
    return text.replace("欢迎广大党员干部群众", "欢迎广大干部群众")


def without_paragraph(words: str) -> Callable[[str], str]:
    """The text without the paragraph that has these words."""

    def change(text: str) -> str:
        found = re.search(rf"<w:p>(?:(?!</w:p>).)*{words}.*?</w:p>", text)
        return text.replace(found[0], "", 1) if found else text

    return change


def ask_for_every_figure(workspace: Workspace) -> None:
    """The office's own notice prints every figure there is, in its body and in its head."""
    path = workspace.templates / "通报.docx"
    document = docx.Document(str(path))
    last = next(found for found in document.paragraphs if "欢迎" in found.text)
    last.insert_paragraph_before(FIGURES_PARAGRAPH)
    document.sections[0].header.paragraphs[0].text = "问题{{问题总数}}个"
    document.save(str(path))


def tell_everything(root: Path) -> Office:
    """An office at the end of the third period, with everything in its inbox that can come."""
    office = Office(root)
    ask_for_every_figure(office.place)
    office.ledger(*LEDGER)
    office.run(FIRST)
    office.review(SECOND_REVIEW)
    office.run(SECOND)
    office.review(THIRD_REVIEW, NEW_ROWS)
    older = office.ledger(REPORTED[0], name="规划建设局（旧）.xlsx", unit=PLANNING)
    path = office.ledger(*REPORTED, name="规划建设局.xlsx", unit=PLANNING)
    book: Any = openpyxl.load_workbook(path)
    fill(book["整改台账"], DOUBTFUL, [STRANGE_ROW])
    book.save(path)
    for number, returned in enumerate((older, path)):
        os.utime(returned, (1_781_000_000 + number, 1_781_000_000 + number))
    shutil.copyfile(path, path.with_name("规划建设局（再发）.xlsx"))
    (office.place.inbox / "扫描件.pdf").write_bytes(b"%PDF-1.4\n% a scan\n%%EOF\n")
    (office.place.inbox / "还在下载.xlsx.part").write_bytes(b"PK")
    notice = "整改进展通报.docx"
    office.edit(notice, reworded, "通报（文字）.docx")
    office.edit(notice, replaced("新增条款5条", "新增条款8条"), "通报（数字）.docx")
    office.edit(notice, without_paragraph("采购计划滞后"), "通报（删段）.docx")
    return office


@contextmanager
def short_brief() -> Iterator[None]:
    """A brief with room for two units and two items, so that a small ledger has more."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(brief, "_UNITS", 2)
        patch.setattr(brief, "_LINES", 2)
        yield


def everything_proved(root: Path) -> Proved:
    """The third period of the story, with a short brief."""
    with short_brief():
        office = tell_everything(root / "区")
        with seen_by_the_gate(root / "留") as seen:
            office.run(THIRD)
    return seen[-1]
