"""Every paper that the product writes is one that Word opens without repair, and the same bytes every time."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from tests.support.command import zhenggai
from tests.support.made import DEMO_DAY, Made
from tests.support.wordml import troubles


@pytest.fixture(scope="session")
def demo(made: Made) -> Path:
    """The papers of the sample's last round, with those that are signed."""
    return made.once("示例（已签发）", lambda root: _signed(made, root)) / "outbox" / str(DEMO_DAY)


def _signed(made: Made, root: Path) -> None:
    shutil.copytree(made.demo(), root)
    number = "云党工通〔2026〕12号"
    done = zhenggai(
        "sign", DEMO_DAY, "--by", "王书记", "--date", "2026-06-22", "--no", number, "-w", root
    )
    assert done.code == 0, done.err


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
