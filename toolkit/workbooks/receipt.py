"""退回/回执.txt: one line a file that came in: what it held, and whether it goes back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from toolkit.figures.printed import By, Line, Printed, Quoted, Ref, Source, joined, text_of
from toolkit.ledger.finding import Severity
from toolkit.ledger.submission import Role, Verdict
from toolkit.settings.sections import SAMPLE_MARK
from toolkit.workbooks.returned import unit_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from toolkit.ledger.submission import Submission
    from toolkit.state import State

RECEIPT = "回执.txt"
_NOBODY = "（单位不明）"


# The codes of what is counted of one file.
ROWS, FINDINGS = "file.rows", "file.findings"


def rows_taken(submission: Submission) -> Printed:
    """How many rows of a file were taken."""
    return Printed(str(len(submission.rows)), Ref(ROWS, By.FILE, submission.file))


def write_receipt(path: Path, state: State, back: Mapping[str, str]) -> tuple[Line, ...]:
    """Write the receipt (UTF-8 with BOM and CRLF); its lines.

    `back` maps a unit to the name of the workbook that goes back to it.
    """
    lines = tuple(_lines(state, back))
    text = "\r\n".join(text_of(line) for line in lines)
    path.write_bytes(f"{text}\r\n".encode("utf-8-sig"))
    return lines


def _lines(state: State, back: Mapping[str, str]) -> Iterator[Line]:
    task = state.settings.task
    office = Quoted(task.issuer_short or "整改", Source.SETTINGS)
    yield (office, "整改台账报送回执（截至", Quoted(str(state.as_of), Source.DATE), "）")
    if task.sample:
        yield (f"【{SAMPLE_MARK}】",)
    counted: dict[str, Counter[Severity]] = {}
    for found in state.findings:
        counted.setdefault(found.place.file, Counter())[found.severity] += 1
    for given in state.submissions:
        if given.role is not Role.REVIEW:
            yield _line(given, counted.get(given.file, Counter()), back)


def _line(submission: Submission, counted: Counter[Severity], back: Mapping[str, str]) -> Line:
    """What is said of one file; `counted` are its findings by severity."""
    unit = unit_of(submission)
    whose = unit or ("（基准台账）" if submission.role is Role.BASELINE else _NOBODY)
    who = Quoted(f"{whose}　{submission.file}：", Source.INPUT)
    book = f"已退回“{back[unit]}”，请改正后重新报送。" if unit in back else ""
    reason = Quoted(submission.reason, Source.INPUT)
    told = Quoted(book, Source.INPUT)
    match submission.verdict:
        case Verdict.REJECTED:
            end = "" if submission.reason.endswith("。") else "。"
            return (who, "未能采用：", reason, end, told)
        case Verdict.ACCEPTED:
            return (who, *_accepted(submission, counted, book))
        case Verdict.DUPLICATE | Verdict.SUPERSEDED:
            return (who, "未采用：", reason, "。")
        case Verdict.WAITING:
            return (who, "留待下次处理：", reason, "。")


def _accepted(submission: Submission, counted: Counter[Severity], book: str) -> Line:
    """`读取12行，错误1条，提醒0条，说明2条；…`"""
    by_severity: tuple[Line, ...] = tuple(
        (severity.word, _count(counted, severity, submission.file), "条") for severity in Severity
    )
    then = Quoted(book or _unchanged(counted), Source.INPUT)
    return ("读取", rows_taken(submission), "行，", *joined(by_severity, "，"), "；", then)


def _count(counted: Counter[Severity], severity: Severity, file: str) -> Printed:
    return Printed(str(counted[severity]), Ref(f"{FINDINGS}.{severity.value}", By.FILE, file))


def _unchanged(counted: Counter[Severity]) -> str:
    if counted[Severity.ERROR]:
        return "有错误，请报送单位按汇总台账“核查意见”表改正。"  # nobody known to send a workbook back to
    return "无需修改。" if not counted[Severity.WARNING] else "无需退回，提醒事项请核对。"
