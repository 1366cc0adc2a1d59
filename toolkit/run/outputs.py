"""Everything that a round leaves in its folder, in the order in which a person would look at it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.figures.changes import sentences
from toolkit.gongwen.template import Templates
from toolkit.ledger.decision import Ruling
from toolkit.papers import brief, closing, signoff
from toolkit.papers.brief import BRIEF, Brief, write_brief
from toolkit.papers.closing import Closing, write_closing
from toolkit.papers.editions import Edition
from toolkit.papers.letters import TEMPLATES as LETTER_TEMPLATES
from toolkit.papers.letters import Correspondence, write_letter
from toolkit.papers.notice import NOTICE, TEMPLATES, Notice, title_of, write_notice
from toolkit.papers.signoff import SIGN_OFF, InputLine, SignOff, write_sign_off
from toolkit.run.leaks import stop_leaks
from toolkit.run.record import write_record
from toolkit.run.report import write_report
from toolkit.run.returned_papers import wordings_of
from toolkit.workbooks.consolidated import write_consolidated
from toolkit.workbooks.consolidated_sheets import Consolidated
from toolkit.workbooks.dispatch import dispatch, file_name
from toolkit.workbooks.proof_sheet import PROOF_SHEET, proofread_papers, write_proof_sheet
from toolkit.workbooks.receipt import RECEIPT, write_receipt
from toolkit.workbooks.returned import Received, returns_of, write_return
from toolkit.workbooks.selfcheck import SelfCheck

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from toolkit.arrivals import Arrival
    from toolkit.ledger.letter import Letter
    from toolkit.run.consolidate import Progress
    from toolkit.run.round import Round

CONSOLIDATED = "汇总台账.xlsx"
ORIGINALS = "原件"
DISPATCHED = "下发"
RETURNED = "退回"
LETTERS, CLOSINGS = "督办", "销号"


def write_outputs(
    round_: Round, arrivals: Sequence[Arrival], templates: Path, folder: Path, watch: Progress
) -> Round:
    """Write all papers, workbooks and records of a round into `folder` (staging; nothing else is touched).

    Returns the round with the papers that had to be stopped.
    """
    office = Templates(templates)
    written: tuple[tuple[str, Callable[[], None]], ...] = (
        ("写汇总台账", lambda: _write_consolidated(round_, folder)),
        ("写通报", lambda: _write_notice(round_, office, folder)),
        (
            "写周报",
            lambda: write_brief(
                brief_of(round_), office.of(brief.TEMPLATE), folder / BRIEF, round_.created
            ),
        ),
        ("写发文审批单", lambda: _write_sign_off(round_, office, folder)),
        ("写函件", lambda: _write_letters(round_, office, folder / LETTERS)),
        ("写销号单", lambda: _write_closings(round_, office, folder / CLOSINGS)),
        ("写下期下发台账", lambda: _write_dispatched(round_, folder)),
        ("写退回台账", lambda: _write_returned(round_, folder / RETURNED)),
    )
    last = ("保密检查", "公文自检", "留存原件", "写运行说明")
    steps = len(written) + len(last)
    for done, (what, step) in enumerate(written):
        watch(what, done, steps)
        step()
    watch(last[0], len(written), steps)
    round_ = replace(round_, stopped=stop_leaks(round_, folder))
    watch(last[1], len(written) + 1, steps)
    papers = [folder / name for name in (Edition.PLAIN.value, Edition.PUBLIC.value, BRIEF)]
    there = [path for path in papers if path.is_file()]
    write_proof_sheet(folder / PROOF_SHEET, proofread_papers(there), round_.created)
    watch(last[2], len(written) + 2, steps)
    _keep_originals(arrivals, folder / ORIGINALS)
    watch(last[3], len(written) + 3, steps)
    write_report(round_, folder)
    write_record(round_, folder)
    watch("完成", steps, steps)
    return round_


def _write_consolidated(round_: Round, folder: Path) -> None:
    book = Consolidated(
        entries=round_.entries,
        stands=round_.stands,
        findings=round_.findings,
        waived=round_.waived,
        decisions=round_.decided,
        submissions=round_.submissions,
        figures=round_.figures,
        changes=round_.changes,
        settings=round_.settings,
        as_of=round_.as_of,
        code=round_.code,
        answers=round_.answers,
        letters=(*round_.past_letters, *round_.letters),
        strokes=round_.strokes,
        withdrawn=[decision for decision in round_.decided.values() if decision.ruling.withdraws],
    )
    write_consolidated(folder / CONSOLIDATED, book, round_.created)


def _write_notice(round_: Round, templates: Templates, folder: Path) -> None:
    template = templates.of(TEMPLATES[round_.settings.document.skeleton])
    for edition in Edition:
        write_notice(notice_of(round_, edition), template, folder / edition.value, round_.created)


def notice_of(round_: Round, edition: Edition) -> Notice:
    """The notice of a round in one of its editions."""
    return Notice(
        round_.entries,
        round_.figures,
        round_.settings,
        round_.as_of,
        edition,
        remarks_of(round_) if edition is Edition.DRAFT else {},
        wordings_of(round_.strokes),
        round_.code,
        round_.public_entries,
    )


def remarks_of(round_: Round) -> dict[str, tuple[str, ...]]:
    """What a draft says beside each item: its unit, the row that it comes from, and what is open about it."""
    open_: dict[str, list[str]] = {}
    for found in round_.findings:
        if found.id:
            open_.setdefault(found.id, []).append(
                f"{found.severity.word} {found.rule}：{found.message}"
            )
    return {
        entry.item.id: (
            f"{entry.item.id}　{entry.item.lead_unit}{'（沿用上期）' if entry.carried else ''}",
            f"来源：{entry.origin.file} › {entry.origin.sheet} 第{entry.origin.row}行",
            *open_.get(entry.item.id, ()),
        )
        for entry in round_.entries
    }


def brief_of(round_: Round) -> Brief:
    """The weekly brief of a round."""
    return Brief(
        entries=round_.entries,
        stands=round_.stands,
        figures=round_.figures,
        settings=round_.settings,
        as_of=round_.as_of,
        changes=sentences(round_.changes, round_.settings, round_.figures.completion),
        number=round_.number,
    )


def _write_sign_off(round_: Round, templates: Templates, folder: Path) -> None:
    sheet = SignOff(
        title=title_of(folder / NOTICE),
        settings=round_.settings,
        as_of=round_.as_of,
        code=round_.code,
        figures=round_.figures,
        inputs=tuple(
            InputLine(one.file, one.unit, one.verdict.word, one.sha256)
            for one in round_.submissions
        ),
        changes=sentences(round_.changes, round_.settings, round_.figures.completion),
        findings=round_.findings,
        withheld=len(round_.withheld),
    )
    write_sign_off(sheet, templates.of(signoff.TEMPLATE), folder / SIGN_OFF, round_.created)


def correspondence_of(round_: Round, letter: Letter) -> Correspondence:
    """A letter of a round with its items."""
    return Correspondence(letter, round_.entries, round_.settings)


def letter_path(folder: Path, letter: Letter) -> Path:
    """Where a letter stands in a round's folder."""
    return folder / LETTERS / f"{file_name(letter.name)}.docx"


