"""What .ci/package has made, for the tests that look at it; and a reference to hold its results against."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.screen import screen

__all__ = ["screen"]
ROOT = Path(__file__).resolve().parents[2]
# A folder as clerks call them: blanks, full-width brackets.
PLACE = "桌面 （新）"


@pytest.fixture(scope="session")
def packages() -> Path:
    """The folder of packages; skips, saying so, where nothing was made."""
    place = os.environ.get("ZHENGGAI_PACKAGES")
    if not place:
        pytest.skip("还没有打包：由 .ci/package 打包后检查")
    return Path(place)


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's outbox as this source tree makes it."""
    folder = tmp_path_factory.mktemp("reference") / "示例"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command: list[str | Path] = [sys.executable, "-m", "toolkit", "demo", folder]
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return folder / "outbox"
