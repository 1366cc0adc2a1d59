"""Every number that was written, changed one at a time: the gate stops each time, and names place, printed and expected.

What is changed is taken from the lines that papers, cells and texts are written from, and from every leaf of run.json;
so a figure or paper that is added tomorrow is changed here, too.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.mutation import (
    Span,
    WordFile,
    leaves,
    members_of,
    other,
    spans_of,
    values_changed,
    visible,
    with_leaf,
    without_blanks,
    zipped,
)
from tests.support.proved import Proved
from toolkit.figures.printed import By, Line, Printed, text_of
from toolkit.gongwen.template import Templates
from toolkit.papers.paper import File, all_papers, files_of
from toolkit.run.outputs import CONSOLIDATED, RETURNED
from toolkit.run.proof.charts import charts_of_sheets
from toolkit.run.proof.context import ProofContext
from toolkit.run.proof.papers import PaperProof, read_texts
from toolkit.run.proof.records import record_faults, text_faults
from toolkit.run.proof.workbook import (
    cell_faults,
    ledger_faults,
    sheet_chart_faults,
    workbook_faults,
)
from toolkit.run.record import RECORD
from toolkit.run.report import REPORT, report_lines
from toolkit.workbooks.receipt import RECEIPT

_CHART = re.compile(r"word/charts/chart\d*\.xml")
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def names_it(fault: str, where: str, printed: Printed, now: str) -> bool:
    """Whether a fault says where, of which figure, what is printed, and what it should be."""
    told = f"{printed.ref}印的是{now}，应为{printed.text}"
    return where in fault and told in fault


class Papers:
    """The Word files of the state, and the gate before each."""

    def __init__(self, context: ProofContext) -> None:
        self.context = context
        self.files = tuple(files_of(context.state))
        self.proof = PaperProof(
            state=context.state,
            templates=Templates(context.templates),
            truth=context.truth,
            sources=context.sources.with_texts(self._texts()),
        )

    def _texts(self) -> Iterator[str]:
        for file in self.files:
            template = self.template(file)
            yield from (*template.body, *template.around)

    def template(self, file: File) -> Any:
        return read_texts(self.context.templates / file.paper.template(self.context.state.settings))

    def faults(self, file: File, data: bytes, path: Path) -> tuple[str, ...]:
        """What the gate says of the file with these bytes."""
        path.write_bytes(data)
        return tuple(self.proof.faults(file, path, self.template(file)))


@pytest.fixture(scope="module")
def papers(everything: Proved) -> Papers:
    return Papers(everything.context)


def test_every_paper_and_every_letter_is_there(papers: Papers) -> None:
    assert {file.paper.name for file in papers.files} == {paper.name for paper in all_papers()}


@pytest.mark.parametrize("paper", [paper.name for paper in all_papers()])
def test_papers(papers: Papers, tmp_path: Path, paper: str) -> None:
    for file in (file for file in papers.files if file.paper.name == paper):
        word = WordFile(papers.context.folder / file.path)
        template = papers.template(file)
        body, around = papers.proof.expected(file, template)
        assert papers.faults(file, zipped(word.members), tmp_path / "同.docx") == ()
        places = [*in_body(word, body), *in_heads(word, around)]
        assert len(places) >= len(body)
        for part, paragraph, where, line in places:
            for span in spans_of(line):
                data = word.changed(part, paragraph, span)
                faults = papers.faults(file, data, tmp_path / "改.docx")
                assert faults, (file.path, where, span)
                assert where in faults[0], (faults, where)
                if span.printed:
                    now = other(span.text)
                    assert any(names_it(fault, where, span.printed, now) for fault in faults), (
                        faults, where, span,
                    )  # fmt: skip


def in_body(word: WordFile, lines: tuple[Line, ...]) -> Iterator[tuple[str, int, str, Line]]:
    """(part, number of its paragraph, how the gate calls it, its line) of every paragraph with text."""
    part = "word/document.xml"
    texts = [visible(found) for found in word.roots[part].iter(f"{{{W}}}p")]
    there = [number for number, text in enumerate(texts) if text]
    for number, (place, line) in enumerate(zip(there, lines, strict=True), 1):
        assert texts[place] == without_blanks(text_of(line))
        yield part, place, f"第{number}段", line


def in_heads(word: WordFile, lines: tuple[Line, ...]) -> Iterator[tuple[str, int, str, Line]]:
    """The same of heads and feet, which the gate knows in alphabetical order."""
    for line in lines:
        for part, root in word.roots.items():
            paragraphs = list(root.iter(f"{{{W}}}p"))
            for place, found in enumerate(paragraphs):
                if "document" not in part and visible(found) == without_blanks(text_of(line)):
                    yield part, place, "页眉页脚", line


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_comments_of_a_draft(papers: Papers, tmp_path: Path) -> None:
    draft = next(file for file in papers.files if "审阅稿" in file.path)
    word = WordFile(papers.context.folder / draft.path)
    part = "word/comments.xml"
    texts = [visible(found) for found in word.roots[part].iter(f"{{{W}}}p")]
    numbered = [(n, text) for n, text in enumerate(texts) if any(c.isdecimal() for c in text)]
    assert numbered
    for number, text in numbered:
        place = next(n for n, character in enumerate(text) if character.isdecimal())
        data = word.changed(part, number, Span(place, text[place], None))
        assert any("批注" in fault for fault in papers.faults(draft, data, tmp_path / "改.docx"))


def test_charts_of_papers(papers: Papers, tmp_path: Path) -> None:
    changed = 0
    for file in papers.files:
        word = WordFile(papers.context.folder / file.path)
        for part in [name for name in word.members if _CHART.fullmatch(name)]:
            for old, now, data in values_changed(word.members[part], f"{_C}v"):
                faults = papers.faults(file, word.with_member(part, data), tmp_path / "改.docx")
                assert any(fault.startswith("图表中") for fault in faults), (old, now)
                changed += 1
            for members in books_changed(word.members, part):
                faults = papers.faults(file, zipped(members), tmp_path / "改.docx")
                assert any(fault.startswith("图表的数据表中") for fault in faults)
                changed += 1
    assert changed > 40  # five series of two units, in picture and table, with their names


def books_changed(members: dict[str, bytes], part: str) -> Iterator[dict[str, bytes]]:
    """The members of a Word file with one cell or one name of the table behind a chart changed."""
    name = part.replace("charts/", "embeddings/").replace(".xml", ".xlsx")
    book = members_of(members[name])
    for inner, tag in (("xl/worksheets/sheet1.xml", "v"), ("xl/sharedStrings.xml", "t")):
        for old, _, data in values_changed(book[inner], f"{_MAIN}{tag}"):
            if inner.endswith("sheet1.xml") and is_text_cell(book[inner], old):
                continue
            yield {**members, name: zipped({**book, inner: data})}


def is_text_cell(sheet: bytes, value: str) -> bool:
    """Whether every cell with this value is a text by its number: those are changed as texts."""
    cells = re.findall(rf"<c [^>]*><v>{value}</v>".encode(), sheet)
    return all(b't="s"' in cell for cell in cells)


@pytest.fixture(scope="module")
def book(everything: Proved) -> Any:
    return openpyxl.load_workbook(everything.context.folder / CONSOLIDATED, data_only=True)


def test_cells(everything: Proved, book: Any) -> None:
    context = everything.context
    cells, proofs = context.written.cells, (context.truth, context.sources)
    assert list(cell_faults(book, cells, *proofs)) == []
    for (sheet, address), line in cells.items():
        cell = book[sheet][address]
        was = cell.value
        for span in spans_of(line):
            text = without_blanks(str(was))
            start = span.start if isinstance(was, str) else 0
            now = other(span.text)
            changed = f"{text[:start]}{now}{text[start + len(span.text) :]}"
            cell.value = changed if isinstance(was, str) else float(now)
            faults = list(cell_faults(book, cells, *proofs))
            where = f"“{sheet}”!{address}"
            assert faults, (where, span)
            assert all(where in fault for fault in faults)
            if span.printed and isinstance(was, (int, float)):
                assert names_it(faults[0], where, span.printed, now), faults
        if not list(spans_of(line)):  # what a number beside it is called
            cell.value = f"{was}的"
            assert list(cell_faults(book, cells, *proofs)), (sheet, address)
        cell.value = was


def test_every_number_beside_the_ledger_is_a_figure(everything: Proved, book: Any) -> None:
    cells = everything.context.written.cells
    for sheet in ("总览", "按单位", "按领导"):
        for row in book[sheet].iter_rows(min_row=4):
            for cell in row:
                assert cell.value is None or (sheet, cell.coordinate) in cells, cell.coordinate


def test_all_cells_changed_at_once_in_the_file_are_all_named(
    everything: Proved, tmp_path: Path
) -> None:
    context = everything.context
    numbers = {
        place: line[0]
        for place, line in context.written.cells.items()
        if len(line) == 1 and isinstance(line[0], Printed)
    }
    copied: Any = openpyxl.load_workbook(context.folder / CONSOLIDATED)
    for (sheet, address), printed in numbers.items():
        now = other(printed.text)
        copied[sheet][address].value = now if "%" in now or now == "1" else float(now)
    copied.save(tmp_path / CONSOLIDATED)
    again: Any = openpyxl.load_workbook(tmp_path / CONSOLIDATED, data_only=True)
    faults = "\n".join(cell_faults(again, context.written.cells, context.truth, context.sources))
    missed = [place for place in numbers if f"“{place[0]}”!{place[1]}的" not in faults]
    assert missed == []


def test_charts_of_sheets(everything: Proved, book: Any) -> None:
    context = everything.context
    charts = tuple(charts_of_sheets(context.folder / CONSOLIDATED))
    assert charts
    assert list(sheet_chart_faults(book, charts, context)) == []
    for chart in charts:
        for old, now, data in values_changed(chart, f"{_C}v"):
            assert list(sheet_chart_faults(book, (data,), context)), (old, now)


def test_rows_of_the_ledger(everything: Proved, book: Any) -> None:
    sheet = book["整改台账"]
    heads = {cell.value: cell.column for cell in sheet[3]}
    assert list(ledger_faults(book, everything.context)) == []
    for heading in (
        "问题编号",
        "整改状态",
        "红黄绿灯",
        "时限情况",
        "报送",
        "涉及金额（万元）",
        "处理人次",
    ):
        for row in range(4, sheet.max_row + 1):
            cell = sheet.cell(row, heads[heading])
            was = cell.value
            cell.value = was + 1 if isinstance(was, (int, float)) else f"{was or ''}1"
            faults = list(ledger_faults(book, everything.context))
            assert any(cell.coordinate in fault for fault in faults), (heading, row)
            cell.value = was


@pytest.mark.parametrize("section", ["figures", "changes", "letters", "public", "rows", "inputs"])
def test_run_json(copied: ProofContext, section: str) -> None:
    path = copied.folder / RECORD
    record = json.loads(path.read_text(encoding="utf-8"))
    listed = record[section][:2] if section in ("rows", "inputs") else record[section]
    for inner, value in leaves(listed):
        now = other(value) if isinstance(value, str) else value + 1
        changed = with_leaf(record, (section, *inner), now)
        path.write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")
        faults = list(record_faults(copied))
        assert faults, (section, inner)
        where = f"{RECORD} {section}{dotted(inner)}"
        assert faults[0].startswith(where), faults
        assert "印的是" in faults[0]
        assert "应为" in faults[0]


def dotted(path: tuple[str | int, ...]) -> str:
    """`.units[0].money`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)


