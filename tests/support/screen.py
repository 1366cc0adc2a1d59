"""A screen to draw on, where the machine has none."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def screen() -> Iterator[None]:
    """A screen to draw on: the one that there is, or Xvfb's."""
    if os.environ.get("DISPLAY"):
        yield
        return
    if not shutil.which("Xvfb"):
        pytest.skip("没有图形桌面，也没有安装Xvfb")
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1024x768x24"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as stream:
        os.environ["DISPLAY"] = f":{stream.readline().strip()}"
    yield
    del os.environ["DISPLAY"]
    server.terminate()
    server.wait()
