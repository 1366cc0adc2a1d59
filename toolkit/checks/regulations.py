"""T · text: regulations (制度成果) – in title marks, made and not only planned, listed where made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.checks.rule import Case, Fault, row_rule
from toolkit.ledger.finding import Severity
from toolkit.ledger.joining import shortened
from toolkit.ledger.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

_DONE = {"整改状态": "已完成", "完成时间": "2026-03-20", "佐证材料": "附件3-2"}


@row_rule(
    "T107",
    Severity.WARNING,
    bad=({"制度成果": "项目管理办法、联席会议工作规则"}, {"制度成果": "修订采购管理办法"}),
    good=({"制度成果": "《项目管理办法》"}, {"制度成果": ""}),
    needs=("regulations",),
)
def regulations_stand_in_title_marks(case: Case) -> Iterator[Fault]:
    """制度名称应写在书名号《》内，便于统计和核对。"""
    bare = [name for name in case.item.regulations if not name.startswith("《")]
    if bare and bare != ["无"]:
        yield Fault(
            "regulations",
            f"制度名称“{shortened(bare[0], 20)}”没有书名号。",
            f"制度成果写成“{_marked(case.item.regulations)}”，一个制度一个书名号；不是制度名称的，删去。",
        )


_MAKING = re.compile(r"^(?:已|新)?(?:修订|制定|印发|出台|完善|新建|建立|健全)(?:了|并印发|印发)?")


def _marked(names: tuple[str, ...]) -> str:
    """Every name in title marks, without the verb that people put before it."""
    return "".join(
        name if name.startswith("《") else f"《{_MAKING.sub('', name) or name}》" for name in names
    )


_UNMADE = re.compile(
    r"(?:拟|正在|将|计划|准备|着手|抓紧)(?:[^，。；《]{0,8})?(?:制定|修订|起草|出台|印发|编制|完善)?[^，。；《]{0,6}$"
)
_AWAITS = re.compile(
    r"^[^，。；《]{0,8}(?:，|（)?(?:[^，。；《]{0,6})?(?:待审议|待印发|待批复|征求意见|起草阶段|报审|送审|正在审核)"
)


@row_rule(
    "T108",
    Severity.WARNING,
    bad=(
        {"整改进展情况": "3月召开会议2次，拟制定《甲办法》。", "制度成果": "《甲办法》"},
        {
            "整改进展情况": "《甲办法》已起草，待审议后印发，3月召开会议2次。",
            "制度成果": "《甲办法》",
        },
    ),
    good=({"整改进展情况": "3月12日印发《甲办法》。", "制度成果": "《甲办法》"},),
    needs=("regulations", "progress"),
)
def planned_regulations_are_not_counted(case: Case) -> Iterator[Fault]:
    """拟制定、待印发的制度，不应计入制度成果。"""
    text = case.item.progress
    for name in case.item.regulations:
        at = text.find(name)
        if at < 0 or text.count(name) > 1:
            continue
        if _UNMADE.search(text[max(0, at - 20) : at]) or _AWAITS.match(
            text[at + len(name) : at + len(name) + 24]
        ):
            left = "、".join(other for other in case.item.regulations if other != name)
            yield Fault(
                "regulations",
                f"{name}在进展情况中尚未印发，却计入了制度成果。",
                f"制度成果填“{left or '无'}”，{name}印发后再填；已印发的，改写进展情况。",
            )


@row_rule(
    "T111",
    Severity.NOTE,
    bad=({**_DONE, "整改进展情况": "3月12日印发《甲办法》，4月1日修订《乙规则》。", "制度成果": ""},),
    good=({**_DONE, "整改进展情况": "3月12日印发《甲办法》。", "制度成果": "《甲办法》"}, {**_DONE, "整改进展情况": "3月12日学习《甲条例》。"}),
    needs=("progress",),
    on={Status.DONE, Status.PHASED, Status.STANDING},
    silenced_by=("T108",),
)  # fmt: skip
def regulations_made_are_listed(case: Case) -> Iterator[Fault]:
    """进展情况中写明印发、修订的制度，应填入制度成果。"""
    text = case.item.progress
    if "《" not in text or not case.has_column("regulations"):
        return
    unlisted = [name for name in _MADE.findall(text) if name not in case.item.regulations]
    if unlisted and not case.item.regulations:
        yield Fault(
            "regulations",
            f"进展情况中印发、修订了{unlisted[0]}，制度成果没有填写。",
            f"属于本次整改新建或修订的，制度成果填“{''.join(dict.fromkeys(unlisted))}”。",
        )


_MADE = re.compile(
    r"(?:印发|出台|修订|制定|完善)(?:了|并印发|印发了|完成)?(《[^《》]{1,40}(?:办法|规则|规定|细则|制度|规程|意见|方案|指引|清单|规范|流程|机制)》)"
)
