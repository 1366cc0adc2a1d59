"""A new workspace: folders, and the templates that the office fills in and edits."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from toolkit.papers.letters import TEMPLATES as LETTER_TEMPLATES
from toolkit.papers.letters import write_letter_template
from toolkit.papers.notice import TEMPLATES, Prose, write_template
from toolkit.papers.prose import DEFAULT, PROSE
from toolkit.run.explain import rule_lines_of_settings
from toolkit.settings.model import Settings, Skeleton
from toolkit.workbooks.settings_book import write_settings
from toolkit.workbooks.template import write_ledger
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

LEDGER = "整改台账.xlsx"
# What templates are stamped with, so that equal templates are equal bytes.
STAMP = datetime(2026, 1, 1)


def create_workspace(root: Path, settings: Settings | None = None, prose: Prose = DEFAULT) -> Workspace:
    """Make a workspace with every template that it lacks; what an office has already written stays as it is."""
    workspace = Workspace.create(root)
    write_templates(workspace, settings or Settings(), prose)
    return workspace


def write_templates(workspace: Workspace, settings: Settings, prose: Prose) -> None:
    """Write 设置.xlsx, 整改台账.xlsx and the notices and letters where they are missing."""
    if not workspace.settings_path.exists():
        write_settings(settings, workspace.settings_path, STAMP, rule_lines_of_settings())
    ledger = workspace.templates / LEDGER
    if not ledger.exists():
        write_ledger(ledger, (), settings, STAMP)
    for skeleton, name in TEMPLATES.items():
        notice = workspace.templates / name
        if not notice.exists():
            write_template(prose if skeleton is Skeleton.THREE_PARTS else PROSE[skeleton], notice, STAMP, settings)
    for kind, name in LETTER_TEMPLATES.items():
        letter = workspace.templates / name
        if not letter.exists():
            write_letter_template(kind, letter, STAMP, settings)
