"""The leader's pen: a notice edited in Word comes back; what was written is kept, shown, and never silently lost."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.end_to_end.test_decisions_in_excel import LEDGER, Office
from tests.support import office as libreoffice
from tests.support.fuzz import examples
from tests.support.made import Made
from toolkit.gongwen.document import visible_paragraphs
from toolkit.gongwen.revisions import Revised, read_revised
from toolkit.papers.paper_diff import revisions_of

NOTICE, DRAFT = "整改进展通报.docx", "整改进展通报（审阅稿）.docx"
LINE = "1.针对“会议制度落实不到位”的问题。3月12日修订《甲办法》，新增条款5条。"


@pytest.fixture
def office(made: Made, tmp_path: Path) -> Office:
    return Office(tmp_path / "区", made)


def edited(
    office: Office,
    change: Callable[[str], str],
    paper: str = DRAFT,
    name: str = "通报（已改）.docx",
) -> Office:
    """The paper with its document part changed by a function of its text, dropped into the inbox."""
    stream = io.BytesIO()
    with zipfile.ZipFile(office.folder / paper) as before, zipfile.ZipFile(stream, "w") as after:
        for part in before.namelist():
            data = before.read(part)
            after.writestr(
                part, change(data.decode()).encode() if part == "word/document.xml" else data
            )
    (office.place.inbox / name).write_bytes(stream.getvalue())
    return office


def replaced(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return change


def texts(office: Office, paper: str = NOTICE) -> tuple[str, ...]:
    return visible_paragraphs(office.folder / paper)


def listed(office: Office) -> list[list[str]]:
    sheet = openpyxl.load_workbook(office.folder / "汇总台账.xlsx")["审阅意见"]
    return [[str(cell.value or "") for cell in row] for row in sheet.iter_rows(min_row=4)]


def test_a_changed_wording_is_printed_from_then_on_until_the_unit_reports_anew(
    office: Office,
) -> None:
    assert LINE in texts(office)
    edited(office, replaced("不到位”的问题。3月12日修订", "不到位”的问题。3月12日，修订印发")).run()
    for _ in range(2):
        assert any("3月12日，修订印发《甲办法》" in text for text in texts(office))
        assert [(row[1], row[6][:3]) for row in listed(office)] == [("3-1", "已保留")] * len(
            listed(office)
        )
        office.run()
    given = {**LEDGER[0], "整改进展情况": "6月9日召开会议2次。"}
    office.report(given).run()
    assert any("6月9日召开会议2次。" in text for text in texts(office))
    assert not any("修订印发" in text for text in texts(office))
    assert any("修订印发" in row[3] for row in listed(office))  # nothing typed is lost


def test_the_input_is_archived_and_named(office: Office) -> None:
    edited(office, replaced("新增条款5条", "新增条款共5条")).run()
    (given,) = office.record["inputs"]
    assert (given["role"], given["verdict"]) == ("draft", "accepted")
    assert "改动" in given["reason"]
    assert (office.folder / "原件" / "通报（已改）.docx").is_file()
    assert list(office.place.inbox.iterdir()) == []
    assert "改过的文稿：保留文字改动" in (office.folder / "运行说明.txt").read_text(
        encoding="utf-8-sig"
    )


def test_changed_figures_are_never_taken_over(office: Office) -> None:
    edited(office, replaced("新增条款5条", "新增条款8条")).run()
    assert LINE in texts(office)
    assert not any("8条" in text for text in texts(office))
    assert {row[6][:3] for row in listed(office)} == {"未采用"}
    assert all("8条" in row[3] for row in listed(office))


@pytest.mark.parametrize("written", ["新增条款五条", "新增条款共５条", "新增条款5.0条"])
def test_a_figure_written_otherwise_is_printed_as_it_was_written(
    office: Office, written: str
) -> None:
    edited(office, replaced("新增条款5条", written)).run()
    assert any(written in text for text in texts(office))
    assert {row[6][:3] for row in listed(office)} == {"已保留"}


@pytest.mark.parametrize(
    "written", ["新增条款5项次", "新增条款近5条", "减少条款5条", "新增条款5万条"]
)
def test_a_figure_that_claims_something_else_is_refused_and_named(
    office: Office, written: str
) -> None:
    edited(office, replaced("新增条款5条", written)).run()
    assert LINE in texts(office)
    (fate,) = {row[6] for row in listed(office)}
    assert "5条”改为“" in fate


def test_a_paragraph_that_is_struck_out_still_stands_and_is_shown(office: Office) -> None:
    def strike(text: str) -> str:
        found = re.search(r"<w:p>(?:(?!</w:p>).)*会议制度落实不到位.*?</w:p>", text)
        return text.replace(found[0], "", 1)

    edited(office, strike).run()
    assert LINE in texts(office)
    assert [(row[1], row[3], row[6][:3]) for row in listed(office)] == [("3-1", "", "未采用")]


def tracked(old: str, new: str) -> Callable[[str], str]:
    """Word's own way: the old words deleted, the new ones inserted, by a named person."""

    def change(text: str) -> str:
        run = re.search(
            rf"<w:r>(?:(?!</w:r>).)*?会议制度(?:(?!</w:r>).)*?{old}(?:(?!</w:r>).)*?</w:r>", text
        )[0]
        said = re.search(r"<w:t[^>]*>(.*?)</w:t>", run)[1]
        before, after = said.split(old, 1)
        text_of = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'.format
        revised = (
            text_of(before)
            + f'<w:del w:id="901" w:author="王书记" w:date="2026-06-10T09:00:00Z"><w:r><w:delText>{old}</w:delText></w:r></w:del>'
            + f'<w:ins w:id="902" w:author="王书记" w:date="2026-06-10T09:00:00Z">{text_of(new)}</w:ins>'
            + text_of(after)
        )
        return text.replace(run, revised, 1)

    return change


