"""The row of column names (栏号行) below a heading: 甲 乙 丙 1 2 3, A B C, (1) (2), 栏次 ① ②."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from toolkit.ledger.numerals import read_numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
# What a label of the row says before the first name.
_LABEL = re.compile(r"(?:栏|列)(?:次|号|目|序)?|序列|行次|项次|代码")
_AROUND = re.compile(r"^[（(\[【第]+|[)）\]】栏列.、．]+$")
# The sum that some columns are, behind their number: (5)=(3)+(4).
_SUM = re.compile(r"[=＝].*$")
_LEAST, LONGEST = 3, 12


def are_column_names(texts: Sequence[str]) -> bool:
    """Whether a row names columns and nothing else: runs of signs, each from its first, no gap."""
    names = list(texts[1:] if texts and _LABEL.fullmatch(texts[0].replace(" ", "")) else texts)
    if len(set(names)) < max(len(names), _LEAST) or any(len(name) > LONGEST for name in names):
        return False
    before: tuple[str, ...] = ()
    for name in names:
        meanings = tuple(_meanings(name))
        begins = any(number == 1 for _, number in meanings)
        if not begins and not _goes_on(meanings, before):
            return False
        before = tuple(f"{kind}{number}" for kind, number in meanings)
    return True


def _goes_on(meanings: Sequence[tuple[str, int]], before: Sequence[str]) -> bool:
    return any(f"{kind}{number - 1}" in before for kind, number in meanings)


def _meanings(name: str) -> Iterator[tuple[str, int]]:
    """What a sign can count as: (its row of signs, its place in it from 1)."""
    plain = _AROUND.sub("", unicodedata.normalize("NFKC", _SUM.sub("", name).strip()))
    if plain.isdecimal():
        yield "figure", int(plain)
    for kind, signs in (("stem", _STEMS), ("branch", _BRANCHES)):
        if len(plain) == 1 and plain in signs:
            yield kind, signs.index(plain) + 1
    if len(plain) == 1 and "A" <= plain.upper() <= "Z":
        yield "letter", ord(plain.upper()) - ord("A") + 1
    if plain.upper() in _ROMAN:
        yield "roman", _ROMAN.index(plain.upper()) + 1
    number = read_numeral(plain)
    if number is not None:
        yield "numeral", number
