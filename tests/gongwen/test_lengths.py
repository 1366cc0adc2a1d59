"""A length is the same whatever it is made from and read in."""

from __future__ import annotations

import pytest

from toolkit.gongwen.lengths import ZERO, Length, mm, pt, twips


@pytest.mark.parametrize(
    ("length", "read", "number"),
    [
        (mm(210), "twips", 11906), (mm(156), "twips", 8844), (mm(24), "emu", 864000), (mm(154.5), "emu", 5562000),
        (pt(16), "half_points", 32), (pt(10.5), "half_points", 21), (pt(10.5), "twips", 210), (pt(-0.3), "twips", -6),
        (pt(2.25), "eighths", 18), (pt(0.5), "eighths", 4), (pt(9), "hundredths", 900),
        (twips(579), "twips", 579), (twips(1), "emu", 635),
    ],
)  # fmt: skip
def test_a_length_is_read_in_the_unit_of_the_place(length: Length, read: str, number: int) -> None:
    assert getattr(length, read) == number


def test_lengths_are_reckoned_with_like_numbers() -> None:
    assert pt(1) + twips(20) == 2 * pt(1) == pt(2)
    assert pt(3) - pt(1) == pt(2)
    assert -pt(1) + pt(1) == ZERO
    assert 1.1 * pt(36) == twips(792)
    assert pt(10) / pt(4) == 2.5
    assert twips(7) // 2 == twips(3)
    assert pt(1) < mm(1) < pt(3)
    assert not ZERO
    assert pt(1)
