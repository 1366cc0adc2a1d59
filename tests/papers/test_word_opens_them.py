"""Every paper that the product writes is one that Word opens without repair, and the same bytes every time."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.wordml import troubles
from toolkit.sample.demo import make_demo


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("打开") / "示例"
    folder = make_demo(root, dt.datetime(2026, 6, 19, 17), lambda *_: None).folder
    command = [
        sys.executable,
        "-m",
        "toolkit",
        "sign",
        folder.name,
        "--by",
        "王书记",
        "--date",
        "2026-06-22",
        "--no",
        "云党工通〔2026〕12号",
    ]
    subprocess.run([*command, "-w", str(root)], check=True, capture_output=True)
    return folder


def test_no_paper_needs_repair(demo: Path) -> None:
    papers = sorted(demo.rglob("*.docx"))
    kinds = {path.stem.split("-")[0] for path in papers}
    assert kinds >= {
        "整改进展通报",
        "整改周报",
        "发文审批单",
        "提醒函",
        "督办函",
        "整改进展通报（审阅稿）",
    }
    assert any(path.parent.name == "签发" for path in papers)
    assert {path.name: troubles(path) for path in papers} == {path.name: [] for path in papers}


def test_no_template_needs_repair(demo: Path) -> None:
    templates = sorted((demo.parent.parent / "templates").glob("*.docx"))
    assert len(templates) == 9
    assert {path.name: troubles(path) for path in templates} == {
        path.name: [] for path in templates
    }


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"<w:pStyle", b'<w:jc w:val="left"/><w:pStyle', "次序"),
        (b"<w:sectPr", b"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/></w:tc></w:tr></w:tbl><w:sectPr", "段落结尾"),
        (b"<w:pPr>", b'<w:bookmarkStart w:id="1" w:name="a b"/><w:pPr>', "段首"),
    ],
)  # fmt: skip
def test_what_word_would_repair_is_seen(
    demo: Path, tmp_path: Path, old: bytes, new: bytes, said: str
) -> None:
    broken = tmp_path / "坏.docx"
    with (
        zipfile.ZipFile(demo / "整改进展通报.docx") as before,
        zipfile.ZipFile(broken, "w") as after,
    ):
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, data.replace(old, new, 1) if name == "word/document.xml" else data)
    assert any(said in trouble for trouble in troubles(broken))
