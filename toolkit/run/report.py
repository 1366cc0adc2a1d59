"""运行说明.txt: ten lines for the clerk: what was done, what waits for a person."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from toolkit.figures.changes import sentences
from toolkit.intake.group_rows import is_news
from toolkit.ledger.decision import Ruling
from toolkit.ledger.finding import Severity
from toolkit.ledger.letter import LetterKind
from toolkit.ledger.revision import RevisionKind
from toolkit.ledger.submission import Role, Verdict
from toolkit.settings.model import MISSING
from toolkit.settings.sections import SAMPLE_MARK

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.run.round import Round

REPORT = "运行说明.txt"
_WORDS = {
    Verdict.ACCEPTED: "采用",
    Verdict.REJECTED: "未能读取",
    Verdict.DUPLICATE: "重复",
    Verdict.SUPERSEDED: "被更新的报送替代",
    Verdict.WAITING: "等待",
}


def write_report(round_: Round, folder: Path) -> None:
    """Write 运行说明.txt (UTF-8 with BOM and CRLF, so that the old Notepad of Windows shows it right)."""
    text = "\r\n".join(report_lines(round_)) + "\r\n"
    (folder / REPORT).write_bytes(text.encode("utf-8-sig"))


def read_report(folder: Path) -> str:
    """The report of a round as it stands in its folder."""
    return (folder / REPORT).read_bytes().decode("utf-8-sig").replace("\r\n", "\n").rstrip("\n")


def report_lines(round_: Round) -> tuple[str, ...]:
    """The lines of the report: what was done first, then what waits for a person."""
    figures = round_.figures
    words = "，".join(
        f"{round_.settings.words.of(status)}{number}个"
        for status, number in figures.by_status.items()
        if number
    )
    return tuple(
        line
        for line in (
            f"{round_.settings.task.issuer_short}整改台账运行说明（截至{round_.as_of}）",
            f"【{SAMPLE_MARK}】" if round_.settings.task.sample else "",
            f"收到文件{len(round_.submissions)}个：{_verdicts(round_)}。",
            f"问题共{figures.problems}个：{words or '尚无状态'}。",
            f"完成率{figures.completion.text}（{figures.completion.rule}）。",
            f"逾期{figures.overdue}个，{round_.settings.lights.soon_days}日内到期{figures.due_soon}个。",
            f"核查意见：{_severities(round_)}，见汇总台账“核查意见”表。",
            "".join(sentences(round_.changes, round_.settings, figures.completion)),
            _decided(round_),
            _pens(round_),
            _letters(round_),
            _public(round_),
            *_waits(round_),
        )
        if line
    )


def _verdicts(round_: Round) -> str:
    counted = Counter(submission.verdict for submission in round_.submissions)
    return "，".join(f"{_WORDS[verdict]}{number}个" for verdict, number in counted.items()) or "无"


def _severities(round_: Round) -> str:
    counted = Counter(finding.severity for finding in round_.findings)
    return f"错误{counted[Severity.ERROR]}条，提醒{counted[Severity.WARNING]}条，说明{counted[Severity.NOTE]}条"


def _decided(round_: Round) -> str:
    """What the office decided and waived, "" where nothing."""
    counted = Counter(decision.ruling for decision in round_.decisions)
    said = [f"{ruling.word}{counted[ruling]}个" for ruling in Ruling if counted[ruling]]
    said += [f"免核{len(round_.waived)}条"] if round_.waived else []
    return f"审核：{'，'.join(said)}。" if said else ""


def _pens(round_: Round) -> str:
    """What people wrote into papers that came back in this round, "" where nothing."""
    files = {submission.file for submission in round_.submissions if submission.role is Role.DRAFT}
    counted = Counter(stroke.kind for stroke in round_.strokes if stroke.file in files)
    if not counted:
        return ""
    kept, figures = counted[RevisionKind.WORDING], counted[RevisionKind.FIGURES]
    others = sum(counted.values()) - kept - figures
    return f"改过的文稿：保留文字改动{kept}处；数字改动{figures}处、其他{others}处未采用，请看汇总台账“审阅意见”表。"


def _letters(round_: Round) -> str:
    """What is sent out to units, "" where nothing."""
    counted = Counter(letter.kind for letter in round_.letters)
    said = "，".join(f"{kind.word}{counted[kind]}份" for kind in LetterKind if counted[kind])
    return f"本期出具{said}，在“督办”文件夹，核对后发出。" if said else ""


def _public(round_: Round) -> str:
    """What the public edition leaves out, "" where nothing."""
    masked = sum((found for found in round_.masked.values()), Counter())
    said = (
        [f"不公开问题{len(round_.withheld)}个（{'、'.join(round_.withheld)}）"]
        if round_.withheld
        else []
    )
    said += [f"隐去{secret.word}{number}处" for secret, number in masked.items()]
    return f"公开稿：{'，'.join(said)}，请核对。" if said else ""


def _waits(round_: Round) -> tuple[str, ...]:
    """What a person has to do next."""
    figures = round_.figures
    untaken = sum(
        left.row > 0 and is_news(left)
        for submission in round_.submissions
        for left in submission.untaken
    )
    rejected = [
        f"{s.file}（{s.reason}）" for s in round_.submissions if s.verdict is Verdict.REJECTED
    ]
    blank = [
        name
        for name, text in round_.settings.placeholders().items()
        if text == MISSING.format(name)
    ]
    return tuple(
        line
        for line in (
            f"待办：以下单位本期未报送，沿用上期数据：{'、'.join(figures.missing_units)}。"
            if figures.missing_units
            else "",
            f"待办：以下文件未能读取，请按说明重新报送：{'；'.join(rejected)}" if rejected else "",
            f"待办：有{untaken}行未采用，原因见汇总台账“报送情况”表。" if untaken else "",
            f"待办：有{figures.unknown_status}个问题没有可识别的整改状态。"
            if figures.unknown_status
            else "",
            *(
                f"待办：“{stopped.paper}”没有生成：{stopped.why}；请改正台账后重新运行。"
                for stopped in round_.stopped
            ),
            *(f"待办：“{wait.name}”留待下次处理：{wait.reason}" for wait in round_.waiting),
            f"待办：请在templates/设置.xlsx中填写：{'、'.join(blank)}。" if blank else "",
            "待办：单位名单取自本台账，已写入templates/设置.xlsx“单位”表，请核对。"
            if round_.learned_units
            else "",
        )
        if line
    )
