"""Which sheets are read when the rows of another one move."""

from __future__ import annotations

import pytest

from toolkit.sheets.moving import may_calculate


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<c><f>A1</f></c>", True),
        ("<x:c><x:f t='shared' si='0'/></x:c>", True),
        ("<c><f\n/></c>", True),
        ("<c><v>1</v></c>", False),
        ("<font/><formula1>A1</formula1>", False),
    ],
)
def test_formulas_are_seen_in_any_prefix(xml: str, *, expected: bool) -> None:
    assert may_calculate(xml.encode()) is expected


def test_a_sheet_in_two_byte_letters_is_always_read() -> None:
    assert may_calculate("<c><f>A1</f></c>".encode("utf-16"))
