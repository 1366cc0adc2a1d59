"""Clauses 5 and 7.5: paper, margins, grid, page numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.gongwen.proofread.clause import Said, Weight, clause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.gongwen.proofread.paper import Page, Paper

_MM = 1440 / 25.4
# Reading A of 天头: page setup; B: the type itself stands at 37 and 262 mm (see the facts of the project).
_TOPS, _BOTTOMS = (37.0, 33.3), (35.0, 33.2)


def _mm(twips: float) -> float:
    return twips / _MM


def _upright(paper: Paper) -> Iterator[Page]:
    return (page for page in paper.pages if not page.is_landscape)


@clause("5.1-size", "5.1", Weight.MUST, "请在页面设置中把纸张改为A4。")
def paper_is_a4(paper: Paper) -> Iterator[Said]:
    """纸张为A4：210毫米×297毫米。"""
    for page in paper.pages:
        sides = sorted((_mm(page.width), _mm(page.height)))
        if abs(sides[0] - 210) > 2 or abs(sides[1] - 297) > 2:
            yield Said(None, f"纸张为{sides[0]:.0f}×{sides[1]:.0f}毫米")


@clause("5.2.1-top", "5.2.1", Weight.MUST, "请在页面设置中把上边距改为37毫米。")
def top_margin(paper: Paper) -> Iterator[Said]:
    """天头（上白边）为37毫米±1毫米。"""
    for page in _upright(paper):
        if all(abs(_mm(page.top) - top) > 1 for top in _TOPS):
            yield Said(None, f"上边距为{_mm(page.top):.1f}毫米")


@clause("5.2.1-left", "5.2.1", Weight.MUST, "请在页面设置中把左边距改为28毫米。")
def left_margin(paper: Paper) -> Iterator[Said]:
    """订口（左白边）为28毫米±1毫米。"""
    for page in _upright(paper):
        if abs(_mm(page.left) - 28) > 1:
            yield Said(None, f"左边距为{_mm(page.left):.1f}毫米")


@clause("5.2.1-width", "5.2.1", Weight.MUST, "请把右边距改为26毫米，使版心宽156毫米。")
def text_width(paper: Paper) -> Iterator[Said]:
    """版心宽156毫米。"""
    for page in _upright(paper):
        width = _mm(page.width - page.left - page.right)
        if abs(width - 156) > 1:
            yield Said(None, f"版心宽{width:.1f}毫米")


@clause("5.2.1-height", "5.2.1", Weight.MUST, "请把下边距改为35毫米，使版心高225毫米。")
def text_height(paper: Paper) -> Iterator[Said]:
    """版心高225毫米。"""
    for page in _upright(paper):
        height = _mm(page.height - page.top - page.bottom)
        expected = next(
            (
                297 - top - bottom
                for top, bottom in zip(_TOPS, _BOTTOMS, strict=True)
                if abs(_mm(page.top) - top) <= 1
            ),
            225,
        )
        if abs(height - expected) > 1.5:
            yield Said(None, f"版心高{height:.1f}毫米")


@clause("5.2.3-lines", "5.2.3", Weight.SHOULD, "请在页面设置的文档网格中设为每页22行、每行28个字。")
def rows_and_characters(paper: Paper) -> Iterator[Said]:
    """一般每面排22行，每行排28个字。"""
    for page in _upright(paper):
        if not page.grid:
            yield Said(None, "没有设置文档网格")
        elif page.pitch and not 21.5 <= (page.height - page.top - page.bottom) / page.pitch < 23:
            rows = (page.height - page.top - page.bottom) / page.pitch
            yield Said(None, f"文档网格每页{rows:.0f}行")


@clause("7.5-text", "7.5", Weight.MUST, "请在页脚中把页码写成“— 1 —”，两侧各一条一字线。")
def page_number_between_dashes(paper: Paper) -> Iterator[Said]:
    """页码用半角阿拉伯数字，左右各放一条一字线。"""
    if not paper.footers:
        yield Said(None, "没有页码")
    for footer in paper.footers:
        if footer.text.strip() not in ("— # —", "—#—", "－ # －"):
            yield Said(None, f"页码写作“{footer.text.strip().replace('#', '1')}”")


@clause("7.5-size", "7.5", Weight.MUST, "请把页码改为4号（14磅）。")
def page_number_size(paper: Paper) -> Iterator[Said]:
    """页码用4号字。"""
    for footer in paper.footers:
        wrong = sorted({size for size in footer.sizes if abs(size - 28) > 1})
        if wrong:
            yield Said(None, f"页码为{wrong[0] / 2:g}磅")


@clause("7.5-font", "7.5", Weight.SHOULD, "请把页码改为宋体。")
def page_number_font(paper: Paper) -> Iterator[Said]:
    """页码用宋体。"""
    for footer in paper.footers:
        wrong = sorted(
            {
                font
                for font in footer.fonts
                if font and "宋" not in font and "Song" not in font and "SimSun" not in font
            }
        )
        if wrong:
            yield Said(None, f"页码字体为{wrong[0]}")


@clause(
    "7.5-odd-right",
    "7.5",
    Weight.MUST,
    "请勾选“奇偶页不同”，奇数页页码居右空一字，偶数页居左空一字。",
)
def page_number_side(paper: Paper) -> Iterator[Said]:
    """单页码居右空一字，双页码居左空一字。"""
    sides = {footer.kind: footer.align for footer in paper.footers}
    if not paper.footers:
        return
    if not paper.has_odd_and_even or "even" not in sides:
        yield Said(None, "没有区分奇数页和偶数页")
    elif sides.get("default") not in ("right", "end") or sides["even"] not in (
        "left",
        "start",
        "both",
    ):
        yield Said(None, "页码的位置不对")
