"""Text as people type it, cleaned without loss of meaning."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from toolkit.ledger.joining import joined, on_one_line
from toolkit.ledger.lookalikes import BLOCKS, plain_ideographs

# What a well-typed text consists of: one pass says that it needs no work. (O, o and _ may be part of what does.)
_PLAIN = re.compile(
    "[\n !-NP-^`-np-~\u00b7\u00d7\u2010-\u2027\u2460-\u2473\u3001-\u301f\u4e00-\u9fff\uff01-\uff0f\uff1a-\uff20]*+"
)
# Characters that it does not hold.
_SUSPICIOUS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\x85\xa0\u00ad\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u3000\ufeff\ufff9-\ufffc"
    f"\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\t\r{BLOCKS}]"
)
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
# A control character between two figures is taken for what a printer makes of it: nothing that joins them.
_CONTROL_IN_FIGURES = re.compile("(?<=[0-9])[\x00-\x08\x0e-\x1f\x7f]+(?=[0-9])")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffc]"
)
_WIDE = {
    code: code - 0xFEE0
    for block in ((0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B))
    for code in range(*block)
}
_SPACES = {ord(space): " " for space in "\t\xa0\u3000\x0b"} | {
    0x85: "\n",
    0x2028: "\n",
    0x2029: "\n",
    0x0C: "\n",
}
_YEAR_WITH_O = re.compile("(?<![A-Za-z])([12])[Oo](?=[0-9]{2}年)")

# Ways of writing "nothing" in a cell.
DASHES = frozenset({"", "/", "／", "\\", "-", "--", "—", "——", "－", "–", "…", "……"})
_NOTHINGS = DASHES | {"无", "暂无", "没有", "不涉及", "无。", "N/A", "n/a"}

# Longer texts, blanks around them included, are looked at no further.
_LONGEST_NOTHING = 40


def clean(text: str) -> str:
    """The text without what nobody sees: odd spaces, control and zero-width characters, `_x000D_`, full-width figures.

    Characters that only look like Chinese ones become what they look like. Chinese punctuation and line breaks stay; a clean text is returned as it is; cleaning twice changes nothing.
    """
    if not text or (
        _PLAIN.fullmatch(text) and text[0] > " " and text[-1] > " " and " \n" not in text
    ):
        return text
    while _needs_work(text):
        cleaned = _clean_once(text)
        if cleaned == text:
            break
        text = cleaned
    return text


def _needs_work(text: str) -> bool:
    """Whether cleaning may change a text; cheap tests first, since nearly every cell of a ledger is clean."""
    return bool(text) and (
        text[0].isspace()
        or text[-1].isspace()
        or _SUSPICIOUS.search(text) is not None
        or " \n" in text
        or "_x" in text
        or (("O" in text or "o" in text) and _YEAR_WITH_O.search(text) is not None)
    )


def _clean_once(text: str) -> str:
    text = _unescaped(text) if "_x" in text else text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL_IN_FIGURES.sub(" ", plain_ideographs(text.translate(_SPACES).translate(_WIDE)))
    text = _INVISIBLE.sub("", text)
    text = re.sub(r"[ ]+\n", "\n", text).strip()
    return _YEAR_WITH_O.sub(r"\g<1>0", text)


def _unescaped(text: str) -> str:
    """`_x000D_` as the character that it stands for; a rare character comes as two halves, which become one."""
    text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def nothings() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ways of leaving a cell blank, and those of saying that there is nothing, without "": for the sheet."""
    return tuple(sorted(DASHES - {""})), tuple(sorted(_NOTHINGS - {""}))


def blank(value: object) -> bool:
    """Whether a cell holds nothing: None, blanks, or only a dash or stroke."""
    return value is None or (isinstance(value, str) and clean(value) in DASHES)


def means_nothing(text: str) -> bool:
    """Whether a text says that there is nothing: a dash, 无, 不涉及 …"""
    return text in _NOTHINGS or (len(text) < _LONGEST_NOTHING and clean(text) in _NOTHINGS)


def says_nothing(cleaned: str) -> bool:
    """The same of a text that is clean already, such as an item's."""
    return cleaned in _NOTHINGS


