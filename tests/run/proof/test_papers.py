"""Word files held against what they must say; which numbers papers own up to; what each part of the proof finds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.support.mutation import members_of, zipped
from tests.support.proved import Proved
from toolkit.figures.printed import Printed, Ref
from toolkit.gongwen.template import Templates
from toolkit.papers.blocks import Bars
from toolkit.papers.paper import File, Paper, all_papers, files_of, write_paper
from toolkit.run.leaks import Stopped
from toolkit.run.proof.context import ProofContext
from toolkit.run.proof.papers import PaperProof, paper_faults, read_texts
from toolkit.state import State


def proof_of(context: ProofContext, state: State | None = None) -> PaperProof:
    """The proof of a state's papers by the truth of the context."""
    files = files_of(context.state)
    names = {file.paper.template(context.state.settings) for file in files}
    texts = [text for name in names for text in body_and_head(context.templates / name)]
    return PaperProof(
        state=state or context.state,
        templates=Templates(context.templates),
        truth=context.truth,
        sources=context.sources.with_texts(texts),
    )


def body_and_head(path: Path) -> tuple[str, ...]:
    found = read_texts(path)
    return (*found.body, *found.around)


def faults_of(
    context: ProofContext, file: File, path: Path, state: State | None = None
) -> list[str]:
    template = read_texts(context.templates / file.paper.template(context.state.settings))
    return list(proof_of(context, state).faults(file, path, template))


def file_of(context: ProofContext, name: str) -> File:
    return next(file for file in files_of(context.state) if file.paper.name == name)


def own_codes(context: ProofContext, file: File) -> Iterator[str]:
    """The codes of the numbers that a file prints by itself, in its values, parts and charts."""
    state, templates = context.state, Templates(context.templates)
    parts = file.paper.parts(state, file.subject, templates)
    blocks = [block for part in parts.values() for block in part]
    lines = [line for block in blocks for line in block.lines]
    lines += file.paper.values(state, file.subject).values()
    yield from (piece.ref.code for line in lines for piece in line if isinstance(piece, Printed))
    for block in blocks:
        if isinstance(block, Bars):
            yield from (ref.code for refs in block.refs for ref in refs)


@pytest.mark.parametrize("paper", all_papers(), ids=lambda paper: paper.name)
def test_a_paper_prints_the_numbers_that_it_names_and_no_others(
    everything: Proved, paper: Paper[Any]
) -> None:
    """In a state in which everything occurs, so a name too many is as wrong as one too few."""
    context = everything.context
    files = [file for file in files_of(context.state) if file.paper.name == paper.name]
    printed = {code for file in files for code in own_codes(context, file)}
    assert paper.numbers == printed


def test_a_number_that_the_paper_does_not_name_is_found(everything: Proved) -> None:
    context = everything.context
    brief = file_of(context, "整改周报")
    fewer = replace(brief.paper, numbers=brief.paper.numbers - {"brief.late", "by_status.phased"})
    faults = faults_of(context, replace(brief, paper=fewer), context.folder / brief.path)
    assert faults == [
        "brief.late不在这份公文列明的数字之中",
        "by_status.phased不在这份公文列明的数字之中",
    ]


def test_figures_that_are_wrong_in_state_and_paper_alike_are_found(
    everything: Proved, tmp_path: Path
) -> None:
    """What was written agrees with the state; what stands behind the state does not."""
    context = everything.context
    figures = context.state.figures
    numbers = {code: number + 1 for code, number in figures.whole.numbers.items()}
    wrong = replace(
        context.state, figures=replace(figures, whole=replace(figures.whole, numbers=numbers))
    )
    for name in ("整改周报", "发文审批单", "整改进展通报"):
        file = file_of(context, name)
        path = write_paper(file, wrong, Templates(context.templates), tmp_path)
        faults = faults_of(context, file, path, wrong)
        assert faults
        assert all("印的是" in fault and "第" not in fault for fault in faults), faults


