"""Other words in the place of texts that a document holds unchanged; whatever anybody has edited stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from toolkit.gongwen.incoming import open_document

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def reword(path: Path, instead: Mapping[str, str]) -> bool:
    """Put new texts for those that stand in the document, each whole and in one piece; whether there were any.

    The file is replaced whole, and only where something has changed. Raises OSError where it cannot be.
    """
    document = open_document(path)
    found = [text for text in document.element.body.iter(qn("w:t")) if text.text in instead]
    for text in found:
        text.text = instead[text.text or ""]
    if found:
        fresh = path.with_name(f".{path.name}.new")
        try:
            document.save(str(fresh))
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
    return bool(found)
