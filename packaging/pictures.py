"""Takes the pictures of docs/安装.md: the small window of each folder with the sample in it.

    python packaging/pictures.py PACKAGES

PACKAGES is where .ci/package has put its folders. Needs a screen (xvfb-run), wine, xwininfo and the fonts of fonts-noto-cjk.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bundle import ROOT
from PIL import ImageGrab

TITLE = "整改台账工具箱"
SAMPLE = "整改台账样例"
WINE = "/usr/lib/wine/wine64"
_SECONDS = 90
# Wine has no Chinese face under the names that Windows' own windows ask for.
_FACE = "Noto Sans CJK SC"
_NAMES = ("Tahoma", "Segoe UI", "Microsoft Sans Serif", "MS Shell Dlg")
_GEOMETRY = re.compile(
    r"Absolute upper-left X:\s+(-?\d+).*Absolute upper-left Y:\s+(-?\d+).*Width: (\d+).*Height: (\d+)",
    re.DOTALL,
)


def main() -> None:
    """Both pictures."""
    packages = Path(sys.argv[1]).resolve()
    linux = next(path for path in packages.iterdir() if (path / "整改台账").is_file())
    windows = next(path for path in packages.iterdir() if (path / "整改台账.exe").is_file())
    with tempfile.TemporaryDirectory() as place:
        sample = Path(place) / SAMPLE
        subprocess.run([linux / "zhenggai", "demo", sample], check=True, capture_output=True)
        take([linux / "整改台账", "-w", sample], os.environ, ROOT / "docs" / "安装-Linux.png")
        environment = prepare_wine(Path(place))
        # In a desktop of its own wine draws the frame of a window itself, as Windows does.
        desktop: list[str | Path] = [WINE, "explorer", "/desktop=picture,1000x760"]
        program = windows / "整改台账.exe"
        take([*desktop, program, "-w", sample], environment, ROOT / "docs" / "安装-Windows.png")


def prepare_wine(place: Path) -> dict[str, str]:
    """A prefix with Chinese faces; the environment to use it."""
    environment = {
        **os.environ,
        "WINEPREFIX": str(place / "prefix"),
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree,mshtml=",
    }
    null = subprocess.DEVNULL
    subprocess.run([WINE, "wineboot", "-i"], env=environment, check=True, stdout=null, stderr=null)
    for key, value in (
        (r"HKCU\Software\Wine", ("Version", "win10")),
        *((r"HKCU\Software\Wine\Fonts\Replacements", (name, _FACE)) for name in _NAMES),
    ):
        command = [WINE, "reg", "add", key, "/v", value[0], "/d", value[1], "/f"]
        subprocess.run(command, env=environment, check=True, stdout=null, stderr=null)
    return environment


def take(
    command: list[str | Path], environment: os._Environ[str] | dict[str, str], path: Path
) -> None:
    """Start a program, wait for its window, save a picture of it, end the program."""
    nothing = subprocess.DEVNULL
    program = subprocess.Popen(
        command, env=dict(environment), stdin=nothing, stdout=nothing, stderr=nothing
    )
    try:
        box = _window()
        time.sleep(3)  # the window is there before its text is
        ImageGrab.grab(bbox=box, xdisplay="").quantize(64).save(path, optimize=True)
    finally:
        program.terminate()
        program.wait()
    print(path)


def _window() -> tuple[int, int, int, int]:
    """Where the window stands on the screen, once it does."""
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        command = ["xwininfo", "-name", TITLE]
        found = subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout
        if place := _GEOMETRY.search(found):
            left, top, width, height = map(int, place.groups())
            return left, top, left + width, top + height
        time.sleep(0.5)
    sys.exit(f"no window “{TITLE}”")


if __name__ == "__main__":
    main()
