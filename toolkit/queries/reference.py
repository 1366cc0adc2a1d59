"""The reference pages of docs/ and the templates, written from the tables themselves; a test fails when one is stale.

Regenerate: `python -m toolkit.queries.reference` in the repository.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from toolkit.gongwen.proofread.clause import all_clauses
from toolkit.ledger.columns import COLUMNS
from toolkit.ledger.status import worded
from toolkit.ledger.text import as_typed
from toolkit.packages.gate import Limits
from toolkit.papers.paper import all_papers, common_placeholders
from toolkit.queries.reference_figures import NOTE, figures_page, record_page, row
from toolkit.run.finding_catalogue import FAMILIES, explained, further, shown
from toolkit.run.templates import create_workspace
from toolkit.settings.calendar import CALENDAR_COLUMNS, CALENDAR_SHEET
from toolkit.settings.lists import HEADING_COLUMNS, HEADINGS_SHEET, UNIT_COLUMNS, UNITS_SHEET
from toolkit.settings.model import SECTIONS, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from toolkit.settings.fields import Section


def pages() -> Mapping[str, str]:
    """File name → text of every generated page."""
    return {
        "栏目.md": "\n".join(_columns()) + "\n",
        "设置.md": "\n".join(_settings()) + "\n",
        "规则.md": "\n".join(_rules()) + "\n",
        "安全.md": "\n".join(_safety()) + "\n",
        "公文校对.md": "\n".join(_clauses()) + "\n",
        "数字.md": "\n".join(figures_page()) + "\n",
        "run-json.md": "\n".join(record_page()) + "\n",
    }


def _columns() -> Iterator[str]:
    yield f"# 台账栏目\n\n{NOTE}表头写成“也认识”中的任何一种，都能读出来。\n"
    yield row("栏目", "代码", "类型", "谁填", "必填", "说明", "举例", "也认识")
    yield row(*["---"] * 8)
    for column in COLUMNS:
        required = "是" if column.required else ""
        also = "、".join(column.also)
        yield row(
            column.header, f"`{column.code}`", column.kind.value, column.filled_by.value, required,
            worded(column.explanation), worded(column.example), also,
        )  # fmt: skip


def _settings() -> Iterator[str]:
    yield f"# 设置\n\n{NOTE}设置写在工作区的 `templates/设置.xlsx` 中，各项旁边有同样的说明。\n"
    for sheet in dict.fromkeys(kind.sheet for kind in SECTIONS.values()):
        yield f"\n## {sheet}\n"
        yield row("设置项", "填什么", "默认", "说明", "举例", "模板中可引用")
        yield row(*["---"] * 6)
        for section, kind in SECTIONS.items():
            if kind.sheet == sheet:
                yield from _entries(kind, getattr(Settings(), section))
    yield f"\n## {UNITS_SHEET}\n"
    yield row("栏目", "说明", "举例")
    yield row("---", "---", "---")
    for column in UNIT_COLUMNS:
        yield row(column.name, column.explanation, column.example)
    for sheet, columns in ((HEADINGS_SHEET, HEADING_COLUMNS), (CALENDAR_SHEET, CALENDAR_COLUMNS)):
        yield f"\n## {sheet}\n"
        yield row("栏目", "说明")
        yield row("---", "---")
        for name, explanation in columns:
            yield row(name, explanation)
    yield "\n## 通报模板中可用的占位符\n"
    yield _braced(common_placeholders(Settings()))
    for paper in all_papers():
        if paper.placeholders:
            yield f"\n{paper.name}另有：{_braced(paper.placeholders)}"


def _braced(names: Iterable[str]) -> str:
    return "、".join(f"`{{{{{name}}}}}`" for name in names)


def _entries(kind: type[Section], defaults: Section) -> Iterator[str]:
    for attribute, entry in kind.entries().items():
        value = getattr(defaults, attribute)
        placeholder = f"`{{{{{entry.name}}}}}`" if entry.printed else ""
        yield row(
            entry.name,
            entry.kind.allowed,
            "" if value is None else as_typed(value),
            worded(entry.explanation),
            entry.example,
            placeholder,
        )


def _rules() -> Iterator[str]:
    yield f"# 核查规则\n\n{NOTE}`zhenggai rules 编号` 显示同样的内容。"
    silent = "、".join(
        rule.code for rule in explained() if rule.code[0] in "FDS" and not rule.in_sheet
    )
    yield (
        "\n标有“表内自检”的规则已写成公式，放在台账的“自检”栏和变色的单元格里，填报时就能看到；其余规则收到后核查。"
        f"栏目、时限、状态三类中，{silent}要读懂文字（时限的各种写法、措施的编号），公式做不到。"
        "台账上的时限如果写成文字，表内自检用下发时读出的日期；单位自己改写的文字时限，表内只认日期、“长期坚持”和“立行立改”。"
    )
    family = ""
    for rule in explained():
        if rule.code[0] != family:
            family = rule.code[0]
            yield f"\n## {family} {FAMILIES[family]}"
        yield f"\n### {rule.code}（{rule.severity.word}）\n\n{rule.sentence}"
        yield from (f"\n{said}" for said in further(rule))
        for word, examples in (("不合格", rule.bad), ("合格", rule.good)):
            if examples:
                yield f"\n{word}的例子：\n"
                yield from (f"- {shown(example)}" for example in examples)


def _clauses() -> Iterator[str]:
    yield f"# 公文校对\n\n{NOTE}`zhenggai lint 文件.docx` 按下表检查；“应当”是标准的要求，“宜”是标准的建议，“行文”是写作惯例。"
    yield "装有LibreOffice时还检查版面：文字是否超出版心、每面行数、成文日期是否单独成页、各页有无页码。\n"
    yield row("编号", "条款", "性质", "要求", "改法", "不合格的例子", "合格的例子")
    yield row(*["---"] * 7)
    for clause in all_clauses():
        bad, good = ("<br>".join(texts) for texts in (clause.bad, clause.good))
        yield row(
            f"`{clause.id}`", clause.number, clause.weight.value, clause.asks, clause.fix, bad, good
        )


def _safety() -> Iterator[str]:
    yield f"# 收件安全\n\n{NOTE}每份收件先过这道闸门，再交给读取程序；超过任何一个数，就不打开，并用一句话说明。"
    yield (
        "\n- 宏、外部链接、DDE和公式从不执行，也不带进成果；以 = + - @ 开头的内容一律按文字写出。"
        "\n- 含有XML文档类型声明（实体）、部件同名、路径指向文件夹之外的文件，不打开。"
        "\n- 读取.xlsx的程序拿到的不是原文件，而是闸门按查过的内容重写的副本。"
        "\n- 任何一个文件占用内存不超过500MB、处理器时间不超过20秒，由 `tests/sheets/test_hostile.py` 逐类验证。\n"
    )
    yield row("上限", "说明")
    yield row("---:", "---")
    for entry in fields(Limits):
        yield row(f"{entry.default:,}".replace(",", " "), entry.metadata["explanation"])


def regenerate(root: Path) -> None:
    """Write every page into docs/ and every template into templates/ of the repository in `root`."""
    for name, text in pages().items():
        (root / "docs" / name).write_text(text, encoding="utf-8", newline="\n")
    with TemporaryDirectory() as fresh:
        for path in create_workspace(Path(fresh)).templates.iterdir():
            shutil.copyfile(path, root / "templates" / path.name)


if __name__ == "__main__":
    regenerate(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
