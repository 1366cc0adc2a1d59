"""A new workspace: folders, and the templates that the office fills in and edits."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from toolkit.desktop import write_starters
from toolkit.errors import ToolkitError, of_the_machine
from toolkit.gongwen.rewording import reword
from toolkit.gongwen.template import Template
from toolkit.papers.notice import TEMPLATES
from toolkit.papers.paper import all_papers
from toolkit.papers.prose import EARLIER
from toolkit.papers.prose_template import write_blank
from toolkit.run.finding_catalogue import rule_lines_of_settings
from toolkit.settings.model import Settings
from toolkit.settings.papers import Skeleton
from toolkit.settings.sections import Words
from toolkit.workbooks.settings_book import write_settings
from toolkit.workbooks.template import write_ledger
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from toolkit.papers.prose_template import Prose

    # Writes a fresh template: where, stamped with when, for which settings.
    Blank = Callable[[Path, datetime, Settings], None]

LEDGER = "整改台账.xlsx"
NOTICE_TEMPLATE = TEMPLATES[Skeleton.THREE_PARTS]
# What templates are stamped with, so that equal templates are equal bytes.
STAMP = datetime(2026, 1, 1)
# The notice that an office has been using is not written anew: if it is gone, that is said, not mended.
_ONLY_AT_FIRST = frozenset({NOTICE_TEMPLATE})


def create_workspace(
    root: Path, settings: Settings | None = None, notice: Prose | None = None
) -> Workspace:
    """Make a workspace with every template that it lacks; what an office has already written stays as it is.

    `notice` is the prose of the office's own notice, where it is known already.
    """
    workspace = Workspace.create(root)
    path = workspace.templates / NOTICE_TEMPLATE
    if notice and not path.exists():
        write_blank(path, STAMP, settings or Settings(), notice)
    write_templates(workspace, settings or Settings())
    write_starters(workspace)
    return workspace


def write_templates(workspace: Workspace, settings: Settings) -> None:
    """Write 设置.xlsx, 整改台账.xlsx and every template of a paper where they are missing."""
    if not workspace.settings_path.exists():
        write_settings(
            settings, workspace.settings_path, STAMP, rule_lines_of_settings(settings.words)
        )
    ledger = workspace.templates / LEDGER
    if not ledger.exists():
        write_ledger(ledger, (), settings, STAMP)
    _complete(workspace, settings, blanks())


def complete_templates(workspace: Workspace, settings: Settings) -> None:
    """Write the Word templates that a workspace of an older version lacks; what is there stays as the office has it.

    But for this: an office that has words of its own for the statuses has them in our own sentences too, those that it
    has not edited. Raises ToolkitError where that template is missing, or cannot be replaced (open in Word).
    """
    later = {name: write for name, write in blanks().items() if name not in _ONLY_AT_FIRST}
    _complete(workspace, settings, later)
    if settings.words != Words():
        _reword(workspace.templates / TEMPLATES[settings.document.skeleton])


def _reword(path: Path) -> None:
    """Placeholders in the place of the standard words, in a notice that an earlier version wrote."""
    Template.read(path)  # what is missing or no Word document is said as everywhere
    try:
        reword(path, EARLIER)
    except OSError as trouble:
        raise ToolkitError(
            f"用语改了，模板“{path.name}”中的状态词要随着改，但写不进去：{of_the_machine(trouble)}"
        ) from trouble


def _complete(workspace: Workspace, settings: Settings, writers: Mapping[str, Blank]) -> None:
    for name, write in writers.items():
        path = workspace.templates / name
        if not path.exists():
            write(path, STAMP, settings)


def blanks() -> Mapping[str, Blank]:
    """Every Word template → what writes a fresh one."""
    return {name: write for paper in all_papers() for name, write in paper.blank.items()}
