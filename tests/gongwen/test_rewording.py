"""Sentences that stand in a document unchanged read otherwise; whatever was edited stays."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from toolkit.gongwen.document import append, new_document, save, visible_paragraphs
from toolkit.gongwen.elements import Run, paragraph
from toolkit.gongwen.rewording import reword
from toolkit.gongwen.styles import BODY, KAI_RUN, Fonts

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def template(tmp_path: Path) -> Path:
    document = new_document(Fonts())
    append(
        document,
        [paragraph(BODY, Run("（一）甲。", KAI_RUN), "旧句。"), paragraph(BODY, "旧句。又。")],
    )
    save(document, tmp_path / "通报.docx", created=dt.datetime(2026, 1, 1))
    return tmp_path / "通报.docx"


def test_only_whole_unedited_sentences_are_replaced(template: Path) -> None:
    assert reword(template, {"旧句。": "新句<&>。", "别的。": "不。"})
    assert visible_paragraphs(template) == ("（一）甲。新句<&>。", "旧句。又。")
    assert [path.name for path in template.parent.iterdir()] == ["通报.docx"]


def test_a_document_without_them_is_not_touched(template: Path) -> None:
    before = template.read_bytes(), template.stat().st_mtime_ns
    assert not reword(template, {"新句。": "旧句。"})
    assert (template.read_bytes(), template.stat().st_mtime_ns) == before


def test_a_file_that_cannot_be_replaced_stays_and_nothing_is_left_beside_it(
    template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = template.read_bytes()

    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError(13, "in use", str(template))

    monkeypatch.setattr(type(template), "replace", refuse)
    with pytest.raises(PermissionError):
        reword(template, {"旧句。": "新句。"})
    assert template.read_bytes() == before
    assert [path.name for path in template.parent.iterdir()] == ["通报.docx"]