def test_tracked_changes_are_read_with_their_author_and_day(office: Office) -> None:
    edited(office, tracked("修订", "研究制定")).run()
    assert any("3月12日研究制定《甲办法》，新增条款5条。" in text for text in texts(office))
    (row,) = listed(office)
    assert (row[1], row[4], row[5]) == ("3-1", "王书记", "2026-06-10")


def test_words_of_the_frame_are_kept_while_the_frame_stays(office: Office) -> None:
    edited(office, replaced("三、下一步工作计划", "三、下一步工作安排")).run()
    assert "三、下一步工作安排" in texts(office)
    office.run()
    assert "三、下一步工作安排" in texts(office)


def test_remarks_are_listed_with_their_author(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "批注.docx"
    document = docx.Document(str(office.folder / DRAFT))
    line = next(found for found in document.paragraphs if "会议制度" in found.text)
    document.add_comment(line.runs, "请补充数据。", author="李部长", initials="李")
    document.save(str(path))
    shutil.copyfile(path, office.place.inbox / "批注.docx")
    office.run()
    (row,) = listed(office)
    assert (row[3], row[4], row[6]) == ("请补充数据。", "李部长", "批注，请整改办处理")
    assert "会议制度" in row[2]


def test_a_paper_that_comes_back_as_it_was_needs_nothing(office: Office) -> None:
    shutil.copyfile(office.folder / NOTICE, office.place.inbox / "通报.docx")
    office.run()
    assert [(given["role"], given["verdict"]) for given in office.record["inputs"]] == [
        ("draft", "duplicate")
    ]


def test_a_paper_that_lost_its_mark_is_known_by_its_words(office: Office) -> None:
    path = office.place.inbox / "无标识.docx"
    document = docx.Document(str(office.folder / NOTICE))
    document.core_properties.subject = ""
    line = next(found for found in document.paragraphs if "会议制度" in found.text)
    line.runs[0].text = line.runs[0].text.replace("修订《甲办法》", "修订完善《甲办法》")
    document.save(str(path))
    office.run()
    assert any("修订完善《甲办法》" in text for text in texts(office))


@pytest.mark.office
@libreoffice.needed
def test_a_draft_saved_by_another_writer_is_read_too(office: Office, tmp_path: Path) -> None:
    edited(office, tracked("修订", "研究制定"))
    dropped = office.place.inbox / "通报（已改）.docx"
    saved = libreoffice.convert(dropped, tmp_path, "docx:MS Word 2007 XML")
    shutil.copyfile(saved, dropped)
    office.run()
    assert any("3月12日研究制定《甲办法》" in text for text in texts(office))
    assert [row[1] for row in listed(office)] == ["3-1"]


@pytest.fixture(scope="module")
def issued(made: Made, tmp_path_factory: pytest.TempPathFactory) -> tuple[Revised, Path]:
    office = Office(tmp_path_factory.mktemp("笔") / "区", made)
    return read_revised(office.folder / NOTICE), office.folder / NOTICE


EDITS = st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["put", "cut", "new", "split", "join"]), st.text(alphabet="新增的文字，。8", min_size=1, max_size=8)), max_size=5)  # fmt: skip


@settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(EDITS)
def test_no_typed_character_is_lost_whatever_is_done(
    issued: tuple[Revised, Path],
    tmp_path_factory: pytest.TempPathFactory,
    edits: list[tuple[int, str, str]],
) -> None:
    before, path = issued
    document = docx.Document(str(path))
    typed = []
    for place, what, words in edits:
        lines = [found for found in document.paragraphs if found.text.strip() and found.runs]
        line = lines[place % len(lines)]
        if what == "put":
            line.runs[0].text = words + line.runs[0].text
            typed.append(words)
        elif what == "cut":
            line.runs[0].text = line.runs[0].text[3:]
        elif what == "new":
            line.insert_paragraph_before(words)
            typed.append(words)
        elif what == "split":
            rest = line.runs[-1].text
            line.runs[-1].text = rest[: len(rest) // 2]
            fresh = line.insert_paragraph_before(line.text)
            line.runs[-1].text = rest[len(rest) // 2 :]
            assert fresh is not None
        else:
            follow = line._p.getnext()
            if follow is not None and follow.tag == qn("w:p"):
                for run in list(follow.iter(qn("w:r"))):
                    line._p.append(run)
    target = tmp_path_factory.mktemp("改") / "改.docx"
    document.save(str(target))
    strokes = revisions_of(before, read_revised(target), "改.docx")
    shown = [stroke.new for stroke in strokes]
    now = visible_paragraphs(target)
    unchanged = [paragraph.text for paragraph in before.paragraphs]
    for words in typed:
        if any(words in text for text in now) and not any(words in text for text in unchanged):
            assert any(words in text for text in shown)


def test_a_hostile_document_goes_through_the_gate_like_any_other_file(office: Office) -> None:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(office.folder / NOTICE) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.namelist():
            data = before.read(part)
            after.writestr(part, data + b" " * 400_000_000 if part == "word/document.xml" else data)
    (office.place.inbox / "炸弹.docx").write_bytes(stream.getvalue())
    office.run()
    (given,) = office.record["inputs"]
    assert (given["verdict"], given["role"]) == ("rejected", None)
    assert "庞大" in given["reason"]
