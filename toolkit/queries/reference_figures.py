"""docs/数字.md and docs/run-json.md: every number of the house, and every key of its record, from their tables."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING

from toolkit.figures.changes import NEWS
from toolkit.figures.table import FIGURES, RATES, Figure, RateFigure
from toolkit.papers.paper import all_papers
from toolkit.papers.prose import PROSE
from toolkit.run.record import SCHEMA
from toolkit.run.record_keys import KEYS
from toolkit.run.report import FIGURE_CODES
from toolkit.settings.model import Settings
from toolkit.workbooks.group_sheets import CODES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.papers.prose_template import Prose

NOTE = "本页由程序生成，请勿手改。"
_FROM = {
    "ledger_now": "台账库现在的每个问题",
    "ledger_now, json_each(ledger_now.regulations)": "台账库现在每个问题的每项制度",
}


def row(*cells: str) -> str:
    """A row of a table in Markdown."""
    return (
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", "<br>") for cell in cells) + " |"
    )


def figures_page() -> Iterator[str]:
    """Every figure and rate: what it is called, how it is counted twice, where it is told."""
    yield (
        f"# 数字\n\n{NOTE}数字只有一张表（`toolkit/figures/table.py`）。每个数字用Python数一遍，再用SQL在台账库里数一遍，"
        "两遍相同，并且等于上期加减变化，才会印出；公文、工作簿、图表、运行说明、回执和run.json写出后再读回来，逐个与之核对，"
        "有一处不同，本次就不出任何文件。\n\n代码是它在run.json `figures` 下的路径；占位符可以写进任何公文模板。\n"
    )
    yield row("代码", "名称", "单位", "口径", "占位符", "分组", "印在")
    yield row(*["---"] * 7)
    settings = Settings()
    for figure in FIGURES:
        yield row(
            f"`{figure.code}`", figure.name_in(settings.words), figure.unit, _rule_of(figure, settings),
            f"`{{{{{figure.placeholder}}}}}`", _groups(figure), _told(figure),
        )  # fmt: skip
    yield "\n## 比率\n"
    yield row("代码", "名称", "口径", "占位符", "印在")
    yield row(*["---"] * 5)
    for rate in RATES:
        yield row(
            f"`{rate.code}`", rate.name, f"{rate.formula(settings)}，四舍五入", f"`{{{{{rate.placeholder}}}}}`", _told(rate),
        )  # fmt: skip
    yield from _second_counts()
    yield from _changes(settings)


def _rule_of(figure: Figure, settings: Settings) -> str:
    """The 口径 with the default words, and the names of what an office sets."""
    words = settings.words
    told = {
        "word": words.of(figure.status) if figure.status else "",
        "done": words.done,
        "standing": words.standing,
        "as_of": "截至日期",
        "soon": "临期天数",
    }
    left_out = "；有错误意见的数值不计入，另行说明" if figure.column else ""
    return figure.rule.replace("截至{as_of}", "到截至日期").format(**told) + left_out


def _groups(figure: Figure) -> str:
    return "全部、单位、领导" if figure.is_grouped else "全部"


def _told(entry: Figure | RateFigure) -> str:
    """Where a figure or rate is printed besides 总览 and run.json, which have them all."""
    code, asked = entry.code, f"{{{{{entry.placeholder}}}}}"
    prose = [text for skeleton in PROSE.values() for text in _texts_of(skeleton)]
    grouped = ["按单位", "按领导"] if code in CODES else []
    notice = ["通报（自带模板）"] if any(asked in text for text in prose) else []
    papers = [paper.name for paper in all_papers() if code in paper.numbers]
    report = ["运行说明"] if code in FIGURE_CODES else []
    return "、".join(["总览", *grouped, *notice, *papers, *report, "run.json"])


def _texts_of(prose: Prose) -> Iterator[str]:
    for value in astuple(prose):
        yield from [value] if isinstance(value, str) else (text for pair in value for text in pair)


def _second_counts() -> Iterator[str]:
    yield (
        "\n## 第二遍怎样数\n\n`ledger_now` 是台账库现在的样子，一个问题一行；`:as_of` 是截至日期，`:soon_days` 是临期天数；"
        "“相加”表示该数是各问题之和，还要等于上期加减变化。\n"
    )
    yield row("代码", "从哪里数", "SQL", "相加")
    yield row(*["---"] * 4)
    for figure in FIGURES:
        adds = "是" if figure.is_additive else ""
        yield row(f"`{figure.code}`", _FROM[figure.sql_from], f"`{figure.sql}`", adds)


def _changes(settings: Settings) -> Iterator[str]:
    yield (
        "\n## 变化\n\n“与上期相比”的每句话里的数，也用SQL比较两期再数一遍：`b` 是上期的问题，`n` 是本期的，"
        "`:since` 是上期的截至日期。没有印出的（个数为零的）同样核对。\n"
    )
    yield row("代码", "说法", "SQL")
    yield row(*["---"] * 3)
    for kind in NEWS:
        yield row(f"`changes.{kind.code}`", kind.phrase(settings.words), f"`{kind.sql}`")


def record_page() -> Iterator[str]:
    """Every key of run.json, section by section, and when the schema becomes another."""
    name, _, version = SCHEMA.rpartition("/")
    yield (
        f"# run.json\n\n{NOTE}每期文件夹里的run.json供程序读取，UTF-8编码；格式的名称和版本写在 `schema`：`{SCHEMA}`。\n\n"
        f"**版本怎样变**：只增加键，版本不变，读取的程序应当忽略不认识的键；改名、去掉一个键，或改变它的含义、类型，"
        f"才改为 `{name}/{int(version) + 1}`，并在更新记录中写明。日期一律写成年-月-日；金额写成文字，因为JSON的数字不保证精确。\n\n"
        "`[]` 表示列表中的每一个，`*` 表示名称随内容而定。\n"
    )
    section = ""
    for key in KEYS:
        first = key.path.partition(".")[0].partition("[")[0]
        is_head = key.shape.value in ("对象", "对象的列表") and key.path == first
        if is_head or not section:
            section = first if is_head else "开头"
            yield f"\n## {section}\n"
            yield row("键", "类型", "含义")
            yield row(*["---"] * 3)
        shape = f"{key.shape.value}，可为null" if key.may_be_null else key.shape.value
        yield row(f"`{key.path}`", shape, key.meaning)
