"""Every Word file read back and held against what it must say, paragraph by paragraph, chart by chart.

The template is the pattern: its literal text, what each placeholder prints, and the blocks at its markers. Every number
among them is proved by what stands behind it; every other digit must have a source.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from toolkit.figures.printed import Line, Piece, Printed, Quoted, Source, text_of
from toolkit.gongwen.document import texts_of
from toolkit.gongwen.template import PLACEHOLDER, Templates
from toolkit.gongwen.xml import printable
from toolkit.papers.blocks import Bars, Items
from toolkit.papers.paper import files_of, placeholder_lines
from toolkit.run.proof.charts import chart_faults

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from toolkit.papers.blocks import Block
    from toolkit.papers.paper import File
    from toolkit.run.proof.digits import Sources
    from toolkit.run.proof.truth import Truth
    from toolkit.state import State

_PART = re.compile(r"word/(?P<kind>header|footer|footnotes|endnotes)\d*\.xml")
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts that a person sees in a Word file: of its body, of heads, feet and notes, of its comments."""

    body: tuple[str, ...]
    around: tuple[str, ...]
    comments: tuple[str, ...]


def read_texts(path: Path) -> Texts:
    """Read a file of ours back, without the libraries that wrote it. Empty paragraphs are left out."""
    with zipfile.ZipFile(path) as package:
        names = sorted(package.namelist())
        around = [name for name in names if _PART.fullmatch(name)]
        comments = [name for name in names if name == "word/comments.xml"]
        return Texts(
            _texts(package, ["word/document.xml"]),
            tuple(sorted(_texts(package, around))),
            _texts(package, comments),
        )


def _texts(package: zipfile.ZipFile, names: Sequence[str]) -> tuple[str, ...]:
    roots = (etree.fromstring(package.read(name)) for name in names)
    return tuple(text for root in roots for text in texts_of(root) if text.strip())


def paper_faults(
    state: State,
    folder: Path,
    templates: Path,
    proofs: tuple[Truth, Sources],
    stopped: Collection[str],
) -> Iterator[str]:
    """What the papers in the folder print that is not so; those that were stopped are not there."""
    truth, sources = proofs
    office = Templates(templates)
    files = [file for file in files_of(state) if file.path not in stopped]
    names = dict.fromkeys(file.paper.template(state.settings) for file in files)
    read = {name: read_texts(templates / name) for name in names}
    texts = [text for found in read.values() for text in (*found.body, *found.around)]
    known = (truth, sources.with_templates(texts))
    for file in files:
        pattern = read[file.paper.template(state.settings)]
        for fault in file_faults(file, state, (folder, office), pattern, known):
            yield f"{file.path.removesuffix('.docx')}：{fault}"


def file_faults(
    file: File,
    state: State,
    places: tuple[Path, Templates],
    template: Texts,
    proofs: tuple[Truth, Sources],
) -> Iterator[str]:
    """What one file says otherwise than it must; `places` are (folder of the files, templates)."""
    folder, templates = places
    truth, sources = proofs
    values = placeholder_lines(file, state)
    parts = file.paper.parts(state, file.subject, templates)
    expected = tuple(_expected(template.body, values, parts, state))
    around = tuple(sorted(_filled(template.around, values), key=text_of))
    found = read_texts(folder / file.path)
    yield from _number_faults((*expected, *around), file, truth, sources)
    yield from _text_faults(expected, _without_mark(found.body, state), "第{}段")
    yield from _text_faults(around, found.around, "页眉页脚第{}处")
    blocks = [block for part in parts.values() for block in part]
    yield from _comment_faults(blocks, found.comments)
    bars = [block for block in blocks if isinstance(block, Bars)]
    yield from chart_faults(folder / file.path, bars, truth)


def _without_mark(texts: Sequence[str], state: State) -> tuple[str, ...]:
    """Without the line that says that nothing is real: where it stands is the paper's own affair."""
    mark = state.settings.task.mark
    return tuple(text for text in texts if text.strip() != mark)