@pytest.mark.parametrize("file", [REPORT, f"{RETURNED}/{RECEIPT}"])
def test_texts(copied: ProofContext, file: str) -> None:
    path = copied.folder / file
    report = report_lines(copied.state, copied.written.stopped, copied.written.look)
    lines = report if file == REPORT else copied.written.receipt
    texts = [text_of(line) for line in lines]
    assert list(text_faults(copied)) == []
    for number, line in enumerate(lines):
        for span in places_in(line):
            text = texts[number]
            now = other(span.text)
            changed = f"{text[: span.start]}{now}{text[span.start + len(span.text) :]}"
            whole = [*texts[:number], changed, *texts[number + 1 :]]
            path.write_bytes(("\r\n".join(whole) + "\r\n").encode("utf-8-sig"))
            (fault, *_) = text_faults(copied)
            where = f"{path.stem}第{number + 1}行"
            assert fault.startswith(where), fault
            if span.printed:
                assert names_it(fault, where, span.printed, now), fault
    path.write_bytes(("\r\n".join(texts[:-1]) + "\r\n").encode("utf-8-sig"))
    assert any(f"应有{len(lines)}行" in fault for fault in text_faults(copied))


def places_in(line: Line) -> Iterator[Span]:
    """Every figure of a line, with its place among the blanks."""
    place = 0
    for piece in line:
        text = piece if isinstance(piece, str) else piece.text
        if isinstance(piece, Printed):
            yield Span(place, text, piece)
        place += len(text)


