"""`zhenggai` called within the tests' own process, which spares a second of start-up a call."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from toolkit.cli import main


@dataclass(frozen=True)
class Answer:
    """What a call said on either stream, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def record(self) -> Any:
        """What `--json` printed."""
        return json.loads(self.out)


def zhenggai(*arguments: object) -> Answer:
    """Call the command line as a shell would, with both streams caught."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with (
        patch.object(sys, "argv", ["zhenggai", *map(str, arguments)]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as left:
            code = int(left.code or 0)
        else:
            code = 0
    return Answer(code, _text(out), _text(err))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    held = stream.buffer
    assert isinstance(held, io.BytesIO)
    return held.getvalue().decode("utf-8")
