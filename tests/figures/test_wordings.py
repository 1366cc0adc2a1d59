"""A reworded paragraph is found again by its text, or by its shape with the figures of the day; nothing else changes."""

from __future__ import annotations

from toolkit.figures.printed import Printed, Quoted, Ref, Source, text_of
from toolkit.figures.wordings import NONE, Wordings
from toolkit.ledger.revision import Revision, RevisionKind

OLD, NEW = "截至6月5日，共12项问题，完成率40%。", "截至6月5日，反馈问题共12项，完成率达40%。"
TODAY = ("截至", Quoted("6月12日", Source.DATE), "，共", Printed("15", Ref("problems")), "项问题，完成率",
         Printed("60%", Ref("completion_rate")), "。")  # fmt: skip


def pen(old: str, new: str, item: str = "", kind: RevisionKind = RevisionKind.WORDING) -> Revision:
    return Revision(kind=kind, file="改.docx", item=item, old=old, new=new, author="", on="")


def test_the_paragraph_itself() -> None:
    assert Wordings.of([pen(OLD, NEW)]).text(OLD) == NEW


def test_its_shape_with_the_figures_of_the_day_which_stay_proved() -> None:
    line = Wordings.of([pen(OLD, NEW)]).line(TODAY)
    assert text_of(line) == "截至6月12日，反馈问题共15项，完成率达60%。"
    assert [piece.ref.code for piece in line if isinstance(piece, Printed)] == ["problems", "completion_rate"]  # fmt: skip


def test_of_an_item_another_figure_is_another_report() -> None:
    assert Wordings.of([pen(OLD, NEW, item="3-2")]).line(TODAY) == TODAY


def test_figures_in_another_order_or_writing_have_no_shape() -> None:
    swapped = "完成率40%，截至6月5日共12项。"
    assert Wordings.of([pen(OLD, swapped)]).line(TODAY) == TODAY
    assert Wordings.of([pen(OLD, "截至六月五日，共十二项。")]).line(TODAY) == TODAY


def test_a_wording_of_a_wording_goes_on_from_the_first_text() -> None:
    both = Wordings.of([pen("甲乙丙丁", "甲乙丙"), pen("甲乙丙", "甲乙")])
    assert (both.text("甲乙丙丁"), both.text("甲乙丙")) == ("甲乙", "甲乙")


def test_a_wording_that_was_taken_back_is_none() -> None:
    back = Wordings.of([pen("甲乙丙丁", "甲乙丙"), pen("甲乙丙", "甲乙丙丁")])
    assert back.text("甲乙丙丁") == "甲乙丙丁"


def test_a_title_is_known_without_its_breaks() -> None:
    assert Wordings.of([pen("关于\n整改", "关于\n集中整改")]).text("关于整改") == "关于集中整改"


def test_only_wordings_count() -> None:
    for kind in RevisionKind:
        if kind is not RevisionKind.WORDING:
            assert Wordings.of([pen(OLD, NEW, kind=kind)]) == NONE
