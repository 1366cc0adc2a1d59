"""A text against the line that it must be: the number that is another is named, otherwise where the two part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.figures.printed import By, Line, Printed, Quoted, Ref, Source, text_of
from toolkit.run.proof.lines import difference, parted, plain

LATE = Printed("3", Ref("overdue"))
RATE = Printed("66.67%", Ref("completion_rate", By.UNIT, "林业局"))
LINE: Line = ("逾期", LATE, "个，", Quoted("10", Source.SETTINGS), "日内到期；完成率", RATE, "。")


def test_the_line_itself() -> None:
    assert text_of(LINE) == "逾期3个，10日内到期；完成率66.67%。"


@pytest.mark.parametrize(
    ("found", "fault"),
    [
        ("逾期4个，10日内到期；完成率66.67%。", "的overdue印的是4，应为3"),
        ("逾期13个，10日内到期；完成率66.67%。", "的overdue印的是13，应为3"),
        (
            "逾期3个，10日内到期；完成率66.66%。",
            "的completion_rate（林业局）印的是66.66%，应为66.67%",
        ),
        ("逾期3个，10日内到期；完成率—。", "的completion_rate（林业局）印的是—，应为66.67%"),
        ("逾期 4 个，10日内到期；\n完成率66.67%。", "的overdue印的是4，应为3"),
    ],
)
def test_a_number_that_is_another_is_named_with_both(found: str, fault: str) -> None:
    assert difference(LINE, found).startswith(fault)


@pytest.mark.parametrize(
    "found",
    [
        "逾期3个，11日内到期；完成率66.67%。",
        "临期3个，10日内到期；完成率66.67%。",
        "",
        "逾期个，10日内到期；完成率66.67%。",
    ],
)
def test_other_words_are_shown_beside_those_that_it_should_be(found: str) -> None:
    told = difference(LINE, found)
    assert told.startswith("应为“逾期3个")
    assert "印的是“" in told


@pytest.mark.parametrize(
    ("expected", "found", "told"),
    [
        ("甲乙", "甲丙", "应为“甲乙”，印的是“甲丙”"),
        ("甲乙", "甲", "应为“甲乙”，印的是“甲”"),
        ("零" * 50 + "一" + "末" * 50, "零" * 50 + "二" + "末" * 50, f"应为“…{'零' * 12}一{'末' * 27}…”，印的是“…{'零' * 12}二{'末' * 27}…”"),
    ],
)  # fmt: skip
def test_long_texts_are_shown_where_they_part(expected: str, found: str, told: str) -> None:
    assert parted(expected, found) == told


@given(st.text(alphabet="甲乙 1\n", max_size=80), st.text(alphabet="甲乙 1\n", max_size=80))
def test_what_differs_stands_in_what_is_shown(expected: str, found: str) -> None:
    if expected != found:
        right, printed = (
            parted(expected, found).removeprefix("应为“").removesuffix("”").split("”，印的是“")
        )
        assert right != printed


@given(st.lists(st.integers(0, 99), min_size=1, max_size=4), st.data())
def test_of_one_number_changed_in_any_line_it_is_that_one(
    numbers: list[int], data: st.DataObject
) -> None:
    line: Line = tuple(
        piece
        for place, number in enumerate(numbers)
        for piece in (
            f"第{chr(ord('甲') + place)}项有",
            Printed(str(number), Ref(f"f{place}")),
            "个。",
        )
    )
    place = data.draw(st.integers(0, len(numbers) - 1))
    wrong = [str(number) for number in numbers]
    wrong[place] = str(numbers[place] + 1)
    found = "".join(f"第{chr(ord('甲') + n)}项有{text}个。" for n, text in enumerate(wrong))
    assert difference(line, found).startswith(
        f"的f{place}印的是{wrong[place]}，应为{numbers[place]}"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [("甲 乙\n丙", "甲乙丙"), ("甲　乙\t", "甲乙"), ("甲\x00乙\x0b", "甲乙"), ("", "")],
)
def test_blanks_breaks_and_what_xml_cannot_hold_do_not_count(text: str, shown: str) -> None:
    assert plain(text) == shown
