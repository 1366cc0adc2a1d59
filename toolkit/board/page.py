"""看板.html: cards, lights, charts and the first items as plain HTML and SVG; all items as data that a script shows.

Nothing is fetched: style and script stand in the page, and its policy allows just these two, by their digests. What came
out of workbooks is text, in elements and in the data.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING

from lxml import etree

from toolkit.board.numbers import Numbers, length, tag
from toolkit.board.rows import FIELDS, NO_STATUS, rows_of
from toolkit.figures.due_state import Light
from toolkit.figures.printed import By, Line, Printed, Quoted, Ref, Source
from toolkit.ledger.dates import chinese_date
from toolkit.ledger.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from lxml.etree import _Element

    from toolkit.figures.counts import Totals
    from toolkit.state import State

BOARD = "看板.html"
STATIC_ROWS = 50
_CARDS = ("problems", "by_status.done", "completion_rate", "closed", "measures", "regulations")
_MARKS = {Light.RED: "▲", Light.YELLOW: "◆", Light.GREEN: "●", Light.BLUE: "■"}
_MEANS = {
    Light.RED: "已逾期",
    Light.YELLOW: "临期",
    Light.GREEN: "正常或已完成",
    Light.BLUE: "长期坚持",
}
_TREND = ("problems", "by_status.done", "overdue")
_BAR, _PLOT = Decimal(320), Decimal(120)
_NO_NAME = "（未填）"
# What the first items show without a script.
COLUMNS = ("id", "light", "problem", "lead_unit", "lead_leader", "deadline", "status", "timing")


@dataclass(frozen=True, slots=True)
class Printing:
    """What the page prints: lines and bars by the id of their element, heights of points by theirs."""

    lines: Mapping[str, Line]
    bars: Mapping[str, tuple[Printed, Decimal]]
    points: Mapping[str, tuple[Printed, Decimal]]


def write_board(path: Path, state: State) -> Printing:
    """Write the page; which of its elements prints which figure."""
    page = _Page(state)
    path.write_bytes(_with_doctype(page.html()))
    return Printing(page.numbers.lines, page.numbers.bars, page.points)


def _with_doctype(root: _Element) -> bytes:
    return etree.tostring(root, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")


class _Page:
    """The page of one state, part by part."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.numbers = Numbers()
        self.points: dict[str, tuple[Printed, Decimal]] = {}
        self.rows = list(rows_of(state))

    def html(self) -> _Element:
        """The whole page."""
        style, script = (_part(name) for name in ("board.css", "board.js"))
        policy = (
            f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
            "base-uri 'none'; form-action 'none'"
        )
        body = [
            self._head(),
            tag("main", {}, *self._sections()),
            tag("script", {"type": "application/json", "id": "data"}, self._data()),
            tag("script", {}, script),
        ]
        return tag(
            "html",
            {"lang": "zh-CN"},
            tag(
                "head",
                {},
                tag("meta", {"charset": "utf-8"}),
                tag("meta", {"http-equiv": "Content-Security-Policy", "content": policy}),
                tag("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
                tag("title", {}, "整改看板"),
                tag("style", {}, style),
            ),
            tag("body", {}, *body),
        )

    def _head(self) -> _Element:
        state = self.state
        line: Line = (
            "截至", Quoted(chinese_date(state.as_of), Source.DATE), "　第",
            Printed(str(state.number), Ref("period")), "期　内部资料　", state.settings.task.mark,
        )  # fmt: skip
        name = (Quoted(f"{state.settings.task.issuer_short}整改看板", Source.SETTINGS),)
        return tag(
            "header",
            {},
            self.numbers.text(name, "h1"),
            self.numbers.text(line, "p"),
            tag("div", {"id": "tools", "hidden": "hidden"}),
        )

    def _sections(self) -> Iterator[_Element]:
        figures = self.state.figures
        yield self._cards()
        yield self._lights()
        yield self._group("各单位整改情况", "单位", figures.units)
        yield self._group("牵头领导情况", "牵头领导", figures.leaders)
        yield self._months()
        yield self._roadmap()
        if self.state.past:
            yield self._trend()
        yield self._items()

    def _cards(self) -> _Element:
        whole, words = self.state.figures.whole, self.state.settings.words
        names = {
            "problems": "问题总数",
            "by_status.done": words.of(Status.DONE),
            "completion_rate": "完成率",
            "closed": "已销号",
            "measures": "整改措施",
            "regulations": "制度成果",
        }
        cards = [_card(names[code], self.numbers.text((whole.printed(code),))) for code in _CARDS]
        if end := self.state.settings.task.phase_end:
            left = (end - self.state.as_of).days
            days = Printed(str(abs(left)), Ref("phase_days"))
            name = "集中整改期还有（天）" if left >= 0 else "集中整改期已过（天）"
            until = (Quoted(f"截止{chinese_date(end)}", Source.SETTINGS),)
            cards.append(_card(name, self.numbers.text((days,)), self.numbers.text(until, "small")))
        return _section("总体情况", tag("div", {"class": "cards"}, *cards))

    def _lights(self) -> _Element:
        counts = dict.fromkeys(_WORST, 0)
        for due in self.state.due_states:
            counts[due.light] += 1
        cards = [
            tag(
                "div",
                {"class": f"card {light.value}"},
                tag("span", {"class": "name"}, f"{_MARKS[light]}{light.word}灯　{_MEANS[light]}"),
                self.numbers.text((Printed(str(count), Ref(f"lights.{light.value}")),)),
            )
            for light, count in counts.items()
        ]
        return _section("红黄绿灯", tag("div", {"class": "cards"}, *cards))

    def _group(self, title: str, heading: str, groups: Sequence[Totals]) -> _Element:
        words = self.state.settings.words
        codes = ("problems", *(f"by_status.{s.value}" for s in Status), "overdue", "due_soon")
        heads = (heading, "进展", "问题", *map(words.of, Status), "▲逾期", "◆临期", "完成率")
        most = max((int(group["problems"]) for group in groups), default=1)
        rows = []
        for group in groups:
            name = (Quoted(group.name or _NO_NAME, Source.SETTINGS),)
            if group.by is By.LEADER:
                name = (Quoted(group.name or _NO_NAME, Source.ITEM),)
            cells = [
                self.numbers.text((group.printed(code),), "td")
                for code in (*codes, "completion_rate")
            ]
            shares = [group.printed(f"by_status.{status.value}") for status in Status]
            bar = tag("td", {}, self._stacked(shares, _BAR / most))
            rows.append(tag("tr", {}, self.numbers.text(name, "th", {"scope": "row"}), bar, *cells))
        return _section(title, self._legend(), _table(heads, rows))

    def _legend(self) -> _Element:
        words = self.state.settings.words
        return tag(
            "p",
            {"class": "legend"},
            *(tag("span", {"class": f"key {s.value}"}, words.of(s)) for s in Status),
        )

    def _stacked(self, shares: Sequence[Printed], scale: Decimal) -> _Element:
        """One bar parted by status; the numbers stand beside it."""
        picture = tag("svg", {"viewBox": "0 0 320 16", "class": "bar", "aria-hidden": "true"})
        left = Decimal(0)
        for status, share in zip(Status, shares, strict=True):
            place = {"x": str(left), "y": "1", "height": "14", "class": status.value}
            picture.append(self.numbers.bar(share, scale, place))
            left += Decimal(length(Decimal(share.text), scale))
        return picture

    def _months(self) -> _Element:
        words = self.state.settings.words
        counts: dict[str, dict[str, int]] = {}
        for row in self.rows:
            month = counts.setdefault(row["due"][:7], {})
            code = f"by_status.{row['status_code']}" if row["status_code"] else "unknown_status"
            month[code] = month.get(code, 0) + 1
        most = max((sum(month.values()) for month in counts.values()), default=1)
        rows = []
        for name in sorted(counts, key=lambda name: (not name, name)):
            month = counts[name]
            shares = [
                Printed(str(month.get(code, 0)), Ref(code, By.MONTH, name))
                for code in (f"by_status.{status.value}" for status in Status)
            ]
            whole = Printed(str(sum(month.values())), Ref("problems", By.MONTH, name))
            cells = [
                self.numbers.text((share,) if share.text != "0" else ("",), "td")
                for share in shares
            ]
            label = self.numbers.text(_month(name), "th", {"scope": "row"})
            bar = tag("td", {}, self._stacked(shares, _BAR / most))
            rows.append(tag("tr", {}, label, bar, self.numbers.text((whole,), "td"), *cells))
        heads = ("到期月份", "进展", "问题", *map(words.of, Status))
        return _section("按到期月份", self._legend(), _table(heads, rows))

    def _roadmap(self) -> _Element:
        """Units × months: how many deadlines, and the worst light among them."""
        found: dict[tuple[str, str], list[str]] = {}
        for row in self.rows:
            found.setdefault((row["lead_unit"], row["due"][:7]), []).append(row["light"])
        months = sorted({month for _, month in found}, key=lambda name: (not name, name))
        heads = ["单位", *months]
        rows = []
        for unit in [group.name for group in self.state.figures.units]:
            name = (Quoted(unit or _NO_NAME, Source.SETTINGS),)
            cells = [self.numbers.text(name, "th", {"scope": "row"})]
            for month in heads[1:]:
                lights = found.get((unit, month), [])
                worst = next((light for light in _WORST if light.word in lights), None)
                if worst is None:
                    cells.append(tag("td"))
                    continue
                number = Printed(
                    str(len(lights)), Ref("problems", By.UNIT_MONTH, f"{unit} {month}")
                )
                line = (f"{_MARKS[worst]}{worst.word} ", number)
                cells.append(self.numbers.text(line, "td", {"class": f"cell {worst.value}"}))
            rows.append(tag("tr", {}, *cells))
        head = [tag("th", {"scope": "col"}, "单位")]
        head += [self.numbers.text(_month(name), "th", {"scope": "col"}) for name in months]
        note = tag("p", {"class": "note"}, "格中是当月到期的问题数，灯取其中最急的一个。")
        table = tag("table", {}, tag("thead", {}, tag("tr", {}, *head)), tag("tbody", {}, *rows))
        return _section("时间表和路线图", note, _wide(table))

    def _trend(self) -> _Element:
        """Stored figures of the periods as lines, with the numbers below them."""
        state, words = self.state, self.state.settings.words
        names = {
            "problems": "问题总数",
            "by_status.done": words.of(Status.DONE),
            "overdue": "▲逾期",
        }
        periods = [
            (past.as_of, {code: _stored(past.numbers.get(code, "0"), code, past.period)
                          for code in _TREND})
            for past in state.past[-_PERIODS:]
        ]  # fmt: skip
        periods.append((state.as_of, {code: state.figures.whole.printed(code) for code in _TREND}))
        most = max(Decimal(shown["problems"].text) for _, shown in periods) or Decimal(1)
        step, scale = Decimal(600) / max(len(periods) - 1, 1), _PLOT / most
        picture = tag(
            "svg", {"viewBox": "-10 -10 620 140", "class": "trend", "aria-hidden": "true"}
        )
        for code in _TREND:
            places = []
            for number, (_, shown) in enumerate(periods):
                x = str((step * number).quantize(Decimal("0.01")))
                y = str(_PLOT - Decimal(length(Decimal(shown[code].text), scale)))
                places.append(f"{x},{y}")
                id_ = f"p{len(self.points)}"
                self.points[id_] = (shown[code], scale)
                dot = {"id": id_, "cx": x, "cy": y, "r": "4", "class": f"dot {code.split('.')[-1]}"}
                picture.append(tag("circle", dot))
            line = {"points": " ".join(places), "class": f"line {code.split('.')[-1]}"}
            picture.insert(0, tag("polyline", line))
        rows = [
            tag(
                "tr",
                {},
                self.numbers.text((Quoted(day.isoformat(), Source.DATE),), "th", {"scope": "row"}),
                *(self.numbers.text((shown[code],), "td") for code in _TREND),
            )
            for day, shown in periods
        ]
        keys = (
            tag("span", {"class": f"key {code.split('.')[-1]}"}, name)
            for code, name in names.items()
        )
        legend = tag("p", {"class": "legend"}, *keys)
        return _section("各期变化", legend, picture, _table(("截至", *names.values()), rows))

    def _items(self) -> _Element:
        heads = [self._called(code) for code in COLUMNS]
        rows = [
            tag("tr", {}, *(tag("td", {}, shown(row, code)) for code in COLUMNS))
            for row in self.rows[:STATIC_ROWS]
        ]
        table = _table(heads, rows)
        table.set("id", "first")
        more = len(self.rows) > STATIC_ROWS
        note = "以下只列前面一部分；用浏览器打开并允许脚本，可以看全部并查找。" if more else ""
        return _section(
            "全部问题",
            tag("div", {"id": "list"}),
            tag("p", {"class": "note", "id": "rest"}, note),
            table,
        )

    def _called(self, key: str) -> str:
        """What a field is called: in the office's words where it is a column of its form, but for number and amount."""
        form = self.state.settings.form
        is_theirs = key in form.codes and key not in ("id", "money")
        return form.heading_of(key) if is_theirs else FIELDS[key]

    def _data(self) -> str:
        data = {
            "fields": [self._called(key) for key in FIELDS],
            "keys": list(FIELDS),
            "rows": [[row[key] for key in FIELDS] for row in self.rows],
            "statuses": [self.state.settings.words.of(status) for status in Status] + [NO_STATUS],
        }
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        for mark in "<>&\u2028\u2029":
            text = text.replace(mark, f"\\u{ord(mark):04x}")
        return text


_PERIODS = 26
_WORST = (Light.RED, Light.YELLOW, Light.GREEN, Light.BLUE)


def shown(row: Mapping[str, object], code: str) -> str:
    """What a column of the first items prints."""
    if code == "problem":
        return str(row["problem"] or row["sub_problem"])
    if code == "light":
        light = next(light for light in Light if light.word == row["light"])
        return f"{_MARKS[light]}{light.word}"
    return str(row[code])


def _stored(text: str, code: str, period: int) -> Printed:
    return Printed(text, Ref(code, By.PERIOD, str(period)))


def _month(name: str) -> Line:
    return (Quoted(name, Source.ITEM),) if name else ("没有日期",)


def _card(name: str, *values: _Element) -> _Element:
    return tag("div", {"class": "card"}, tag("span", {"class": "name"}, name), *values)


def _section(title: str, *children: _Element) -> _Element:
    return tag("section", {}, tag("h2", {}, title), *children)


def _table(heads: Sequence[str], rows: Sequence[_Element]) -> _Element:
    head = tag("tr", {}, *(tag("th", {"scope": "col"}, head) for head in heads))
    table = tag("table", {}, tag("thead", {}, head), tag("tbody", {}, *rows))
    return _wide(table)


def _wide(table: _Element) -> _Element:
    """A table that can be moved sideways, with the keys too."""
    reach = {"class": "wide", "tabindex": "0", "role": "region", "aria-label": "表格"}
    return tag("div", reach, table)


def _part(name: str) -> str:
    return files("toolkit.board").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