def _expected(
    template: Sequence[str],
    values: Mapping[str, Line],
    parts: Mapping[str, Sequence[Block]],
    state: State,
) -> Iterator[Line]:
    """Every paragraph that the file must have, in its order."""
    wordings, mark = state.wordings, state.settings.task.mark
    for text in template:
        if text.strip() in parts:
            lines = (line for block in parts[text.strip()] for line in block.lines)
            yield from (line for line in lines if text_of(line).strip())
            continue
        line = _fill(text, values)
        printed = text_of(line)
        if printed in wordings:
            yield (Quoted(wordings[printed], Source.EDIT),)
        elif printed.strip() and printed.strip() != mark:
            yield line


def _filled(texts: Sequence[str], values: Mapping[str, Line]) -> Iterator[Line]:
    for text in texts:
        line = _fill(text, values)
        if text_of(line).strip():
            yield line


def _fill(text: str, values: Mapping[str, Line]) -> Line:
    """A paragraph of the template: what stands in it literally may stand there, whatever it is."""
    pieces: list[Piece] = []
    end = 0
    for found in PLACEHOLDER.finditer(text):
        pieces += [Quoted(text[end : found.start()], Source.LABEL), *values[found[1]]]
        end = found.end()
    pieces.append(Quoted(text[end:], Source.LABEL))
    return tuple(pieces)


def _number_faults(
    lines: Sequence[Line], file: File, truth: Truth, sources: Sources
) -> Iterator[str]:
    """Numbers that are not what stands behind them, that the paper does not own up to, or that have no source."""
    for line in lines:
        for piece in line:
            if isinstance(piece, Printed):
                yield from _printed_faults(piece, file, truth)
        yield from sources.faults(line)


def _printed_faults(piece: Printed, file: File, truth: Truth) -> Iterator[str]:
    if fault := truth.fault(piece):
        yield fault
    if not file.paper.prints(piece.ref.code):
        yield f"{piece.ref}不在这份公文列明的数字之中"


def _text_faults(expected: Sequence[Line], found: Sequence[str], where: str) -> Iterator[str]:
    """Where the file says something else than it must; the first difference is named."""
    for number, (line, text) in enumerate(zip(expected, found, strict=False), 1):
        if _plain(text_of(line)) != _plain(text):
            yield f"{where.format(number)}{_difference(line, text)}"
            return
    if len(expected) != len(found):
        rest = [text_of(line) for line in expected[len(found) :]] or found[len(expected) :]
        what = "缺少" if len(expected) > len(found) else "多出"
        yield f"应有{len(expected)}段，实有{len(found)}段，{what}“{rest[0][:_SHOWN]}”"


def _plain(text: str) -> str:
    """Without blanks, line breaks (a title is broken by its shape) and what XML cannot hold."""
    return "".join(printable(text).split())


def _difference(line: Line, found: str) -> str:
    """Which number of a paragraph is another, if only numbers are; otherwise what it should be."""
    pattern = "".join(
        r"([\d.,%—-]+)" if isinstance(piece, Printed) else re.escape(_plain(_text(piece)))
        for piece in line
    )
    match = re.fullmatch(pattern, _plain(found))
    printed = [piece for piece in line if isinstance(piece, Printed)]
    for piece, text in zip(printed, match.groups() if match else (), strict=False):
        if piece.text != text:
            return f"的{piece.ref}印的是{text}，应为{piece.text}（“{found[:_SHOWN]}”）"
    return f"应为“{text_of(line)[:_SHOWN]}”，印的是“{found[:_SHOWN]}”"


def _text(piece: Piece) -> str:
    return piece if isinstance(piece, str) else piece.text


def _comment_faults(blocks: Sequence[Block], found: Sequence[str]) -> Iterator[str]:
    """Beside the items stands what is to stand there, and nothing else."""
    items = [block for block in blocks if isinstance(block, Items)]
    expected = tuple(text for block in items for text in block.comment_lines if text.strip())
    if _plain("".join(expected)) != _plain("".join(found)):
        yield "批注与应有的不一致"