def test_the_workbook_as_a_file_goes_through_every_check(copied: ProofContext) -> None:
    path = copied.folder / CONSOLIDATED
    members = members_of(path.read_bytes())
    assert list(workbook_faults(copied)) == []
    chart = next(name for name in members if name.startswith("xl/charts/chart"))
    *_, (_, _, data) = values_changed(members[chart], f"{_C}v")
    path.write_bytes(zipped({**members, chart: data}))
    assert all(fault.startswith("汇总台账图表中by_status") for fault in workbook_faults(copied))
    assert len(list(workbook_faults(copied))) == 1
    for sheet, address, value, told in (
        ("总览", "B4", 999, "汇总台账“总览”!B4的problems印的是999"),
        ("整改台账", "A5", "9-9", "汇总台账“整改台账”!A5的问题编号印的是9-9"),
        ("核查意见", "Z9", 12, "汇总台账“核查意见”!Z9的12不在数字表中"),
        ("总览", "D9", "共77个", "汇总台账“总览”!D9“共77个”中的77没有来历"),
    ):
        path.write_bytes(zipped(members))
        changed: Any = openpyxl.load_workbook(path)
        changed[sheet][address].value = value
        changed.save(path)
        faults = list(workbook_faults(copied))
        assert any(fault.startswith(told) for fault in faults), faults