def _write_letters(round_: Round, templates: Templates, folder: Path) -> None:
    if round_.letters:
        folder.mkdir()
    for letter in round_.letters:
        template = templates.of(LETTER_TEMPLATES[letter.kind])
        write_letter(
            correspondence_of(round_, letter),
            template,
            letter_path(folder.parent, letter),
            round_.created,
        )


def _write_closings(round_: Round, templates: Templates, folder: Path) -> None:
    """A form for every item that was closed in this round."""
    by_id = {entry.item.id: entry for entry in round_.entries}
    closed = [
        decision
        for decision in round_.decisions
        if decision.ruling is Ruling.CLOSE and decision.id in by_id
    ]
    if closed:
        folder.mkdir()
    for decision in closed:
        path = folder / f"{file_name(f'销号单-{decision.id}')}.docx"
        write_closing(
            Closing(by_id[decision.id], decision, round_.settings),
            templates.of(closing.TEMPLATE),
            path,
            round_.created,
        )


def _write_dispatched(round_: Round, folder: Path) -> None:
    (folder / DISPATCHED).mkdir()
    dispatch(
        round_.entries,
        round_.settings,
        folder / DISPATCHED,
        created=round_.created,
        as_of=round_.as_of,
    )


def _write_returned(round_: Round, folder: Path) -> None:
    """Marked returns for the units that must put something right, and a receipt; no folder where no unit sent anything."""
    received = Received(
        submissions=round_.submissions,
        entries=round_.entries,
        findings=round_.findings,
        settings=round_.settings,
    )
    returns = returns_of(received)
    if not returns:
        return
    folder.mkdir()
    back = {marked.unit: f"{file_name(marked.unit)}.xlsx" for marked in returns if marked.goes_back}
    check = SelfCheck(round_.settings, round_.as_of)
    for marked in returns:
        if marked.goes_back:
            path = folder / back[marked.unit]
            write_return(path, marked, round_.settings, round_.created, check)
    write_receipt(folder / RECEIPT, received, back, round_.as_of)


def _keep_originals(arrivals: Sequence[Arrival], folder: Path) -> None:
    """Copies of what came in, byte for byte, under the names that they came with."""
    for arrival in arrivals:
        path = folder / arrival.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(arrival.data)
