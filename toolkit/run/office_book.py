"""The office's own workbook: that in templates, else the ledger that the register began with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.intake.form_place import form_place
from toolkit.intake.tables import TEMPLATE
from toolkit.packages.gate import UnreadableFile
from toolkit.sheets.archive import is_archive, members
from toolkit.sheets.open import open_book
from toolkit.workbooks.in_place import WHOLE, OfficeBook

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.register.snapshot import TakenLedger
    from toolkit.register.store import Register
    from toolkit.settings.model import Settings
    from toolkit.workspace import Workspace


# Gives the bytes of a file that was taken, by its SHA-256; b"" where they are not kept.
Originals = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class OfficeLook:
    """How the office's ledger looks: its workbook, or None with the reason why it cannot be filled in.

    Both are empty for an office that has no form of its own.
    """

    book: OfficeBook | None = None
    refused: str = ""

    @property
    def told(self) -> tuple[str, ...]:
        """What the office has to know of it."""
        return (self.refused,) if self.refused else self.book.skeleton.notes if self.book else ()

    def for_dispatch(self, settings: Settings) -> OfficeBook | None:
        """The workbook that units are sent; None where they get our own, which checks itself."""
        return None if settings.receiving.self_check else self.book


def office_look(
    register: Register, settings: Settings, templates: Path, originals: Originals
) -> OfficeLook:
    """The look of the office's ledger, learned anew from the workbook itself: nothing of it is kept elsewhere."""
    own = own_template(templates)
    if own is not None:
        return _learned(own, WHOLE, settings)
    ledger = None if settings.form.is_standard else register.ledger()
    if ledger is None:
        return OfficeLook()
    data = originals(ledger.sha256) or _member(ledger, originals, settings)
    return _learned(data, ledger.file, settings)


def _member(ledger: TakenLedger, originals: Originals, settings: Settings) -> bytes:
    """A ledger that came in an archive."""
    data = originals(ledger.archive) if ledger.archive else b""
    if not is_archive(data):
        return b""
    archive = ledger.file.partition("/")[0]
    inside = members(data, settings.passwords_for(archive))
    return next((one.data for one in inside if f"{archive}/{one.name}" == ledger.file), b"")


def _learned(data: bytes, name: str, settings: Settings) -> OfficeLook:
    if not data:
        return OfficeLook(refused=f"归档中没有原台账“{name}”，版式无法照写。")
    try:
        return OfficeLook(OfficeBook.learned(data, form_place(data, name, settings), settings))
    except UnreadableFile as reason:  # NotCarried among them
        return OfficeLook(refused=str(reason))


def archived(workspace: Workspace) -> Originals:
    """The originals that a workspace keeps."""

    def original(sha256: str) -> bytes:
        path = workspace.archive.original(sha256)
        return path.read_bytes() if path.is_file() else b""

    return original


def own_template(templates: Path) -> bytes | None:
    """templates/整改台账.xlsx where the office has put its own there; None where it is ours or is missing."""
    path = templates / WHOLE
    if not path.is_file():
        return None
    data = path.read_bytes()
    try:
        is_ours = TEMPLATE in open_book(data, path.name).properties
    except UnreadableFile:
        return data  # what is wrong with it is said when it is learned
    return None if is_ours else data
