"""A notice of 64, 640 and 6 400 items through our engine, against the usual python-docx script writing the same text.

    python benchmarks/papers.py [--items 64 640 6400]

Processor seconds without imports. The usual script adds paragraph by paragraph with a style name and a run; it writes
neither the page of the standard nor comments. `notice` is the whole of ours: template, part two, signature, saving.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import docx

from toolkit.figures.counts import compute
from toolkit.gongwen.template import Template
from toolkit.ledger.entry import Entry
from toolkit.ledger.item import Item
from toolkit.ledger.status import Status
from toolkit.ledger.submission import Origin
from toolkit.papers.notice import Notice, write_notice, write_template
from toolkit.papers.prose import DEFAULT
from toolkit.settings.model import Settings

STAMP, AS_OF = dt.datetime(2026, 6, 19), dt.date(2026, 6, 19)
SETTINGS = Settings()


def entries(number):
    text = "召开专题会议3次，修订《甲办法》，新增条款5条，清退资金12.6万元，建立长效机制。" * 4
    item = Item(
        main_problem="主要问题。", status=Status.DONE, progress=text, lead_unit="规划建设局"
    )
    return tuple(
        Entry(
            item=replace(
                item,
                id=f"{n // 4 + 1}-{n % 4 + 1}",
                sub_problem=f"分项问题{n // 4 + 1}",
                problem=f"具体问题{n}不到位",
            ),
            origin=Origin("台账.xlsx", "整改台账", 4 + n),
        )
        for n in range(number)
    )


def usual(notice, path):
    """Paragraph by paragraph, as python-docx's own guide shows."""
    document = docx.Document()
    for group in notice.groups:
        document.add_paragraph(style="Heading 2").add_run(group.title)
        for answer in group.answers:
            for line in answer.lines:
                document.add_paragraph(style="Normal").add_run(line)
    document.save(str(path))


def written(notice, template, path):
    write_notice(notice, Template.read(template), path, STAMP)


def timed(what, *given):
    begin = time.process_time()
    what(*given)
    return time.process_time() - begin


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, nargs="+", default=[64, 640, 6400])
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        template, path = Path(folder) / "通报.docx", Path(folder) / "出.docx"
        write_template(DEFAULT, template, STAMP, SETTINGS)
        for number in asked.items:
            ledger = entries(number)
            notice = Notice(ledger, compute(ledger, (), SETTINGS, AS_OF), SETTINGS, AS_OF)
            timed(written, notice, template, path)
            ours = timed(written, notice, template, path)
            theirs = timed(usual, notice, path)
            print(
                f"| {number} | {ours:.2f} | {1000 * ours / number:.2f} | {theirs:.2f} | ×{theirs / ours:.1f} |"
            )


if __name__ == "__main__":
    main()
