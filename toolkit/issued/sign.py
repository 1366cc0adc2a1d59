"""sign: freeze a round, and give its papers their number and day."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.errors import ToolkitError, UsageError, of_the_machine
from toolkit.figures.table import FIGURES
from toolkit.gongwen.document import visible_paragraphs
from toolkit.ledger.dates import chinese_date
from toolkit.ledger.finding import Severity
from toolkit.papers.final import blanks_of, write_final
from toolkit.papers.paper import public_files, signed_files
from toolkit.register.signatures import Signature
from toolkit.register.store import Register, RegisterError
from toolkit.run.proof.digits import numbers_in
from toolkit.run.record import RECORD
from toolkit.settings.sections import Words
from toolkit.workspace import BACKUP, PACKED_BACKUP
from toolkit.workspace.commit import recover
from toolkit.workspace.durable import is_whole, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from toolkit.register.snapshot import RoundRecord
    from toolkit.settings.model import Settings
    from toolkit.workspace import Workspace

SIGNED = "签发"
_NUMBER = re.compile(r"[^\s0-9〔〕\[\]（）()]+〔20\d\d〕[1-9]\d*号")
_YEAR = re.compile(r"〔(20\d\d)〕")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Who signs which round (its folder, date or code), on which day, under which 发文字号."""

    round: str
    by: str
    on: date
    number: str


def sign(workspace: Workspace, settings: Settings, signing: Signing) -> tuple[Path, ...]:
    """Freeze a round and write its final papers into outbox/<round>/签发; the same signing once more puts them out again.

    Raises UsageError where the round cannot be signed; then nothing has changed.
    """
    if not _NUMBER.fullmatch(signing.number):
        raise UsageError(
            f"文号“{signing.number}”应写成机关代字、六角括号和年份、序号，如云党工通〔2026〕12号。"
        )
    if not signing.by.strip():
        raise UsageError("请写明签发人：--by 姓名。")
    with workspace.lock(), Register.open(workspace.register_path) as register:
        recover(workspace, register)
        past = _round(register, signing.round)
        signed: Sequence[Signature] = [
            one for one in register.signatures() if one.round_id == past.id
        ]
        if signed:
            _refuse_another(past, _numbered(signed), signing)
        else:
            _refuse(register, past, signing)
            papers = tuple(_papers(workspace, register, past))
            _refuse_classified(settings, [paper for paper, _ in papers])
            if not papers:
                raise UsageError(f"{past.folder}一期没有可以签发的通报；请看其中的运行说明。")
            signed = [
                _finish(workspace, settings, (past, signing), paper, data) for paper, data in papers
            ]
            register.sign(signed)
        return _put_out(workspace, register, past, signed)


def open_errors(workspace: Workspace, name: str) -> tuple[str, ...]:
    """What is still wrong in the ledger of the state that is to be signed, for the person who signs; () where nothing.

    Raises UsageError where there is no such state.
    """
    with Register.open_to_read(workspace.register_path) as register:
        past = _round(register, name)
        issued = register.issued_by(past)
    data = workspace.archive.read(issued, RECORD) if RECORD in issued.files else None
    findings = json.loads(data)["findings"] if data else []
    errors = [found for found in findings if found["severity"] == Severity.ERROR.value]
    if not errors:
        return ()
    more = f"；其余{len(errors) - _SHOWN}条见汇总台账“核查意见”表" if len(errors) > _SHOWN else ""
    listed = (f"  问题{found['id'] or '—'}：{found['message']}" for found in errors[:_SHOWN])
    return (f"签发前请留意：这一期还有{len(errors)}条错误没有解决{more}。", *listed)


_SHOWN = 5


def _round(register: Register, name: str) -> RoundRecord:
    """The live state that is meant. Raises UsageError for none, and for a state that a newer one took the place of."""
    states = register.states()
    live = {state.id for state in register.rounds()}
    found = [s for s in states if name in (s.folder, s.code, s.as_of.isoformat())]
    if not found:
        example = states[-1].folder if states else "2026-06-19"
        raise UsageError(f"没有期次“{name}”；请写outbox中的文件夹名，如{example}。")
    standing = [state for state in found if state.id in live]
    if not standing:
        raise UsageError(_superseded(register, found[-1]))
    return next((state for state in standing if state.folder == name), standing[-1])


def _superseded(register: Register, state: RoundRecord) -> str:
    """Which figures a newer state of the period has otherwise."""
    newest = next(s for s in reversed(register.states()) if s.period == state.period)
    before, now = (
        {code: value for code, by, _, value in register.figures(s.id) if not by}
        for s in (state, newest)
    )
    names = {figure.code: figure.name_in(Words()) for figure in FIGURES}
    changed = "，".join(
        f"{names.get(code, code)}{before[code]}→{value}"
        for code, value in now.items()
        if before.get(code, value) != value
    )
    return (
        f"简码{state.code}之后同一期又运行过，现为{newest.code}"
        f"（{changed or '总数没有变化'}）；请核对新的成果后签发{newest.folder}。"
    )


def _numbered(signed: Sequence[Signature]) -> Signature:
    """The paper of a signing that bears its number: a public edition bears none."""
    return next((paper for paper in signed if paper.number), signed[0])


def _refuse_another(past: RoundRecord, signed: Signature, signing: Signing) -> None:
    if (signed.by, signed.on, signed.number) != (signing.by, signing.on, signing.number):
        raise UsageError(
            f"{past.folder}一期已由{signed.by}于{signed.on}签发（{signed.number}），不能再次签发。"
        )


