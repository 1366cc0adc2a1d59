"""Every key of run.json and what it means: docs/run-json.md is made of it, and a test walks real records by it.

`*` stands for a name that differs from record to record (the id of an item, the code of a figure).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from toolkit.figures.table import FIGURES, RATES, Figure
from toolkit.ledger.columns import COLUMNS, Column, Kind
from toolkit.ledger.status import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Shape(StrEnum):
    """What stands under a key."""

    TEXT = "文字"
    NUMBER = "整数"
    AMOUNT = "文字（十进制数）"
    YES_NO = "真假"
    TEXTS = "文字的列表"
    OBJECT = "对象"
    OBJECTS = "对象的列表"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its path (`rows[].origin.file`), what stands there, what it means; whether it may be null."""

    path: str
    shape: Shape
    meaning: str
    may_be_null: bool = False


# Objects whose keys are names of the office's own or codes of a table: their paths have `*`.
MAPS = frozenset({"public.masked", "public.masked.*", "figures.left_out"})
_TEXT, _NUMBER, _TEXTS = Shape.TEXT, Shape.NUMBER, Shape.TEXTS


def _place(path: str, whose: str) -> tuple[Key, ...]:
    return (
        Key(f"{path}.file", _TEXT, f"{whose}所在的文件"),
        Key(f"{path}.sheet", _TEXT, f"{whose}所在的工作表"),
        Key(f"{path}.cell", _TEXT, f"{whose}所在的单元格，如H12"),
    )


def _finding(path: str) -> tuple[Key, ...]:
    return (
        Key(f"{path}.rule", _TEXT, "规则编号，见docs/规则.md"),
        Key(f"{path}.severity", _TEXT, "级别：error错误、warning提醒、note说明"),
        *_place(path, "意见"),
        Key(f"{path}.id", _TEXT, "问题编号；不针对某个问题的为空"),
        Key(f"{path}.column", _TEXT, "栏目代码，见docs/栏目.md；不针对某一栏的为空"),
        Key(f"{path}.value", _TEXT, "原来填的内容"),
        Key(f"{path}.message", _TEXT, "意见"),
        Key(f"{path}.fix", _TEXT, "怎样改"),
    )


