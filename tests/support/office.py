"""LibreOffice for tests: save a workbook as it would, every formula calculated anew, or draw it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

needed = pytest.mark.skipif(not shutil.which("soffice"), reason="没有安装LibreOffice（soffice）")
# Calculate everything on loading, whoever wrote the file.
_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def convert_all(paths: Sequence[Path], folder: Path, kind: str = "xlsx") -> list[Path]:
    """The files as LibreOffice saves them as `kind`, in `folder`/out: one process for all of them, which costs two seconds.

    `kind` is an extension, or an extension and the name of a filter: `docx:MS Word 2007 XML`.
    """
    profile, out = folder / "profile", folder / "out"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS, encoding="utf-8")
    command = [
        "soffice",
        f"-env:UserInstallation=file://{profile}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(out),
        *map(str, paths),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    made = [out / f"{path.stem}.{kind.partition(':')[0]}" for path in paths]
    missing = [path.name for path in made if not path.is_file()]
    assert not missing, f"LibreOffice没有写出{missing}"
    return made


def convert(path: Path, folder: Path, kind: str = "xlsx") -> Path:
    """The same of one file."""
    (made,) = convert_all([path], folder, kind)
    return made