def test_what_is_changed_is_what_the_table_names(everything: Proved, papers: Papers) -> None:
    """Every code that the house can print is printed somewhere in this state, so none of them goes unchanged."""
    context = everything.context
    lines = [
        *report_lines(context.state, context.written.stopped, context.written.look),
        *context.written.receipt,
        *context.written.cells.values(),
        *context.written.board.lines.values(),
    ]
    for file in papers.files:
        lines += papers.proof.expected(file, papers.template(file))[0]
    # Of an earlier period the board shows three figures; all that it stored are known.
    known = {ref.code for ref in context.truth.values if ref.by is not By.PERIOD}
    printed = {piece.ref.code for line in lines for piece in line if isinstance(piece, Printed)}
    assert known == printed


def test_a_mutation_is_undone() -> None:
    """The helpers change copies: what they were given stays as it was."""
    record = {"a": [1, {"b": "2"}]}
    before = copy.deepcopy(record)
    assert with_leaf(record, ("a", 1, "b"), "3") == {"a": [1, {"b": "3"}]}
    assert record == before
    assert dict(leaves(record)) == {("a", 0): 1, ("a", 1, "b"): "2"}
    assert [other(text) for text in ("12", "9", "—", "19.05%")] == ["22", "0", "1", "29.05%"]