_HEAD = (
    Key("schema", _TEXT, "本格式的名称和版本：zhenggai.run/1"),
    Key("toolkit", _TEXT, "工具箱的版本"),
    Key("as_of", _TEXT, "截至日期"),
    Key("code", _TEXT, "简码，与公文上印的相同"),
    Key("sample", Shape.YES_NO, "是否样例数据"),
    Key("period", Shape.OBJECT, "期次"),
    Key("period.number", _NUMBER, "第几期"),
    Key("period.runs", _NUMBER, "本期运行了几次"),
    Key("period.state", _TEXT, "open未定稿、signed已定稿"),
    Key("period.since", _TEXT, "本期最早的截至日期"),
)
_INPUTS = (
    Key("inputs", Shape.OBJECTS, "收件，含留待下次处理的文件"),
    Key("inputs[].file", _TEXT, "文件名"),
    Key("inputs[].sha256", _TEXT, "文件内容的SHA-256；留待下次处理的为空"),
    Key("inputs[].unit", _TEXT, "报送单位；不知道的为空"),
    Key(
        "inputs[].role", _TEXT, "用途：return报送、review审核、baseline基准台账、draft改过的文稿",
        may_be_null=True,
    ),
    Key(
        "inputs[].verdict", _TEXT,
        "处理：accepted采用、rejected未能读取、waiting等待、duplicate重复、superseded被替代",
    ),
    Key("inputs[].rows", _NUMBER, "读出的行数"),
    Key("inputs[].reason", _TEXT, "没有采用的原因，或对该文件的说明"),
)  # fmt: skip
_ROWS = (
    Key("rows", Shape.OBJECTS, "台账，一个问题一个对象"),
    Key("rows[].due", _TEXT, "由整改时限得出的到期日", may_be_null=True),
    Key("rows[].standing", Shape.YES_NO, "是否长期坚持"),
    Key(
        "rows[].deadline_kind", _TEXT,
        "时限的写法：fixed日期、immediate立行立改、relative反馈后若干天、phase集中整改期、standing长期、"
        "periodic定期、unclear看不出",
        may_be_null=True,
    ),
    Key("rows[].deadline_inferred", Shape.YES_NO, "到期日是否推算的（没有写年份等）"),
    Key("rows[].light", _TEXT, "红黄绿灯：red、yellow、green、blue"),
    Key("rows[].flags", _TEXTS, "overdue逾期、due_soon临期、extended已延期、closed已销号、carried沿用上期"),
    Key("rows[].own", Shape.OBJECTS, "自有栏目：标准栏目以外、台账里原有的栏目，有内容的才列"),
    Key("rows[].own[].heading", _TEXT, "表头；几行的表头从上到下以／相连，重名的第二个为“备注（2）”"),
    Key("rows[].own[].value", _TEXT, "内容，原样保留"),
    Key("rows[].origin", Shape.OBJECT, "最近一次报送所在的行"),
    Key("rows[].origin.file", _TEXT, "文件"),
    Key("rows[].origin.sheet", _TEXT, "工作表"),
    Key("rows[].origin.row", _NUMBER, "行号"),
)  # fmt: skip
_UNTAKEN = (
    Key("untaken", Shape.OBJECTS, "看到而没有采用的行和工作表"),
    Key("untaken[].file", _TEXT, "文件"),
    Key("untaken[].sheet", _TEXT, "工作表"),
    Key("untaken[].row", _NUMBER, "行号；0表示整张工作表"),
    Key("untaken[].reason", _TEXT, "为什么没有采用"),
    Key("untaken[].text", _TEXT, "该行的内容"),
)
_REPORTS = (
    Key("reports", Shape.OBJECTS, "各单位本期是否已报送"),
    Key("reports[].unit", _TEXT, "单位"),
    Key("reports[].reported", Shape.YES_NO, "是否已报送"),
    Key("reports[].reason", _TEXT, "为什么这样认定"),
)
_DECISIONS = (
    Key("decisions", Shape.OBJECTS, "本期的审核决定，没有采用的也在内"),
    Key("decisions[].id", _TEXT, "问题编号"),
    Key(
        "decisions[].ruling", _TEXT,
        "close销号、extend延期、send_back退回、reopen重新整改、look_back回头看未反弹、amend变更、split拆分、"
        "join并入、add新增；没有采用的为空",
    ),
    Key("decisions[].opinion", _TEXT, "审核意见"),
    Key("decisions[].basis", _TEXT, "依据"),
    Key("decisions[].by", _TEXT, "审核人"),
    Key("decisions[].on", _TEXT, "审核日期"),
    Key("decisions[].until", _TEXT, "延期至", may_be_null=True),
    Key("decisions[].was", _TEXT, "延期前的时限"),
    Key("decisions[].nth", _NUMBER, "第几次延期；不是延期的为0"),
    Key("decisions[].others", _TEXTS, "拆分成的、并入的问题编号"),
    Key("decisions[].followed", Shape.YES_NO, "是否采用"),
    Key("decisions[].reason", _TEXT, "没有采用的原因；采用的为空"),
    *_place("decisions[]", "决定"),
)  # fmt: skip
_WAIVED = (
    Key("waived", Shape.OBJECTS, "免于核查的意见"),
    *_finding("waived[]"),
    Key("waived[].reason", _TEXT, "免核理由"),
    Key("waived[].by", _TEXT, "批准人"),
    Key("waived[].until", _TEXT, "有效期至"),
)
_CHANGES = (
    Key("changes", Shape.OBJECT, "比上期的变化"),
    Key("changes.since", _TEXT, "上期的截至日期；首期为空", may_be_null=True),
    Key("changes.sentences", _TEXTS, "周报和运行说明里的句子"),
    Key("changes.cells", Shape.OBJECTS, "内容有变化的格"),
    Key("changes.cells[].id", _TEXT, "问题编号"),
    Key("changes.cells[].column", _TEXT, "栏目代码"),
    Key("changes.cells[].old", _TEXT, "上期的内容，写法与rows中该栏目相同", may_be_null=True),
    Key("changes.cells[].new", _TEXT, "本期的内容", may_be_null=True),
    *_place("changes.cells[]", "新内容"),
    Key("changes.added", _TEXTS, "增加的问题"),
    Key("changes.withdrawn", _TEXTS, "拆分、并入后不再单列的问题"),
    Key("changes.overdue", _TEXTS, "新增逾期的问题"),
    Key("changes.no_longer_overdue", _TEXTS, "不再逾期的问题"),
    Key("changes.closed", _TEXTS, "本期销号的问题"),
    Key("changes.reopened", _TEXTS, "销号后重新整改的问题"),
    Key("changes.extended", _TEXTS, "同意延期的问题"),
)
_LETTERS = (
    Key("letters", Shape.OBJECTS, "本期出具的函件"),
    Key("letters[].number", _TEXT, "发文字号"),
    Key("letters[].kind", _TEXT, "remind提醒函、urge督办函、warn告诫书"),
    Key("letters[].unit", _TEXT, "单位"),
    Key("letters[].items", _TEXTS, "所列的问题编号"),
    Key("letters[].correction", Shape.YES_NO, "是否更正（同一字号的函件，问题与以前所发不同）"),
    Key("letters[].after", _TEXTS, "此前就这些问题发出的函件"),
    Key("proposals", Shape.OBJECTS, "建议出具、由整改办决定的告诫书"),
    Key("proposals[].unit", _TEXT, "单位"),
    Key("proposals[].items", _TEXTS, "问题编号"),
    Key("proposals[].after", _TEXTS, "此前发出的函件"),
)
_LAST = (
    Key("public", Shape.OBJECT, "公开稿"),
    Key("public.withheld", _TEXTS, "按规定不公开的问题"),
    Key("public.masked", Shape.OBJECT, "隐去的内容，按问题编号"),
    Key("public.masked.*", Shape.OBJECT, "该问题中，按种类"),
    Key(
        "public.masked.*.*", _NUMBER,
        "处数；种类：identity身份证号码、card银行卡号、phone电话、email邮箱、person姓名、company企业、clue线索、number证照账号车牌等号码、address详细地址、listed设置中要隐去的词",
    ),
    Key("stopped", Shape.OBJECTS, "因保密检查没有生成的公文"),
    Key("stopped[].paper", _TEXT, "公文"),
    Key("stopped[].reason", _TEXT, "原因"),
    Key("outputs", Shape.OBJECTS, "本期的成果（run.json自己和台账库备份除外）"),
    Key("outputs[].file", _TEXT, "文件，相对于本期文件夹"),
    Key("outputs[].sha256", _TEXT, "文件内容的SHA-256"),
)  # fmt: skip

