"""One thing that a person's pen did to a paper that was issued, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from toolkit.ledger.quantities import difference


class RevisionKind(StrEnum):
    """What was done: words changed, figures changed, words changed where none can be kept, a paragraph added or struck out, a remark made."""

    WORDING = "wording"
    FIGURES = "figures"
    UNAPPLIED = "unapplied"
    DISPUTED = "disputed"
    ADDED = "added"
    STRUCK = "struck"
    REMARK = "remark"

    @property
    def fate(self) -> str:
        """What becomes of it, in the words of the review list."""
        return {
            "wording": "已保留；该处内容未更新前，以后各期照此印出",
            "figures": "未采用：数字与台账不一致，请核实后在汇总台账中修改",
            "unapplied": "未能套用：改在表格中或只有几个字，不能照此改别处；请改模板或台账",
            "disputed": "未采用：几份改稿对同一处改得不一样，请商定后只放回一份",
            "added": "未采用：新增的段落不属于任何问题，请写入模板或台账",
            "struck": "未采用：删去的段落仍照台账印出，不公开的请在设置中写明",
            "remark": "批注，请整改办处理",
        }[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A stroke in a paper: the item that it is about ("" for the frame), the text before and now, by whom, on which day."""

    kind: RevisionKind
    file: str
    item: str
    old: str
    new: str
    author: str
    on: str

    @property
    def changed_figure(self) -> str:
        """The first figure that it changes, in words; "" where both wordings claim the same.

        Judged anew: what an earlier version took for wording was stored as wording.
        """
        is_pair = self.kind in (RevisionKind.WORDING, RevisionKind.FIGURES)
        return difference(self.old, self.new) if is_pair else ""

    @property
    def keeps(self) -> bool:
        """Whether its words are printed from then on."""
        return self.kind is RevisionKind.WORDING and not self.changed_figure

    @property
    def fate(self) -> str:
        """What becomes of it; of a changed figure also which."""
        if changed := self.changed_figure:
            return f"未采用：{changed}，数字与台账不一致，请核实后在汇总台账中修改"
        return self.kind.fate
