"""Every paper has a template that an office edits; what is missing is written, what is spoilt is named."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import docx
import pytest

from tests.support.killing import run
from tests.support.made import Made
from toolkit.gongwen.document import visible_paragraphs
from toolkit.gongwen.template import TemplateError
from toolkit.workspace import Workspace

DAY = dt.date(2026, 6, 19)


@pytest.fixture
def place(made: Made, tmp_path: Path) -> Workspace:
    return made.with_ledger(tmp_path / "区")


def edited(path: Path, old: str, new: str) -> None:
    document = docx.Document(str(path))
    for paragraph in document.paragraphs:
        for run_ in paragraph.runs:
            run_.text = run_.text.replace(old, new)
    document.save(str(path))


def test_an_office_edits_the_brief_in_word(place: Workspace) -> None:
    edited(place.templates / "周报.docx", "五、报送情况", "五、各单位报送情况")
    run(place.root, DAY)
    texts = visible_paragraphs(place.outbox / str(DAY) / "整改周报.docx")
    assert "五、各单位报送情况" in texts
    assert not [text for text in texts if "【" in text or "{{" in text]


def test_a_workspace_of_an_older_version_gets_what_it_lacks(place: Workspace) -> None:
    for name in (
        "周报.docx",
        "提醒函.docx",
        "督办函.docx",
        "告诫书.docx",
        "发文审批单.docx",
        "销号单.docx",
    ):
        (place.templates / name).unlink()
    run(place.root, DAY)
    assert (place.outbox / str(DAY) / "发文审批单.docx").is_file()
    assert (place.templates / "督办函.docx").is_file()


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("周报.docx", "{{期数}}", "{{期号}}", "期号"),
        ("周报.docx", "【总体进展】", "", "总体进展"),
        ("发文审批单.docx", "【审批表】", "见表：【审批表】", "单独成一段"),
        ("通报.docx", "{{发文机关}}", "{{发文机关", "花括号"),
    ],
)
def test_a_spoilt_template_stops_the_round_with_its_name_and_the_fault(
    place: Workspace, name: str, old: str, new: str, said: str
) -> None:
    edited(place.templates / name, old, new)
    with pytest.raises(TemplateError, match=said) as refused:
        run(place.root, DAY)
    assert name in str(refused.value)
    assert (place.inbox / "台账.xlsx").is_file()
    assert list(place.outbox.iterdir()) == []


def test_the_notice_s_own_template_is_not_written_anew_in_silence(place: Workspace) -> None:
    (place.templates / "通报.docx").unlink()
    with pytest.raises(TemplateError, match="缺少模板"):
        run(place.root, DAY)
