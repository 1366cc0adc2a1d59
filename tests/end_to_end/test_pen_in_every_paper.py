"""Whatever paper a leader edits comes back as a draft, stops nothing, and what is said to be kept is printed."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import docx
import pytest

from tests.support.proved import THIRD, Office, tell_everything

OLD, NEW = "巡察整改", "巡察集中整改"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office whose every paper came back with its words changed wherever they stand."""
    office = tell_everything(tmp_path_factory.mktemp("笔") / "区")
    folder = office.run(THIRD)
    for path in sorted(folder.rglob("*.docx")):
        name = str(path.relative_to(folder)).replace("/", "-")
        if name.startswith(("原件", "旧版")):
            continue
        document: Any = docx.Document(str(path))
        for paragraph in document.paragraphs:
            for run in paragraph.runs:
                run.text = run.text.replace(OLD, NEW)
        document.save(str(office.place.inbox / name))
    office.run(THIRD + dt.timedelta(7))
    return office


def record(office: Office) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((office.folder / "run.json").read_text(encoding="utf-8"))
    return found


def test_every_paper_is_known_and_none_is_a_return(office: Office) -> None:
    papers = [given for given in record(office)["inputs"] if given["file"].endswith(".docx")]
    assert len(papers) > 8
    assert {given["role"] for given in papers} == {"draft"}
    units = {report["unit"] for report in record(office)["reports"] if report["reported"]}
    assert units == set()


def test_what_is_said_to_be_kept_is_printed_in_every_paper_with_the_figures_of_the_day(
    office: Office,
) -> None:
    """Every paragraph that was reworded and stands in a paper again: none reads as it did before the pen."""
    edited = {given["file"].replace("-", "/", 1) for given in record(office)["inputs"]}
    edited |= {given["file"] for given in record(office)["inputs"]}
    paths = [
        path
        for path in sorted(office.folder.rglob("*.docx"))
        if str(path.relative_to(office.folder)) in edited
    ]
    assert len(paths) > 6
    paragraphs = {
        (path.name, paragraph.text.replace("\n", ""))
        for path in paths
        for paragraph in docx.Document(str(path)).paragraphs
    }
    assert [(name, text) for name, text in sorted(paragraphs) if OLD in text] == []
    assert len([text for _, text in paragraphs if NEW in text]) > 15
    assert any("2026年6月26日" in text and NEW in text for _, text in paragraphs)
