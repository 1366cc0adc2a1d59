"""The commands of `zhenggai`, one module each: an order becomes one call, and what came of it lines.

A module that is put here is a command by existing; nothing lists them.
"""

from __future__ import annotations

import importlib
import pkgutil


def load_commands() -> None:
    """Make every module of this room known to the application."""
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        importlib.import_module(module.name)
