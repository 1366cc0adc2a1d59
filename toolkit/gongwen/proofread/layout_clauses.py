"""Clauses 7.2 to 7.3: number, title, addressee, text and its levels, annexes, signature and date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.gongwen.numbering import chinese_numeral, number_of
from toolkit.gongwen.proofread.clause import Said, Weight, clause
from toolkit.gongwen.proofread.paper import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.gongwen.proofread.paper import Paper, Paragraph

_INDENT, _SLACK = 630, 110
_HEADINGS = (Role.HEADING1, Role.HEADING2, Role.HEADING3, Role.HEADING4)
_TEXT = (Role.BODY, *_HEADINGS)


def _is(font: str, *names: str) -> bool:
    return not font or any(name in font for name in names)


_FANG = ("仿宋", "FangSong", "Fandol Fang", "方正仿宋")
_KAI, _HEI = ("楷体", "KaiTi", "楷"), ("黑体", "SimHei", "Hei")
_BIAO = ("小标宋", "标宋", "华文中宋")


def _wrong_font(
    paragraphs: Iterator[Paragraph], names: tuple[str, ...], *, first_only: bool
) -> Iterator[Said]:
    for paragraph in paragraphs:
        looked = paragraph.fonts[:1] if first_only else paragraph.fonts
        wrong = next((font for font in looked if not _is(font, *names)), "")
        if wrong:
            yield Said(paragraph, f"字体为{wrong}")


def _wrong_size(paragraphs: Iterator[Paragraph], size: int) -> Iterator[Said]:
    for paragraph in paragraphs:
        wrong = next((found for found in paragraph.sizes if abs(found - size) > 1), 0)
        if wrong:
            yield Said(paragraph, f"字号为{wrong / 2:g}磅")


@clause("5.2.2-font", "5.2.2", Weight.MUST, "请把正文改为仿宋。")
def body_font(paper: Paper) -> Iterator[Said]:
    """正文用仿宋体；二级标题与正文接排的，标题之后用仿宋体。"""
    for paragraph in paper.of(Role.BODY, Role.ADDRESSEE):
        if paragraph.align == "center":
            continue  # a heading of its own, such as that of an annex
        wrong = next((font for font in paragraph.fonts if not _is(font, *_FANG, *_KAI)), "")
        if wrong:
            yield Said(paragraph, f"字体为{wrong}")


@clause("5.2.2-size", "5.2.2", Weight.MUST, "请把正文改为3号（16磅）。")
def body_size(paper: Paper) -> Iterator[Said]:
    """正文用3号字。"""
    yield from _wrong_size(
        paper.of(Role.BODY, Role.ADDRESSEE, Role.ANNEX_NOTE, Role.SIGNATURE, Role.DATE), 32
    )


@clause("5.2.4-color", "5.2.4", Weight.MUST, "请把文字改为黑色。")
def text_is_black(paper: Paper) -> Iterator[Said]:
    """文字为黑色。"""
    for paragraph in paper.of(*_TEXT, Role.TITLE, Role.ADDRESSEE, Role.SIGNATURE, Role.DATE):
        wrong = next(
            (
                colour
                for colour in paragraph.colours
                if colour and colour.lower() not in ("000000", "auto")
            ),
            "",
        )
        if wrong:
            yield Said(paragraph, f"文字颜色为#{wrong}")


_NUMBER = re.compile(
    r"^(?P<code>[\u4e00-\u9fff]{2,12})(?P<open>.)\s*(?P<year>\d{2,4})\s*(?P<close>.)\s*(?P<serial>第?0*\d+)号$"
)


def _numbers(paper: Paper) -> Iterator[tuple[Paragraph, re.Match[str]]]:
    for paragraph in paper.of(Role.NUMBER):
        found = _NUMBER.match(paragraph.text)
        if found:
            yield paragraph, found


@clause("7.2.5-bracket", "7.2.5", Weight.MUST, "请把年份用六角括号“〔〕”括入。")
def number_in_its_brackets(paper: Paper) -> Iterator[Said]:
    """发文字号的年份用六角括号“〔〕”括入。"""
    for paragraph, found in _numbers(paper):
        if (found["open"], found["close"]) != ("〔", "〕"):
            yield Said(paragraph, f"写作“{paragraph.text}”")


@clause("7.2.5-year", "7.2.5", Weight.MUST, "请把年份写全，如2026。")
def number_with_a_whole_year(paper: Paper) -> Iterator[Said]:
    """发文字号的年份标全称。"""
    for paragraph, found in _numbers(paper):
        if len(found["year"]) != 4:
            yield Said(paragraph, f"年份写作“{found['year']}”")


@clause("7.2.5-serial", "7.2.5", Weight.MUST, "请去掉“第”字和序号前的0。")
def number_without_zeros(paper: Paper) -> Iterator[Said]:
    """发文顺序号不加“第”字，不编虚位。"""
    for paragraph, found in _numbers(paper):
        if not re.fullmatch(r"[1-9]\d*", found["serial"]):
            yield Said(paragraph, f"序号写作“{found['serial']}”")


@clause("7.3.1-font", "7.3.1", Weight.MUST, "请把标题改为小标宋。")
def title_font(paper: Paper) -> Iterator[Said]:
    """标题用小标宋体。"""
    yield from _wrong_font(paper.of(Role.TITLE), _BIAO, first_only=False)


@clause("7.3.1-size", "7.3.1", Weight.MUST, "请把标题改为2号（22磅）。")
def title_size(paper: Paper) -> Iterator[Said]:
    """标题用2号字。"""
    yield from _wrong_size(paper.of(Role.TITLE), 44)


@clause("7.3.1-center", "7.3.1", Weight.MUST, "请把标题居中。")
def title_is_centred(paper: Paper) -> Iterator[Said]:
    """标题居中排布。"""
    for paragraph in paper.of(Role.TITLE):
        if paragraph.align != "center":
            yield Said(paragraph, "标题没有居中")


@clause("7.3.1-text", "7.3.1", Weight.MUST, "请去掉标题末尾的标点。", bad=(), good=())
def title_without_final_mark(paper: Paper) -> Iterator[Said]:
    """标题末尾不用标点符号（引号、书名号、括号除外）。"""
    for paragraph in paper.of(Role.TITLE):
        if re.search(r"[。，；：、！.]$", paragraph.text):
            yield Said(paragraph, f"以“{paragraph.text[-1]}”结尾")


@clause("7.3.1-missing", "7.3.1", Weight.MUST, "请补上标题：发文机关、事由和文种，居中。")
def there_is_a_title(paper: Paper) -> Iterator[Said]:
    """公文有标题。"""
    if not any(True for _ in paper.of(Role.TITLE)):
        yield Said(None, "没有找到标题")


@clause("7.3.2-colon", "7.3.2", Weight.MUST, "请在主送机关后用全角冒号。")
def addressee_ends_in_a_colon(paper: Paper) -> Iterator[Said]:
    """主送机关后标全角冒号。"""
    for paragraph in paper.of(Role.ADDRESSEE):
        if not paragraph.text.endswith("："):
            yield Said(paragraph, f"以“{paragraph.text[-1]}”结尾")


@clause("7.3.2-left", "7.3.2", Weight.MUST, "请把主送机关改为顶格。")
def addressee_stands_flush_left(paper: Paper) -> Iterator[Said]:
    """主送机关居左顶格。"""
    for paragraph in paper.of(Role.ADDRESSEE):
        if paragraph.first_line + paragraph.left > _SLACK:
            yield Said(paragraph, "主送机关前有缩进")


@clause("7.3.3-indent", "7.3.3", Weight.MUST, "请把段落首行缩进改为2字符。")
def paragraphs_are_indented(paper: Paper) -> Iterator[Said]:
    """每个自然段左空二字。"""
    for paragraph in paper.of(*_TEXT):
        if paragraph.align != "center" and abs(paragraph.first_line - _INDENT) > _SLACK:
            yield Said(paragraph, f"首行缩进{paragraph.first_line / 315:.1f}字")


@clause("7.3.3-back", "7.3.3", Weight.MUST, "请把左缩进改为0，使回行顶格。")
def later_lines_stand_flush_left(paper: Paper) -> Iterator[Said]:
    """回行顶格。"""
    for paragraph in paper.of(*_TEXT):
        if paragraph.left > _SLACK:
            yield Said(paragraph, f"左缩进{paragraph.left / 315:.1f}字")


@clause("7.3.3-h1-font", "7.3.3", Weight.SHOULD, "请把一级标题改为黑体。")
def first_level_font(paper: Paper) -> Iterator[Said]:
    """第一层“一、”用黑体。"""
    yield from _wrong_font(paper.of(Role.HEADING1), _HEI, first_only=True)


@clause("7.3.3-h2-font", "7.3.3", Weight.SHOULD, "请把二级标题改为楷体。")
def second_level_font(paper: Paper) -> Iterator[Said]:
    """第二层“（一）”用楷体。"""
    yield from _wrong_font(paper.of(Role.HEADING2), _KAI, first_only=True)


@clause("7.3.3-h3-font", "7.3.3", Weight.SHOULD, "请把三级、四级标题改为仿宋。")
def lower_levels_font(paper: Paper) -> Iterator[Said]:
    """第三层“1.”和第四层“（1）”用仿宋。"""
    yield from _wrong_font(paper.of(Role.HEADING3, Role.HEADING4), _FANG, first_only=True)


@clause("7.3.3-h-size", "7.3.3", Weight.MUST, "请把各级标题改为3号（16磅）。")
def headings_size(paper: Paper) -> Iterator[Said]:
    """各层标题用3号字。"""
    yield from _wrong_size(paper.of(*_HEADINGS), 32)


@clause("7.3.3-bold", "7.3.3", Weight.PRACTICE, "请取消加粗：层次由字体区分。")
def headings_are_not_bold(paper: Paper) -> Iterator[Said]:
    """标题和各层标题不加粗。"""
    for paragraph in paper.of(Role.TITLE, *_HEADINGS):
        if paragraph.bold:
            yield Said(paragraph, "加粗")


@clause("7.3.3-marks", "7.3.3", Weight.MUST, "请改为“一、”“（一）”“1.”“（1）”。")
def marks_have_their_form(paper: Paper) -> Iterator[Said]:
    """结构层次序数依次用“一、”“（一）”“1.”“（1）”。"""
    wrong = re.compile(
        r"^(?:\([一二三四五六七八九十百\d]+\)|\d{1,3}[、．](?!\d)|[（(][一二三四五六七八九十百\d]+[)）]、)"
    )
    for paragraph in paper.of(*_HEADINGS):
        found = wrong.match(paragraph.text)
        if found:
            yield Said(paragraph, f"写作“{found[0]}”")


_MARKS = (
    (Role.HEADING1, re.compile(r"^([一二三四五六七八九十百]+)、")),
    (Role.HEADING2, re.compile(r"^[（(]([一二三四五六七八九十百]+)[)）]")),
    (Role.HEADING3, re.compile(r"^(\d{1,3})[.．、]")),
    (Role.HEADING4, re.compile(r"^[（(](\d{1,3})[)）]")),
)


@clause("7.3.3-sequence", "7.3.3", Weight.MUST, "请核对编号是否跳号、重号。")
def numbers_go_on_without_gaps(paper: Paper) -> Iterator[Said]:
    """同一层次的序数连续，不跳号、不重号。"""
    expected = [1, 1, 1, 1]
    for paragraph in paper.of(*_HEADINGS):
        level = _HEADINGS.index(paragraph.role)
        found = _MARKS[level][1].match(paragraph.text)
        if not found:
            continue
        wanted = expected[level]
        if found[1] not in (str(wanted), chinese_numeral(wanted)) and not _goes_on(
            paper, paragraph, found[1]
        ):
            said = chinese_numeral(wanted) if level < 2 else str(wanted)
            yield Said(paragraph, f"此处应为{said}，写作{found[1]}")
            wanted = _value(found[1])
        expected[level] = wanted + 1
        expected[level + 1 :] = [1] * (3 - level)


def _goes_on(paper: Paper, paragraph: Paragraph, written: str) -> bool:
    """Whether the number before it stands within the paragraph before: …做法：（1）…。 and then a paragraph （2）…"""
    before = paper.paragraphs[paragraph.number - 2] if paragraph.number > 1 else None
    number = _value(written) - 1
    inside = rf"[（(]{number}[)）]|(?<!\d){number}[.．、]"
    return before is not None and number > 0 and re.search(inside, before.text[2:]) is not None


def _value(written: str) -> int:
    return int(written) if written.isdecimal() else number_of(written) or 1


@clause("7.3.4-end", "7.3.4", Weight.MUST, "请去掉附件名称后的标点。")
def annex_names_without_final_mark(paper: Paper) -> Iterator[Said]:
    """附件名称后不加标点符号。"""
    for paragraph in paper.of(Role.ANNEX_NOTE):
        if re.search(r"[。；，、.]$", paragraph.text):
            yield Said(paragraph, f"以“{paragraph.text[-1]}”结尾")


@clause("7.3.4-colon", "7.3.4", Weight.MUST, "请在“附件”后用全角冒号。")
def annex_note_has_a_wide_colon(paper: Paper) -> Iterator[Said]:
    """“附件”二字后标全角冒号。"""
    for paragraph in paper.of(Role.ANNEX_NOTE):
        if paragraph.text.startswith("附件:"):
            yield Said(paragraph, "用了半角冒号")


@clause(
    "7.3.5.4-date",
    "7.3.5.4",
    Weight.MUST,
    "请写成2026年6月9日：阿拉伯数字，年份标全称，月、日不编虚位。",
)
def date_in_its_form(paper: Paper) -> Iterator[Said]:
    """成文日期用阿拉伯数字将年、月、日标全，年份标全称，月、日不编虚位。"""
    for paragraph in paper.of(Role.DATE):
        if not re.fullmatch(
            r"[12]\d{3}年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日",
            paragraph.text.replace(" ", ""),
        ):
            yield Said(paragraph, f"写作“{paragraph.text}”")


_DATED = re.compile(r"(?:通报|通知|报告|函|请示|批复|意见|决定|公告|通告|告诫书)$")


@clause("7.3.5-missing", "7.3.5", Weight.MUST, "请补上成文日期。")
def there_is_a_date(paper: Paper) -> Iterator[Said]:
    """公文有成文日期。"""
    is_dated = any(_DATED.search(paragraph.text) for paragraph in paper.of(Role.TITLE))
    if is_dated and not any(True for _ in paper.of(Role.DATE)):
        yield Said(None, "没有找到成文日期")


@clause("7.3.7-colon", "7.3.7", Weight.MUST, "请去掉附件顺序号后的冒号。")
def annex_mark_without_colon(paper: Paper) -> Iterator[Said]:
    """附件标识“附件1”后不加冒号。"""
    for paragraph in paper.of(Role.ANNEX):
        if paragraph.text.endswith(("：", ":")):
            yield Said(paragraph, f"写作“{paragraph.text}”")


@clause("7.3.7-font", "7.3.7", Weight.MUST, "请把“附件”二字改为3号黑体。")
def annex_mark_font(paper: Paper) -> Iterator[Said]:
    """附件标识用3号黑体。"""
    yield from _wrong_font(paper.of(Role.ANNEX), _HEI, first_only=True)
    yield from _wrong_size(paper.of(Role.ANNEX), 32)
