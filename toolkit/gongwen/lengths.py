"""Lengths on paper as a type of their own: made in the unit in which a clause gives them, read in that of the file."""

from __future__ import annotations

from dataclasses import dataclass

_EMU_PER_MM, _EMU_PER_PT = 36000, 12700
_EMU_PER_TWIP = _EMU_PER_PT // 20


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """A length, kept in English metric units (360 000 a centimetre), of which every unit of Word is a whole number."""

    emu: int

    @property
    def twips(self) -> int:
        """Twentieths of a point: indents, rows, margins."""
        return round(self.emu / _EMU_PER_TWIP)

    @property
    def half_points(self) -> int:
        """Sizes of fonts."""
        return round(self.emu * 2 / _EMU_PER_PT)

    @property
    def eighths(self) -> int:
        """Eighths of a point: widths of rules."""
        return round(self.emu * 8 / _EMU_PER_PT)

    @property
    def hundredths(self) -> int:
        """Hundredths of a point: sizes of fonts in a chart."""
        return round(self.emu * 100 / _EMU_PER_PT)

    def __add__(self, other: Length) -> Length:
        return Length(self.emu + other.emu)

    def __sub__(self, other: Length) -> Length:
        return Length(self.emu - other.emu)

    def __neg__(self) -> Length:
        return Length(-self.emu)

    def __mul__(self, times: float) -> Length:
        return Length(round(self.emu * times))

    __rmul__ = __mul__

    def __floordiv__(self, parts: int) -> Length:
        """A part of it in whole twips, rounded down."""
        return twips(self.twips // parts)

    def __truediv__(self, other: Length) -> float:
        """How often the other one fits."""
        return self.emu / other.emu

    def __bool__(self) -> bool:
        return self.emu != 0


def mm(number: float) -> Length:
    """So many millimetres."""
    return Length(round(number * _EMU_PER_MM))


def pt(number: float) -> Length:
    """So many points (3号 is 16)."""
    return Length(round(number * _EMU_PER_PT))


def twips(number: int) -> Length:
    """So many twentieths of a point."""
    return Length(number * _EMU_PER_TWIP)


ZERO = Length(0)
