"""Which paragraph became which: as the plainest search says, and without comparing all with all."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.support.counting import calls_in
from toolkit.gongwen.revisions import Revised, RevisedParagraph
from toolkit.ledger.revision import RevisionKind
from toolkit.papers.paper_diff import revisions_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.ledger.revision import Revision

LEAST = 0.4


def paper(*texts: str, marks: Sequence[str] = ()) -> Revised:
    named = [*marks, *[""] * (len(texts) - len(marks))]
    paragraphs = (RevisedParagraph(text, mark) for text, mark in zip(texts, named, strict=True))
    return Revised(tuple(paragraphs), ())


def pairs(revisions: Sequence[Revision]) -> list[tuple[str, str]]:
    return [(revision.old, revision.new) for revision in revisions]


def plainest(before: list[RevisedParagraph], now: list[RevisedParagraph]) -> list[tuple[str, str]]:
    """Every old paragraph against every later new one."""
    said, taken, first = [], set(), 0
    for old in before:
        scored = [
            (
                (0.3 if old.mark and old.mark == now[n].mark else 0.0)
                + difflib.SequenceMatcher(None, old.text, now[n].text, autojunk=False).ratio(),
                -n,
            )
            for n in range(first, len(now))
        ]
        if scored and max(scored)[0] >= LEAST:
            first = 1 - max(scored)[1]
            taken.add(first - 1)
            said.append((old.text, now[first - 1].text))
        else:
            said.append((old.text, ""))
    return said + [("", new.text) for n, new in enumerate(now) if n not in taken]


PARAGRAPHS = st.lists(
    st.builds(
        RevisedParagraph,
        st.text(alphabet="甲乙丙丁", min_size=1, max_size=6),
        st.sampled_from(["", "1-1", "1-2"]),
    ),
    max_size=6,
)


@given(PARAGRAPHS, PARAGRAPHS)
def test_partners_are_those_of_the_plainest_search(
    before: list[RevisedParagraph], now: list[RevisedParagraph]
) -> None:
    # Nothing in common at both ends and nothing equal between: all of it is one block of changes.
    old = [RevisedParagraph(f"旧{one.text}", one.mark) for one in before]
    new = [RevisedParagraph(f"新{one.text}", one.mark) for one in now]
    found = revisions_of(Revised(tuple(old), ()), Revised(tuple(new), ()), "通报.docx")
    assert pairs(found) == plainest(old, new)


def test_a_paragraph_pushed_far_down_is_known_by_its_mark() -> None:
    added = [f"新增的第{n}段，与原来的毫无关系。" for n in range(500)]
    before = paper("针对问题一，召开会议。", "结束语。", marks=["1-1"])
    now = paper(*added, "针对该问题，召开会议。", "结束语。", marks=[*[""] * 500, "1-1"])
    found = revisions_of(before, now, "通报.docx")
    assert ("针对问题一，召开会议。", "针对该问题，召开会议。") in pairs(found)
    assert sum(revision.kind is RevisionKind.ADDED for revision in found) == 500


def test_a_paper_written_anew_costs_by_its_length() -> None:
    def cost(number: int) -> int:
        before = paper(*(f"第{n}项：召开专题会议研究部署整改工作。" for n in range(number)))
        now = paper(*(f"第{n}项：已经召开专题会议，研究部署整改。" for n in range(number)))
        return calls_in(lambda: revisions_of(before, now, "通报.docx"))

    assert cost(800) < 2.5 * cost(400)
