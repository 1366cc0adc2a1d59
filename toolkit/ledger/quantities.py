"""Whether two wordings of a sentence claim the same quantities: value, unit, order, direction. Pure.

How a number is written is no claim: 1286 = 1,286 = 一千二百八十六, 40% = 四成, 318.6万元 = 3186000元. What it is a number of,
whether it is a floor or a ceiling, a rise or a fall, and beside which words it stands, is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import zip_longest

from toolkit.ledger.numerals import NUMERALS, read_numeral

_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億圆", "一二三四五六七八九十百千万亿元")
_IN_CAPITALS = re.compile(r"[壹贰叁肆伍陆柒捌玖零拾佰仟萬億圆]{2,}")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NUMERIC_DATE = re.compile(r"(?<![\d.])((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?![\d.])")
_FRACTION = re.compile(r"(?<![\d/.])(\d{1,3})/(\d{1,3})(?![\d/.])")
# Words that have a numeral in them and count nothing.
_FIXED = re.compile(
    r"统一|唯一|之一|进一步|一致|一体|一律|一般|一定|一直|一些|一样|一贯|一旦|万一|一并|一线|一把手|一次性|一张网|一盘棋|一股劲"
    r"|一对一|一揽子|一刀切|第一时间|第一责任人|一岗双责|三重一大|三会一课|十分(?!之|钟)|百分(?!之|[点百])|万分(?!之)|千方百计"
    r"|一起(?!案|事|问题|违|涉|信)|八项规定|两个维护|四个意识|两个确立|[一二三四五六七八九十]+是|一方面|另一方面|百姓|一道(?!工|题)"
)
_N = rf"[{NUMERALS}]"
_POINT = "(?:点[〇零一二三四五六七八九]+)?"
_COUNTERS = (
    "人次 户次 家次 场次 班次 批次 台次 篇次 件次 车次 人日 个工作日 工作日 个自然日 自然日 个交易日 个百分点 "
    "百分点 个季度 季度 个星期 星期 个小时 小时 个月 个半月 平方米 平方公里 平方千米 立方米 公里 千米 公顷 公斤 "
    "千克 公升 个人 分钟 周年 年度 年 月 日 号 天 周 旬 时 万元 元 块 角 人民币 美元 港元 港币 欧元 日元 "
    "亩 米 吨 克 升 千瓦时 度 千瓦 兆瓦 m2 m3 km kg ℃ ‰ % 倍 成 番 个 项 条 件 份 次 人 名 "
    "位 户 家 批 场 期 处 宗 起 套 台 辆 栋 幢 座 间 所 支 本 册 篇 张 面 轮 类 级 层 楼 届 岁 页 "
    "字 组 班 队 门 片 棵 株 只 头 笔 单 例 桩 款 章 节 分 秒 股 艘 架 部 卷 盒 盏 口 根 段 路 线 "
    "村 镇 县 省 市 区 院 校 室 科 局 站 点 声 步 种 样 遍 趟 番"
)
_UNIT = "|".join(sorted(map(re.escape, dict.fromkeys(_COUNTERS.split())), key=len, reverse=True))
_BEFORE = (
    "不低于|不少于|不小于|不高于|不超过|不多于|不大于|不得超过|不得低于|不得少于|不得高于|至少|最少|至多|最多|将近|接近|近|超过|高于|多于|大于|突破|逾|超"
    "|不足|不到|未达到|未达|低于|少于|小于|大约|大概|约|第|(?:数|几|上|成)(?=[十百千万])"
)
_MORE = "余|多|来|几"
_AFTER = "及以上|及以下|以上|以下|以内|之内|以外|左右|上下|余|多|内|前|后|底前|底"
_NUMBER = re.compile(
    rf"(?P<before>{_BEFORE})?\s*(?P<sign>(?<![\w\u4e00-\u9fff])-|(?<=[为是达约])-)?(?P<letters>(?<![A-Za-z])[A-Za-z]{{1,3}}(?=\d))?"
    rf"(?:(?P<hundredth>[百千万])分之(?P<part>\d+(?:\.\d+)?|{_N}+{_POINT})"
    rf"|(?P<below>\d+|{_N}+)分之(?P<above>\d+|{_N}+)"
    rf"|(?P<number>\d+(?:\.\d+)?[十百千万亿]*(?:\d+(?:\.\d+)?[千万亿]+)*|{_N}+{_POINT}))"
    rf"(?P<more>{_MORE})?(?P<times>[十百千万亿]*)\s?(?P<unit>{_UNIT})?(?P<half>半)?(?P<after>{_AFTER})?"
)
_WORDS = re.compile(
    r"(?P<every>(?:每|按|逐)(?:半年|年|季度|季|月|周|星期|日|天|旬))|(?P<half>过半|半数|一半|对半)|(?P<when>上半年|下半年|年底|年初|年中|月底|月末|月初|月中"
    r"|上旬|中旬|下旬|季度末|今年|明年|去年|后年|前年|本月|上月|下月|次月|本周|上周|下周|本季度|上季度|下季度|昨日|今日|明日)|(?P<fold>翻[一两三四]?番)"
    r"|(?P<vague>若干|数十|数百|数千|上百|上千|成百上千)"
)
_BOUND = {
    **dict.fromkeys(("不低于", "不少于", "不小于", "不得低于", "不得少于", "至少", "最少", "及以上", "以上"), "≥"),
    **dict.fromkeys(("不高于", "不超过", "不多于", "不大于", "不得超过", "不得高于", "至多", "最多", "及以下", "以下", "以内", "之内", "内"), "≤"),
    **dict.fromkeys(("超过", "高于", "多于", "大于", "突破", "逾", "超", "余", "多", "几", "以外"), ">"),
    **dict.fromkeys(("不足", "不到", "未达到", "未达", "低于", "少于", "小于"), "<"),
    **dict.fromkeys(("将近", "接近", "近"), "<~"),
    **dict.fromkeys(("大约", "大概", "约", "左右", "上下", "来"), "~"),
    "底前": "前", "数": "数", "上": "数", "成": "数",
}  # fmt: skip
_SAME_UNIT = {
    "名": "人", "位": "人", "个人": "人", "天": "日", "个自然日": "日", "自然日": "日", "个工作日": "工作日", "百分点": "个百分点", "星期": "周",
    "个星期": "周", "个小时": "小时", "季度": "季", "个季度": "季", "年度": "年", "块": "元", "人民币": "元", "港币": "港元", "场次": "场", "幢": "栋",
}  # fmt: skip
# Units that are a multiple of another.
_IN = {
    "角": ("元", Fraction(1, 10)), "公顷": ("亩", Fraction(15)), "平方公里": ("平方米", Fraction(10**6)), "平方千米": ("平方米", Fraction(10**6)),
    "m2": ("平方米", Fraction(1)), "m3": ("立方米", Fraction(1)), "公里": ("米", Fraction(1000)), "千米": ("米", Fraction(1000)), "km": ("米", Fraction(1000)),
    "吨": ("公斤", Fraction(1000)), "千克": ("公斤", Fraction(1)), "kg": ("公斤", Fraction(1)), "克": ("公斤", Fraction(1, 1000)),
    "%": ("比", Fraction(1, 100)), "‰": ("比", Fraction(1, 1000)), "成": ("比", Fraction(1, 10)),
    "番": ("番", Fraction(1)), "千瓦时": ("度", Fraction(1)), "兆瓦": ("千瓦", Fraction(1000)),
}  # fmt: skip
# Counting words of which one stands for another as long as the same thing is counted.
_ANY_THING = frozenset("个项条件宗起桩例处")
_TIMES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_UP = "增长|上升|提高|增加|新增|上涨|增幅|扩大|提升|多收|增收"
_DOWN = "下降|减少|降低|下跌|压减|缩减|回落|降幅|下滑|缩小|削减|压降|减收"
_DIRECTION = re.compile(rf"(?P<up>{_UP})|(?P<down>{_DOWN})")
# A limit may stand before the verb: 至少走访6次.
_LIMIT = re.compile(r"(?:至少|最少|至多|最多|不少于|不低于|不高于|不超过)(?=[^，。；、\n]*$)")
_BOUNDARY = re.compile(r"[，。；：、！？\n,;]")
_DONE = "完成|销号|办结|到位|退回|追缴|清退|整改|落实|发现|通过|验收"
_NOT_DONE = re.compile(rf"(?:未|没有|尚未|不)(?:全部|能|有|按期|按时|如期|及时)?(?P<verb>{_DONE})")
_VERB = re.compile(_DONE)
_ALL, _SOME = re.compile(r"全部|均已|悉数"), re.compile(r"(?<!全)部分|多数|少数|个别|半数")
_LABEL = 6


@dataclass(frozen=True, slots=True)
class Quantity:
    """One claim: how much of what, whether at least or at most, and whether that is a rise or a fall."""

    value: Fraction | str
    unit: str
    bound: str
    direction: str
    written: str
    noun: str
    label: str

    def claims_what(self, other: Quantity) -> bool:
        """Whether another claim says the same, however it is written."""
        if (self.value, self.bound, self.direction) != (other.value, other.bound, other.direction):
            return False
        things = {self.unit, other.unit}
        return len(things) == 1 or (things <= _ANY_THING and self.noun == other.noun)


def difference(old: str, new: str) -> str:
    """The first quantity that a new wording changes, as `“2.36亿元”改为“2.36万元”`; "" where both claim the same."""
    before, now = quantities(old), quantities(new)
    for was, is_ in zip_longest(before, now):
        if was is None:
            return f"增加了“{is_.written}”"
        if is_ is None:
            return f"删去了“{was.written}”"
        if not was.claims_what(is_):
            return f"“{was.written}”改为“{is_.written}”"
    return _exchanged(before, now) or _turned(_plain(old), _plain(new))


def same_claims(one: str, other: str) -> bool:
    """Whether two wordings claim the same quantities in the same order."""
    return not difference(one, other)


def _exchanged(before: list[Quantity], now: list[Quantity]) -> str:
    """The words of two figures that changed places: 甲局5项、乙局3项 → 乙局5项、甲局3项."""
    labels = [quantity.label for quantity in before]
    for place, (was, is_) in enumerate(zip(before, now, strict=True)):
        if is_.label and is_.label != was.label and is_.label in labels:
            other = before[labels.index(is_.label)]
            if labels.index(is_.label) != place and not other.claims_what(was):
                return f"“{other.written}”与“{was.written}”对调"
    return ""


def _turned(old: str, new: str) -> str:
    """A rise that became a fall, all that became some, what is not done that is done, in a sentence without figures too."""
    for one, other in ((_UP, _DOWN), (_DOWN, _UP), (_ALL, _SOME), (_SOME, _ALL)):
        was, becomes = re.search(one, old), re.search(other, new)
        if was and becomes and not re.search(other, old) and not re.search(one, new):
            return f"“{was[0]}”改为“{becomes[0]}”"
    (not_before, done_before), (not_now, done_now) = _done(old), _done(new)
    for verb in sorted((not_now - not_before) & (done_before - done_now)):
        return f"“{verb}”改为“未{verb}”"
    for verb in sorted((not_before - not_now) & (done_now - done_before)):
        return f"“未{verb}”改为“{verb}”"
    return ""


def _done(text: str) -> tuple[set[str], set[str]]:
    negated = {found["verb"] for found in _NOT_DONE.finditer(text)}
    return negated, {found[0] for found in _VERB.finditer(_NOT_DONE.sub("", text))}


def quantities(text: str) -> list[Quantity]:
    """Every quantity that a text claims, in its order."""
    plain = _plain(text)
    found: list[Quantity] = []
    behind = place = 0
    while place < len(plain):
        word = _WORDS.match(plain, place)
        fixed = _FIXED.match(plain, place)
        number = None if word or fixed else _NUMBER.match(plain, place)
        quantity = (
            _worded(word, plain, behind)
            if word
            else _read(number, plain, behind)
            if number
            else None
        )
        if quantity:
            found.append(quantity)
            match = word or number
            behind = place = match.end() if match else place + 1
        else:
            place = fixed.end() if fixed else place + 1
    return found


def _plain(text: str) -> str:
    """One way of writing: half-width, no thousands marks, dates in words, capital numerals as others."""
    plain = unicodedata.normalize("NFKC", text)
    plain = _THOUSANDS.sub("", plain).replace("○", "〇").replace("－", "-")
    plain = _FRACTION.sub(r"\2分之\1", plain)
    plain = _NUMERIC_DATE.sub(r"\1年\3月\4日", plain)
    return _IN_CAPITALS.sub(lambda found: found[0].translate(_CAPITALS), plain)


def _worded(word: re.Match[str], text: str, behind: int) -> Quantity:
    said = word[0]
    value: Fraction | str = said
    unit = word.lastgroup or ""
    bound = ""
    if unit == "every":
        value, unit = "每", said[1:].replace("季度", "季").replace("星期", "周").replace("天", "日")
    elif unit == "half":
        value, unit, bound = Fraction(1, 2), "比", ">" if said == "过半" else ""
    else:
        value = {"月末": "月底", "翻番": "翻一番", "次月": "下月"}.get(said, said)
    direction, label = _around(text, word.start(), behind)
    return Quantity(value, unit, bound, direction, said, "", label)


def _read(found: re.Match[str], text: str, behind: int) -> Quantity | None:
    """The claim of a number; None for a numeral that counts nothing."""
    value, unit = _value(found)
    number = found["number"] or ""
    worded = number[:1] in NUMERALS and number != ""
    if worded and not unit and not _stands_alone(found, text):
        return None
    if not worded and not unit and not found["times"]:
        unit = _unknown_unit(text, found.end())
    if unit == "号" and re.search(r"月\s*[\d一二三四五六七八九十]+号$", text[: found.end("unit")]):
        unit = "日"
    unit = _SAME_UNIT.get(unit, unit)
    if unit in _IN and isinstance(value, Fraction):
        base, factor = _IN[unit]
        value, unit = value * factor, base
    if found["half"]:
        unit += "半"
    if isinstance(value, Fraction) and found["sign"]:
        value = -value
    if found["letters"]:
        unit = found["letters"] + unit
    bounds = (found["before"], found["more"], found["after"])
    before = found["before"] or ""
    if before == "第":
        unit = f"第{unit}"
    bound = "".join(sorted({_BOUND.get(word, word) for word in bounds if word and word != "第"}))
    limit = _LIMIT.search(text[behind : found.start()])
    if limit and not bound:
        bound = _BOUND[limit[0]]
    direction, label = _around(text, found.start(), behind)
    return Quantity(value, unit, bound, direction, found[0].strip(), text[found.end() :][:2], label)


def _value(found: re.Match[str]) -> tuple[Fraction | str, str]:
    """The number and the unit; a numeral that could be two numbers stays as it is written."""
    if found["hundredth"]:
        part = _number(found["part"])
        whole = _TIMES[found["hundredth"]]
        return (part / whole, "比") if isinstance(part, Fraction) else (found[0], "比")
    if found["below"]:
        below, above = _number(found["below"]), _number(found["above"])
        if isinstance(below, Fraction) and isinstance(above, Fraction) and below:
            return above / below, "比"
        return found[0], "比"
    value = _number(found["number"])
    if isinstance(value, Fraction):
        for times in found["times"]:
            value *= _TIMES[times]
        if found["unit"] == "万元":
            return value * 10**4, "元"
        return value, found["unit"] or ""
    return f"{value}{found['times']}", found["unit"] or ""


def _number(text: str) -> Fraction | str:
    if text == "百":
        return Fraction(100)
    if text[0] in NUMERALS:
        whole, point, part = text.partition("点")
        number = read_numeral(whole)
        if number is None:
            return text
        digits = "".join(str(read_numeral(digit)) for digit in part)
        return Fraction(f"{number}.{digits}") if point and digits.isdecimal() else Fraction(number)
    total, last = Fraction(0), None
    for digits, times in re.findall(r"(\d+(?:\.\d+)?)([十百千万亿]*)", text):
        value = Fraction(Decimal(digits))
        for factor in times:
            value *= _TIMES[factor]
        if last is not None and value >= last:
            return text
        total, last = total + value, value
    return total


def _stands_alone(found: re.Match[str], text: str) -> bool:
    """Whether a numeral without a unit is a number: 一千二百八十六, 三至五项; not 百 of 百姓."""
    number = found["number"]
    value = read_numeral(number)
    is_large = len(number) > 1 and value is not None and value > 10
    return is_large or re.match(rf"[至到—~-]+{_N}+(?:{_UNIT})", text[found.end() :]) is not None


def _unknown_unit(text: str, end: int) -> str:
    """The word behind figures that no list knows: it is what they count."""
    following = text[end : end + 1]
    return following if "\u4e00" <= following <= "\u9fff" and following not in _PARTICLES else ""


_PARTICLES = "的了在为及和与、至到或并由是已将均共其中有个之以从对被把给向等完整按于"


def _around(text: str, start: int, behind: int) -> tuple[str, str]:
    """Which way a figure goes, and the words in front of it, from the last mark or figure on."""
    clause = text[behind:start]
    marks = [mark.end() for mark in _BOUNDARY.finditer(clause)]
    own = clause[marks[-1] if marks else 0 :]
    ways = list(_DIRECTION.finditer(own))
    direction = ""
    if ways:
        direction = "升" if ways[-1]["up"] else "降"
        direction += "到" if re.match(r"到|至", own[ways[-1].end() :]) else ""
    return direction, own[-_LABEL:].strip()
