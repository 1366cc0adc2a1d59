"""运行说明.txt: ten lines for the clerk: what was done, what waits for a person."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from toolkit.figures.changes import sentences
from toolkit.figures.printed import Line, Printed, Quoted, Ref, Source, joined, text_of
from toolkit.figures.totals_sentences import (
    DUE_CODES,
    RESULT_CODES,
    STATUS_CODES,
    due_sentence,
    left_out_sentences,
    rate_sentence,
    results_sentence,
    status_sentence,
)
from toolkit.intake.group_rows import is_news
from toolkit.ledger.decision import Ruling
from toolkit.ledger.letter import LetterKind
from toolkit.ledger.revision import RevisionKind
from toolkit.ledger.submission import Role, Verdict
from toolkit.papers.signoff import INPUTS, findings_by_severity
from toolkit.run.plausibility import suspected_rules
from toolkit.run.settings_update import open_headings, open_statuses
from toolkit.settings.lists import FORM_SHEET, HEADINGS_SHEET, STATUSES_SHEET
from toolkit.settings.model import MISSING
from toolkit.settings.sections import SAMPLE_MARK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from toolkit.run.leaks import Stopped
    from toolkit.state import State

REPORT = "运行说明.txt"
# The figures and rates that the report prints.
_LISTED = 10
FIGURE_CODES = (*STATUS_CODES, *DUE_CODES, *RESULT_CODES, "completion_rate")
_WORDS = {
    Verdict.ACCEPTED: "采用",
    Verdict.REJECTED: "未能读取",
    Verdict.DUPLICATE: "重复",
    Verdict.SUPERSEDED: "被更新的报送替代",
    Verdict.WAITING: "等待",
}


def write_report(
    state: State, stopped: Sequence[Stopped], folder: Path, look: Sequence[str]
) -> None:
    """Write 运行说明.txt (UTF-8 with BOM and CRLF, so that the old Notepad of Windows shows it right)."""
    lines = [text_of(line) for line in report_lines(state, stopped, look)]
    text = "\r\n".join(lines) + "\r\n"
    (folder / REPORT).write_bytes(text.encode("utf-8-sig"))


def read_report(folder: Path) -> str:
    """The report of a period as it stands in its folder."""
    return (folder / REPORT).read_bytes().decode("utf-8-sig").replace("\r\n", "\n").rstrip("\n")


def report_lines(state: State, stopped: Sequence[Stopped], look: Sequence[str]) -> tuple[Line, ...]:
    """The lines of the report: what was done first, then what waits for a person.

    `look` says how the office's own workbook was filled in.
    """
    lines = (*_done(state), *_waits(state, stopped), _of_look(look))
    return tuple(line for line in lines if line)


def _done(state: State) -> Iterator[Line]:
    whole, settings = state.figures.whole, state.settings
    office = Quoted(settings.task.issuer_short, Source.SETTINGS)
    yield (office, "整改台账运行说明（截至", Quoted(state.as_of.isoformat(), Source.DATE), "）")
    yield (f"【{SAMPLE_MARK}】",) if settings.task.sample else ()
    inputs = Printed(str(len(state.submissions)), Ref(INPUTS))
    yield ("收到文件", inputs, "个：", *_verdicts(state), "。")
    yield status_sentence(whole, settings)
    yield rate_sentence("completion_rate", whole, "完成率")
    yield (*due_sentence(whole, settings), *results_sentence(whole, settings))
    yield from left_out_sentences(state.figures, settings)
    yield ("核查意见：", *findings_by_severity(state.findings), "，见汇总台账“核查意见”表。")
    yield joined(sentences(state.changes, settings, whole.completion), "")
    yield _decided(state)
    yield _edited_papers(state)
    yield _letters(state)
    yield _public(state)


def _tally(counted: Mapping[str, int], prefix: str, words: Mapping[str, str], unit: str) -> Line:
    """`采用3个，重复1个`: what occurs, in the order of the words."""
    parts: tuple[Line, ...] = tuple(
        (word, Printed(str(counted[code]), Ref(f"{prefix}.{code}")), unit)
        for code, word in words.items()
        if counted.get(code)
    )
    return joined(parts, "，")


def _counts(values: Iterable[str]) -> Mapping[str, int]:
    return Counter(values)


def _verdicts(state: State) -> Line:
    counted = _counts(submission.verdict.value for submission in state.submissions)
    words = {verdict.value: word for verdict, word in _WORDS.items()}
    return _tally(counted, "inputs", words, "个") or ("无",)


def _decided(state: State) -> Line:
    """What the office decided and waived, () where nothing."""
    counted = _counts(decision.ruling.value for decision in state.decisions)
    rulings = _tally(counted, "decisions", {r.value: r.word for r in Ruling}, "个")
    waived = Printed(str(len(state.waived)), Ref("waived"))
    parts = tuple(
        part for part in (rulings, ("免核", waived, "条") if state.waived else ()) if part
    )
    return ("审核：", *joined(parts, "，"), "。") if parts else ()


def _edited_papers(state: State) -> Line:
    """What people wrote into papers that came back in this run, () where nothing."""
    files = {submission.file for submission in state.submissions if submission.role is Role.DRAFT}
    counted = Counter(revision.kind for revision in state.revisions if revision.file in files)
    if not counted:
        return ()
    kept, figures = counted[RevisionKind.WORDING], counted[RevisionKind.FIGURES]
    others = counted.total() - kept - figures
    return (
        "改过的文稿：保留文字改动",
        Printed(str(kept), Ref("revisions.wording")),
        "处；数字改动",
        Printed(str(figures), Ref("revisions.figures")),
        "处、其他",
        Printed(str(others), Ref("revisions.others")),
        "处未采用，请看汇总台账“审阅意见”表。",
    )


def _letters(state: State) -> Line:
    """What is sent out to units, () where nothing."""
    counted = _counts(letter.kind.value for letter in state.letters)
    letters = _tally(counted, "letters", {kind.value: kind.word for kind in LetterKind}, "份")
    return ("本期出具", *letters, "，在“督办”文件夹，核对后发出。") if letters else ()


def _public(state: State) -> Line:
    """What the public edition leaves out, () where nothing."""
    public = state.public
    parts: list[Line] = []
    if public.withheld:
        count = Printed(str(len(public.withheld)), Ref("withheld"))
        ids = Quoted("、".join(public.withheld), Source.ITEM)
        parts.append(("不公开问题", count, "个（", ids, "）"))
    masked = sum(public.masked.values(), Counter())
    parts += [
        (f"隐去{secret.word}", Printed(str(number), Ref(f"masked.{secret.value}")), "处")
        for secret, number in masked.items()
    ]
    return ("公开稿：", *joined(tuple(parts), "，"), "，请核对。") if parts else ()


def _waits(state: State, stopped: Sequence[Stopped]) -> Iterator[Line]:
    """What a person has to do next."""
    suspected = suspected_rules(state.findings, len(state.entries))
    if suspected:
        rules = Quoted("、".join(suspected), Source.FINDING)
        yield (
            "请先核对设置：规则",
            rules,
            "对几乎每一行都提出了意见，多半是设置中的日期或参数有误。",
        )
    yield from _questions(state)
    missing = state.figures.missing_units
    if missing:
        names = Quoted("、".join(missing), Source.SETTINGS)
        yield ("待办：以下单位本期未报送，沿用上期数据：", names, "。")
    yield _unfollowed(state)
    rejected = [s for s in state.submissions if s.verdict is Verdict.REJECTED]
    if rejected:
        files = "；".join(f"{given.file}（{given.reason}）" for given in rejected)
        yield (
            "待办：以下文件未能读取，请按说明重新报送：",
            Quoted(files, Source.INPUT),
        )
    untaken = untaken_count(state)
    if untaken:
        count = Printed(str(untaken), Ref("untaken"))
        yield ("待办：有", count, "行未采用，原因见汇总台账“报送情况”表。")
    if state.figures["unknown_status"]:
        unknown = state.figures.whole.printed("unknown_status")
        yield ("待办：有", unknown, "个问题没有可识别的整改状态。")
    yield _unknown_to_the_public(state.public.unknown)
    for proposal in state.proposals:
        ids = Quoted("、".join(proposal.items), Source.ITEM)
        after = Quoted("、".join(proposal.after), Source.LETTER)
        unit = Quoted(proposal.unit, Source.SETTINGS)
        yield ("待办：建议对", unit, "出具告诫书（", ids, "；已发", after, "），请整改办决定。")
    for paper in stopped:
        yield (
            "待办：“",
            Quoted(paper.paper, Source.LETTER),
            "”没有生成：",
            Quoted(paper.why, Source.LABEL),
            "；请改正台账后重新运行。",
        )
    for wait in state.waiting:
        name = Quoted(wait.name, Source.INPUT)
        yield ("待办：“", name, "”留待下次处理：", Quoted(wait.reason, Source.INPUT))
    yield from _settings_wait(state)


def _of_look(look: Sequence[str]) -> Line:
    """What did not come along from the office's own workbook, and why it is not filled in at all."""
    told = dict.fromkeys(sentence.rstrip("。") for sentence in look)
    return ("台账版式：", Quoted("；".join(told), Source.LABEL), "。") if told else ()


