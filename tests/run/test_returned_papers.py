"""Papers of ours that come back: known by their mark or by their words; what people did to them is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.support.items import ENTRY, SETTINGS, arrival
from tests.support.states import state_of, written
from toolkit.arrivals import Arrival
from toolkit.ledger.revision import RevisionKind
from toolkit.ledger.submission import Role, Verdict
from toolkit.run.returned_papers import ReturnedPapers, read_returned_papers
from toolkit.run.templates import create_workspace

NOTICE = "整改进展通报.docx"
CODE = "7F3A-91C2"
OTHERS = replace(
    ENTRY,
    item=replace(ENTRY.item, id="3-3", problem="另一个问题", progress="6月3日印发《乙规则》。"),
)


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The notice of a state of two items."""
    place = create_workspace(tmp_path_factory.mktemp("发") / "区", SETTINGS)
    return written(NOTICE, state_of([ENTRY, OTHERS]), place.templates, place.outbox).read_bytes()


def read(
    *arrivals: Arrival,
    known: dict[tuple[str, str], bytes],
    recent: Iterable[tuple[str, bytes]] = (),
) -> ReturnedPapers:
    return read_returned_papers(arrivals, lambda *name: known.get(name), lambda: recent)


def edited(data: bytes, tmp_path: Path, change: Callable[[Any], None]) -> bytes:
    path = tmp_path / "改.docx"
    path.write_bytes(data)
    document = docx.Document(str(path))
    change(document)
    document.save(str(path))
    return path.read_bytes()


def line(document: Any, words: str) -> Any:
    return next(found for found in document.paragraphs if words in found.text)


def reword(document: Any) -> None:
    run = line(document, "另一个问题").runs[0]
    run.text = run.text.replace("印发", "印发实施")


def recount(document: Any) -> None:
    run = line(document, "召开会议3次").runs[0]
    run.text = run.text.replace("3次", "8次")


def reword_and_recount(document: Any) -> None:
    reword(document)
    recount(document)


def strike(document: Any) -> None:
    element = line(document, "另一个问题")._p
    element.getparent().remove(element)


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        (reword, [RevisionKind.WORDING]),
        (recount, [RevisionKind.FIGURES]),
        (strike, [RevisionKind.STRUCK]),
        (reword_and_recount, [RevisionKind.FIGURES, RevisionKind.WORDING]),
        (lambda document: document.add_paragraph("请抓紧。"), [RevisionKind.ADDED]),
    ],
)  # fmt: skip
def test_what_a_person_did_is_read_against_what_was_issued(
    issued: bytes, tmp_path: Path, change: Callable[[Any], None], kinds: list[RevisionKind]
) -> None:
    found = read(
        arrival("改过.docx", edited(issued, tmp_path, change)), known={(NOTICE, CODE): issued}
    )
    assert [revision.kind for revision in found.revisions] == kinds
    assert {revision.file for revision in found.revisions} == {"改过.docx"}
    (given,) = found.submissions
    assert (given.role, given.verdict) == (Role.DRAFT, Verdict.ACCEPTED)
    kept = kinds.count(RevisionKind.WORDING)
    assert f"改动{len(kinds)}处，其中{kept}处文字已保留" in given.reason
    assert found.others == ()


def test_a_paper_that_comes_back_as_it_was_needs_nothing(issued: bytes) -> None:
    found = read(arrival("通报.docx", issued), known={(NOTICE, CODE): issued})
    (given,) = found.submissions
    assert (given.verdict, found.revisions) == (Verdict.DUPLICATE, ())
    assert "没有改动" in given.reason


def unmarked(document: Any) -> None:
    document.core_properties.subject = ""
    reword(document)


def test_without_its_mark_it_is_known_by_most_of_its_paragraphs(
    issued: bytes, tmp_path: Path
) -> None:
    came = arrival("无标识.docx", edited(issued, tmp_path, unmarked))
    other = edited(issued, tmp_path, lambda document: None)
    found = read(came, known={}, recent=[("整改周报.docx", b"PK"), (NOTICE, other)])
    assert [revision.kind for revision in found.revisions] == [RevisionKind.WORDING]


def emptied(document: Any) -> None:
    document.core_properties.subject = ""
    for element in list(document.element.body)[3:-1]:
        document.element.body.remove(element)


def test_what_has_little_of_it_is_another_file(issued: bytes, tmp_path: Path) -> None:
    came = arrival("别的.docx", edited(issued, tmp_path, emptied))
    found = read(came, known={}, recent=[(NOTICE, issued)])
    assert (found.submissions, found.others) == ((), (came,))


@pytest.mark.parametrize(
    "came",
    [
        arrival("报送.xlsx", b"PK"), arrival("坏.docx", b"PK"), arrival("文.docx", b"text"), arrival("空.docx", b""),
    ],
    ids=lambda came: came.name,
)  # fmt: skip
def test_what_is_no_paper_of_ours_is_left_to_the_reading_of_returns(came: Arrival) -> None:
    assert read(came, known={}).others == (came,)


def test_a_paper_of_a_state_that_nobody_knows_is_left_too(issued: bytes) -> None:
    came = arrival("通报.docx", issued)
    assert read(came, known={}).others == (came,)
    assert read(came, known={("别的.docx", CODE): issued}).others == (came,)


def test_two_who_differ_are_asked_and_two_who_agree_are_not(issued: bytes, tmp_path: Path) -> None:
    def came(name: str, words: str) -> Arrival:
        def change(document: Any) -> None:
            run = line(document, "另一个问题").runs[0]
            run.text = run.text.replace("印发", words)

        return arrival(name, edited(issued, tmp_path, change))

    known = {(NOTICE, CODE): issued}
    found = read(came("书记.docx", "印发实施"), came("副书记.docx", "制定印发"), known=known)
    assert [revision.kind for revision in found.revisions] == [RevisionKind.DISPUTED] * 2
    found = read(came("书记.docx", "印发实施"), came("副书记.docx", "印发实施"), known=known)
    assert [revision.kind for revision in found.revisions] == [RevisionKind.WORDING] * 2


def test_what_is_written_into_a_head_or_a_foot_is_seen(issued: bytes, tmp_path: Path) -> None:
    def change(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "请办公室再核一次。王"

    back = arrival("改.docx", edited(issued, tmp_path, change))
    (revision,) = read(back, known={(NOTICE, CODE): issued}).revisions
    assert (revision.kind, revision.new) == (RevisionKind.ADDED, "请办公室再核一次。王")
