"""Words that people put in the place of a paragraph, found again by the paragraph or by its shape, where only figures are new."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.figures.printed import Line, Piece, Printed, Quoted, Source, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from toolkit.ledger.revision import Revision

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*%?")
_SLOT = "\0"


@dataclass(frozen=True, slots=True)
class Wordings:
    """What stands now in the place of a paragraph: `exact` by its text, `shapes` by its text without figures.

    A shape is kept of the frame alone: of an item another figure is another report, which nobody has reworded.
    """

    exact: Mapping[str, str]
    shapes: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, revisions: Iterable[Revision]) -> Wordings:
        """Of all that people ever wrote, oldest first: a wording of a wording goes on from the first text."""
        exact: dict[str, str] = {}
        shapes: dict[str, tuple[str, ...]] = {}
        for revision in revisions:
            if not revision.keeps:
                continue
            for old, new in _readings(revision):
                for first in [text for text, last in exact.items() if last == old]:
                    exact[first] = new
                exact[old] = new
                if not revision.item and _NUMBER.findall(old) == _NUMBER.findall(new) != []:
                    shapes[_shape(old)] = tuple(_NUMBER.split(new))
        same = {text for text, last in exact.items() if text == last}
        kept = {text: last for text, last in exact.items() if text not in same}
        return cls(MappingProxyType(kept), MappingProxyType(shapes))

    def text(self, text: str) -> str:
        """A paragraph of plain text as it reads now."""
        return text_of(self.line((text,)))

    def line(self, line: Line) -> Line:
        """A paragraph as it reads now: every figure keeps what stands behind it."""
        text = text_of(line)
        if text in self.exact:
            return (Quoted(self.exact[text], Source.EDIT),)
        words = self.shapes.get(_shape(text))
        figures = tuple(_figures(line)) if words else ()
        if words is None or len(figures) != len(words) - 1:
            return line
        pieces: list[Piece] = [Quoted(words[0], Source.EDIT)]
        for figure, behind in zip(figures, words[1:], strict=True):
            pieces += [figure, Quoted(behind, Source.EDIT)]
        return tuple(pieces)


NONE = Wordings(MappingProxyType({}), MappingProxyType({}))


def _readings(revision: Revision) -> Iterator[tuple[str, str]]:
    """A changed paragraph, also without the breaks that its shape on paper asked for."""
    yield revision.old, revision.new
    if "\n" in revision.old:
        yield revision.old.replace("\n", ""), revision.new.replace("\n", "")


def _shape(text: str) -> str:
    return _NUMBER.sub(_SLOT, text)


def _figures(line: Line) -> Iterator[Piece]:
    """The figures of a line with what stands behind each; a figure that is printed with words beside it is none."""
    for piece in line:
        if isinstance(piece, Printed):
            if _NUMBER.fullmatch(piece.text):
                yield piece
            continue
        text = piece if isinstance(piece, str) else piece.text
        for found in _NUMBER.findall(text):
            source = Source.LABEL if isinstance(piece, str) else piece.source
            name = "" if isinstance(piece, str) else piece.name
            yield Quoted(found, source, name)
