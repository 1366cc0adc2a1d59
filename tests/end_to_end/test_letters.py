"""Letters and closing sheets through the command line: what is written, registered, and taken back by an undo."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import openpyxl
import pytest

from tests.end_to_end.test_decisions_in_excel import SIGNED, Office
from tests.support.made import Made
from toolkit.gongwen.document import visible_paragraphs
from toolkit.issued.undo import undo
from toolkit.papers.closing import evidence_list


@pytest.fixture
def office(made: Made, tmp_path: Path) -> Office:
    return Office(tmp_path / "区", made)  # deadlines are 2026-06-30


def letters(office: Office) -> list[tuple[str, str, str, list[str]]]:
    return [
        (one["number"], one["kind"], one["unit"], one["items"]) for one in office.record["letters"]
    ]


def test_units_are_reminded_urged_and_registered(office: Office) -> None:
    assert letters(office) == []
    for _ in range(3):
        office.run()
    assert letters(office) == [("整改提〔2026〕2号", "remind", "规划建设局", ["3-2", "3-3"])]
    texts = visible_paragraphs(office.folder / "督办" / "提醒函-规划建设局.docx")
    assert "规划建设局：" in texts
    assert any("2个巡察整改事项临近整改时限" in text for text in texts)
    assert "项目前期论证不充分" in texts
    office.run()
    assert [(kind, number) for number, kind, *_ in letters(office)] == [
        ("urge", "整改督〔2026〕1号")
    ]
    texts = visible_paragraphs(office.folder / "督办" / "督办函-规划建设局.docx")
    assert "巡察整改督办单" in texts
    assert "3-2办理情况" in texts
    assert "逾期3天" in texts
    sheet = openpyxl.load_workbook(office.folder / "汇总台账.xlsx")["函件登记"]
    assert [sheet.cell(row, 1).value for row in range(4, sheet.max_row + 1)] == [
        "整改提〔2026〕1号", "整改提〔2026〕2号", "整改督〔2026〕1号"
    ]  # fmt: skip
    assert "督办函1份" in (office.folder / "运行说明.txt").read_text(encoding="utf-8-sig")


def test_the_numbers_of_a_round_that_was_taken_back_are_free_again(office: Office) -> None:
    for _ in range(4):
        office.run()
    first = letters(office)
    undo(office.place)
    office.run()
    assert [number for number, *_ in letters(office)] == [number for number, *_ in first]


def test_a_closed_item_gets_its_form_with_its_evidence(office: Office) -> None:
    office.review({"3-1": {"同意销号": "是", **SIGNED}}).run()
    texts = visible_paragraphs(office.folder / "销号" / "销号单-3-1.docx")
    assert {
        "3-1",
        "规划建设局",
        "2026年5月20日",
        "1.附件3-2",
        "2026年6月8日",
        "审核人：王主任",
    } <= set(texts)
    office.run()
    assert not (office.folder / "销号").exists()


@pytest.mark.parametrize(
    ("cell", "listed"),
    [
        ("附件3-2 会议纪要", ("1.附件3-2 会议纪要",)),
        ("1.会议纪要；2.照片3张。", ("1.会议纪要", "2.照片3张")),
        ("《甲办法》、《乙规则》\n①签到表", ("1.《甲办法》", "2.《乙规则》", "3.签到表")),
        ("", ()),
    ],
)
def test_evidence_is_listed_piece_by_piece(cell: str, listed: tuple[str, ...]) -> None:
    pieces = enumerate(evidence_list(cell), 1)
    assert tuple(f"{number}.{piece}" for number, piece in pieces) == listed


def test_run_json_lists_the_letters(office: Office) -> None:
    for _ in range(3):
        office.run()
    record = json.loads((office.folder / "run.json").read_text(encoding="utf-8"))
    assert {out["file"] for out in record["outputs"]} >= {
        "督办/提醒函-规划建设局.docx",
        "整改周报.docx",
        "发文审批单.docx",
    }
    assert dt.date.fromisoformat(record["as_of"])


def test_a_long_sender_stands_on_one_row_of_the_letter(office: Office) -> None:
    import re
    import zipfile

    for _ in range(4):
        office.run()
    with zipfile.ZipFile(office.folder / "督办" / "督办函-规划建设局.docx") as package:
        heads = [
            package.read(name).decode()
            for name in package.namelist()
            if re.match(r"word/header\d*\.xml", name)
        ]
    (mark,) = [head for head in heads if "甲乙党工委巡察整改工作领导小组办公室" in head]
    size = int(re.search(r'<w:sz w:val="(\d+)"', mark)[1])
    assert len("甲乙党工委巡察整改工作领导小组办公室") * size / 2 * 25.4 / 72 <= 170
