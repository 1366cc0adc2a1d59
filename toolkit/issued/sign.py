"""sign: freeze a round, and give its papers their number and day."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.errors import ToolkitError, UsageError, of_the_machine
from toolkit.gongwen.document import visible_paragraphs
from toolkit.papers.final import blanks_of, write_final
from toolkit.papers.paper import signed_files
from toolkit.register.signatures import Signature
from toolkit.register.store import Register, RegisterError
from toolkit.workspace import BACKUP, Archive, is_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from toolkit.register.snapshot import RoundRecord
    from toolkit.settings.model import Settings
    from toolkit.workspace import Workspace

SIGNED = "签发"
_NUMBER = re.compile(r"[^\s0-9〔〕\[\]（）()]+〔20\d\d〕[1-9]\d*号")


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
        workspace.recover(register)
        past = _round(register, signing.round)
        signed: Sequence[Signature] = [
            one for one in register.signatures() if one.round_id == past.id
        ]
        if signed:
            _refuse_another(past, signed[0], signing)
        else:
            _refuse(register, past, signing)
            papers = tuple(_papers(workspace, register, past))
            if not papers:
                raise UsageError(f"{past.folder}一期没有可以签发的通报；请看其中的运行说明。")
            signed = [
                _finish(workspace, settings, (past, signing), paper, sha256)
                for paper, sha256 in papers
            ]
            register.sign(signed)
        return _put_out(workspace, register, past, signed)


def _round(register: Register, name: str) -> RoundRecord:
    rounds = register.rounds()
    found = [past for past in rounds if name in (past.folder, past.code, past.as_of.isoformat())]
    if not found:
        raise UsageError(
            f"没有期次“{name}”；请写outbox中的文件夹名，如{rounds[-1].folder if rounds else '2026-06-19'}。"
        )
    return next((past for past in found if past.folder == name), found[-1])


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
    if signing.on < past.as_of:
        raise UsageError(f"签发日期{signing.on}早于数据的截至日期{past.as_of}；请核对。")


def _papers(
    workspace: Workspace, register: Register, past: RoundRecord
) -> Iterator[tuple[str, str]]:
    """The papers of a round that are signed, as they were issued; one that a person has changed since is not passed over."""
    issued = dict(register.issued(past.id))
    for paper in signed_files():
        if paper not in issued:
            continue
        there = workspace.outbox / past.folder / paper
        if there.is_file() and not is_whole(there, issued[paper]):
            raise UsageError(
                f"outbox/{past.folder}/{paper}在生成后被改动过。请把改过的文件放进inbox运行一期，使改动进入新的一期后再签发；"
                "不要这些改动的，请先把它移走。"
            )
        yield paper, issued[paper]


def _finish(
    workspace: Workspace,
    settings: Settings,
    what: tuple[RoundRecord, Signing],
    paper: str,
    sha256: str,
) -> Signature:
    """Write one final paper into the archive; what it says is kept with the signature."""
    past, signing = what
    source, fresh = workspace.issued(sha256), workspace.hidden / "signing.docx"
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
            (signing.number, signing.on),
            subject_of_signed(paper, past.code),
        )
        data, texts = fresh.read_bytes(), visible_paragraphs(fresh)
    finally:
        fresh.unlink(missing_ok=True)
    digest = hashlib.sha256(data).hexdigest()
    workspace.keep(Archive.ISSUED, data, digest)
    return Signature(
        round_id=past.id,
        paper=paper,
        number=signing.number,
        by=signing.by,
        on=signing.on,
        sha256=digest,
        texts=texts,
    )


def subject_of_signed(paper: str, code: str) -> str:
    """What stands in the properties of a signed paper, by which a copy of it is known again."""
    return f"{paper.removesuffix('.docx')} 定稿 简码{code}"


def _put_out(
    workspace: Workspace, register: Register, past: RoundRecord, signed: Sequence[Signature]
) -> tuple[Path, ...]:
    """The signed papers and the register's copy beside the round; the signing itself stands whatever happens here."""
    folder = workspace.outbox / past.folder / SIGNED
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one in signed:
            (folder / one.paper).write_bytes(workspace.issued(one.sha256).read_bytes())
        register.back_up(workspace.outbox / past.folder / BACKUP)
    except (OSError, RegisterError) as trouble:
        why = of_the_machine(trouble) if isinstance(trouble, OSError) else str(trouble)
        raise ToolkitError(
            f"已经签发，但outbox/{past.folder}没有写全：{why}请关闭已打开的文件，再运行一次同样的命令。"
        ) from trouble
    return tuple(folder / one.paper for one in signed)
