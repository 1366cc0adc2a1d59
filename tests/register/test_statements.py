"""Several files of a unit in one period, and forms that are older than the ledger: what each of them states."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.cases import row_of
from toolkit.ledger.columns import CODES
from toolkit.ledger.entry import Entry
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Identity, Origin, Role, Submission, Verdict
from toolkit.register.merge import Merged, merge
from toolkit.register.snapshot import Snapshot

UNIT = "规划建设局"
LEDGER = (
    {"问题编号": "3-1", "具体问题": "会议制度落实不到位", "整改进展情况": "4月开会1次。", "整改状态": "正在整改"},
    {"问题编号": "3-2", "具体问题": "项目前期论证不充分", "整改进展情况": "4月论证1次。", "整改状态": "正在整改"},
    {"问题编号": "3-3", "具体问题": "公租房空置率较高", "整改进展情况": "4月清查1次。", "整改状态": "正在整改"},
)  # fmt: skip
BASE, OLD = "AAAA-0001", "AAAA-0000"


def entries(*examples: dict[str, str]) -> tuple[Entry, ...]:
    return tuple(
        Entry(item=row_of(example).item, origin=Origin("基准.xlsx", "台账", number))
        for number, example in enumerate(examples, 4)
    )


def values(*examples: dict[str, str]) -> dict[tuple[str, str], object]:
    """What a state held."""
    items = [row_of(example).item for example in examples]
    return {(item.id, code): getattr(item, code) for item in items for code in CODES}


def known(*now: dict[str, str], old: tuple[dict[str, str], ...] = ()) -> Snapshot:
    bases = {BASE: values(*now)} | ({OLD: values(*old)} if old else {})
    return Snapshot(entries(*now), bases=bases)


def sent(file: str, *examples: dict[str, str], code: str = "", arrived: float = 0.0) -> Submission:
    rows = tuple(row_of(example, number, file) for number, example in enumerate(examples, 4))
    identity = Identity("台账", "1", UNIT, code) if code else None
    return Submission(
        file, file, Verdict.ACCEPTED, Role.RETURN, UNIT, rows=rows, identity=identity, arrived=arrived
    )  # fmt: skip


def progress(merged: Merged) -> dict[str, str]:
    return {entry.item.id: entry.item.progress for entry in merged.entries}


def told(example: dict[str, str], text: str, **more: str) -> dict[str, str]:
    return {**example, "整改进展情况": text, **more}


@pytest.mark.parametrize("code", [BASE, ""])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param((0, 1, 2), (1,), id="a row corrected"),
        pytest.param((0, 1), (2,), id="two parts"),
        pytest.param((0,), (0, 1, 2), id="first one, then all"),
    ],
)
def test_of_two_files_the_newer_stands_item_by_item(
    first: tuple[int, ...], second: tuple[int, ...], code: str
) -> None:
    files = [
        sent(
            f"{name}.xlsx",
            *(told(LEDGER[n], f"5月{name}{n}。") for n in items),
            code=code,
            arrived=when,
        )
        for name, items, when in (("先", first, 1.0), ("后", second, 2.0))
    ]
    expected = {f"3-{n + 1}": f"5月先{n}。" for n in first} | {
        f"3-{n + 1}": f"5月后{n}。" for n in second
    }
    for order in (files, files[::-1]):
        merged = merge(known(*LEDGER), order)
        standing = {id_: text for id_, text in progress(merged).items() if id_ in expected}
        assert standing == expected
        verdicts = {given.file: given.verdict for given in merged.submissions}
        is_overtaken = set(first) <= set(second)
        assert verdicts["后.xlsx"] is Verdict.ACCEPTED
        assert verdicts["先.xlsx"] is (Verdict.SUPERSEDED if is_overtaken else Verdict.ACCEPTED)


def test_a_row_that_was_overtaken_says_by_which_file_and_one_left_as_it_was_says_nothing() -> None:
    whole = sent("全.xlsx", *(told(each, "5月全。") for each in LEDGER), code=BASE, arrived=1.0)
    rest = sent("改.xlsx", told(LEDGER[1], "5月改。"), LEDGER[0], LEDGER[2], code=BASE, arrived=2.0)
    merged = merge(known(*LEDGER), [whole, rest])
    assert progress(merged) == {"3-1": "5月全。", "3-2": "5月改。", "3-3": "5月全。"}
    left = {given.file: [each.reason for each in given.untaken] for given in merged.submissions}
    assert left == {"全.xlsx": ["问题3-2另有更新的报送件“改.xlsx”，以其为准"], "改.xlsx": []}
    rows = {given.file: [row.item.id for row in given.rows] for given in merged.submissions}
    assert rows == {"全.xlsx": ["3-1", "3-3"], "改.xlsx": ["3-2"]}


def test_a_form_of_the_same_period_takes_nothing_back_that_was_reported_on_an_older_one() -> None:
    """The register before the period knows neither: what the newer form was sent out with was reported in between."""
    between = (told(LEDGER[0], "5月先。"), *LEDGER[1:])
    first = sent("先.xlsx", told(LEDGER[0], "5月先。"), code=BASE, arrived=1.0)
    second = sent("后.xlsx", between[0], told(LEDGER[1], "5月后。"), code=OLD, arrived=2.0)
    merged = merge(known(*LEDGER, old=between), [first, second])
    assert progress(merged) == {"3-1": "5月先。", "3-2": "5月后。", "3-3": progress(merged)["3-3"]}


def test_what_two_files_say_in_different_columns_of_an_item_is_brought_together() -> None:
    text = sent("文.xlsx", told(LEDGER[0], "5月开会2次。"), code=BASE, arrived=1.0)
    state = sent(
        "态.xlsx", {**LEDGER[0], "整改状态": "已完成", "完成时间": "2026-05-06"}, code=BASE, arrived=2.0
    )  # fmt: skip
    merged = merge(known(*LEDGER), [text, state])
    item = merged.entries[0].item
    assert (item.progress, item.status) == ("5月开会2次。", Status.DONE)
    places = {change.column: change.place.file for change in merged.changes}
    assert (places["progress"], places["status"]) == ("文.xlsx", "态.xlsx")


def test_the_day_of_another_status_is_not_brought_together_with_a_newer_one() -> None:
    done = sent(
        "完.xlsx", {**LEDGER[0], "整改状态": "已完成", "完成时间": "2026-05-06"}, arrived=1.0
    )
    back = sent("未.xlsx", {**LEDGER[0], "整改状态": "阶段性完成"}, arrived=2.0)
    item = merge(known(*LEDGER), [done, back]).entries[0].item
    assert (item.status, item.completed_on) == (Status.PHASED, None)


NEWER = tuple(told(each, f"5月新{n}。", 整改状态="阶段性完成") for n, each in enumerate(LEDGER))


@pytest.mark.parametrize("touched", [0, 1, 2])
def test_a_form_of_last_month_with_one_row_filled_in_changes_that_row_alone(touched: int) -> None:
    rows = [told(each, "6月旧表新填。") if n == touched else each for n, each in enumerate(LEDGER)]
    merged = merge(known(*NEWER, old=LEDGER), [sent("旧表.xlsx", *rows, code=OLD)])
    expected = {f"3-{n + 1}": f"5月新{n}。" for n in range(3)} | {
        f"3-{touched + 1}": "6月旧表新填。"
    }
    assert progress(merged) == expected
    assert {entry.item.status for entry in merged.entries} == {Status.PHASED}
    (given,) = merged.submissions
    assert [each.reason for each in given.untaken] == [
        "填在以前下发的表上：没有改动的5处不再是最新的内容，以台账库现在的内容为准"
    ]
    assert merged.findings == ()


def test_a_deadline_that_the_office_has_moved_since_is_no_change_of_the_unit_s() -> None:
    before = {**LEDGER[0], "整改时限": "2026-06-30"}
    now = {**LEDGER[0], "整改时限": "2026-09-30"}
    merged = merge(known(now, old=(before,)), [sent("旧表.xlsx", before, code=OLD)])
    assert merged.findings == ()
    assert merged.entries[0].item == row_of(now).item


def test_a_form_that_nobody_knows_states_all_that_stands_in_it() -> None:
    merged = merge(known(*NEWER), [sent("自己的表.xlsx", *LEDGER)])
    assert progress(merged) == {each["问题编号"]: each["整改进展情况"] for each in LEDGER}


def test_files_of_two_units_are_not_compared() -> None:
    other = replace(sent("另.xlsx", told(LEDGER[0], "5月另。"), arrived=9.0), unit="财政金融局")
    own = sent("自.xlsx", told(LEDGER[0], "5月自。"), arrived=1.0)
    merged = merge(known(*LEDGER), [own, other])
    assert progress(merged)["3-1"] == "5月自。"
    assert [found.rule for found in merged.findings] == ["I104"]
