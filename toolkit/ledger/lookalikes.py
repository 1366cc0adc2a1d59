"""Characters that look like common Chinese ones and are others, as text copied from a PDF has them."""

from __future__ import annotations

import re
import unicodedata

# The CJK Radicals Supplement by the Unicode property Equivalent_Unified_Ideograph; radicals that no
# text is written with are left out.
_SUPPLEMENT = str.maketrans(
    "⺁⺄⺅⺆⺈⺉⺊⺌⺎⺐⺒⺓⺖⺗⺘⺙⺜⺝⺞⺟⺠⺡⺢⺣⺦⺧⺨⺩⺫⺬⺭⺰⺱⺲⺶⺹⺻⺼⺾⺿⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻏⻐⻑⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乙亻冂刀刂卜小兀尢巳幺忄心扌攵日月歺母民氵氺灬丬牛犭王目示礻纟罓罒羊耂聿肉艹艺虎衤覀西见角讠贝车辶邑钅長长门阝雨青韦页风飞食饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)
# Radicals (Kangxi and supplement) and the two blocks of compatibility ideographs.
BLOCKS = "\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f"
_LOOKALIKE = re.compile(f"[{BLOCKS}]")


def plain_ideographs(text: str) -> str:
    """The text with ⽉, ⽇, ⼯ … as the characters that they look like; a character without such a twin stays."""
    return _LOOKALIKE.sub(
        lambda sign: unicodedata.normalize("NFKC", sign[0].translate(_SUPPLEMENT)), text
    )


def lookalikes(text: str) -> str:
    """The characters of a text that `plain_ideographs` replaces, each once, in order; "" where there are none."""
    found = dict.fromkeys(_LOOKALIKE.findall(text))
    return "".join(sign for sign in found if plain_ideographs(sign) != sign)
