"""The sample's notice as readable text: one paragraph a line behind the name of its style.

After an intended change:  python -m tests.golden.notice  writes it anew; read the difference before you commit it.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import docx

GOLDEN = Path(__file__).with_name("样例通报.txt")


def text_of(path):
    """Title, body and signature line by line; a break within a paragraph is shown as ⏎."""
    lines = [f"［{found.style.name}］{found.text}".replace("\n", "⏎") for found in docx.Document(str(path)).paragraphs]
    return "\n".join(lines) + "\n"


def regenerate():
    from toolkit.sample.demo import make_demo

    with tempfile.TemporaryDirectory() as folder:
        outcome = make_demo(Path(folder) / "示例", dt.datetime(2026, 6, 19, 17), lambda *_: None)
        GOLDEN.write_text(text_of(outcome.folder / "整改进展通报.docx"), encoding="utf-8")


if __name__ == "__main__":
    regenerate()
