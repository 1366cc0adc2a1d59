"""Every specimen is read as its expected text says; `python -m tests.zoo.make` writes the texts anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from tests.zoo.catalogue import ELSEWHERE, FAULTS, KINDS
from tests.zoo.describe import described
from tests.zoo.specimen import Specimen
from tests.zoo.specimens import SPECIMENS


def cases() -> Iterator[ParameterSet]:
    for specimen in SPECIMENS.values():
        fault = FAULTS.get(specimen.name)
        marks = [pytest.mark.xfail(reason=fault, strict=False)] if fault else []
        yield pytest.param(specimen, id=specimen.name, marks=marks)


@pytest.mark.parametrize("specimen", list(cases()))
def test_the_zoo(specimen: Specimen) -> None:
    assert described(specimen) == specimen.expected.read_text(encoding="utf-8")


def test_every_kind_of_mess_has_a_specimen_or_a_reason() -> None:
    shown = {kind for specimen in SPECIMENS.values() for kind in specimen.kinds}
    assert shown | set(ELSEWHERE) == set(KINDS)
    assert not shown & set(ELSEWHERE)


def test_no_expected_text_is_left_over() -> None:
    texts = {path.name for path in Path(__file__).parent.glob("*.expected.txt")}
    assert texts == {specimen.expected.name for specimen in SPECIMENS.values()}
