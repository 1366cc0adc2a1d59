"""New workbooks through xlsxwriter, with equal bytes for equal content."""

from __future__ import annotations

from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path


def new_workbook(path: Path, created: datetime, properties: Mapping[str, str]) -> xlsxwriter.Workbook:
    """An empty workbook that takes text as text: nothing typed becomes a formula, a link or a number.

    `created` is the only time in the file; `properties` are custom document properties.
    """
    workbook = xlsxwriter.Workbook(
        str(path),
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "yyyy-mm-dd",
        },
    )
    workbook.set_properties({"created": created, "author": "", "comments": ""})
    for name, value in properties.items():
        workbook.set_custom_property(name, value)
    return workbook