_SHAPES: Mapping[Kind, Shape] = {
    Kind.LIST: Shape.TEXTS,
    Kind.UNITS: Shape.TEXTS,
    Kind.MONEY: Shape.AMOUNT,
    Kind.COUNT: Shape.NUMBER,
}
_NULL = frozenset({Kind.MONEY, Kind.COUNT, Kind.DATE, Kind.STATUS})


def _column(column: Column) -> Key:
    shape = _SHAPES.get(column.kind, _TEXT)
    meaning = f"栏目“{column.header}”"
    if column.kind is Kind.STATUS:
        words = "、".join(f"{status.value}{word}" for status, word in WORDS.items())
        meaning += f"：{words}"
    return Key(f"rows[].{column.code}", shape, meaning, may_be_null=column.kind in _NULL)


def _figures(path: str, *, is_group: bool) -> Iterator[Key]:
    """The keys of one set of figures, in the order in which they stand there."""
    for figure in FIGURES:
        if is_group and not figure.is_grouped:
            continue
        if figure.code == _FIRST_STATUS.code:
            yield Key(f"{path}.by_status", Shape.OBJECT, "各整改状态的问题数")
        shape = Shape.AMOUNT if figure.code == "money" else _NUMBER
        yield Key(f"{path}.{figure.code}", shape, f"{_name(figure)}（{figure.unit}）")
        for rate in RATES:
            if rate.after == figure.code:
                yield from _rate(f"{path}.{rate.code}", rate.name)


