"""退回/回执.txt: one line a file that came in: what it held, and whether it goes back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from toolkit.ledger.finding import Severity
from toolkit.ledger.submission import Role, Verdict
from toolkit.settings.sections import SAMPLE_MARK
from toolkit.workbooks.returned import unit_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from toolkit.ledger.submission import Submission
    from toolkit.state import State

RECEIPT = "回执.txt"
_NOBODY = "（单位不明）"


def write_receipt(path: Path, state: State, back: Mapping[str, str]) -> None:
    """Write the receipt (UTF-8 with BOM and CRLF); `back` maps a unit to the name of the workbook that goes back to it."""
    task = state.settings.task
    title = f"{task.issuer_short or '整改'}整改台账报送回执（截至{state.as_of}）"
    mark = [f"【{SAMPLE_MARK}】"] if task.sample else []
    lines = [
        title,
        *mark,
        *(
            _line(given, state, back)
            for given in state.submissions
            if given.role is not Role.REVIEW
        ),
    ]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode("utf-8-sig"))


def _line(submission: Submission, state: State, back: Mapping[str, str]) -> str:
    unit = unit_of(submission)
    whose = unit or ("（基准台账）" if submission.role is Role.BASELINE else _NOBODY)
    who = f"{whose}　{submission.file}："
    book = f"已退回“{back[unit]}”，请改正后重新报送。" if unit in back else ""
    match submission.verdict:
        case Verdict.REJECTED:
            return f"{who}未能采用：{submission.reason}{'' if submission.reason.endswith('。') else '。'}{book}"
        case Verdict.ACCEPTED:
            counted = Counter(
                found.severity for found in state.findings if found.place.file == submission.file
            )
            counts = "，".join(f"{severity.word}{counted[severity]}条" for severity in Severity)
            return f"{who}读取{len(submission.rows)}行，{counts}；{book or _unchanged(counted)}"
        case Verdict.DUPLICATE | Verdict.SUPERSEDED:
            return f"{who}未采用：{submission.reason}。"
        case Verdict.WAITING:
            return f"{who}留待下次处理：{submission.reason}。"


def _unchanged(counted: Counter[Severity]) -> str:
    if counted[Severity.ERROR]:
        return "有错误，请报送单位按汇总台账“核查意见”表改正。"  # nobody known to send a workbook back to
    return "无需修改。" if not counted[Severity.WARNING] else "无需退回，提醒事项请核对。"
