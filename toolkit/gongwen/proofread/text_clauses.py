"""Clause 9 and the practice of writing: marks (GB/T 15834), figures (GB/T 15835), units, dates, document numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.gongwen.proofread.clause import Said, Weight, clause
from toolkit.gongwen.proofread.paper import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.gongwen.proofread.paper import Paper, Paragraph

_READ = (
    Role.TITLE, Role.ADDRESSEE, Role.HEADING1, Role.HEADING2, Role.HEADING3, Role.HEADING4, Role.BODY, Role.ANNEX_NOTE, Role.REMARK,
)  # fmt: skip
_HAN = "\u4e00-\u9fff"


def _texts(paper: Paper) -> Iterator[Paragraph]:
    return paper.of(*_READ)


def _found(paper: Paper, pattern: re.Pattern[str]) -> Iterator[Said]:
    for paragraph in _texts(paper):
        for match in pattern.finditer(_without_addresses(paragraph.text)):
            yield Said(paragraph, f"写作“{match[0].strip()}”")


def _without_addresses(text: str) -> str:
    """Addresses of the net follow their own rules."""
    if "@" not in text and "http" not in text:
        return text
    return re.sub(r"https?://\S+|[\w.+-]+@[\w.-]+", lambda found: "x" * len(found[0]), text)


_YEAR_BRACKET = re.compile(rf"[{_HAN}]{{1,8}}[\[［（(【](?:19|20)\d\d[\]］）)】]\d+号")


@clause(
    "9-year-bracket",
    "7.2.5",
    Weight.MUST,
    "请把年份用六角括号“〔〕”括入，如国发〔2026〕1号。",
    bad=("按照国发[2026]1号文件要求，",),
    good=("按照国发〔2026〕1号文件要求，",),
)
def cited_numbers_in_their_brackets(paper: Paper) -> Iterator[Said]:
    """引用公文的发文字号，年份用六角括号括入。"""
    yield from _found(paper, _YEAR_BRACKET)


_NUMBER_ZERO = re.compile(r"〔20\d\d〕(?:第\d+|0\d*)号")


@clause(
    "9-docno-zero",
    "7.2.5",
    Weight.MUST,
    "请去掉“第”字和序号前的0。",
    bad=("按照国发〔2026〕第01号文件，",),
    good=("按照国发〔2026〕1号文件，",),
)
def cited_numbers_without_zeros(paper: Paper) -> Iterator[Said]:
    """引用的发文字号不加“第”字，不编虚位。"""
    yield from _found(paper, _NUMBER_ZERO)


_DATE_ZERO = re.compile(r"(?:(?<=年)0\d月|(?<=月)0\d日)")


@clause(
    "9-date-zero",
    "7.3.5.4",
    Weight.MUST,
    "请去掉月、日前的0，如2026年4月8日。",
    bad=("2026年04月08日召开会议。",),
    good=("2026年4月8日召开会议。",),
)
def dates_without_zeros(paper: Paper) -> Iterator[Said]:
    """日期的月、日不编虚位。"""
    yield from _found(paper, _DATE_ZERO)


_DATE_FORM = re.compile(
    r"(?<![\d.])20\d\d(?P<mark>[.\-/])(?:0?[1-9]|1[0-2])(?P=mark)(?:0?[1-9]|[12]\d|3[01])(?![\d.])"
)


@clause(
    "9-date-form",
    "9",
    Weight.PRACTICE,
    "请写成2026年4月8日。",
    bad=("2026.4.8召开会议。", "截至2026-04-08，"),
    good=("2026年4月8日召开会议。",),
)
def dates_in_words(paper: Paper) -> Iterator[Said]:
    """正文中的日期用年、月、日，不用点、短横。"""
    yield from _found(paper, _DATE_FORM)


_YEAR_SHORT = re.compile(r"(?<![\d年])[’']?\d\d年(?:[1-9]|1[0-2])月")


@clause(
    "9-year-short",
    "9",
    Weight.MUST,
    "请把年份写全，如2026年3月。",
    bad=("26年3月印发。",),
    good=("2026年3月印发。", "工作20年，3月退休。"),
)
def years_in_full(paper: Paper) -> Iterator[Said]:
    """年份标全称。"""
    yield from _found(paper, _YEAR_SHORT)


_YEAR_ZERO = re.compile(r"[一二][一二三四五六七八九零○O0〇]{3}年")


@clause(
    "9-year-zero",
    "9",
    Weight.MUST,
    "请把年份中的零写作“〇”。",
    bad=("二零二六年印发。", "二○二六年印发。"),
    good=("二〇二六年印发。", "一九九八年印发。"),
)
def years_in_characters(paper: Paper) -> Iterator[Said]:
    """汉字年份中的零写作“〇”。"""
    for said in _found(paper, _YEAR_ZERO):
        if re.search("[零○O0]", said.found.removeprefix("写作")):
            yield said


_HALF = re.compile(rf"(?<=[{_HAN}])[,;:!?](?=[{_HAN}“《（]|$)|\((?=[{_HAN}])|(?<=[{_HAN}])\)")


@clause(
    "9-half-punct",
    "9",
    Weight.MUST,
    "请改用全角标点。",
    bad=("整改完成,效果良好。", "整改(完成)。"),
    good=("整改完成，效果良好。", "投诉率下降至1,200件（含）。"),
)
def wide_marks_beside_characters(paper: Paper) -> Iterator[Said]:
    """汉字旁用全角标点。"""
    yield from _found(paper, _HALF)


_STRAIGHT = re.compile(rf"\"[^\"]*[{_HAN}][^\"]*\"|'[^']*[{_HAN}][^']*'")


@clause(
    "9-straight-quote",
    "9",
    Weight.MUST,
    "请改用弯引号“”。",
    bad=('开展"回头看"。',),
    good=("开展“回头看”。",),
)
def curly_quotation_marks(paper: Paper) -> Iterator[Said]:
    """引号用“”和‘’。"""
    yield from _found(paper, _STRAIGHT)


_TITLE_MARKS = re.compile(r"》、《")


@clause(
    "9-title-marks",
    "9",
    Weight.PRACTICE,
    "并列的书名号之间不用顿号，请删去。",
    bad=("印发《甲办法》、《乙办法》。",),
    good=("印发《甲办法》《乙办法》。", "印发《甲办法》（试行）、《乙办法》。"),
)
def no_comma_between_titles(paper: Paper) -> Iterator[Said]:
    """并列的书名号之间通常不用顿号。"""
    yield from _found(paper, _TITLE_MARKS)


_QUOTE_MARKS = re.compile(r"”、“")


@clause(
    "9-quote-marks",
    "9",
    Weight.PRACTICE,
    "并列的引号之间不用顿号，请删去。",
    bad=("落实“三重”、“一大”。",),
    good=("落实“三重”“一大”。",),
)
def no_comma_between_quotations(paper: Paper) -> Iterator[Said]:
    """并列的引号之间通常不用顿号。"""
    yield from _found(paper, _QUOTE_MARKS)


_NESTED = re.compile(r"《[^《》]*《[^《》]*》|（[^（）]*（[^（）]*）")


@clause(
    "9-nested",
    "9",
    Weight.MUST,
    "书名号内用〈〉，括号内改用〔〕或改写。",
    bad=("印发《关于印发《办法》的通知》。", "（见附件（二））"),
    good=("印发《关于印发〈办法〉的通知》。",),
)
def nested_marks(paper: Paper) -> Iterator[Said]:
    """书名号内的书名号用〈〉；圆括号内不直接套圆括号。"""
    yield from _found(paper, _NESTED)


_ELLIPSIS = re.compile(r"\.{3,}|。{2,}|(?<!…)…(?!…)|(?:…){3,}")


@clause(
    "9-ellipsis",
    "9",
    Weight.MUST,
    "请改为省略号“……”。",
    bad=("会议、调研...等。", "会议。。。"),
    good=("会议、调研……",),
)
def ellipsis_of_six_dots(paper: Paper) -> Iterator[Said]:
    """省略号为六个连点。"""
    yield from _found(paper, _ELLIPSIS)


_DASH = re.compile(rf"(?<=[{_HAN}])(?:--+|－－+)(?=[{_HAN}])")


@clause(
    "9-dash",
    "9",
    Weight.MUST,
    "请改为破折号“——”。",
    bad=("一条主线--改革。",),
    good=("一条主线——改革。",),
)
def dash_of_two(paper: Paper) -> Iterator[Said]:
    """破折号占两个字。"""
    yield from _found(paper, _DASH)


_RANGE = re.compile(
    r"(?<![\d\-第号])\d+(?:\.\d+)?-\d+(?:\.\d+)?(?=[个家项条次人名户年月日天周元万亿%])"
)


@clause(
    "9-range",
    "9",
    Weight.MUST,
    "请用“～”或“—”连接，如10～20家。",
    bad=("走访10-20家企业。",),
    good=("走访10～20家企业。", "问题3-2已完成。"),
)
def ranges_by_a_wave(paper: Paper) -> Iterator[Said]:
    """数值范围用浪纹线或一字线连接。"""
    yield from _found(paper, _RANGE)


_RANGE_UNIT = re.compile(r"(?<![\d.])\d+(?:\.\d+)?[～~—]\d+(?:\.\d+)?(?:%|万|亿)")


@clause(
    "9-range-unit",
    "9",
    Weight.MUST,
    "请在前一数值后也写上%、万、亿。",
    bad=("增长15～30%。",),
    good=("增长15%～30%。",),
)
def units_at_both_ends(paper: Paper) -> Iterator[Said]:
    """数值范围两端的%、万、亿都要写。"""
    yield from _found(paper, _RANGE_UNIT)


_APPROXIMATE = re.compile(
    r"[一二三四五六七八九]、[一二三四五六七八九](?:十|百|千|万)?(?=[个家项条次人名户年月天周])"
)


@clause(
    "9-approx",
    "9",
    Weight.MUST,
    "连用的概数之间不用顿号，如五六家。",
    bad=("走访五、六家企业。",),
    good=("走访五六家企业。", "一、二期工程完工。"),
)
def approximate_numbers_without_comma(paper: Paper) -> Iterator[Said]:
    """表示概数的相邻数字之间不用顿号。"""
    yield from _found(paper, _APPROXIMATE)


_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ％]+")


@clause(
    "9-wide-digit",
    "9",
    Weight.PRACTICE,
    "请改用半角数字和字母。",
    bad=("完成３５项。",),
    good=("完成35项。",),
)
def half_width_figures(paper: Paper) -> Iterator[Said]:
    """阿拉伯数字、字母用半角。"""
    yield from _found(paper, _WIDE)


_SPACE = re.compile(rf"(?<=[{_HAN}，。；：、])[ \u3000]+(?=[{_HAN}])")


@clause(
    "9-space",
    "9",
    Weight.PRACTICE,
    "请删去汉字之间的空格。",
    bad=("整改 情况良好。",),
    good=("整改情况良好。",),
)
def no_space_between_characters(paper: Paper) -> Iterator[Said]:
    """汉字之间不空格。"""
    for paragraph in paper.of(
        Role.BODY, Role.HEADING1, Role.HEADING2, Role.HEADING3, Role.HEADING4
    ):
        for match in _SPACE.finditer(paragraph.text):
            around = paragraph.text[max(0, match.start() - 3) : match.end() + 3]
            yield Said(paragraph, f"“{around}”中有空格")


_DOUBLE = re.compile(r"，，+|、、+|；；+|：：+|，。|。，|、。|；。|。；|，、")


@clause(
    "9-double",
    "9",
    Weight.MUST,
    "请删去多余的标点。",
    bad=("已完成，，成效明显。", "已完成；。"),
    good=("已完成，成效明显。",),
)
def no_doubled_marks(paper: Paper) -> Iterator[Said]:
    """标点不重复。"""
    yield from _found(paper, _DOUBLE)


_UNIT = re.compile(r"(?<=\d)(?:KM|Km|KG|Kg|M2|m2|M3|m3|MM|Mm|公尺|公分|平米|立米)(?![A-Za-z])")


@clause(
    "9-unit",
    "9",
    Weight.MUST,
    "请用法定计量单位，如km、kg、m²、平方米。",
    bad=("全长5KM。", "面积30m2。"),
    good=("全长5km，面积30m²。", "面积30平方米。"),
)
def legal_units(paper: Paper) -> Iterator[Said]:
    """计量单位用法定写法。"""
    yield from _found(paper, _UNIT)


_LEVEL = re.compile(r"(?:^|(?<=[。；]))[（(][一二三四五六七八九十百\d]+[)）]、")


@clause(
    "9-level",
    "9",
    Weight.PRACTICE,
    "请删去“（一）”“（1）”后的顿号。",
    bad=("（一）、加强领导。",),
    good=("（一）加强领导。",),
)
def no_comma_after_a_bracketed_mark(paper: Paper) -> Iterator[Said]:
    """“（一）”“（1）”后不加顿号。"""
    yield from _found(paper, _LEVEL)


_PAIRS = {"（": "）", "《": "》", "“": "”", "〔": "〕", "【": "】", "〈": "〉"}


@clause(
    "9-pairs",
    "9",
    Weight.MUST,
    "请补全成对的标点。",
    bad=("印发《甲办法。", "开展回头看”。"),
    good=("印发《甲办法》（试行）。",),
)
def marks_in_pairs(paper: Paper) -> Iterator[Said]:
    """括号、书名号、引号成对使用。"""
    for paragraph in _texts(paper):
        for opening, closing in _PAIRS.items():
            opened, closed = paragraph.text.count(opening), paragraph.text.count(closing)
            if opened != closed:
                yield Said(paragraph, f"“{opening}”{opened}个，“{closing}”{closed}个")


_PLACEHOLDER = re.compile(
    r"\{\{[^}]*\}\}|【请[^】]*】|【[^】]*尚未填报[^】]*】|××+|XX+(?![A-Za-z])"
)


@clause(
    "9-blank",
    "9",
    Weight.MUST,
    "请补上空着的内容。",
    bad=("联系电话：【请在设置中填写：电话】。", "按照××要求，"),
    good=("联系电话：0000-1234567。",),
)
def nothing_left_blank(paper: Paper) -> Iterator[Said]:
    """没有留空待填的内容。"""
    yield from _found(paper, _PLACEHOLDER)


_TYPO = {
    "台帐": "台账",
    "截止目前": "截至目前",
    "截止到": "截至",
    "帐号": "账号",
    "座落": "坐落",
    "既使": "即使",
    "按装": "安装",
    "布署": "部署",
    "做为": "作为",
    "必需的义务": "必须的义务",
}
_TYPOS = re.compile("|".join(_TYPO))


@clause(
    "9-typo",
    "9",
    Weight.PRACTICE,
    "请改为规范的写法（台账、截至、部署、账号、作为）。",
    bad=("建立整改台帐。", "截止目前，已完成5个。"),
    good=("建立整改台账，截至目前已完成5个。", "申报截止日期为6月30日。"),
)
def common_slips(paper: Paper) -> Iterator[Said]:
    """常见的错别字。"""
    yield from _found(paper, _TYPOS)
