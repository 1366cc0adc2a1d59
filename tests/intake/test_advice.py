"""What reading advises can be done with the workbook itself, and then there is nothing more to say of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.intake.test_codes import drawn
from tests.support.items import SETTINGS, arrival, read_one
from toolkit.intake.codes import CODES
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.finding import Finding

Rows = list[list[str]]
Obey = Callable[[Rows, Finding], Rows]
HEADER = {code: column.header for code, column in BY_CODE.items()}
GOOD = {"整改状态": "正在整改", "整改进展情况": "3月12日修订《甲办法》。"}


def head_of(rows: Rows) -> int:
    """The number of the row of headings, from 0."""
    return next(n for n, row in enumerate(rows) if "问题编号" in row)


def renamed(rows: Rows, found: Finding) -> Rows:
    """The heading by its standard name."""
    standard = HEADER[found.column]
    return [[standard if text == found.value else text for text in row] for row in rows]


def without_column(rows: Rows, col: int) -> Rows:
    return [row[:col] + row[col + 1 :] for row in rows]


def one_column(rows: Rows, found: Finding) -> Rows:
    """Of two columns of one meaning the first, with what the second one said beside it or instead."""
    head = rows[head_of(rows)]
    second = ord(found.place.cell[0]) - ord("A")
    first = head.index(HEADER[found.column])
    if first == second:  # the finding stands at the first of the two
        second = max(col for col, text in enumerate(head) if text == found.value)
    joined = [list(row) for row in rows]
    for row in joined[head_of(rows) + 1 :]:
        kept = [row[second]] if found.rule == "X210" else [row[first], row[second]]
        row[first] = "\n".join(dict.fromkeys(text for text in kept if text))
    return without_column(joined, second)


def one_status(rows: Rows, _: Finding) -> Rows:
    """One column of the status with the word of the ticked one, in one row of headings."""
    upper, lower, *data = rows
    at = upper.index(next(text for text in upper if text.startswith("整改状态")))
    head = [*upper[:at], "整改状态"]
    ticked = [
        next((lower[col] for col in range(at, len(row)) if row[col] == "√"), "") for row in data
    ]
    return [head, *([*row[:at], word] for row, word in zip(data, ticked, strict=True))]


def filled(rows: Rows, found: Finding) -> Rows:
    """The cell with what belongs there."""
    col = rows[head_of(rows)].index(HEADER[found.column])
    row = int("".join(filter(str.isdigit, found.place.cell))) - 1
    done = [list(line) for line in rows]
    done[row][col] = GOOD.get(HEADER[found.column], found.value)
    return done


def unit_filled(rows: Rows, found: Finding) -> Rows:
    """Every blank lead unit with the one that the sheet is named after."""
    col = rows[head_of(rows)].index(HEADER[found.column])
    return [
        row if len(row) == 1 or row[col] else [*row[:col], found.value, *row[col + 1 :]]
        for row in rows
    ]


def newest_only(rows: Rows, _: Finding) -> Rows:
    older = [col for col, text in enumerate(rows[0]) if "月整改进展" in text]
    kept = [list(row) for row in rows]
    for col in reversed(older):
        kept = without_column(kept, col)
    return kept


def one_row(rows: Rows, _: Finding) -> Rows:
    """Several rows of one problem as one, their measures below each other."""
    first, second = rows[1], rows[2]
    return [rows[0], [*first[:2], f"{first[2]}\n{second[2]}", *first[3:]], *rows[3:]]


def own_numbers(rows: Rows, _: Finding) -> Rows:
    """Every problem with a number of its own, counted through the whole workbook."""
    head: list[str] | None = None
    numbered: Rows = []
    for row in rows:
        if row[0] == "问题编号":
            head = row
        is_data = head is not None and len(row) == len(head) and row is not head
        number = sum(len(other) == len(row) for other in numbered)
        numbered.append([f"9-{number}", *row[1:]] if is_data else row)
    return numbered


def lead_and_others(rows: Rows, found: Finding) -> Rows:
    lead, _, others = found.value.partition("、")
    at = rows[0].index("牵头单位")
    return [
        [*rows[0], "配合单位"],
        *([*row[:at], lead, *row[at + 1 :], others] for row in rows[1:]),
    ]


def without_rows_like_the_first(rows: Rows, _: Finding) -> Rows:
    return [row for number, row in enumerate(rows) if row not in rows[:number]]


def without_bare_rows(rows: Rows, _: Finding) -> Rows:
    return [row for row in rows if row[1] or row[0].startswith("〔")]


def with_status(rows: Rows, found: Finding) -> Rows:
    """A column of the status instead of sheets named after it."""
    sheet = ""
    done: Rows = []
    for row in rows:
        sheet = row[0] if row[0].startswith("〔工作表") else sheet
        word = "整改状态" if row[0] == "问题编号" else "已完成" if "已完成" in sheet else "正在整改"
        done.append(row if len(row) == 1 else [*row, word])
    return done


def struck_out(rows: Rows, found: Finding) -> Rows:
    return [["3月20日印发《甲办法》。" if "~~" in text else text for text in row] for row in rows]


def named(rows: Rows, found: Finding) -> Rows:
    return [["〔工作表 整改台账〕"] if row == ["〔工作表 样表〕"] else row for row in rows]


def shown_sheet(rows: Rows, _: Finding) -> Rows:
    marks = ("〔隐藏行〕", "〔隐藏列〕", "隐藏")
    for mark in marks:
        rows = [[text.replace(mark, "") for text in row] for row in rows]
    return rows


def newest_sheet(rows: Rows, _: Finding) -> Rows:
    return rows[rows.index(["〔工作表 第2周〕"]) :]


def split(rows: Rows, _: Finding) -> Rows:
    return [[("3" if text == "↑" else text) for text in row] for row in rows]


OBEY: dict[str, Obey] = {
    "X102": one_column, "X104": renamed, "X106": renamed, "X108": one_column, "X109": one_status, "X110": one_status, "X111": newest_only,
    "X201": filled, "X202": filled, "X203": struck_out, "X205": shown_sheet, "X206": filled, "X208": shown_sheet, "X209": shown_sheet,
    "X231": filled, "X232": filled, "X233": filled, "X234": filled, "X236": filled, "X237": filled,
    "X210": one_column, "X211": split, "X212": one_status, "X303": one_row, "X304": one_row, "X305": without_rows_like_the_first,
    "X306": one_row, "X307": own_numbers, "X309": lead_and_others, "X310": named, "X311": newest_sheet, "X312": own_numbers,
    "X313": own_numbers, "X314": unit_filled, "X315": with_status, "X316": without_bare_rows,
}  # fmt: skip
# Advice that asks for a decision or for words of somebody's own, or for nothing at all.
BY_HAND = {
    "X101": "whether the column matters", "X103": "the form that was sent out", "X105": "the office chooses", "X107": "where the note belongs",
    "X112": "nothing is to be done", "X204": "where the comment belongs", "X207": "the cell keeps its value", "X301": "who sends it", "X317": "each unit sends its own", "X318": "numbers that only the office has",
    "X235": "what the number means", "X302": "another format", "X308": "the column of sources", "X401": "nothing is to be done", "X402": "nothing is to be done",
    "X221": "a merge that was lost is made again", "X222": "nothing is to be done", "X411": "nothing is to be done",
    "X412": "where the mark belongs", "X611": "what a person's number is replaced by",
    "X501": "the office signs", "X502": "the office signs", "X504": "the office signs", "X505": "nothing is to be done", "X503": "the office notes the day of an answer",
}  # fmt: skip
EXAMPLES = [
    pytest.param(code, example, id=f"{code}-{number}")
    for code, told in CODES.items()
    if code in OBEY
    for number, example in enumerate(told.bad)
    if not any("→" in text for row in example for text in row)
]


def findings(rows: Rows) -> tuple[Finding, ...]:
    data = drawn(tuple(tuple(row) for row in rows))
    return read_one(arrival("台账.xlsx", data), SETTINGS, has_baseline=True).findings


@pytest.mark.parametrize(("code", "example"), EXAMPLES)
def test_obeying_leaves_nothing_to_say(code: str, example: tuple[tuple[str, ...], ...]) -> None:
    rows = [list(row) for row in example]
    found = [finding for finding in findings(rows) if finding.rule == code]
    assert found
    after = findings(OBEY[code](rows, found[0]))
    assert [finding.rule for finding in after if finding.rule != "X301"] == []


def test_every_code_is_walked_or_says_why_not() -> None:
    assert OBEY.keys() | BY_HAND.keys() == CODES.keys()
    assert not OBEY.keys() & BY_HAND.keys()
