"""Windows programs under wine, as far as it goes: one prefix a session, kept warm."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO

LOADER = Path("/usr/lib/wine/wine64")
COMPILER = "x86_64-w64-mingw32-gcc"
# Wine 8 lacks this library of Windows 10, which wheels made with Rust ask for.
_RANDOM = """
#include <windows.h>
BOOLEAN WINAPI SystemFunction036(void *, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(BYTE *data, SIZE_T size) { return SystemFunction036(data, size); }
"""
_SECONDS = 240


@dataclass(frozen=True, slots=True)
class Wine:
    """A prefix to run programs in."""

    prefix: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "WINEPREFIX": str(self.prefix),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
            "LC_ALL": "C.UTF-8",
        }

    def run(
        self, *command: str | Path, cwd: Path, text: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run a Windows command line and wait for it, not for the services of wine that hold on to its output.

        Output comes through pipes (wine's Python cannot write to a file) and must fit into them: 64 kB.
        """
        pipe = subprocess.PIPE
        started = subprocess.Popen(
            [LOADER, *command], cwd=cwd, env=self.environment, stdin=pipe, stdout=pipe, stderr=pipe
        )
        assert started.stdin is not None
        with started.stdin as stdin:
            stdin.write(text.encode())
        code = started.wait(_SECONDS)
        return subprocess.CompletedProcess(
            started.args, code, _drained(started.stdout), _drained(started.stderr)
        )

    def start(self, *command: str | Path, cwd: Path) -> subprocess.Popen[bytes]:
        """Start a Windows program and go on."""
        pipe = subprocess.PIPE
        return subprocess.Popen(
            [LOADER, *command], cwd=cwd, env=self.environment, stdin=pipe, stdout=pipe, stderr=pipe
        )


def _drained(stream: IO[bytes] | None) -> str:
    """What stands in a pipe now."""
    assert stream is not None
    with stream:
        os.set_blocking(stream.fileno(), False)
        return (stream.read() or b"").decode("utf-8", "replace")


def is_there() -> bool:
    """Whether wine and the compiler for its missing library are installed."""
    return LOADER.exists() and shutil.which(COMPILER) is not None


def prepare(prefix: Path) -> Wine:
    """A fresh prefix that says it is Windows 10."""
    wine = Wine(prefix)
    wine.run("wineboot", "-i", cwd=prefix.parent)
    source = prefix.parent / "random.c"
    source.write_text(_RANDOM, encoding="utf-8")
    library = prefix / "drive_c/windows/system32/bcryptprimitives.dll"
    subprocess.run([COMPILER, "-shared", "-o", library, source, "-ladvapi32"], check=True)
    key = r"HKCU\Software\Wine"
    wine.run("reg", "add", key, "/v", "Version", "/d", "win10", "/f", cwd=prefix.parent)
    return wine
