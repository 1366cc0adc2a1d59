"""The table of items × periods and what is counted of it, as files that analysts open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from toolkit.errors import UsageError
from toolkit.ledger.columns import BY_CODE
from toolkit.ledger.entry import own_headings
from toolkit.ledger.status import worded
from toolkit.queries.history import (
    COLUMNS,
    ageing,
    history,
    leader_by_status,
    unit_by_month,
)
from toolkit.register.store import Register

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from toolkit.workspace import Workspace

FORMATS = ("csv", "xlsx", "parquet")
# A spreadsheet would run such a text as a formula when it opens a .csv; a number stays a number.
_FORMULA = re.compile(r"[=+\-@\t\r](?![\d.]+$|$)")


def export(workspace: Workspace, to: str, folder: Path) -> tuple[Path, ...]:
    """Write the tables into a folder; the files. Raises UsageError for a format that is not known or not to be had."""
    if to not in FORMATS:
        raise UsageError(f"不能导出为“{to}”；可用的格式：{'、'.join(FORMATS)}。")
    if to == "parquet":
        _want_parquet()
    tables = tables_of(workspace)
    folder.mkdir(parents=True, exist_ok=True)
    if to == "xlsx":
        return (_write_workbook(folder / "历期数据.xlsx", tables),)
    write = _write_csv if to == "csv" else _write_parquet
    return tuple(write(folder / f"{name}.{to}", table) for name, table in tables.items())


def tables_of(workspace: Workspace) -> Mapping[str, Any]:
    """Every table by its name: all periods, then what the newest holds."""
    table = history(workspace)
    if table.empty:
        raise UsageError("台账库里还没有任何一期，没有可以导出的数据；请先运行。")
    headings = {key: heading for key, (heading, _) in COLUMNS.items()}
    own = _own_columns(workspace)
    return {
        "历期问题": table.rename(columns=headings),
        "多期未变动": ageing(table).rename(columns=headings),
        "单位和到期月份": unit_by_month(table).reset_index(),
        "牵头领导和状态": leader_by_status(table).reset_index(),
        **({} if own.empty else {"自有栏目": own}),
        "栏目说明": _explained(),
    }


def _own_columns(workspace: Workspace) -> Any:
    """What stands in the office's own columns today: a row an item, a column a heading; empty where it has none."""
    import pandas as pd

    with Register.open_to_read(workspace.register_path) as register:
        entries = register.recall().entries
    own = own_headings(entries)
    rows = [{_NUMBER: entry.item.id, **dict(entry.own)} for entry in entries]
    return pd.DataFrame(rows if own else [], columns=[_NUMBER, *own]).fillna("")


_NUMBER = BY_CODE["id"].header


def _explained() -> Any:
    """What stands in each column of 历期问题."""
    import pandas as pd

    rows = [(heading, key, worded(told)) for key, (heading, told) in COLUMNS.items()]
    return pd.DataFrame(rows, columns=["栏目", "代码", "说明"])


def _want_parquet() -> None:
    try:
        import pyarrow as pa  # noqa: F401 - whether it is there
    except ModuleNotFoundError as missing:
        raise UsageError(
            "导出parquet要用到pyarrow，这台电脑没有安装；请安装后再做，或改用--to csv、--to xlsx。"
        ) from missing


def _write_workbook(path: Path, tables: Mapping[str, Any]) -> Path:
    import pandas as pd

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with pd.ExcelWriter(path, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        for name, table in tables.items():
            table.to_excel(writer, sheet_name=name, index=False, freeze_panes=(1, 0))
    return path


def _write_csv(path: Path, table: Any) -> Path:
    """With a mark in front, so that a spreadsheet knows its letters; texts that look like formulas get a quotation mark."""
    quoted: Callable[[Any], Any] = lambda value: (  # noqa: E731 - one rule
        f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
    )
    table.map(quoted).to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")
    return path


def _write_parquet(path: Path, table: Any) -> Path:
    table.to_parquet(path, index=False)
    return path
