"""What stops us: one small tree of exceptions, each with a Chinese sentence (where, what, how to fix).

    ToolkitError            any failure that a person can act on
    ├── UsageError          wrong command line or wrong folder          exit 2
    │   └── SettingsError   faults in 设置.xlsx, all of them at once     exit 2
    └── (rooms)             each room adds its own, e.g. UnreadableFile exit 3

What a department wrote badly is never an exception: it is a Finding (see `toolkit.ledger.finding`).
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process tells its caller (design §7)."""

    FINE = 0
    FINDINGS = 1
    USAGE = 2
    FAILED = 3


class ToolkitError(Exception):
    """A failure that a person can act on; its text is a Chinese sentence for that person."""

    exit_code = ExitCode.FAILED


class UsageError(ToolkitError):
    """The command was called in a way, or in a place, that cannot work."""

    exit_code = ExitCode.USAGE


class SettingsError(UsageError):
    """设置.xlsx holds values that cannot be used; every fault is named, with sheet and cell."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__(
            "设置有误，请改正后重新运行：\n" + "\n".join(f"  {n}. {fault}" for n, fault in enumerate(faults, 1))
        )