def _refuse(register: Register, past: RoundRecord, signing: Signing) -> None:
    used = [signed for signed in register.signatures() if signed.number == signing.number]
    if used:
        raise UsageError(
            f"文号{signing.number}已用于{used[0].on}签发的“{used[0].paper}”，不能重复使用。"
        )
    year = _YEAR.search(signing.number)
    if year and int(year[1]) != signing.on.year:
        raise UsageError(
            f"文号{signing.number}的年份与签发日期{signing.on}不是同一年；请核对文号或日期。"
        )
    if signing.on < past.as_of:
        raise UsageError(f"签发日期{signing.on}早于数据的截至日期{past.as_of}；请核对。")


def _refuse_classified(settings: Settings, papers: Sequence[str]) -> None:
    """What is classified is not published: a public edition that was made before the grade was set is not signed."""
    secrecy = settings.document.secrecy.strip()
    open_ = [paper for paper in papers if paper in public_files()]
    if secrecy and open_:
        raise UsageError(
            f"设置中的密级为“{secrecy}”，涉密的通报没有公开稿，“{open_[0]}”不能签发；"
            "请再运行一次zhenggai run（不再出公开稿）后签发。"
        )


def _papers(
    workspace: Workspace, register: Register, past: RoundRecord
) -> Iterator[tuple[str, bytes]]:
    """The papers of a round that are signed, as they were issued; one that a person has changed since is not passed over."""
    issued = register.issued_by(past)
    for paper in signed_files():
        if paper not in issued.files:
            continue
        there = workspace.outbox / past.folder / paper
        if there.is_file() and not is_whole(there, issued.files[paper]):
            raise UsageError(
                f"outbox/{past.folder}/{paper}在生成后被改动过。请把改过的文件放进inbox运行一期，使改动进入新的一期后再签发；"
                "不要这些改动的，请先把它移走。"
            )
        data = workspace.archive.read(issued, paper)
        if data is None:
            raise ToolkitError(f"归档的“{paper}”缺失或已损坏；请运行zhenggai doctor查看。")
        yield paper, data


def _finish(
    workspace: Workspace,
    settings: Settings,
    what: tuple[RoundRecord, Signing],
    paper: str,
    data: bytes,
) -> Signature:
    """Write one final paper into the archive; what it says is kept with the signature."""
    past, signing = what
    # The number is the notice's: what is published under the same one would be taken for it.
    number = "" if paper in public_files() else signing.number
    source, fresh = workspace.hidden / "issued.docx", workspace.hidden / "signing.docx"
    source.write_bytes(data)
    blanks = blanks_of(source)
    if blanks:
        raise UsageError(
            f"“{paper}”还有{len(blanks)}处没有填写，不能签发：{'、'.join(blanks[:5])}。"
        )
    try:
        write_final(
            source,
            fresh,
            settings,
            (number, signing.on),
            subject_of_signed(paper, past.code),
        )
        texts = visible_paragraphs(fresh)
        own = f"{number} {chinese_date(signing.on)} {settings.document}"
        _refuse_other_words(paper, visible_paragraphs(source), texts, own)
        digest = workspace.archive.keep_issued(fresh.read_bytes())
    finally:
        source.unlink(missing_ok=True)
        fresh.unlink(missing_ok=True)
    return Signature(
        round_id=past.id,
        paper=paper,
        number=number,
        by=signing.by,
        on=signing.on,
        sha256=digest,
        texts=texts,
    )


def _refuse_other_words(paper: str, issued: Sequence[str], final: Sequence[str], own: str) -> None:
    """The final paper says what was issued and proved, word for word; only head, foot and date are its own.

    `own` holds every number that may stand in those.
    """
    there = [_plain(text) for text in final]
    more = list(there)
    place = 0
    for text in filter(None, map(_plain, issued)):
        if text not in there[place:]:
            if _DATE.fullmatch(text):
                continue
            raise _other_words(paper, text)
        place = there.index(text, place) + 1
        more.remove(text)
    for text in more:
        if numbers_in(text) - numbers_in(own):
            raise _other_words(paper, text)


def _other_words(paper: str, text: str) -> ToolkitError:
    return ToolkitError(f"“{paper}”的定稿与已核对的文稿不一致，没有签发：“{text[:30]}”。")


_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


def _plain(text: str) -> str:
    return "".join(text.split())


def subject_of_signed(paper: str, code: str) -> str:
    """What stands in the properties of a signed paper, by which a copy of it is known again."""
    return f"{paper.removesuffix('.docx')} 定稿 简码{code}"


def _signed_paper(workspace: Workspace, signed: Signature) -> bytes:
    data = workspace.archive.read_loose(signed.sha256)
    if data is None:
        raise ToolkitError(
            f"归档的定稿“{signed.paper}”缺失或已损坏；请用zhenggai restore从outbox中补回。"
        )
    return data


def _put_out(
    workspace: Workspace, register: Register, past: RoundRecord, signed: Sequence[Signature]
) -> tuple[Path, ...]:
    """The signed papers and the register's copy beside the round; the signing itself stands whatever happens here."""
    folder = workspace.outbox / past.folder / SIGNED
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one in signed:
            write_whole(folder / one.paper, _signed_paper(workspace, one))
        copy = workspace.outbox / past.folder / BACKUP
        register.back_up(copy)
        copy.with_name(PACKED_BACKUP).unlink(missing_ok=True)  # of before the signing
    except (OSError, RegisterError) as trouble:
        why = of_the_machine(trouble) if isinstance(trouble, OSError) else str(trouble)
        raise ToolkitError(
            f"已经签发，但outbox/{past.folder}没有写全：{why}再运行一次同样的命令即可补齐。"
        ) from trouble
    return tuple(folder / one.paper for one in signed)