# Traditional characters that occur in headings.
_SIMPLE = str.maketrans(
    "問題編號狀態責單時間領導備註來類別進況際實總檢標準據證辦結務發現體項較細內計劃監報關聯係處點個壓縮難險後續舉牽頭協參與經絡屬歷驗銷維護層級",
    "问题编号状态责单时间领导备注来类别进况际实总检标准据证办结务发现体项较细内计划监报关联系处点个压缩难险后续举牵头协参与经络属历验销维护层级",
)
_HINT = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")


@lru_cache(maxsize=8192)
def normal_heading(text: str) -> str:
    """A column heading for matching: half-width, without spaces, line breaks, bracketed hints, final colon or asterisk.

    `涉及金额（万元）` and `涉及金额(单位:万元)` are the same heading.
    """
    plain = plain_heading(text)
    bare = _HINT.sub("", plain)
    return (bare or plain).strip(":*.。、")


def plain_heading(text: str) -> str:
    """A column heading half-width and in simple characters, without spaces and line breaks; its brackets stay."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", clean(text))).translate(_SIMPLE)


_CHINESE = "\u3400-\u9fff\uf900-\ufaff"
_CLOSERS = "》）”’】〉」"
_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_HALF_AFTER_CHINESE = re.compile(
    f"(?<=[{_CHINESE}{_CLOSERS}])([,;:?!])(?! ?[A-Za-z0-9@/])|(?<=[{_CHINESE}{_CLOSERS}])([,;:?!])(?=[0-9一二三四五六七八九十])"
)
_HALF_BEFORE_CHINESE = re.compile(f"(?<=[0-9A-Za-z%])([,;?!])(?=[{_CHINESE}《（“])")
_HALF_BRACKETS = re.compile(f"\\(([^()]*[{_CHINESE}][^()]*)\\)")
_STRAIGHT = re.compile('"([^"]*)"')
_ANY_CHINESE = re.compile(f"[{_CHINESE}]")
_BREAK = re.compile(r" *\n[ \n]*")


def for_paper(text: str) -> str:
    """The text as a Word paper prints it: clean, half-width marks beside Chinese made full-width, stray breaks joined.

    Figures, times, decimals, web and mail addresses and English phrases stay as they are. A line break is kept after
    a sentence's end and before a numbered mark, otherwise it came from a narrow cell and is joined; between figures a
    mark takes its place (`toolkit.ledger.joining`).
    """
    text = clean(text)
    if any(mark in text for mark in ",;:?!"):
        text = _HALF_AFTER_CHINESE.sub(lambda mark: _FULL_WIDTH[mark[1] or mark[2]], text)
        text = _HALF_BEFORE_CHINESE.sub(lambda mark: _FULL_WIDTH[mark[1]], text)
    if "(" in text:
        text = _HALF_BRACKETS.sub(r"（\1）", text)
    if '"' in text:
        text = "\n".join(_curled(line) for line in text.split("\n"))
    return "\n".join(joined(_lines(text))) if "\n" in text else text


def line_for_paper(text: str) -> str:
    """The same on one line, for a heading or a quotation."""
    text = for_paper(text)
    return on_one_line(text.split("\n")) if "\n" in text else text


def _lines(text: str) -> list[str]:
    return [line for line in _BREAK.split(text) if line]


def _curled(line: str) -> str:
    """Straight quotation marks as “ and ” in a line of Chinese, where all stand in pairs; others stay as they are."""
    return (
        _STRAIGHT.sub(r"“\1”", line)
        if _ANY_CHINESE.search(line) and line.count('"') % 2 == 0
        else line
    )


def as_typed(value: object) -> str:
    """How a cell of any type is shown to a person: dates as 2022-03-31, whole numbers without .0, booleans as 是/否."""
    if type(value) is str:
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    return text.removesuffix(" 00:00:00")


_FIGURE = re.compile(r"\d[\d.,，．]*")


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters, … for the rest; it is cut before a figure, never in it: 2026 is not 202…."""
    if len(text) <= most:
        return text
    end = most - 1
    torn = (found.start() for found in _FIGURE.finditer(text) if found.start() < end < found.end())
    return f"{text[: next(torn, end)]}…"
