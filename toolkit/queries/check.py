"""Check workbooks without touching anything: read, match, examine, and say what is wrong, workbook by workbook.

Starts fast on purpose: nothing here needs pandas, docx or openpyxl.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from toolkit.arrivals import Arrival
from toolkit.errors import UsageError, of_the_machine
from toolkit.intake.read import read
from toolkit.intake.row_kinds import PULLED_DOWN
from toolkit.intake.tables import NO_DATA
from toolkit.ledger.finding import Finding, Severity
from toolkit.ledger.form import Form
from toolkit.ledger.joining import shortened
from toolkit.ledger.submission import Submission, Verdict
from toolkit.packages.gate import UnreadableFile, read_file
from toolkit.register.snapshot import Snapshot
from toolkit.register.store import Register
from toolkit.run.consolidate import consolidate
from toolkit.run.record import finding_record, input_record, untaken_records
from toolkit.settings.model import Settings
from toolkit.settings.reading import load
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of checking some files."""

    submissions: tuple[Submission, ...]
    findings: tuple[Finding, ...]

    def has_errors(self) -> bool:
        """Whether a file could not be read or has a finding at error level."""
        return any(found.severity is Severity.ERROR for found in self.findings) or any(
            submission.verdict is Verdict.REJECTED for submission in self.submissions
        )


def check_files(paths: Sequence[Path], folder: Path, as_of: date) -> Checked:
    """Check these files against the settings and the register of the workspace in `folder`, where there is one."""
    found = [file for path in paths for file in _files(path)]
    files = [file for file in found if isinstance(file, Arrival)]
    refused = tuple(file for file in found if isinstance(file, Submission))
    workspace = Workspace(folder.resolve())
    settings = _settings(workspace)
    known, submissions = _read(workspace, files, settings, as_of)
    checked = consolidate(known, submissions, settings, as_of)
    names = {submission.file for submission in checked.merged.submissions}
    own = tuple(found for found in checked.findings if found.place.file in names)
    return Checked((*checked.merged.submissions, *refused), own)


def _settings(workspace: Workspace) -> Settings:
    """The settings of a workspace; the defaults of any other folder."""
    path = workspace.settings_path
    return load(path.read_bytes()) if path.is_file() else Settings()


def _read(
    workspace: Workspace, files: Sequence[Arrival], settings: Settings, as_of: date
) -> tuple[Snapshot, tuple[Submission, ...]]:
    """What is known, with what stood in workbooks of ours that are among the files, and the files as read."""
    if not (workspace.settings_path.is_file() and workspace.register_path.is_file()):
        return Snapshot(), read(files, settings, has_baseline=False, as_of=as_of)
    with Register.open_to_read(workspace.register_path) as register:
        known = register.recall()
        submissions = read(files, settings, has_baseline=bool(known.entries), as_of=as_of)
        codes = {given.identity.code for given in submissions if given.identity}
        return replace(known, bases=register.bases(codes - {""})), submissions


def _files(path: Path) -> Iterator[Arrival | Submission]:
    """The file, or every file of the folder; one that is too large is refused without being read."""
    try:
        members = (
            sorted(inner for inner in path.rglob("*") if inner.is_file())
            if path.is_dir()
            else [path]
        )
        for member in members:
            name = member.relative_to(path).as_posix() if path.is_dir() else member.name
            try:
                data = read_file(member)
            except UnreadableFile as refusal:
                yield Submission(name, "", Verdict.REJECTED, reason=str(refusal))
                continue
            yield Arrival(name, data, hashlib.sha256(data).hexdigest(), member.stat().st_mtime)
    except OSError as trouble:
        raise UsageError(
            f"文件打不开：{of_the_machine(trouble)}请检查路径，或先在Excel、WPS中关闭它。"
        ) from trouble


def check_lines(checked: Checked) -> Iterator[str]:
    """The findings grouped by workbook, errors first, each with its cell and remedy, as a person reads them."""
    by_file: dict[str, list[Finding]] = {}
    for found in checked.findings:
        by_file.setdefault(found.place.file, []).append(found)
    for submission in checked.submissions:
        own = by_file.get(submission.file, [])
        unit = f"（{submission.unit}）" if submission.unit else ""
        yield f"■ {submission.file}{unit}"
        if submission.verdict is Verdict.REJECTED:
            yield f"  未能读取：{submission.reason}"
            continue
        if submission.role is None:
            yield f"  {submission.reason}。"
            continue
        counts = "，".join(
            f"{severity.word}{sum(f.severity is severity for f in own)}条" for severity in Severity
        )
        yield f"  读取{len(submission.rows)}行；{counts}。"
        for severity in Severity:
            for found in own:
                if found.severity is severity:
                    yield f"  [{severity.word} {found.rule}] {_where(found)}{found.message} → {found.fix}"
        for left in submission.untaken:
            if left.reason in (NO_DATA, PULLED_DOWN):
                continue  # 填表说明 of our own template is no news; of rows pulled down one finding tells
            where = f"{left.sheet}第{left.row}行" if left.row else f"工作表“{left.sheet}”"
            yield f"  [未采用] {where}：{left.reason}" + (
                f"（{shortened(left.text, 30, '')}）" if left.text else ""
            )


def _where(found: Finding) -> str:
    inside = "!".join(part for part in (found.place.sheet, found.place.cell) if part)
    header = Form().heading_of(found.column) if found.column else ""
    item = f"问题{found.id}" if found.id else ""
    words = " ".join(part for part in (inside, item, header) if part)
    return f"{words}：" if words else ""


def check_record(checked: Checked) -> dict[str, Any]:
    """The same as JSON-able data: inputs, untaken rows and findings as in run.json."""
    return {
        "inputs": [input_record(submission) for submission in checked.submissions],
        "untaken": untaken_records(checked.submissions),
        "findings": [finding_record(found) for found in checked.findings],
    }
