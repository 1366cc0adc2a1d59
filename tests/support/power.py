"""A disk that loses its power: an ext4 image on a loop device, and what a copy of it holds when it is mounted again.

What stands in memory only is not in the copy of the image; the journal of the file system is played back as after a cut.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MEGABYTES = 64
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The image as it was at a moment of a command's life."""

    moment: str
    image: Path


def ready(folder: Path) -> Path:
    """A fresh image with a file system; skips, saying so, where none can be mounted."""
    image = folder / "盘.img"
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("mkfs.ext4"):
        pytest.skip("断电试验要有root权限和mkfs.ext4")
    with image.open("wb") as file:
        file.truncate(_MEGABYTES * 1024 * 1024)
    subprocess.run(["mkfs.ext4", "-q", image], check=True)
    try:
        with mounted(image):
            return image
    except subprocess.CalledProcessError:
        pytest.skip("本机不能挂载回环设备，没有做断电试验")


@contextmanager
def mounted(image: Path) -> Iterator[Path]:
    """The file system of an image, until the block is left."""
    place = image.with_suffix(".mnt")
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", image, place], check=True, capture_output=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def snapshots(
    image: Path, workspace: Path, command: Sequence[str], pause: float, after: Sequence[float]
) -> list[Snapshot]:
    """Run a command on a workspace of the image; copies of the image while it runs, and so many seconds after it.

    Fails where the command does. The last copy is of the disk after everything was written out.
    """
    taken: list[Snapshot] = []

    def take(moment: str) -> None:
        copy = image.with_name(f"断电{len(taken):02}.img")
        subprocess.run(["cp", "--sparse=always", image, copy], check=True)
        taken.append(Snapshot(moment, copy))

    with mounted(image) as place:
        shutil.copytree(workspace, place / "区")
        os.sync()
        line = [sys.executable, "-m", "toolkit", *command, "--workspace", str(place / "区")]
        # Slow enough for the copies to catch every step: a run takes a second or two.
        running = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.DEVNULL)
        while running.poll() is None:
            time.sleep(pause)
            take("运行中")
        assert running.returncode == 0, command
        ended = time.monotonic()
        for seconds in after:
            time.sleep(max(0.0, ended + seconds - time.monotonic()))
            take(f"结束后{seconds}秒")
    take("全部写完")
    return taken
