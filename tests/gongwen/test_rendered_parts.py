"""版头, 版记 and 信函格式 as LibreOffice draws them, measured in millimetres on the picture (GB/T 9704 7.2, 7.4, 10.1)."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from docx.document import Document

from tests.support import office
from toolkit.gongwen.document import append, new_document, save
from toolkit.gongwen.elements import blank_row, paragraph, signature, title
from toolkit.gongwen.letter import new_letter
from toolkit.gongwen.letterhead import Imprint, Letterhead, imprint, letterhead
from toolkit.gongwen.styles import ADDRESSEE, BODY, Fonts

DPI = 150
MM = 25.4 / DPI
FONTS = Fonts()

pytestmark = [
    pytest.mark.rendered,
    office.needed,
    pytest.mark.skipif(not shutil.which("pdftoppm"), reason="没有安装poppler-utils（pdftoppm）"),
]


def first_page(drawn: Path) -> np.ndarray:
    """The first page of a PDF as an array of red, green, blue."""
    subprocess.run(
        ["pdftoppm", "-r", str(DPI), "-f", "1", "-l", "1", drawn, drawn.with_suffix("")],
        check=True,
    )
    data = next(drawn.parent.glob(f"{drawn.stem}*.ppm")).read_bytes()
    _, size, _, pixels = data.split(b"\n", 3)
    width, height = map(int, size.split())
    picture: np.ndarray = np.frombuffer(pixels, dtype=np.uint8).reshape(height, width, 3)
    return picture.astype(int)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, np.ndarray]:
    """The first page of every paper of this module, by its name."""
    folder = tmp_path_factory.mktemp("版面")
    papers = {"版头": _paper(), "信函": _letter()}
    for name, document in papers.items():
        save(document, folder / f"{name}.docx", created=dt.datetime(2026, 6, 19))
    pdfs = office.convert_all([folder / f"{name}.docx" for name in papers], folder, "pdf")
    return {pdf.stem: first_page(pdf) for pdf in pdfs}


@pytest.fixture(scope="module")
def paper(drawn: dict[str, np.ndarray]) -> np.ndarray:
    return drawn["版头"]


@pytest.fixture(scope="module")
def letter(drawn: dict[str, np.ndarray]) -> np.ndarray:
    return drawn["信函"]


def red(picture: np.ndarray) -> np.ndarray:
    return (picture[:, :, 0] > 180) & (picture[:, :, 1] < 120) & (picture[:, :, 2] < 120)


def black(picture: np.ndarray) -> np.ndarray:
    darkness: np.ndarray = picture.sum(axis=2)
    return darkness < 200


def rules(mask: np.ndarray, least_mm: int) -> list[tuple[float, float, float, float]]:
    """(top, bottom, left, right) in mm of every horizontal rule at least so long."""
    rows = [n for n, row in enumerate(mask) if row.sum() * MM >= least_mm]
    found: list[list[int]] = []
    for row in rows:
        if found and row - found[-1][1] <= 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    return [(a * MM, (b + 1) * MM, *edges(mask[a])) for a, b in found]


def edges(row: np.ndarray) -> tuple[float, float]:
    there = np.flatnonzero(row)
    return there[0] * MM, (there[-1] + 1) * MM


def _paper() -> Document:
    document = new_document(FONTS)
    head = Letterhead(
        "云泽高新区党工委文件",
        "云党工通〔2026〕12号",
        copy_number="000012",
        secrecy="秘密★1年",
        urgency="特急",
    )
    append(document, letterhead(head, FONTS))
    append(
        document,
        [
            blank_row(),
            blank_row(),
            title("关于整改进展情况的通报"),
            blank_row(),
            paragraph(ADDRESSEE, "各单位："),
        ],
    )
    append(
        document,
        [
            paragraph(BODY, "整改工作取得实效。"),
            blank_row(),
            *signature("云泽高新区党工委", "2026年6月19日"),
        ],
    )
    append(document, [imprint(Imprint("市委巡察办", "党政综合办公室", "2026年6月19日"), FONTS)])
    return document


def _letter() -> Document:
    document = new_letter(FONTS, "云泽高新区党工委整改办公室", "整改提〔2026〕1号")
    append(
        document,
        [
            title("关于抓紧办理的提醒函"),
            blank_row(),
            paragraph(ADDRESSEE, "规划建设局："),
            paragraph(BODY, "请抓紧办理。"),
        ],
    )
    return document


def test_the_mark_begins_72_mm_below_the_edge_of_the_sheet(paper: np.ndarray) -> None:
    rows = np.flatnonzero(red(paper).any(axis=1))
    assert rows[0] * MM == pytest.approx(72, abs=2)


def test_the_red_line_is_as_wide_as_the_text_block(paper: np.ndarray) -> None:
    (line,) = [rule for rule in rules(red(paper), 150) if rule[1] - rule[0] < 2]
    assert (line[2], line[3]) == pytest.approx((28, 184), abs=1)


def test_the_imprint_ends_at_the_foot_of_the_text_block(paper: np.ndarray) -> None:
    lines = rules(black(paper), 150)
    assert len(lines) == 3
    assert lines[-1][1] == pytest.approx(262, abs=1)
    assert all((line[2], line[3]) == pytest.approx((28, 184), abs=1) for line in lines)


def test_the_mark_of_a_letter_begins_30_mm_below_the_edge_of_the_sheet(letter: np.ndarray) -> None:
    rows = np.flatnonzero(red(letter).any(axis=1))
    assert rows[0] * MM == pytest.approx(30, abs=2)


def test_the_double_lines_of_a_letter_are_170_mm_long_and_the_lower_stands_20_mm_above_the_foot(
    letter: np.ndarray,
) -> None:
    lines = rules(red(letter), 160)
    assert len(lines) >= 2
    for line in (lines[0], lines[-1]):
        assert line[3] - line[2] == pytest.approx(170, abs=1.5)
        assert (line[2] + line[3]) / 2 == pytest.approx(105, abs=1.5)
    assert lines[-1][1] == pytest.approx(277, abs=1.5)


def test_a_letter_has_no_number_on_its_first_page(letter: np.ndarray) -> None:
    foot = black(letter)[int(278 / MM) :, :]
    assert not foot.any()
