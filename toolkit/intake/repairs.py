"""What reading put right by itself, before → after: one note a column and sheet, with every case in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.intake.codes import finding
from toolkit.ledger.columns import BY_CODE, Kind
from toolkit.ledger.finding import Place
from toolkit.ledger.joining import MARK, excerpt, shortened
from toolkit.ledger.lookalikes import lookalikes, plain_ideographs
from toolkit.ledger.status import Status
from toolkit.ledger.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit.ledger.finding import Finding
    from toolkit.ledger.readers import Context

# How many cases a note spells out, and how many addresses of one case.
_LISTED, _ADDRESSES, _LONGEST = 30, 3, 24
# How many characters of each line a note on a line break shows.
_END = 8


@dataclass(slots=True)
class Repairs:
    """The repairs of one table as they are made: (column, before, after) → addresses; cells that were only cleaned.

    `lookalikes`: characters that only looked like Chinese ones → addresses; `joints`: the line breaks between figures
    that a paper shows by a mark, by column.
    """

    made: dict[str, dict[tuple[str, str], list[str]]] = field(default_factory=dict)
    cleaned: list[str] = field(default_factory=list)
    lookalikes: dict[str, list[str]] = field(default_factory=dict)
    joints: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def note(self, code: str, before: str, after: str, address: str) -> None:
        """One cell of a column whose text was read as another one."""
        self.made.setdefault(code, {}).setdefault((before, after), []).append(address)

    def note_lookalikes(self, cells: Iterable[tuple[str, str]]) -> None:
        """Texts as typed, each with its address, that held radicals or compatibility ideographs."""
        for typed, address in cells:
            for sign in lookalikes(typed):
                self.lookalikes.setdefault(sign, []).append(address)

    def note_joint(self, code: str, before: str, after: str, address: str) -> None:
        """A line break of a column where figures meet: the ends of the two lines are kept."""
        at = len(before)
        shown = f"“{excerpt(f'{before}⏎{after}', at - _END, at + _END + 1)}”"
        self.joints.setdefault(code, []).append((shown, address))

    def note_cleaned(self, before: str, after: str, code: str, address: str) -> None:
        """A cell with characters taken out or made half-width; a letter O in a year is said on its own."""
        plain = plain_ideographs(before.strip().replace("\r\n", "\n"))
        if plain == after:
            return
        if ("O" in before or "o" in before) and before.count("O") + before.count("o") > after.count(
            "O"
        ) + after.count("o"):
            self.note(code, _short(before), _short(after), address)
        else:
            self.cleaned.append(address)

    def findings(self, file: str, sheet: str) -> Iterator[Finding]:
        """The notes of this table."""
        for code, cases in self.made.items():
            first = next(iter(cases.values()))[0]
            number = sum(map(len, cases.values()))
            listed = "；".join(
                _case(*pair, addresses) for pair, addresses in list(cases.items())[:_LISTED]
            )
            rest = f"；等{len(cases)}种" if len(cases) > _LISTED else ""
            message = f"{BY_CODE[code].header}有{number}处已自动规范：{listed}{rest}。"
            place = Place(file, sheet, first)
            value = next(iter(cases))[0]
            yield finding(
                "X401",
                place,
                message,
                "请核对；不对的，请按规范写法改填。",
                column=code,
                value=value,
            )
        if self.cleaned:
            shown = "、".join(self.cleaned[:_ADDRESSES]) + (
                "等" if len(self.cleaned) > _ADDRESSES else ""
            )
            message = f"{len(self.cleaned)}个单元格有多余的空白、不可见字符或全角字符，已清理（{shown}）。"
            yield finding(
                "X402", Place(file, sheet, self.cleaned[0]), message, "不影响内容，可不处理。"
            )
        yield from self._lookalike_findings(file, sheet)
        yield from self._joint_findings(file, sheet)

    def _lookalike_findings(self, file: str, sheet: str) -> Iterator[Finding]:
        if not self.lookalikes:
            return
        pairs = "、".join(f"“{sign}”→“{plain_ideographs(sign)}”" for sign in self.lookalikes)
        places = list(dict.fromkeys(at for where in self.lookalikes.values() for at in where))
        shown = "、".join(places[:_ADDRESSES]) + ("等" if len(places) > _ADDRESSES else "")
        message = f"{len(places)}个单元格有字形相似、编码不同的字（多为从PDF复制），已换成通用字：{pairs}（{shown}）。"
        yield finding(
            "X411",
            Place(file, sheet, places[0]),
            message,
            "请核对换成的字；以后从PDF复制的文字，请重新录入或核对。",
        )

    def _joint_findings(self, file: str, sheet: str) -> Iterator[Finding]:
        for code, places in self.joints.items():
            listed = "、".join(f"{shown}（{at}）" for shown, at in places[:_ADDRESSES])
            rest = f"等{len(places)}处" if len(places) > _ADDRESSES else ""
            message = f"{BY_CODE[code].header}在数字处换行，分不清是不是一个数，写入文稿时以“{MARK}”隔开：{listed}{rest}。"
            yield finding(
                "X412",
                Place(file, sheet, places[0][1]),
                message,
                "本是一句话的，请删去换行；本是几件事的，请加上标点。",
                column=code,
                value=places[0][0].strip("“”"),
            )


def _case(before: str, after: str, addresses: list[str]) -> str:
    shown = "、".join(addresses[:_ADDRESSES]) + (
        f"等{len(addresses)}处" if len(addresses) > _ADDRESSES else ""
    )
    return f"“{_short(before)}”→“{_short(after)}”（{shown}）"


def _short(text: str) -> str:
    return shortened(text.replace("\n", "⏎"), _LONGEST)


def repaired(code: str, text: str, value: object, context: Context) -> str:
    """How a value reads that a cleaned text was understood as, where the two differ; "" where the text says it plainly."""
    if value == text:
        return ""
    kind = BY_CODE[code].kind
    if kind is Kind.UNIT:
        return str(value) if context.directory.units and value != text else ""
    if kind is Kind.UNITS:
        names: tuple[str, ...] = tuple(value)  # type: ignore[arg-type]
        return (
            "、".join(names)
            if context.directory.units and not all(name in text for name in names)
            else ""
        )
    if kind is Kind.STATUS:
        plain = context.words[Status(str(value))]
        return "" if text == plain else plain
    if kind in (Kind.TEXT, Kind.ID, Kind.CHOICE, Kind.DATE, Kind.MONEY, Kind.COUNT):
        plain = str(value)
        return "" if text == plain or _same_number(text, plain, kind) else plain
    return ""


def _same_number(text: str, plain: str, kind: Kind) -> bool:
    if kind not in (Kind.MONEY, Kind.COUNT):
        return False
    try:
        return float(clean(text)) == float(plain)
    except ValueError:
        return False
