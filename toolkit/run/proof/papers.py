"""Every Word file read back and held against what it must say, paragraph by paragraph, chart by chart.

The template is the pattern: its literal text, what each placeholder prints, and the blocks at its markers. Every number
among them is proved by what stands behind it; every other digit must have a source.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from toolkit.figures.printed import Line, Piece, Printed, Quoted, Source, text_of
from toolkit.gongwen.document import texts_of
from toolkit.gongwen.placeholder import PLACEHOLDER
from toolkit.gongwen.template import Templates
from toolkit.ledger.own import own_code
from toolkit.papers.blocks import Bars, Items, Picture
from toolkit.papers.paper import files_of, parts_of, placeholder_lines
from toolkit.run.proof.charts import chart_faults
from toolkit.run.proof.lines import difference, parted, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from toolkit.papers.blocks import Block
    from toolkit.papers.paper import File
    from toolkit.run.proof.context import ProofContext
    from toolkit.run.proof.digits import Sources
    from toolkit.run.proof.truth import Truth
    from toolkit.state import State

_PART = re.compile(r"word/(?P<kind>header|footer|footnotes|endnotes)\d*\.xml")
_MEDIA = "word/media/"
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


def paper_faults(context: ProofContext) -> Iterator[str]:
    """What the papers in the folder print that is not so; those that were stopped are not there."""
    state, office = context.state, Templates(context.templates)
    stopped = {paper.paper for paper in context.written.stopped}
    files = [file for file in files_of(state) if file.path not in stopped]
    names = dict.fromkeys(file.paper.template(state.settings) for file in files)
    read = {name: read_texts(context.templates / name) for name in names}
    texts = [text for found in read.values() for text in (*found.body, *found.around)]
    sources = context.sources.with_texts(texts)
    for file in files:
        pattern = read[file.paper.template(state.settings)]
        proof = PaperProof(state=state, templates=office, truth=context.truth, sources=sources)
        for fault in proof.faults(file, context.folder / file.path, pattern):
            yield f"{file.path.removesuffix('.docx')}：{fault}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperProof:
    """Holds files of a state against what they must say."""

    state: State
    templates: Templates
    truth: Truth
    sources: Sources

    def faults(self, file: File, path: Path, template: Texts) -> Iterator[str]:
        """What the file at this path says otherwise than it must; `template` is the text of its template."""
        parts = parts_of(file, self.state, self.templates)
        blocks = [block for part in parts.values() for block in part]
        expected, around = self.expected(file, template)
        found = read_texts(path)
        own = [*(line for block in blocks for line in block.lines)]
        own += file.paper.values(self.state, file.subject).values()
        yield from _undeclared(own, file)
        yield from self._number_faults((*expected, *around))
        yield from _text_faults(expected, _without_mark(found.body, self.state), "第{}段")
        yield from _text_faults(around, found.around, "页眉页脚第{}处")
        yield from _comment_faults(blocks, found.comments)
        yield from _picture_faults(blocks, path)
        bars = [block for block in blocks if isinstance(block, Bars)]
        yield from chart_faults(path, bars, self.state.settings.words, self.truth)

    def expected(self, file: File, template: Texts) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        """The paragraphs that a file must have in its body, and those around it (in alphabetical order)."""
        values = placeholder_lines(file, self.state)
        parts = parts_of(file, self.state, self.templates)
        body = tuple(_expected(template.body, values, parts, self.state))
        return body, tuple(sorted(_filled(template.around, values), key=text_of))

    def _number_faults(self, lines: Sequence[Line]) -> Iterator[str]:
        """Numbers that are not what stands behind them, or that have no source."""
        for line in lines:
            for piece in line:
                if isinstance(piece, Printed) and (fault := self.truth.fault(piece)):
                    yield fault
            yield from self.sources.faults(line)


def _undeclared(lines: Sequence[Line], file: File) -> Iterator[str]:
    """Numbers that the paper prints by itself and does not own up to."""
    codes = {piece.ref.code for line in lines for piece in line if isinstance(piece, Printed)}
    for code in sorted(c for c in codes - file.paper.numbers if _OWN not in c):
        yield f"{code}不在这份公文列明的数字之中"


# Which own columns are summed is the office's affair: no paper can list them.
_OWN = own_code("")


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
    mark = state.settings.task.mark
    for text in template:
        if text.strip() in parts:
            lines = (line for block in parts[text.strip()] for line in block.lines)
            yield from (line for line in lines if text_of(line).strip())
            continue
        line = _fill(text, values)
        printed = text_of(line).strip()
        if printed and printed != mark:
            yield state.wordings.line(line)


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


def _text_faults(expected: Sequence[Line], found: Sequence[str], where: str) -> Iterator[str]:
    """Where the file says something else than it must.

    Every difference is named; where paragraphs are missing or too many, the first one, and what is too much.
    """
    different = (
        f"{where.format(number)}{difference(line, text)}"
        for number, (line, text) in enumerate(zip(expected, found, strict=False), 1)
        if plain(text_of(line)) != plain(text)
    )
    if len(expected) == len(found):
        yield from different
        return
    yield from islice(different, 1)
    rest = [text_of(line) for line in expected[len(found) :]] or found[len(expected) :]
    what = "缺少" if len(expected) > len(found) else "多出"
    yield f"应有{len(expected)}段，实有{len(found)}段，{what}“{rest[0][:_SHOWN]}”"


def _comment_faults(blocks: Sequence[Block], found: Sequence[str]) -> Iterator[str]:
    """Beside the items stands what is to stand there, and nothing else."""
    items = [block for block in blocks if isinstance(block, Items)]
    expected = [text for block in items for text in block.comment_lines if text.strip()]
    right, there = plain("".join(expected)), plain("".join(found))
    if right != there:
        yield f"批注{parted(right, there)}"


def _picture_faults(blocks: Sequence[Block], path: Path) -> Iterator[str]:
    """The pictures of a paper (the code of the state as a QR code) are those that it must show."""
    expected = sorted(block.data for block in blocks if isinstance(block, Picture))
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if name.startswith(_MEDIA)]
        found = [package.read(name) for name in names]
    if any(data not in found for data in expected):
        yield "图片（二维码）与应有的不一致"
