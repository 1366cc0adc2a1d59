"""The office's own words for the statuses: read like the standard's, proposed instead of them, named in sentences."""

from __future__ import annotations

import pytest

from tests.support.words import INVENTED
from toolkit.ledger.finding import Finding, Place, Severity
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.status import (
    WORDS,
    Status,
    claims_closing,
    meaning_of,
    read_status,
    spellings,
    worded,
)

OWN = {status: INVENTED.of(status) for status in Status}


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("written", ["{}", " {}。", "{}\n", "（{}）", "{}；"])
def test_an_own_word_is_read_as_the_standard_one_is(status: Status, written: str) -> None:
    assert read_status(written.format(OWN[status]), OWN) is status
    assert read_status(written.format(WORDS[status]), OWN) is status


def test_an_own_word_means_nothing_to_another_office() -> None:
    assert isinstance(read_status(OWN[Status.DONE]), Unreadable)


@pytest.mark.parametrize("written", ["乱写", "已销号", 3])
def test_what_cannot_be_read_proposes_the_own_words(written: object) -> None:
    found = read_status(written, OWN)
    assert isinstance(found, Unreadable)
    assert set(found.try_instead) <= set(OWN.values())
    assert OWN[Status.DONE] in found.fix


def test_the_sheet_can_look_up_the_own_words() -> None:
    known, marks = spellings(OWN)
    assert {known[word] for word in OWN.values()} == set(Status)
    assert known["已完成"] is Status.DONE
    assert "。" in marks
    assert not set(OWN.values()) & set(spellings()[0])


@pytest.mark.parametrize(
    ("text", "status"),
    [("办结", Status.DONE), ("八成", Status.IN_PROGRESS), ("0%", Status.NOT_STARTED), ("√", Status.DONE), ("悉数办妥", None), ("销号", None)],
)  # fmt: skip
def test_what_a_word_means_everywhere(text: str, status: Status | None) -> None:
    assert meaning_of(text) is status
    assert claims_closing(text) is (text == "销号")


def test_a_sentence_names_statuses_by_code_and_other_braces_stay() -> None:
    text = "“{DONE}”“{STANDING}”{已完成}{{x}}{done}"
    assert worded(text) == "“已完成”“长期坚持”{已完成}{{x}}{done}"
    assert worded(text, INVENTED.of) == "“悉数办妥”“久久坚守”{已完成}{{x}}{done}"


def test_a_finding_is_said_in_the_own_words() -> None:
    found = Finding(
        "S1", Severity.NOTE, Place(), "状态为“{DONE}”。", "改填“{IN_PROGRESS}”。", value="{DONE}"
    )
    said = found.worded(INVENTED.of)
    assert (said.message, said.fix, said.value) == (
        "状态为“悉数办妥”。",
        "改填“着力办理”。",
        "{DONE}",
    )
    plain = Finding("S1", Severity.NOTE, Place(), "甲。", "乙。")
    assert plain.worded(INVENTED.of) is plain
