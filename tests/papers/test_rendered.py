"""The notice as LibreOffice draws it: A4, margins of the standard, 22 rows of 28 characters, page numbers outside."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support import office
from tests.support.items import ENTRY, SETTINGS
from tests.support.states import state_of, written
from toolkit.gongwen.page import MARGINS, PAPER
from toolkit.papers.notice import NOTICE
from toolkit.papers.prose import DEFAULT
from toolkit.papers.prose_template import write_blank

STAMP = dt.datetime(2026, 6, 19)
POINT = 25.4 / 72
Page = tuple[float, float, list[tuple[list[float], str]]]


def have_fonts() -> bool:
    if not shutil.which("fc-match"):
        return False
    found = subprocess.run(
        ["fc-match", "仿宋_GB2312"], capture_output=True, text=True, check=False
    ).stdout
    return "Fang" in found or "仿宋" in found


pytestmark = [
    pytest.mark.rendered,
    office.needed,
    pytest.mark.skipif(not shutil.which("pdftotext"), reason="没有安装poppler-utils（pdftotext）"),
    pytest.mark.skipif(not have_fonts(), reason="没有仿宋字体（.ci/fonts.sh会安装）"),
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    """Words with their boxes, page by page, of a notice of plain full-width text."""
    folder = tmp_path_factory.mktemp("rendered")
    long = "整改工作取得实效" * 60
    entries = tuple(
        replace(
            ENTRY,
            item=replace(
                ENTRY.item, id=f"1-{n}", sub_problem=f"第{n}个分项问题", problem="", progress=long
            ),
        )
        for n in range(1, 9)
    )
    as_of = dt.date(2026, 6, 19)
    write_blank(folder / "通报.docx", STAMP, SETTINGS, DEFAULT)
    paper = written(NOTICE, state_of(entries, SETTINGS, as_of), folder, folder)
    let_punctuation_hang(paper)
    drawn, boxes = office.convert(paper, folder, "pdf"), folder / "整改进展通报.html"
    subprocess.run(["pdftotext", "-bbox-layout", drawn, boxes], check=True)
    return read_pages(boxes.read_text(encoding="utf-8"))


def let_punctuation_hang(path: Path) -> None:
    """LibreOffice compresses a line with punctuation otherwise than Word does; only the measured copy is changed."""
    with zipfile.ZipFile(path) as package:
        members = {name: package.read(name) for name in package.namelist()}
    members["word/styles.xml"] = members["word/styles.xml"].replace(
        b'<w:overflowPunct w:val="0"/>', b"<w:overflowPunct/>"
    )
    with zipfile.ZipFile(path, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)


def read_pages(text: str) -> list[Page]:
    pages = []
    for page in re.findall(
        r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', text, re.DOTALL
    ):
        lines = []
        for line in re.findall(r"<line (.*?)>(.*?)</line>", page[2], re.DOTALL):
            box = [float(number) for number in re.findall(r'"([\d.]+)"', line[0])]
            lines.append((box, "".join(re.findall(r"<word[^>]*>(.*?)</word>", line[1]))))
        pages.append((float(page[0]), float(page[1]), sorted(lines, key=lambda line: line[0][1])))
    return pages


def body_rows(page: Page) -> list[str]:
    """The rows of text: lines at one height are one row; the page number is none."""
    rows: dict[int, list[str]] = {}
    for box, text in page[2]:
        if not re.fullmatch(r"[—–-]?\d+[—–-]?", text):
            rows.setdefault(round(box[3] / 4), []).append(text)
    return ["".join(texts) for texts in rows.values()]


def test_paper_is_a4(pages: list[Page]) -> None:
    assert {(round(width * POINT), round(height * POINT)) for width, height, _ in pages} == {
        (210, 297)
    }


def test_margins_of_the_standard() -> None:
    twip = 25.4 / 1440
    assert tuple(round(side.twips * twip) for side in PAPER) == (210, 297)
    assert (round(MARGINS.top.twips * twip), round(MARGINS.left.twips * twip)) == (37, 28)
    assert round((PAPER[0] - MARGINS.left - MARGINS.right).twips * twip) == 156
    assert abs((PAPER[1] - MARGINS.top - MARGINS.bottom).twips * twip - 225) < 0.5


def test_full_pages_have_22_rows_of_28_characters(pages: list[Page]) -> None:
    full = pages[2:-2]
    assert len(full) >= 3
    assert {len(body_rows(page)) for page in full} == {22}
    lengths = Counter(len(row) for page in full for row in body_rows(page))
    assert lengths.most_common(1)[0][0] == 28
    assert max(lengths) == 28


def test_text_stands_within_the_type_area(pages: list[Page]) -> None:
    for _, _, lines in pages[2:-2]:
        body = [box for box, text in lines if len(text) == 28]
        assert min(box[0] for box in body) * POINT == pytest.approx(28, abs=0.6)
        assert max(box[2] for box in body) * POINT == pytest.approx(184, abs=1.2)


def test_page_numbers_odd_right_even_left(pages: list[Page]) -> None:
    for number, (width, _, lines) in enumerate(pages, 1):
        box, text = lines[-1]
        assert str(number) in text
        middle = (box[0] + box[2]) / 2
        assert (middle > width / 2) is bool(number % 2)
