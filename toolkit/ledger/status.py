"""Statuses of an item: five codes, the words that units write for them, and how a written word is read."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.ledger.boxes import read_boxes
from toolkit.ledger.joining import without_blanks
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.status_grammar import NOT_DONE, YES, clauses, code_of, limits, together
from toolkit.ledger.text import as_typed, clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from toolkit.ledger.boxes import Boxes


class Status(StrEnum):
    """Where the rectification of an item stands, as a unit may report it (design §5)."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    PHASED = "phased"
    DONE = "done"
    STANDING = "standing"


# The words of the template's drop-down list and of every paper unless the settings say otherwise.
WORDS: dict[Status, str] = {
    Status.NOT_STARTED: "未启动",
    Status.IN_PROGRESS: "正在整改",
    Status.PHASED: "阶段性完成",
    Status.DONE: "已完成",
    Status.STANDING: "长期坚持",
}

# What units write instead, typing errors included. 已经完成并长期坚持 is done: the measures are in force and complete.
_SYNONYMS: dict[Status, str] = {
    Status.NOT_STARTED: "未启动 待整改 未开始 尚未启动 未整改 尚未整改 未开展 待启动 没有启动",
    Status.IN_PROGRESS: "正在整改 整改中 正在推进 推进中 正在落实 正在进行 进行中 在推进 有序推进 正在有序推进 未完成 尚未完成 未办结 "
    "达到序时进度 未完成但达到序时进度 未达到序时进度 滞后 进展缓慢 推进较慢 部分整改 部分完成 未销号 正在办理 办理中 落实中 按序时推进 在整改",
    Status.PHASED: "阶段性完成 基本完成 取得阶段性成效 取得阶段性成果 取得阶段性进展 阶段性成效 完成阶段性整改 阶段性办结 基本整改到位 "
    "阶段完成 阶段性整改 基本整改完成 初步完成 基本完成并持续整改",
    Status.DONE: "已完成 完成 完成整改 整改完成 已整改 已整改到位 整改到位 已经完成 已整改完成 已完成整改 全部完成 已全部完成 已办结 办结 "
    "以完成 己完成 巳完成 已完整 已完城 完成了 已经整改 已落实 已完成并长期坚持 已经完成长期坚持 已完成长期坚持 完成并长期坚持 已完成持续推进 已完成并持续推进",
    Status.STANDING: "长期坚持 持续推进 持续整改 长期整改 需长期坚持 持续深化整改 列入持续深化整改 持续深化 常态化推进 常态化 长期 "
    "持续 持续坚持 坚持整改 常抓不懈 长期推进 长期持续 常态长效",
}
_CODE_OF = {word: status for status, words in _SYNONYMS.items() for word in words.split()}
_TICKS = {"√": Status.DONE, "✓": Status.DONE, "✔": Status.DONE, "是": Status.DONE, "Y": Status.DONE, "YES": Status.DONE,
          "×": Status.IN_PROGRESS, "✗": Status.IN_PROGRESS, "否": Status.IN_PROGRESS, "N": Status.IN_PROGRESS,
          "NO": Status.IN_PROGRESS}  # fmt: skip
_ACCEPTED = frozenset({"已销号", "销号", "销账", "已销账", "办结销号", "对账销号", "申请销号"})
_NOISE = " 。.，,、；;！!：:（）()“”"
_OF_WHAT = r"(?:目前|现)?(?:整改|已|总体|任务)?(?:完成率?|办结率?|整改率|进度|完成进度|整改进度)?(?:已?达到?|为|是)?[了:：]?"
_PERCENT = re.compile(
    rf"{_OF_WHAT}(\d{{1,3}}(?:\.\d+)?)%(?:左右|以上)?(?:完成|办结|整改到位|到位|推进中)?"
)
# What may be made plainer by a second word.
_YES_NO = {
    "是": YES,
    "否": NOT_DONE,
    "×": NOT_DONE,
    "✗": NOT_DONE,
    "未完成": NOT_DONE,
    "尚未完成": NOT_DONE,
    "未办结": NOT_DONE,
}
_FIGURES, _MORE_OR_LESS = "一二三四五六七八九", ("", "多", "以上", "左右")
_TENTHS = re.compile(rf"(?:约)?[{_FIGURES}]成(?:{'|'.join(_MORE_OR_LESS)})")
_BARE_NUMBER = re.compile(r"\d{1,3}(?:\.\d+)?")
# A bare number from here on is a percentage; smaller ones may be codes of somebody's own list.
LEAST_PERCENT = 10
# What is proposed where a status cannot be read.
_PROPOSED = (Status.DONE, Status.IN_PROGRESS, Status.STANDING)


def normal_word(text: str) -> str:
    """A written status for comparison: without blanks and the marks that may stand around it, in capitals."""
    return re.sub(f"[{_NOISE.strip()}]", "", without_blanks(clean(text))).upper().replace("％", "%")


def meaning_of(text: str) -> Status | None:
    """The status that a word, tick or share means wherever it is written; None where it means none."""
    word = normal_word(text)
    return _CODE_OF.get(word) or _TICKS.get(word) or _of_written_share(word)