def _questions(state: State) -> Iterator[Line]:
    """What only the office can answer, in 设置.xlsx, what most depends on first."""
    settings, given = state.settings, state.submissions
    statuses = [choice.text for choice in open_statuses(given, settings)]
    statuses += [choice.text for choice in settings.statuses if not choice.decided]
    headings = [choice.text for choice in open_headings(given, settings)]
    headings += [choice.text for choice in settings.headings if not choice.decided]
    unsure = [column.heading for column in settings.form.columns if not column.is_sure]
    for sheet, names, how in (
        (STATUSES_SHEET, statuses, "选定这些写法各是哪个整改状态，选定前不计入各状态"),
        (HEADINGS_SHEET, headings, "选定这些表头各是哪个栏目"),
        (FORM_SHEET, unsure, "核对标黄的栏目填什么、是否必填、是否合计"),
    ):
        if names:
            yield (f"请先回答：在设置.xlsx“{sheet}”表中{how}（", _listed(names), "）。")


def _listed(names: Sequence[str]) -> Quoted:
    """The first of these names."""
    distinct = list(dict.fromkeys(names))
    more = "等" if len(distinct) > _LISTED else ""
    return Quoted("、".join(distinct[:_LISTED]) + more, Source.FINDING)


def _unfollowed(state: State) -> Line:
    """The decisions of the office that were not followed, each with the reason; () where there are none."""
    left = state.unfollowed
    if not left:
        return ()
    listed = "；".join(f"{each.id}：{each.reason}" for each in left[:_LISTED])
    return (
        "待办：有",
        Printed(str(len(left)), Ref("unfollowed")),
        "条审核意见没有采用（",
        Quoted(listed + ("等" if len(left) > _LISTED else ""), Source.DECISION),
        "），在新的汇总台账审核栏中标红，请改正后放回inbox。",
    )


def _unknown_to_the_public(unknown: Sequence[str]) -> Line:
    if not unknown:
        return ()
    ids = "、".join(unknown[:_LISTED]) + ("等" if len(unknown) > _LISTED else "")
    return (
        "待办：公开稿中",
        Printed(str(len(unknown)), Ref("unknown_in_public")),
        "个问题（",
        Quoted(ids, Source.ITEM),
        "）既没有整改进展，也没有可识别的整改状态，稿中留空并标黄；",
        "请补报，或在设置“不公开的问题”中列出。",
    )


def untaken_count(state: State) -> int:
    """How many rows were seen and not taken, though they hold something new."""
    return sum(
        left.row > 0 and is_news(left)
        for submission in state.submissions
        for left in submission.untaken
    )


def _settings_wait(state: State) -> Iterator[Line]:
    placeholders = state.settings.placeholders()
    blank = [name for name, text in placeholders.items() if text == MISSING.format(name)]
    if blank:
        yield (f"待办：请在templates/设置.xlsx中填写：{'、'.join(blank)}。",)
    if state.has_learned_units:
        yield ("待办：单位名单取自本台账，已写入templates/设置.xlsx“单位”表，请核对。",)
