"""公文自检表.xlsx: every requirement, and for each paper of the round whether it meets it and where not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.gongwen.proofread.clause import Fault, all_clauses, proofread
from toolkit.gongwen.proofread.paper import read_paper
from toolkit.sheets.write import new_workbook
from toolkit.workbooks.formats import look, print_setup, row_height

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

PROOF_SHEET = "公文自检表.xlsx"
_HEAD = 2
_COLUMNS = (("条款", 12), ("编号", 18), ("性质", 8), ("要求", 60))
_PAPER_WIDTH = 40


@dataclass(frozen=True, slots=True)
class ProofreadPaper:
    """A paper and what is against a clause in it."""

    name: str
    faults: tuple[Fault, ...]


def proofread_papers(paths: Sequence[Path]) -> tuple[ProofreadPaper, ...]:
    """Each paper, proofread without drawing it."""
    return tuple(ProofreadPaper(path.stem, proofread(read_paper(path))) for path in paths)


def write_proof_sheet(path: Path, papers: Sequence[ProofreadPaper], created: datetime) -> None:
    """A row a requirement, a column a paper."""
    workbook = new_workbook(path, created, {})
    looks = look(workbook)
    sheet = workbook.add_worksheet("公文自检表")
    last = len(_COLUMNS) + len(papers) - 1
    sheet.merge_range(0, 0, 0, last, "公文自检表（GB/T 9704—2012）", looks.title)
    sheet.merge_range(
        1,
        0,
        1,
        last,
        "按文件内容和格式设置自动检查；版面效果请用zhenggai lint检查，内容请人工核对。",
        looks.subtitle,
    )
    for col, (name, width) in enumerate(
        (*_COLUMNS, *((paper.name, _PAPER_WIDTH) for paper in papers))
    ):
        sheet.set_column(col, col, width, looks.plain)
        sheet.write_string(_HEAD, col, name, looks.head)
    for row, clause in enumerate(all_clauses(), _HEAD + 1):
        said = (clause.number, clause.id, clause.weight.value, clause.asks)
        results = [_result(paper, clause.id) for paper in papers]
        for col, text in enumerate((*said, *results)):
            sheet.write_string(row, col, text, looks.text)
        widths = [float(width) for _, width in _COLUMNS] + [float(_PAPER_WIDTH)] * len(papers)
        sheet.set_row(
            row, row_height({str(n): (text, widths[n]) for n, text in enumerate((*said, *results))})
        )
    sheet.freeze_panes(_HEAD + 1, len(_COLUMNS))
    print_setup(sheet, title="公文自检表", head_row=_HEAD)
    workbook.close()


def _result(paper: ProofreadPaper, id_: str) -> str:
    found = [fault for fault in paper.faults if fault.id == id_]
    if not found:
        return "符合"
    places = "；".join(
        f"第{fault.paragraph}段：{fault.found}" if fault.paragraph else fault.found
        for fault in found[:3]
    )
    return f"{places}；等{len(found)}处" if len(found) > 3 else places
