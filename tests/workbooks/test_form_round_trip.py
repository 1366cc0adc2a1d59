"""For any form and any ledger: what is dispatched in the form's columns, order and words reads back the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.intake.test_round_trip import STAMP, calm, ledgers
from tests.support.items import SETTINGS, submission_of
from toolkit.intake.unread_secrets import grave_numbers
from toolkit.ledger.columns import BY_CODE, COLUMNS, Kind
from toolkit.ledger.entry import Entry
from toolkit.ledger.form import Form, FormColumn, OwnKind
from toolkit.ledger.own import own_code, told_apart
from toolkit.ledger.submission import Origin
from toolkit.ledger.text import DASHES, clean
from toolkit.workbooks.template import write_ledger

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.ledger.item import Item

# Without these a row is nobody's, or about nothing.
ALWAYS = ("sub_problem", "lead_unit", "status", "progress")
FURTHER = tuple(column.code for column in COLUMNS if column.code not in ALWAYS)
# Words that look like a standard column, like none, and like a group over one.
OWN_HEADINGS = st.sampled_from(
    ["审计项目", "整改责任人签字", "验收／时间", "整改落实／责任人", "备注", "整改进展", "点位（处）", "结算金额（元）", "是否移送", "牵头领导批示", "责任单位意见"]
)  # fmt: skip
# As the register holds them: cleaned, no dash for nothing, no number that only its writer should hold.
OWN_TEXTS = (
    st.one_of(
        st.sampled_from(
            ["12.50", "012", "1,286", "-3", "60%", "2026-05-08", "是", "=1+1", "近30户", "1e5", "无", "0.1", "12345678901234567890"]
        ),
        st.text("审计整改0123456789.%（）\n", min_size=1, max_size=30),
    )
    .map(clean)
    .filter(lambda text: text not in DASHES and not grave_numbers(text))
)  # fmt: skip


@st.composite
def forms(draw: st.DrawFn) -> Form:
    further = draw(st.lists(st.sampled_from(FURTHER), max_size=12, unique=True))
    standard = [
        FormColumn(heading=_worded(draw, code), code=code, filled_by=BY_CODE[code].filled_by)
        for code in (*ALWAYS, *further)
    ]
    paths = tuple(told_apart(draw(st.lists(OWN_HEADINGS, max_size=4))))
    own = [
        FormColumn(heading=path, code=own_code(path), kind=draw(st.sampled_from(OwnKind)))
        for path in paths
        if path not in {column.heading for column in standard}
    ]
    return Form(tuple(draw(st.permutations([*standard, *own]))))


def _worded(draw: st.DrawFn, code: str) -> str:
    """Its standard heading, a synonym, or words that mean nothing to anybody else."""
    column = BY_CODE[code]
    # A heading that names another unit says another number; one that asks for both holds two things.
    plain = [text for text in column.also if column.kind not in (Kind.MONEY, Kind.UNIT)]
    return draw(st.sampled_from([column.header, *plain[:3], f"本局{column.header[:2]}之{code}"]))


@calm
@given(form=forms(), ledger=ledgers, data=st.data())
def test_what_goes_out_in_a_form_comes_back_the_same(
    tmp_path: Path, form: Form, ledger: tuple[Item, ...], data: st.DataObject
) -> None:
    settings = SETTINGS.with_form(form)
    entries = [
        Entry(
            item=item,
            origin=Origin("", "", 0),
            own=tuple((column.path, data.draw(OWN_TEXTS)) for column in form.own),
        )
        for item in ledger
    ]
    path = tmp_path / "台账.xlsx"
    write_ledger(path, entries, settings, STAMP, unit="规划建设局")
    read = submission_of(path, settings)
    assert [row.key for row in read.rows] == [item.id for item in ledger]
    for row, entry in zip(read.rows, entries, strict=True):
        kept = {c.code: getattr(entry.item, c.code) for c in form.written if not c.is_own}
        assert {code: getattr(row.item, code) for code in kept} == kept
        said = {heading: cell.text for heading, cell in row.own.items()}
        assert said == dict(entry.own)
