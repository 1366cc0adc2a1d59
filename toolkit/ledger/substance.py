"""What facts a progress text holds: numbers, dates, documents, things done – and whether it says anything at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A figure that counts something: 5条, 12.6万元, 三次, 90% – not the number of a list or a date.
_NUMBER = re.compile(
    r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百]+)(?:余|多)?(?:%|％|个|项|次|件|条|名|人|户|家|处|份|宗|起|批|篇|期|类|套|台|辆|场|轮|天|小时|公里|米|亩|吨|平方米|万|亿|元|倍|成|课|门|支|座|栋|间|幅|张|册|部)"
)
_DATE = re.compile(
    r"\d{1,2}月(?:\d{1,2}日|[上中下]旬|底|初|份)?|20\d\d年|[一二三四]季度|[上下]半年|本月|上月"
)
# Verbs of things done; with 已 or 了 before or behind, or by their nature.
_DEED = re.compile(
    r"已(?:经)?[^，。；]{0,12}|[完办签建修制印出补收追清退拆关停约移上换改增设划查核验审][^，。；]{0,2}了|完成了?|印发|出台|修订|制定|建立|设立|成立|签订|拨付|上缴|追回|收回|清退|"
    r"追缴|整治|拆除|约谈|通报|问责|处分|验收|建成|竣工|完工|投用|开通|化解|兑付|发放|销号|开工|上线|启用|归档|公示|补签|补办|移交|调整|召开|举办|开展了|组织(?:了|开展)|选派|配备|招录|聘请|委托|纳入|列入|起草|编制|梳理|排查|审查"
)
# Plans. 将 before an object that was put somewhere (将…列入, 已将…) is none; 下一步 and 下来 govern their whole sentence.
_INTENT = re.compile(
    r"(?:下一步|下步|下来)[^。]*"
    r"|(?<!已)(?<!已经)(?:将(?![^，。；]*(?:列入|列为|纳入|嵌入|移交|调整为))|拟|计划|准备|打算|力争|争取|预计|待)[^，。；]*"
)


@dataclass(frozen=True, slots=True)
class Substance:
    """What a text offers as fact; each kind is looked for when it is asked about, the cheap ones first."""

    text: str

    @property
    def number(self) -> bool:
        """Whether it counts something."""
        return _NUMBER.search(self.text) is not None

    @property
    def day(self) -> bool:
        """Whether it says when."""
        return _DATE.search(self.text) is not None

    @property
    def document(self) -> bool:
        """Whether it names a document by its title or number."""
        return "《" in self.text or "〔" in self.text

    @property
    def deed(self) -> bool:
        """Whether it says that something was done; a plan (将…, 拟…, 下一步…) is no deed, whatever verbs it has."""
        return _DEED.search(_INTENT.sub("", self.text)) is not None

    @property
    def lacking(self) -> tuple[str, ...]:
        """What the text lacks, in words: 数据、时间、文件名称、已经做成的事."""
        kinds = (
            (self.number, "数据"),
            (self.day, "时间"),
            (self.document, "文件名称"),
            (self.deed, "已经做成的事"),
        )
        return tuple(word for there, word in kinds if not there)

    @property
    def can_be_verified(self) -> bool:
        """Whether there is a document, a number or a day to check the text by."""
        return self.document or self.number or self.day

    @property
    def is_empty(self) -> bool:
        """Whether the text names no fact of any kind."""
        return not self.can_be_verified and not self.deed

    @property
    def is_thin(self) -> bool:
        """Whether the text says that something was done but gives no number, day or document for it."""
        return not self.can_be_verified and self.deed
