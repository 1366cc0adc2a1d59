"""zhenggai lint: our own papers are right, what is wrong is named, and no broken file makes a traceback."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.support.made import Made


@pytest.fixture(scope="session")
def folder(made: Made) -> Path:
    return made.demo_outputs()


def zhenggai(*arguments: Path | str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "toolkit", "lint", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_every_paper_of_ours_is_right(folder: Path) -> None:
    papers = sorted(folder.rglob("*.docx"))
    assert len(papers) >= 10
    done = zhenggai(*papers, "--no-render")
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("没有发现问题") == len(papers)


@pytest.mark.rendered
@pytest.mark.skipif(not shutil.which("soffice"), reason="没有安装LibreOffice（soffice）")
def test_the_drawn_pages_of_the_notice_are_right(folder: Path) -> None:
    done = zhenggai(
        folder / "整改进展通报.docx", folder / "整改周报.docx", folder / "发文审批单.docx"
    )
    assert done.returncode == 0, done.stdout
    assert "没有检查版面" not in done.stdout


def test_the_self_check_sheet_says_of_every_clause_whether_it_is_met(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "公文自检表.xlsx").active
    heads = [cell.value for cell in sheet[3]]
    assert heads[:4] == ["条款", "编号", "性质", "要求"]
    assert "整改进展通报" in heads
    results = {cell.value for row in sheet.iter_rows(min_row=4, min_col=5) for cell in row}
    assert results == {"符合"}


def test_faults_are_told_to_programs_too(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("整改完成,效果良好。")
    document.save(str(tmp_path / "文.docx"))
    done = zhenggai(tmp_path / "文.docx", "--no-render", "--json")
    (file,) = json.loads(done.stdout)["files"]
    assert done.returncode == 1
    fault = next(one for one in file["faults"] if one["id"] == "9-half-punct")
    assert (fault["paragraph"], fault["found"]) == (1, "写作“,”")
    assert fault["fix"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 100, "文字".encode()])
def test_what_is_no_word_file_is_said_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "坏.docx").write_bytes(data)
    done = zhenggai(tmp_path / "坏.docx")
    assert (done.returncode, "打不开" in done.stderr) == (2, True)
