"""One office's folder: templates, inbox, outbox and the hidden memory; what is written there is whole, or not there."""

from toolkit.workspace.durable import WorkspaceTrouble
from toolkit.workspace.folders import (
    BACKUP,
    PACKED_BACKUP,
    Workspace,
    WorkspaceBusy,
    is_source_clone,
)

__all__ = [
    "BACKUP",
    "PACKED_BACKUP",
    "Workspace",
    "WorkspaceBusy",
    "WorkspaceTrouble",
    "is_source_clone",
]
