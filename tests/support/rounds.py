"""Rounds put into a register without a workspace around it."""

from __future__ import annotations


def record(register, day, merged, issued=None):
    """Keep a merged ledger as the round of this day; its link in the chain."""
    with register.begin(day, "settings") as pending:
        pending.keep(
            [(submission.file, submission.sha256) for submission in merged.submissions], merged
        )
        pending.close()
        pending.seal(day.isoformat(), issued or {})
    return pending.link
