"""Makes the zoo anew: `python -m tests.zoo.make` the expected texts, with `--saved` LibreOffice's files before them.

Look at the difference (`git diff tests/zoo`) as a clerk would: every changed line is a changed reading.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.zoo.catalogue import FAULTS
from tests.zoo.describe import described
from tests.zoo.files import everything
from tests.zoo.specimen import SAVED
from tests.zoo.specimens import SPECIMENS


def save_with_libreoffice() -> None:
    """One workbook re-saved in LibreOffice's three formats."""
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "everything.source.xlsx"
        source.write_bytes(everything())
        for extension in ("xlsx", "xls", "ods"):
            office = ["soffice", "--headless", f"-env:UserInstallation=file://{scratch}/profile"]
            subprocess.run(
                [*office, "--convert-to", extension, "--outdir", f"{scratch}/made", str(source)],
                check=True,
            )
            made = Path(scratch) / "made" / f"everything.source.{extension}"
            (SAVED / f"everything.{extension}").write_bytes(made.read_bytes())


def main(wanted: list[str]) -> None:
    if "--saved" in wanted:
        save_with_libreoffice()
    for specimen in SPECIMENS.values():
        if specimen.name in FAULTS:
            continue
        specimen.expected.write_text(described(specimen), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
