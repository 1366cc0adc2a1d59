"""Libraries that only rare needs want: they are imported where they are used, and a folder may be made without them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from collections.abc import Iterator

# By the name that is imported. pandas and numpy are left out of the clerk's folder (with numpy in reach, openpyxl
# would load it at once); cryptography and its binding cannot be had for every processor.
OPTIONAL = frozenset({"pandas", "numpy", "cryptography", "cffi", "_cffi_backend", "msoffcrypto"})


class MissingLibrary(ToolkitError):
    """Something needs a library that this installation was made without."""


@contextmanager
def wanted_for(purpose: str) -> Iterator[None]:
    """Import rare libraries inside; `purpose` says what they are for, such as “导出数据”.

    Raises MissingLibrary for one that is not installed; any other failed import is a bug and stays one.
    """
    try:
        yield
    except ModuleNotFoundError as missing:
        name = (missing.name or "").partition(".")[0]
        if name not in OPTIONAL:
            raise
        raise MissingLibrary(
            f"{purpose}要用到{name}，这个安装包没有带它；请在装有Python的电脑上用离线安装包安装后再做（见“安装”一页）。"
        ) from missing
