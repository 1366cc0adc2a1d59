"""Lines put together, blanks dropped, texts shortened: no figure arises that nobody wrote."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toolkit.ledger.dates import read_date
from toolkit.ledger.ids import read_id
from toolkit.ledger.joining import joints, numbered, shortened, side_by_side, without_blanks
from toolkit.ledger.lists import read_list
from toolkit.ledger.numbers import read_count, read_money
from toolkit.ledger.reading import Unreadable
from toolkit.ledger.text import clean, for_paper, line_for_paper

BREAKS = ("\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "_x000D_\n", "\t", "\u3000", " ")
FIGURE = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
WORDED = re.compile("[〇零一二两三四五六七八九十百千万亿]+")
COUNTED = re.compile(r"[0-9]+(?:[.,][0-9]+)*(?:[人户元项次%]|万元)")


def figures(text: str) -> set[str]:
    """Every figure of a text, in figures or in words, and every figure with its unit."""
    return {found for kind in (FIGURE, WORDED, COUNTED) for found in kind.findall(text)}


@pytest.mark.parametrize(
    ("lines", "printed"),
    [
        ("追缴8⏎3户受到处理", "追缴8；3户受到处理"),
        ("人均7.5⏎4", "人均7.5；4"),
        ("欠缴20⏎60户", "欠缴20；60户"),
        ("追缴⏎8户", "追缴8户"),
        ("共12⏎万元", "共12；万元"),
        ("共7⏎户籍问题", "共7；户籍问题"),
        ("整治5家⏎6家正在整治", "整治5家；6家正在整治"),
        ("印发办法2项⏎其余正在起草", "印发办法2项；其余正在起草"),
        ("受理9人⏎次", "受理9人；次"),
        ("二十⏎五户", "二十；五户"),
        ("三⏎万元", "三；万元"),
        ("于2026年⏎6月⏎30日前", "于2026年6月30日前"),
        ("责任⏎不清", "责任不清"),
        ("统一⏎时间", "统一时间"),
        ("至8.⏎5", "至8. 5"),
        ("共1⏎,200元", "共1 ,200元"),
        ("比例3:⏎7", "比例3: 7"),
        ("共8⏎，3户", "共8，3户"),
        ("共8。⏎3户", "共8。3户"),
        ("占30%⏎5户", "占30%；5户"),
        ("用OA⏎App", "用OA App"),
    ],
)
def test_lines_on_one_line(lines: str, printed: str) -> None:
    assert line_for_paper(lines.replace("⏎", "\n")) == printed


def test_a_list_keeps_its_lines_in_a_paper_and_gets_marks_in_a_heading() -> None:
    cell = "做法30\n1.开会\n2.5次检查"
    assert for_paper(cell) == cell
    assert line_for_paper(cell) == "做法30；1.开会；2.5次检查"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("追缴8\n3户", [("追缴8", "3户")]),
        ("责任\n不清", []),
        ("追缴8户。\n3户", []),
        ("追缴8\n1.检查", []),
        ("甲2项\n乙3项\n丙", [("甲2项", "乙3项"), ("乙3项", "丙")]),
    ],
)
def test_the_joints_that_a_finding_shows(text: str, found: list[tuple[str, str]]) -> None:
    assert list(joints(text)) == found


PIECES = st.lists(
    st.one_of(
        st.from_regex(r"[0-9]{1,4}([.,][0-9]{1,3})?", fullmatch=True),
        st.sampled_from(
            [
                "共",
                "户",
                "人",
                "万元",
                "元",
                "项制度",
                "次",
                "%",
                "三",
                "十",
                "二十五",
                "百",
                "万",
                "年",
                "6月",
                "统一",
                "，",
                "。",
                "；",
                "-",
                "：",
                ".",
                ",",
                "（",
                "）",
                "《甲办法》",
                "一是",
                "1.",
                "OA",
            ]
        ),
    ),
    min_size=1,
    max_size=6,
).map("".join)
BROKEN = st.lists(PIECES, min_size=1, max_size=5).flatmap(
    lambda lines: st.lists(
        st.sampled_from(BREAKS), min_size=len(lines) - 1, max_size=len(lines) - 1
    ).map(lambda breaks: (lines, [*breaks, ""]))
)


@given(BROKEN)
@example((["追缴8", "3户"], ["\n", ""]))
@example((["8", "三户"], ["\n", ""]))
@example((["共8.", "5"], ["\n", ""]))
@example((["共1,", "200"], ["\x85", ""]))
def test_welding(broken: tuple[list[str], list[str]]) -> None:
    """For any texts and places of line breaks, what is printed has only figures that a line has."""
    lines, breaks = broken
    cell = "".join(line + gap for line, gap in zip(lines, breaks, strict=True))
    written = set().union(*(figures(clean(line)) for line in re.split(r"\n|\s", clean(cell))))
    for printed in (for_paper(cell), line_for_paper(cell)):
        assert figures(printed) - written == set(), printed
    bare = without_blanks(clean(cell))  # of one value: its unit may stand behind a blank
    assert {found for kind in (FIGURE, WORDED) for found in kind.findall(bare)} <= written


@given(st.lists(PIECES, min_size=1, max_size=4))
def test_words_one_below_the_other_in_a_heading(parts: list[str]) -> None:
    assert figures(side_by_side(parts)) <= set().union(*map(figures, parts))


@given(PIECES, st.integers(min_value=1, max_value=20))
@example("漏缴资金12345元", 6)
@example("共一百二十户", 3)
def test_a_shortened_text_cuts_no_figure(text: str, longest: int) -> None:
    short = shortened(text, longest)
    assert {found for kind in (FIGURE, WORDED) for found in kind.findall(short)} <= figures(text)
    assert len(short) <= longest + 1


@pytest.mark.parametrize(
    "pieces",
    [
        ("修订办法。", "开展培训。"),
        ("修订办法。", "2026年底前验收。"),
        ("5万元追缴到位。", "2.5公里管网改造。"),
        ("3、5号楼清理。", "甲"),
    ],
)
def test_numbered_pieces_read_back_as_they_were(pieces: tuple[str, ...]) -> None:
    cell = "\n".join(numbered(number, piece) for number, piece in enumerate(pieces, 1))
    assert read_list(cell) == pieces
    assert set(FIGURE.findall(cell)) <= {"1", "2"}.union(*map(FIGURE.findall, pieces))


@pytest.mark.parametrize(
    "cell", ["12\n5", "12.5\n2", "1 2万元", "15 000元", "30,5", "12\n万元", "8. 5"]
)
def test_an_amount_of_two_figures_is_asked_back(cell: str) -> None:
    assert isinstance(read_money(cell), Unreadable)


@pytest.mark.parametrize("cell", ["1\n2", "3,5", "1 2人", "3\n人次", "三\n十"])
def test_a_count_of_two_figures_is_asked_back(cell: str) -> None:
    assert isinstance(read_count(cell), Unreadable)


def test_an_amount_keeps_its_remark_on_a_second_line() -> None:
    assert str(read_money("66.57万元\n（已上缴）")) == "66.57"


@pytest.mark.parametrize("cell", ["2026-1-1\n2", "2026年1\n1月2日", "2026-05-0 1"])
def test_a_day_of_two_figures_is_asked_back(cell: str) -> None:
    assert isinstance(read_date(cell), Unreadable)


def test_an_id_of_two_figures_is_not_another_id() -> None:
    assert read_id("1-1\n2") == "1-1 2"
    assert read_id("3 - 2") == "3-2"


def test_a_control_character_joins_no_figures() -> None:
    assert clean("8\x1e3户") == "8 3户"
    assert clean("8\x85" + "3户") == "8\n3户"
