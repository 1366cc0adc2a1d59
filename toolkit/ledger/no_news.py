"""What people write where nothing is new: 同上周, 无变化, 与上期一致 – words about the last report, and no text of their own."""

from __future__ import annotations

import re
from functools import lru_cache

# Columns in which a unit says how things stand; elsewhere such words say something.
COLUMNS = ("progress", "status", "next_steps", "difficulty")
_LONGEST = 24
_LAST = r"(?:上|前)(?:一)?(?:个)?(?:周|期|月|次|旬|季度?|轮|阶段)"
_SAME = r"(?:一致|相同|一样|无异|无?变化|没有变化|不变)"
_WHAT = r"(?:的)?(?:整改|报送|填报|上报)?(?:进展|情况|内容|状态)*"
_NO_NEWS = re.compile(
    rf"(?:本(?:周|期|月|次))?(?:整改)?(?:进展|情况|内容|状态)*[:：]?(?:"
    rf"(?:与|和|同|跟){_LAST}{_WHAT}(?:相比)?{_SAME}?"
    rf"|(?:见|按|沿用|维持|延续){_LAST}{_WHAT}"
    rf"|(?:较|比)?{_LAST}{_WHAT}(?:相比)?{_SAME}"
    r"|(?:暂|尚|仍)?(?:无|没有|未有)(?:新增?的?|明显|更新|其他)*(?:变化|变动|进展|内容|情况|更新|新情况)"
    r"|(?:情况|状态|内容)?(?:维持|保持)?(?:原状|不变)"
    r")"
)


@lru_cache(maxsize=4096)
def _is_no_news(text: str) -> bool:
    return _NO_NEWS.fullmatch(re.sub(r"[\s（）()。.，,]", "", text)) is not None


def is_no_news(text: str) -> bool:
    """Whether a cleaned text only says that nothing has changed since the last report."""
    return len(text) <= _LONGEST and _is_no_news(text)
