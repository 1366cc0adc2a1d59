"""The rectification-ledger toolkit (整改台账工具箱)."""

from importlib import import_module
from typing import Any

__version__ = "0.3.0"


def __getattr__(name: str) -> Any:
    """`toolkit.history(workspace) -> DataFrame`, loaded when it is asked for."""
    if name == "history":
        return import_module("toolkit.queries.history").history
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
