"""Each returned row under its item of the register (`toolkit.register.index` finds it); never two rows on one item."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.ledger.finding import Finding, Severity, Told
from toolkit.ledger.submission import Untaken, Verdict
from toolkit.register.index import Found, Index, alike, lowest, normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from toolkit.ledger.submission import Row, Submission
    from toolkit.register.known import Known

_KNOWN = {"台账库·问题编号": "3-2", "台账库·具体问题": "部分项目前期论证不充分"}
_SAME = {"问题编号": "3-2", "具体问题": "部分项目前期论证不充分"}
# Findings of matching and merging: code → severity, sentence, examples; the reference page of the rules lists them.
CODES: Mapping[str, Told] = {
    "I101": Told(
        Severity.ERROR,
        "报回的问题在台账库中找不到。",
        (({"问题编号": "9-9", "具体问题": "自行增加的问题"}, _KNOWN),),
        ((_SAME, _KNOWN),),
    ),
    "I102": Told(Severity.ERROR, "同一问题编号出现两次。", ((_SAME, _SAME, _KNOWN),), ((_SAME, _KNOWN),)),
    "I103": Told(
        Severity.WARNING,
        "问题编号被改动，已按原编号认定。",
        (({"问题编号": "7", "具体问题": "部分项目前期论证不充分"}, _KNOWN),),
        ((_SAME, _KNOWN),),
    ),
    "I104": Told(
        Severity.WARNING,
        "报送单位不是该问题的牵头单位，未采用。",
        (
            (
                {**_SAME, "整改进展情况": "3月12日修订《甲办法》，新增条款6条。"},
                {**_KNOWN, "台账库·牵头单位": "财政金融局"},
            ),
        ),
        ((_SAME, {**_KNOWN, "台账库·牵头单位": "财政金融局"}), (_SAME, _KNOWN)),
    ),
    "I105": Told(
        Severity.WARNING,
        "问题内容或牵头单位被改动，未采用。",
        (({**_SAME, "具体问题": "个别项目论证不够充分"}, _KNOWN),),
        ((_SAME, _KNOWN),),
    ),
    "I106": Told(Severity.ERROR, "首次入库的问题没有编号。", (({"问题编号": ""},),), ((_SAME,),)),
    "I108": Told(
        Severity.NOTE,
        "整改办填写的其他栏目（责任人、整改类型等）被改动，未采用。",
        (({**_SAME, "责任人": "王五"}, _KNOWN),),
        ((_SAME, _KNOWN),),
    ),
    "I109": Told(
        Severity.ERROR,
        "审核意见不能照办（问题找不到、未完成而销号、延期不晚于原时限），未采用。",
        (({**_KNOWN, "审核·同意销号": "是"},), ({**_KNOWN, "审核·延期至": "2026-05-31"},)),
        (({**_KNOWN, "台账库·整改状态": "已完成", "审核·同意销号": "是"},), ({**_KNOWN, "审核·延期至": "2026-09-30"},)),
    ),
    "I110": Told(
        Severity.ERROR,
        "整改办已退回，单位尚未重新报送。",
        (({**_KNOWN, "审核·审核意见": "请补充数据"},),),
        (
            (
                {**_SAME, "整改进展情况": "3月12日修订《甲办法》，新增条款6条。"},
                {**_KNOWN, "台账库·退回意见": "请补充数据"},
            ),
        ),
    ),
    "I111": Told(
        Severity.NOTE,
        "问题已销号，单位的改动未采用。",
        (({**_SAME, "整改状态": "正在整改"}, {**_KNOWN, "台账库·整改状态": "已完成", "台账库·已销号": "是"}),),
        (({**_SAME, "整改状态": "已完成"}, {**_KNOWN, "台账库·整改状态": "已完成", "台账库·已销号": "是"}),),
    ),
    "I112": Told(
        Severity.WARNING,
        "问题文字与台账库略有不同，已按相近文字认定。",
        (({"问题编号": "", "具体问题": "部分项目的前期论证不充分"}, _KNOWN),),
        ((_SAME, _KNOWN),),
    ),
    "H106": Told(
        Severity.WARNING,
        "整改时限被改动，没有整改办的延期审核，未采用。",
        (({**_SAME, "整改时限": "2026-12-31"}, _KNOWN),),
        (({**_SAME, "整改时限": "2026年6月30日前"}, _KNOWN),),
    ),
}


def finding(code: str, row: Row, column: str, message: str, fix: str) -> Finding:
    """A finding of this room about one cell."""
    return Finding(
        code, CODES[code].severity, row.place(column), message, fix, row.item.id, column, row.typed.get(column, "")
    )


def match(submissions: Iterable[Submission], known: Known) -> tuple[tuple[Submission, ...], tuple[Finding, ...]]:
    """Each row under the id of its item; rows that have none move to `untaken`, with a finding."""
    findings: list[Finding] = []
    index = Index(known.entries)
    first: dict[str, Row] = {}
    matched = tuple(
        _match_rows(submission, index, first, findings) if submission.verdict is Verdict.ACCEPTED else submission
        for submission in submissions
    )
    return matched, tuple(findings)


def _match_rows(submission: Submission, index: Index, first: dict[str, Row], findings: list[Finding]) -> Submission:
    taken: dict[str, Row] = {}
    untaken = list(submission.untaken)

    def leave(row: Row, found: Finding) -> None:
        findings.append(found)
        text = row.item.problem or row.item.sub_problem or row.item.progress
        untaken.append(Untaken(row.origin.sheet, row.origin.row, found.message, text[:60]))

    for row in submission.rows:
        found = index.find(row, submission.unit)
        if not found.id:
            leave(row, _unknown(row, found.candidates, is_first=index.is_empty))
        elif found.id in taken:
            leave(row, _doubled(row, found.id, taken[found.id]))
        elif index.is_empty and _is_another(row, first.setdefault(found.id, row)):
            leave(row, _clash(row, first[found.id]))
        else:
            findings += _about(row, found, index)
            taken[found.id] = replace(row, item=replace(row.item, id=found.id))
    return replace(submission, rows=tuple(taken.values()), untaken=tuple(untaken))


def _about(row: Row, found: Found, index: Index) -> Iterator[Finding]:
    """What is to be said of a row that was not found by its own id or key."""
    written = row.item.id or row.typed.get("id", "")
    if found.like:
        text = index.text_of(found.id)
        message = f"问题文字“{lowest(row)[:30]}”与台账库的“{text[:30]}”略有不同，按{found.id}认定。"
        yield finding("I112", row, "problem", message, f"请核对；应恢复台账库原文，编号填{found.id}。")
    if written and written != found.id:
        yield finding("I103", row, "id", f"编号写为“{written}”，已按{found.id}认定。", f"请把编号改回{found.id}。")


def _is_another(row: Row, first: Row) -> bool:
    """Whether two rows of one number, before there is a register, are about different problems."""
    mine, other = normal(lowest(row)), normal(lowest(first))
    return bool(mine and other) and row is not first and not alike(mine, other)


def _clash(row: Row, first: Row) -> Finding:
    where = f"“{first.origin.file}”第{first.origin.row}行"
    message = f"编号{row.item.id}在{where}已是另一个问题，本行未入库。"
    return finding("I102", row, "id", message, "请整改办先统一编号，或先放入完整的整改台账作为基准。")


def _unknown(row: Row, candidates: Sequence[str], *, is_first: bool) -> Finding:
    if is_first:
        return finding("I106", row, "id", "该行没有可识别的问题编号，未入库。", "请填写问题编号（如3-2）后重新放入。")
    number = row.typed.get("id", "")
    fix = "请使用下发的台账填报，不要改动编号或自行增加问题。"
    if candidates:
        listed = "、".join(candidates[:5])
        message = f"问题编号“{number}”可能是{listed}，不能认定，该行未采用。"
        return finding("I101", row, "id", message, f"请填写正确的编号。{fix}")
    return finding("I101", row, "id", f"问题编号“{number}”在台账库中找不到，该行未采用。", fix)


def _doubled(row: Row, item_id: str, first: Row) -> Finding:
    message = f"问题{item_id}在第{first.origin.row}行已经填报，本行未采用。"
    return finding("I102", row, "id", message, "请合并为一行后重新报送。")
