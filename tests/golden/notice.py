"""The sample's papers as readable text: one paragraph a line behind the name of its style; every edition, every skeleton.

After an intended change:  python -m tests.golden.notice  writes them anew; read the difference before you commit it.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path

import docx
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from toolkit.ledger.status import Status
from toolkit.papers.editions import Edition
from toolkit.papers.notice import TEMPLATES
from toolkit.papers.prose import PROSE
from toolkit.papers.prose_template import write_blank
from toolkit.sample.story import tell
from toolkit.settings.papers import Skeleton

HERE = Path(__file__).parent
GOLDEN = HERE / "样例通报.txt"
# Golden file → the paper of the sample's last round that it is the text of.
PAPERS = {
    GOLDEN: Edition.PLAIN.value,
    HERE / "样例党内稿.txt": Edition.PARTY.value,
    HERE / "样例公开稿.txt": Edition.PUBLIC.value,
    HERE / "样例周报.txt": "整改周报.docx",
    HERE / "样例审批单.txt": "发文审批单.docx",
    HERE / "样例督办函.txt": "督办/督办函-财政金融局.docx",
}
SKELETONS = {
    HERE / f"体例-{skeleton.value}.txt": skeleton for skeleton in (Skeleton.DUTY, Skeleton.STATUS)
}
# Every status, and none.
STATUSES = (*Status, None)
DAY, STAMP = dt.date(2026, 6, 19), dt.datetime(2026, 6, 19)


def text_of(path: Path) -> str:
    """Body, tables and signature line by line; a break within a paragraph is shown as ⏎."""
    lines = []
    for element in docx.Document(str(path)).iter_inner_content():
        if isinstance(element, Paragraph):
            lines.append(f"［{element.style.name}］{element.text}".replace("\n", "⏎"))
        else:
            for row in element.rows:
                cells = dict.fromkeys(cell._tc for cell in row.cells)
                lines.append(
                    "｜"
                    + "｜".join(
                        "⏎".join(t.text for t in _Cell(tc, element).paragraphs) for tc in cells
                    )
                )
    return "\n".join(lines) + "\n"


def skeleton_text(skeleton: Skeleton, folder: Path) -> str:
    """The first dozen items of the sample as a notice of this skeleton."""
    from tests.support.states import state_of, written

    story = tell()
    settings = replace(story.settings, document=replace(story.settings.document, skeleton=skeleton))
    entries = tuple(
        replace(
            entry,
            item=replace(
                entry.item,
                progress=f"已召开专题会议{n}次，修订制度{n}项。",
                status=STATUSES[n % len(STATUSES)],
            ),
        )
        for n, entry in enumerate(story.entries[:12], 1)
    )
    write_blank(folder / TEMPLATES[skeleton], STAMP, settings, PROSE[skeleton])
    state = state_of(entries, settings, DAY)
    return text_of(written(Edition.PLAIN.value, state, folder, folder))


def regenerate() -> None:
    from toolkit.sample.demo import make_demo

    with tempfile.TemporaryDirectory() as folder:
        outcome = make_demo(Path(folder) / "示例", dt.datetime(2026, 6, 19, 17), lambda *_: None)
        for golden, paper in PAPERS.items():
            golden.write_text(text_of(outcome.folder / paper), encoding="utf-8")
        for golden, skeleton in SKELETONS.items():
            golden.write_text(skeleton_text(skeleton, Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    regenerate()