def claims_closing(text: str) -> bool:
    """Whether a word says that the item is closed (销号), which is the office's decision and no status."""
    return normal_word(text) in _ACCEPTED


def read_status(value: object, words: Mapping[Status, str] = WORDS) -> Status | Unreadable:
    """The status that a written word, tick or percentage means (100 % is done, 0 % not started, between in progress).

    `words` are the office's own: each means its status, and they are what is proposed instead.
    """
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and (0 <= value <= 1 or LEAST_PERCENT <= value <= 100)
    ):
        return _of_share(value * 100 if value <= 1 else value)
    return _read_word(as_typed(value), tuple(words[status] for status in Status))


@lru_cache(maxsize=4096)
def _read_word(raw: str, words: tuple[str, ...]) -> Status | Unreadable:
    """`words` are those of the office, in the order of the statuses: each means its status, ticked too."""
    office = dict(zip(Status, words, strict=True))
    proposed = tuple(office[status] for status in _PROPOSED)
    boxes = read_boxes(clean(raw))
    chosen = boxes.choice if boxes and boxes.choice else raw
    word = normal_word(raw)
    for status, own in office.items():
        if normal_word(own) in (word, normal_word(chosen)):
            return status
    if known := _CODE_OF.get(word) or _TICKS.get(word):
        return known
    if claims_closing(word):
        why = f"“{raw}”不是整改状态：销号由整改办审核决定"
        return Unreadable(raw, why, (office[Status.DONE],))
    if boxes and (boxes.empty or boxes.choice is None):
        return _of_box(raw, boxes, words)
    text = clean(raw).upper().replace("％", "%")
    return _read_clauses(raw, boxes.choice or "√" if boxes else text, proposed)


def _of_box(raw: str, boxes: Boxes, words: tuple[str, ...]) -> Status | Unreadable:
    """The status whose box is ticked."""
    read = _read_word(boxes.choice, words) if boxes.choice else None
    if isinstance(read, Status):
        return read
    proposed = tuple(dict(zip(Status, words, strict=True))[status] for status in _PROPOSED)
    return Unreadable(raw, f"“{raw}”{boxes.words}，看不出是哪一个状态", proposed)


def _read_clauses(raw: str, text: str, proposed: tuple[str, ...]) -> Status | Unreadable:
    """What the words of a cell mean together: `否，正在整改`, `是（已完成）`, `正在整改（80%）`."""
    words, remarks = clauses(text)
    read = [_code_of(word) for word in words]
    read += [
        code for remark in remarks if (code := _code_of(remark)) or limits(remark) or not words
    ]
    unclear = Unreadable(raw, f"“{raw}”不是可以识别的状态", proposed)
    if not read or None in read:
        return unclear
    code = together(frozenset(code for code in read if code))
    return Status(code) if code else Unreadable(raw, f"“{raw}”前后说法不一致", proposed)


def _code_of(written: str) -> str | None:
    """What one clause means, as a code of the grammar."""
    word = normal_word(written)
    if word in _YES_NO:
        return _YES_NO[word]
    known = meaning_of(word)
    return known.value if known else code_of(word)


def _of_written_share(word: str) -> Status | None:
    """80%, 完成率100%, 已完成80%, 三成, 0.8: a share that is written; a bare small number may be a code of a list."""
    if _TENTHS.fullmatch(word):
        return Status.IN_PROGRESS
    if _BARE_NUMBER.fullmatch(word) and (float(word) <= 1 or LEAST_PERCENT <= float(word) <= 100):
        return _of_share(float(word) * 100 if float(word) <= 1 else float(word))
    percent = _PERCENT.fullmatch(word)
    return _of_share(float(percent[1])) if percent and float(percent[1]) <= 100 else None


def spellings(words: Mapping[Status, str] = WORDS) -> tuple[Mapping[str, Status], str]:
    """The words that mean a status, shares in whole per cent and tenths too, and the marks that may stand around one.

    The office's own `words` are among them. For the sheet, which can look a word up but not read it.
    """
    shares = [f"{percent}{mark}" for percent in range(101) for mark in ("", "%", "%左右")]
    tenths = [
        f"{about}{figure}成{more}"
        for about in ("", "约")
        for figure in _FIGURES
        for more in _MORE_OR_LESS
    ]
    read = {word: meaning_of(word) for word in (*_CODE_OF, *_TICKS, *shares, *tenths)}
    meant = {word: status for word, status in read.items() if status}
    own = {normal_word(word): status for status, word in words.items()}
    return {**meant, **own}, _NOISE


_NAMED = re.compile("{(" + "|".join(Status.__members__) + ")}")


def worded(text: str, word_of: Callable[[Status], str] = WORDS.__getitem__) -> str:
    """A sentence of ours with the office's word in the place of each `{DONE}`, `{IN_PROGRESS}` …"""
    return _NAMED.sub(lambda name: word_of(Status[name[1]]), text)


def _of_share(percent: float) -> Status:
    if percent == 100:
        return Status.DONE
    return Status.IN_PROGRESS if percent else Status.NOT_STARTED
