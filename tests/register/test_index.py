"""Which item a row is about: ids that Excel or people damaged, by key, id and text; two candidates are none."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from tests.support.items import ENTRY, ITEM
from toolkit.ledger.entry import Entry
from toolkit.ledger.ids import read_id
from toolkit.ledger.item import Item
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.submission import Origin, Row, Submission, Verdict
from toolkit.register.index import Found, Index
from toolkit.register.match import match
from toolkit.register.snapshot import Snapshot
from toolkit.settings.sections import Matching


def entry(item_id: str, problem: str, unit: str = "规划建设局", **more: Any) -> Entry:
    return replace(
        ENTRY, item=Item(id=item_id, sub_problem="分项。", problem=problem, lead_unit=unit, **more)
    )


LEDGER = (
    entry("3-2", "部分项目前期论证不充分"),
    entry("3-12", "项目资金监管不到位"),
    entry("1.1", "机制不健全"),
    entry("1.10", "会议制度落实不严格"),
    entry("5", "干部档案管理不规范", "财政金融局"),
    entry("选人用人-5", "选拔任用程序不规范", source="选人用人"),
)


def row(written: dt.date | float | str = "", problem: str = "", key: str = "", **more: Any) -> Row:
    read = read_id(written) if written else ""
    damaged = {"id": read} if isinstance(read, Unreadable) else {}
    item = Item(id="" if damaged else str(read), problem=problem, **more)
    return Row(
        Origin("甲.xlsx", "表", 3), item, typed={"id": str(written)}, unreadable=damaged, key=key
    )


STANDARD = Matching().likeness


def find(*args: Any, unit: str = "规划建设局", likeness: int = STANDARD, **more: Any) -> Found:
    return Index(Snapshot(LEDGER), likeness).find(row(*args, **more), unit)


@pytest.mark.parametrize(
    "written", ["3-2", "3—2", "３－２", "'3-2", "（3）2", "3.2", "第3-2项", "03-02", "3 - 2", "③-2"]
)
def test_an_id_in_other_clothes_is_the_same_id(written: str) -> None:
    assert find(written).id == "3-2"


@pytest.mark.parametrize("written", [dt.date(2026, 3, 2), "2026-03-02", "3月2日", "2026/3/2"])
def test_an_id_that_became_a_date_is_restored_by_its_text_and_not_without(
    written: dt.date | str,
) -> None:
    assert find(written, "部分项目前期论证不充分").id == "3-2"
    assert find(written, "部分项目前期的论证不充分").id == "3-2"
    assert find(written).candidates == ("3-2",)
    assert not find(written).id
    assert not find(written, "完全另一回事").id


def test_the_text_says_more_than_a_hidden_key_that_stayed_behind_when_rows_were_sorted() -> None:
    assert find("1.1", "机制不健全", key="3-2").id == "1.1"
    assert find("9-9", "机制不健全", key="3-2").id == "1.1"


def test_a_key_says_whose_row_it_is_where_the_text_is_new() -> None:
    assert find("9-9", "有的项目没有认真论证就上马", key="3-2").id == "3-2"
    assert find("", "", key="3-2").id == "3-2"


def test_a_key_and_a_number_that_contradict_each_other_are_asked() -> None:
    found = find("1.1", "有的项目没有认真论证就上马", key="3-2")
    assert (found.id, found.candidates) == ("", ("3-2", "1.1"))


def test_one_point_ten_that_became_one_point_one_is_told_by_its_text() -> None:
    assert find("1.1", "会议制度落实不严格").id == "1.10"
    assert find("1.1", "机制不健全").id == "1.1"
    assert find(1.1).id == "1.1"


def test_a_number_of_the_units_own_counting_never_lands_on_a_strangers_item() -> None:
    assert find(5, "项目资金监管不到位").id == "3-12"
    assert find(5, "项目资金的监管不到位").id == "3-12"
    assert find(5, "项目资金的监管不到位").like


def test_a_number_of_a_parallel_list_is_that_lists_number() -> None:
    assert find("5", source="选人用人").id == "选人用人-5"
    assert find("5", "选拔任用程序不规范").id == "选人用人-5"


def test_a_blank_id_is_found_by_text_and_two_equal_texts_are_not() -> None:
    assert find("", "机制不健全。").id == "1.1"
    twice = Index(Snapshot((*LEDGER, entry("7-7", "机制不健全"))), STANDARD)
    found = twice.find(row("", "机制不健全"), "规划建设局")
    assert (found.id, found.candidates) == ("", ("1.1", "7-7"))


def test_a_reworded_problem_under_its_own_id_keeps_its_id_where_more_than_the_number_agrees() -> (
    None
):
    text = "有的项目没有认真论证就上马"
    assert find("3-2", text, sub_problem="分项。").id == "3-2"
    assert find("3-2", "个别项目论证不够充分").id == "3-2"
    assert find("3-2", "前期论证").id == "3-2"
    assert (
        find("3-2", "部分项目前期论证不充分，立项时没有可行性研究，概算一再调整，多花钱12万元").id
        == "3-2"
    )
    assert find("3-2", text) == Found("", ("3-2",), foreign=True)
    assert find("3-2", "论证") == Found("", ("3-2",), foreign=True)


@pytest.mark.parametrize(
    ("written", "text", "more"),
    [
        ("3-2", "灭火机坏了9台", {}),  # last year's ledger
        ("3-2", "村级工程结算不及时", {"lead_unit": "青竹镇人民政府"}),  # an unknown unit's
        ("3-2", "个别项目论证不够充分", {"lead_unit": "财政金融局"}),  # a known unit's own problem
    ],
)
def test_a_number_alone_is_nobodys(written: str, text: str, more: dict[str, Any]) -> None:
    found = find(written, text, unit="" if more else "规划建设局", **more)
    assert (found.id, found.foreign) == ("", True)


@pytest.mark.parametrize(
    "text",
    [
        "机制不健全的问题",
        "存在机制不健全问题",
        "1.机制不健全",
        "（3）机制不健全。",
        "机制不健全等方面的问题",
        "②机制 不健全；",
    ],
)
def test_words_around_a_problem_make_no_other_problem(text: str) -> None:
    assert find("7", text) == Found("1.1")


def test_likeness_stays_within_the_unit_and_never_chooses_between_two() -> None:
    assert not find("", "干部档案的管理不规范").id
    near = Index(
        Snapshot(
            (entry("1", "第一季度会议制度落实不严格"), entry("2", "第二季度会议制度落实不严格"))
        ),
        STANDARD,
    )
    assert not near.find(row("", "第三季度会议制度落实不严格"), "规划建设局").id


# Of 部分项目前期论证不充分: 88 of 100 alike.
REWORDED = "部分项目前期论证工作不够充分"


@pytest.mark.parametrize(("likeness", "found"), [(100, ""), (90, ""), (80, "3-2"), (50, "3-2")])
def test_one_likeness_says_what_is_the_same_problem_without_number_and_with_a_damaged_one(
    likeness: int, found: str
) -> None:
    assert find("", REWORDED, likeness=likeness).id == found
    assert find("2026-03-02", REWORDED, likeness=likeness, unit="财政金融局").id == found


@pytest.mark.parametrize(("likeness", "taken"), [(100, 1), (90, 1), (80, 2), (50, 2)])
def test_the_same_likeness_says_whether_a_number_stands_for_two_problems(
    likeness: int, taken: int
) -> None:
    files = [
        Submission(file=name, sha256=name, verdict=Verdict.ACCEPTED, rows=(row("3-2", problem),))
        for name, problem in (("甲.xlsx", "部分项目前期论证不充分"), ("乙.xlsx", REWORDED))
    ]
    matched, findings = match(files, Snapshot(), likeness)
    assert sum(len(submission.rows) for submission in matched) == taken
    assert [found.rule for found in findings] == ["I102"] * (2 - taken)


def test_the_register_of_one_item_is_found_whole() -> None:
    assert (
        Index(Snapshot((Entry(item=ITEM, origin=Origin("", "", 0)),)), STANDARD)
        .find(row("3-2", ITEM.problem), "")
        .id
        == "3-2"
    )