def test_a_digit_without_a_source_is_found(everything: Proved, tmp_path: Path) -> None:
    """Two figures that were joined into one: the item's own cell has neither."""
    context = everything.context
    first, *rest = context.state.entries
    told = replace(first, item=replace(first.item, progress="追回资金305万元。"))
    wrong = replace(context.state, entries=(told, *rest))
    file = file_of(context, "整改进展通报")
    path = write_paper(file, wrong, Templates(context.templates), tmp_path)
    proof = replace(proof_of(context), state=wrong)
    faults = list(proof.faults(file, path, read_texts(context.templates / "通报.docx")))
    assert any("305没有来历" in fault for fault in faults), faults


def with_body(context: ProofContext, path: str, change: Any, target: Path) -> Path:
    """A copy of a written paper, changed by hand."""
    document = docx.Document(str(context.folder / path))
    change(document)
    document.save(str(target))
    return target


def one_paragraph_more(document: Any) -> None:
    document.paragraphs[-1].insert_paragraph_before("另有8个问题。")


def one_paragraph_less(document: Any) -> None:
    found = next(line for line in document.paragraphs if "欢迎" in line.text)
    found._p.getparent().remove(found._p)


@pytest.mark.parametrize(
    ("change", "told"),
    [(one_paragraph_more, "多出"), (one_paragraph_less, "缺少")],
)
def test_a_paragraph_more_or_less_is_found(
    everything: Proved, tmp_path: Path, change: Any, told: str
) -> None:
    context = everything.context
    file = file_of(context, "整改进展通报")
    path = with_body(context, file.path, change, tmp_path / "改.docx")
    first, last = faults_of(context, file, path)
    assert "应为" in first
    assert told in last


def test_a_head_that_says_otherwise_is_found(everything: Proved, tmp_path: Path) -> None:
    context = everything.context
    file = file_of(context, "整改进展通报")

    def change(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "问题99个"

    path = with_body(context, file.path, change, tmp_path / "改.docx")
    (fault,) = faults_of(context, file, path)
    assert fault == "页眉页脚第3处的problems印的是99，应为21（“问题99个”）"


def test_another_picture_is_found(everything: Proved, tmp_path: Path) -> None:
    """The QR code of the sign-off sheet tells the code of the state: of another state it is another picture."""
    context = everything.context
    file = file_of(context, "发文审批单")
    members = members_of((context.folder / file.path).read_bytes())
    (name,) = (name for name in members if name.startswith("word/media/"))
    path = tmp_path / "改.docx"
    path.write_bytes(zipped({**members, name: members[name] + b" "}))
    assert faults_of(context, file, path) == ["图片（二维码）与应有的不一致"]


def test_a_chart_that_is_missing_is_found(everything: Proved, tmp_path: Path) -> None:
    context = everything.context
    file = file_of(context, "整改周报")
    members = members_of((context.folder / file.path).read_bytes())
    kept = {name: data for name, data in members.items() if "charts/chart" not in name}
    path = tmp_path / "改.docx"
    path.write_bytes(zipped(kept))
    assert faults_of(context, file, path) == ["应有1张图表，实有0张"]


def test_a_paper_that_was_stopped_is_not_looked_for(everything: Proved, tmp_path: Path) -> None:
    context = everything.context
    for file in files_of(context.state):
        if file.paper.name != "整改周报":
            (tmp_path / file.path).parent.mkdir(exist_ok=True)
            (tmp_path / file.path).write_bytes((context.folder / file.path).read_bytes())
    without = replace(context, folder=tmp_path)
    with pytest.raises(FileNotFoundError):
        list(paper_faults(without))
    stopped = (Stopped("整改周报.docx", "第3段有身份证号码"),)
    written = replace(context.written, stopped=stopped)
    assert list(paper_faults(replace(without, written=written))) == []


def test_texts_are_read_where_a_person_sees_them(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("正文。")
    document.add_paragraph("  ")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "甲\n乙"
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "页脚"
    stream = io.BytesIO()
    document.save(stream)
    path = tmp_path / "文.docx"
    path.write_bytes(stream.getvalue())
    found = read_texts(path)
    assert found.body == ("正文。", "甲\n乙")
    assert found.around == ("页眉", "页脚")
    assert found.comments == ()
    assert zipfile.is_zipfile(path)


def test_a_ref_says_of_whom_it_is(everything: Proved) -> None:
    """Every number that papers print leads to something: that is what the gate looks up."""
    context = everything.context
    assert Ref("period") in context.truth.values
    assert context.truth.values[Ref("period")] == 3
