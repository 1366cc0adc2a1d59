"""整改成效 and its like: the progress where nothing else says it, else the end of the progress; nothing is lost."""

from __future__ import annotations

import pytest

from tests.support.drawn import HEAD, LINE, line, reading, said, values
from toolkit.ledger.columns import RESULTS
from toolkit.ledger.status import Status


def headed(old: str, new: str) -> list[str]:
    return [new if head == old else head for head in HEAD]


@pytest.mark.parametrize("heading", [*RESULTS, "整改成效（限300字）"])
def test_a_result_is_the_progress_where_no_other_column_says_it(heading: str) -> None:
    read = reading([headed("整改进展情况", heading), line(1), line(2)])
    assert values(read, "progress") == ["3月12日修订《甲办法》。"] * 2
    assert not said(read, "X101")
    assert not said(read, "X108")


@pytest.mark.parametrize("heading", RESULTS)
def test_a_result_follows_the_progress_on_a_line_of_its_own(heading: str) -> None:
    read = reading(
        [
            [*HEAD, heading],
            [*line(1), "论证率达到100%。"],
            [*line(2), ""],
            [*line(3, 整改进展情况=""), "已见效。"],
        ]
    )
    assert values(read, "progress") == [
        "3月12日修订《甲办法》。\n论证率达到100%。",
        "3月12日修订《甲办法》。",
        "已见效。",
    ]
    assert [found.place.cell for found in said(read, "X108")] == ["I1"]
    assert not said(read, "X102")
    assert not said(read, "X210")
    assert read.rows[2].place("progress").cell == "I4"


def test_the_progress_comes_first_even_where_the_result_stands_left_of_it() -> None:
    read = reading([["取得成效", *HEAD], ["论证率达到100%。", *LINE]])
    assert values(read, "progress") == ["3月12日修订《甲办法》。\n论证率达到100%。"]
    assert [found.place.cell for found in said(read, "X108")] == ["A1"]


def test_a_result_that_holds_words_of_status_is_the_status() -> None:
    read = reading([headed("整改状态", "整改结果"), *(line(n, 整改状态="已完成") for n in (1, 2))])
    assert values(read, "status") == [Status.DONE] * 2
    assert values(read, "progress") == ["3月12日修订《甲办法》。"] * 2
