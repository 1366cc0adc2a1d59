"""Every specimen: importing the modules registers them."""

from __future__ import annotations

from tests.zoo import cells, files, lines, pages, values, words  # noqa: F401 - they register
from tests.zoo.specimen import SPECIMENS

__all__ = ["SPECIMENS"]