_FIRST_STATUS = next(figure for figure in FIGURES if figure.status)


def _name(figure: Figure) -> str:
    return WORDS[figure.status] if figure.status else figure.name


def _rate(path: str, name: str) -> Iterator[Key]:
    yield Key(path, Shape.OBJECT, name)
    yield Key(f"{path}.numerator", _NUMBER, "分子")
    yield Key(f"{path}.denominator", _NUMBER, "分母")
    yield Key(f"{path}.text", _TEXT, "印出的百分数；没有分母的为—")
    yield Key(f"{path}.rule", _TEXT, "口径")


def _quality(path: str) -> tuple[Key, ...]:
    return (
        Key(path, Shape.OBJECT, "报送质量"),
        Key(f"{path}.score", _NUMBER, "得分，满分100"),
        Key(f"{path}.rows", _NUMBER, "问题数"),
        Key(f"{path}.clean", _NUMBER, "其中没有错误的"),
        Key(f"{path}.returned", Shape.YES_NO, "本期是否已报送"),
        Key(f"{path}.told", _NUMBER, "填了进展情况的问题数"),
        Key(f"{path}.full", _NUMBER, "其中有数据、时间或文件名称的"),
        Key(f"{path}.thin", _NUMBER, "其中只有做法的"),
        Key(f"{path}.reasons", _TEXT, "得分说明"),
    )


def _sums(path: str) -> tuple[Key, ...]:
    return (
        Key(f"{path}.sums", Shape.OBJECTS, "自有栏目的合计（设置“栏目”表中选了合计的）"),
        Key(f"{path}.sums[].heading", _TEXT, "表头"),
        Key(f"{path}.sums[].value", Shape.AMOUNT, "合计，单位同该栏目"),
        Key(f"{path}.sums[].left_out", _TEXTS, "写了内容、但不是数或待核实、未计入合计的问题编号"),
    )


def _all_figures() -> Iterator[Key]:
    yield Key("figures", Shape.OBJECT, "数字，见docs/数字.md")
    yield from _figures("figures", is_group=False)
    yield from _sums("figures")
    yield Key("figures.units", Shape.OBJECTS, "按牵头单位")
    yield Key("figures.units[].unit", _TEXT, "单位；没有填写的为空")
    yield from _figures("figures.units[]", is_group=True)
    yield from _sums("figures.units[]")
    yield from _quality("figures.units[].quality")
    yield Key("figures.leaders", Shape.OBJECTS, "按牵头领导")
    yield Key("figures.leaders[].leader", _TEXT, "领导；没有填写的为空")
    yield from _figures("figures.leaders[]", is_group=True)
    yield from _sums("figures.leaders[]")
    yield Key("figures.missing_units", _TEXTS, "本期未报送的单位")
    yield Key("figures.left_out", Shape.OBJECT, "未计入合计的问题，按数字的代码")
    yield Key("figures.left_out.*", _TEXTS, "数值待核实的问题编号")


def _all() -> Iterator[Key]:
    yield from (*_HEAD, *_INPUTS)
    head, *rest = _ROWS
    yield head
    yield from (_column(column) for column in COLUMNS)
    yield from (*rest, *_UNTAKEN, *_REPORTS)
    yield Key("findings", Shape.OBJECTS, "核查意见")
    yield from (*_finding("findings[]"), *_DECISIONS, *_WAIVED)
    yield from _all_figures()
    yield from (*_CHANGES, *_LETTERS, *_LAST)


KEYS: tuple[Key, ...] = tuple(_all())


def paths_of(record: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """(path of its key, value) of everything in a record, written as KEYS writes it."""
    if path:
        yield path, record
    if isinstance(record, dict):
        for name, value in record.items():
            shown = "*" if path in MAPS else name
            yield from paths_of(value, f"{path}.{shown}" if path else shown)
    elif isinstance(record, list):
        for value in record:
            if isinstance(value, (dict, list)):
                yield from (
                    found for found in paths_of(value, f"{path}[]") if found[0] != f"{path}[]"
                )
