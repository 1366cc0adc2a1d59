"""lint: proofread any official document; pages are drawn too where LibreOffice is there. Changes nothing."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import UsageError
from toolkit.gongwen.incoming import DAMAGE, gated
from toolkit.gongwen.offline import offline
from toolkit.gongwen.proofread.clause import Fault, Weight, all_clauses, proofread
from toolkit.gongwen.proofread.drawn import DrawnPage, Row, drawn_faults
from toolkit.gongwen.proofread.paper import read_paper
from toolkit.packages.gate import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator

_DRAWING_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Linted:
    """What is against a clause in one document, and why its pages were not looked at ("" where they were)."""

    path: Path
    faults: tuple[Fault, ...]
    not_drawn: str

    @property
    def must_be_mended(self) -> bool:
        """Whether something is against a must of the standard."""
        return any(fault.weight is Weight.MUST for fault in self.faults)


def lint(path: Path, *, draws: bool = True) -> Linted:
    """Proofread one .docx. Raises UsageError for what is no Word document."""
    if not path.is_file():
        raise UsageError(f"没有文件“{path}”。")
    try:
        data = gated(path)
        faults = proofread(read_paper(data))
    except UnreadableFile as refusal:
        raise UsageError(f"“{path.name}”打不开：{refusal}") from refusal
    except DAMAGE as broken:
        raise UsageError(
            f"“{path.name}”打不开；请确认它是Word的.docx文件（.doc、.wps请先另存为.docx）。"
        ) from broken
    pages, why = _drawn(data) if draws else ((), "没有要求检查版面")
    return Linted(path, (*faults, *drawn_faults(pages)), why)


def _drawn(data: bytes) -> tuple[tuple[DrawnPage, ...], str]:
    """The pages as LibreOffice draws them, and why there are none; it is given a copy that leads nowhere."""
    if not shutil.which("soffice") or not shutil.which("pdftotext"):
        return (), "本机没有LibreOffice和pdftotext，没有检查版面"
    with tempfile.TemporaryDirectory() as folder:
        command = [
            "soffice",
            f"-env:UserInstallation={Path(folder).as_uri()}/profile",
            "--headless",
            "--convert-to",
            "pdf",
        ]
        copy = Path(folder) / "paper.docx"
        copy.write_bytes(offline(data))
        _write_profile(Path(folder) / "profile")
        boxes = Path(folder) / "paper.html"
        try:
            _run([*command, "--outdir", folder, str(copy)])
            _run(["pdftotext", "-bbox-layout", str(copy.with_suffix(".pdf")), str(boxes)])
        except (subprocess.SubprocessError, OSError):
            return (), "LibreOffice没有能转换这个文件，没有检查版面"
        return tuple(_pages(boxes.read_text(encoding="utf-8"))), ""


# LibreOffice's own settings against what may be left in a document: no linked pictures, no macros.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def _write_profile(folder: Path) -> None:
    settings = folder / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_PROFILE, encoding="utf-8", newline="\n")


def _run(command: list[str]) -> None:
    subprocess.run(command, capture_output=True, timeout=_DRAWING_SECONDS, check=True)  # noqa: S603 - our own words


_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_LINE = re.compile(
    r'<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</line>', re.DOTALL
)
_WORD = re.compile(r"<word[^>]*>(.*?)</word>", re.DOTALL)


def _pages(boxes: str) -> Iterator[DrawnPage]:
    for width, height, inside in _PAGE.findall(boxes):
        rows = [
            Row(html.unescape("".join(_WORD.findall(words))), *(float(edge) for edge in edges))
            for *edges, words in _LINE.findall(inside)
        ]
        yield DrawnPage(tuple(sorted(rows, key=lambda row: row.top)), float(width), float(height))


def lint_lines(linted: Linted) -> Iterator[str]:
    """The result for a person: place by place, what was found, what is asked, what to do."""
    if not linted.faults:
        yield f"“{linted.path.name}”：共{len(all_clauses())}项要求，没有发现问题。"
    else:
        must = sum(fault.weight is Weight.MUST for fault in linted.faults)
        yield f"“{linted.path.name}”：发现{len(linted.faults)}处，其中不符合标准的{must}处。"
    by_place: dict[str, list[Fault]] = defaultdict(list)
    for fault in linted.faults:
        where = (
            f"第{fault.paragraph}段“{fault.excerpt}”"
            if fault.paragraph
            else fault.excerpt or "全文"
        )
        by_place[where].append(fault)
    for where, faults in by_place.items():
        yield f"  {where}"
        for fault in faults:
            yield f"    ［{fault.weight}］{fault.id} {fault.found}。{fault.asks}{fault.fix}"
    if linted.not_drawn:
        yield f"  说明：{linted.not_drawn}。"


def lint_record(linted: Linted) -> dict[str, object]:
    """The same for a program."""
    return {
        "file": linted.path.name,
        "not_drawn": linted.not_drawn,
        "faults": [
            {
                "id": fault.id, "clause": fault.number, "weight": fault.weight.value, "paragraph": fault.paragraph,
                "excerpt": fault.excerpt, "found": fault.found, "asks": fault.asks, "fix": fault.fix,
            }
            for fault in linted.faults
        ],
    }  # fmt: skip
