"""A new workspace: folders, and the templates that the office fills in and edits."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from toolkit.desktop import write_starters
from toolkit.papers import brief, closing, signoff
from toolkit.papers.letters import TEMPLATES as LETTER_TEMPLATES
from toolkit.papers.letters import write_letter_template
from toolkit.papers.notice import TEMPLATES, Prose, write_template
from toolkit.papers.prose import DEFAULT, PROSE
from toolkit.run.finding_catalogue import rule_lines_of_settings
from toolkit.settings.model import Settings, Skeleton
from toolkit.workbooks.settings_book import write_settings
from toolkit.workbooks.template import write_ledger
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

LEDGER = "整改台账.xlsx"
# What templates are stamped with, so that equal templates are equal bytes.
STAMP = datetime(2026, 1, 1)


def create_workspace(
    root: Path, settings: Settings | None = None, prose: Prose = DEFAULT
) -> Workspace:
    """Make a workspace with every template that it lacks; what an office has already written stays as it is."""
    workspace = Workspace.create(root)
    write_templates(workspace, settings or Settings(), prose)
    write_starters(workspace)
    return workspace


def write_templates(workspace: Workspace, settings: Settings, prose: Prose) -> None:
    """Write 设置.xlsx, 整改台账.xlsx and the notices and letters where they are missing."""
    if not workspace.settings_path.exists():
        write_settings(settings, workspace.settings_path, STAMP, rule_lines_of_settings())
    ledger = workspace.templates / LEDGER
    if not ledger.exists():
        write_ledger(ledger, (), settings, STAMP)
    notice = workspace.templates / TEMPLATES[Skeleton.THREE_PARTS]
    if not notice.exists():
        write_template(prose, notice, STAMP, settings)
    complete_templates(workspace, settings)


def complete_templates(workspace: Workspace, settings: Settings) -> None:
    """Write the Word templates that a workspace of an older version lacks; what is there stays as the office has it.

    The notice that an office has been using is not written anew: if it is gone, that is to be said, not mended.
    """
    for name, write in _writers(settings).items():
        path = workspace.templates / name
        if not path.exists():
            write(path)


def _writers(settings: Settings) -> Mapping[str, Callable[[Path], None]]:
    """File name → what writes that template."""
    notices = {
        name: partial(write_template, PROSE[skeleton], created=STAMP, settings=settings)
        for skeleton, name in TEMPLATES.items()
        if skeleton is not Skeleton.THREE_PARTS
    }
    letters = {
        name: partial(write_letter_template, kind, created=STAMP, settings=settings)
        for kind, name in LETTER_TEMPLATES.items()
    }
    others = {
        brief.TEMPLATE: brief.write_brief_template,
        signoff.TEMPLATE: signoff.write_sign_off_template,
        closing.TEMPLATE: closing.write_closing_template,
    }
    return {
        **notices,
        **letters,
        **{
            name: partial(write, created=STAMP, settings=settings) for name, write in others.items()
        },
    }
