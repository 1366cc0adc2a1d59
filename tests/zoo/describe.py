"""What intake made of a specimen, in the order and the words of a clerk who checks it by eye."""

from __future__ import annotations

from collections.abc import Iterator

from tests.support.items import SETTINGS, arrival
from tests.zoo.specimen import Specimen
from toolkit.intake.read import read
from toolkit.ledger.columns import COLUMNS
from toolkit.ledger.deadlines import Deadline
from toolkit.ledger.submission import Submission

SHOWN = 120


def described(specimen: Specimen) -> str:
    """The specimen's story, then every submission that came of it."""
    kinds = "、".join(map(str, specimen.kinds)) or "无"
    head = [f"{specimen.file}：{specimen.story}", f"乱象：{kinds}"]
    submissions = read((arrival(specimen.file, specimen.make()),), SETTINGS, has_baseline=True)
    lines = (line.replace("\n", "⏎") for submission in submissions for line in lines_of(submission))
    return "\n".join([*head, *lines]) + "\n"


def lines_of(submission: Submission) -> Iterator[str]:
    yield ""
    role = submission.role.value if submission.role else "-"
    yield f"■ {submission.file}　{submission.verdict.value}　{role}　单位：{submission.unit or '-'}"
    if submission.reason:
        yield f"  理由：{submission.reason}"
    if submission.report_date:
        yield f"  填报日期：{submission.report_date}"
    for row in submission.rows:
        key = f"　键{row.key}" if row.key else ""
        yield f"  {row.origin.sheet}!{row.origin.row}{key}"
        for column in COLUMNS:
            if column.code in row.unreadable:
                wrong = row.unreadable[column.code]
                yield f"    {column.header}：读不出“{wrong.raw}”（{wrong.why}）{wrong.fix}"
            elif (value := getattr(row.item, column.code)) not in (None, "", ()):
                yield f"    {column.header}：{shown(value)}"
    for left in submission.untaken:
        yield f"  未采用 {left.sheet}!{left.row or '整表'}：{left.reason}　{left.text[:60]}".rstrip(
            "　"
        )
    for found in sorted(
        submission.findings, key=lambda found: (found.rule, found.place.sheet, found.place.cell)
    ):
        place = "!".join(filter(None, (found.place.sheet, found.place.cell)))
        yield f"  {found.rule} {place}：{found.message[:SHOWN]}"


def shown(value: object) -> str:
    if isinstance(value, Deadline):
        due = value.due or "无期限"
        return f"{due}{'，长期坚持' if value.standing else ''}（{value.kind.value}{'，推定' if value.inferred else ''}；原文“{value.raw}”）"
    if isinstance(value, tuple):
        return " ｜ ".join(value)
    text = str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…共{len(text)}字"
