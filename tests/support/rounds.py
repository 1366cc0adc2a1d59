"""Rounds put into a register without a workspace around it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from toolkit.register.merge import Merged
from toolkit.register.store import Register


def record(
    register: Register, day: dt.date, merged: Merged, issued: Mapping[str, str] | None = None
) -> str:
    """Keep a merged ledger as the round of this day; its link in the chain."""
    with register.begin(day, "settings") as pending:
        pending.keep(
            [(submission.file, submission.sha256) for submission in merged.submissions], merged
        )
        pending.close()
        pending.seal(day.isoformat(), issued or {})
    return pending.link
