"""The look of the house's papers: the fonts that the settings name for each element."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.gongwen.styles import Fonts

if TYPE_CHECKING:
    from toolkit.settings.model import Settings


def house_fonts(settings: Settings) -> Fonts:
    """The fonts that the settings name for each element of a paper."""
    names = settings.document
    return Fonts(
        title=names.font_title,
        heading1=names.font_heading1,
        heading2=names.font_heading2,
        body=names.font_body,
        page=names.font_page,
    )
