"""F · rows of a first ledger about which nobody has said anything, while others are reported on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.checks.rule import Case, CheckContext, Fault, submission_rule
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.ledger.submission import Submission

_REPORT = ("status", "progress")


@submission_rule(
    "F111",
    Severity.ERROR,
    bad=(
        (
            {"问题编号": "3-2"},
            {"问题编号": "3-3", "整改状态": "", "整改进展情况": ""},
        ),
    ),
    good=(
        ({"问题编号": "3-2"}, {"问题编号": "3-3"}),
        (
            {"问题编号": "3-2", "整改状态": "", "整改进展情况": ""},
            {"问题编号": "3-3", "整改状态": "", "整改进展情况": ""},
        ),
    ),
)
def every_row_is_reported_on(
    submission: Submission, cases: Sequence[Case], around: CheckContext
) -> Iterator[tuple[Case | None, Fault]]:
    """台账中有的问题填了整改状态和进展，其他问题不应两栏都空着。"""
    del submission, around
    silent = [case for case in cases if case.before is None and _is_silent(case)]
    if not silent or len(silent) == len(cases):
        return
    names = "和".join(BY_CODE[code].header for code in _REPORT)
    for case in silent:
        yield (
            case,
            Fault(
                "status",
                f"{names}都没有填写，整改到什么程度无从知道。",
                f"请填写{names}；尚未开始的，整改状态填“未启动”。",
            ),
        )


def _is_silent(case: Case) -> bool:
    typed = case.row.typed
    return (
        all(case.has_column(code) and code not in typed for code in _REPORT)
        and "completed_on" not in typed
    )
