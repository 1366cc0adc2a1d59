"""What the toolkit writes, as one line a file or member with its SHA-256: to show that a faster program writes the same.

    python -m benchmarks.digests --tree ../before > before.txt
    python -m benchmarks.digests > after.txt
    diff before.txt after.txt

The demonstration (four rounds) and a round of 40 × 20, with the registers by what their tables hold.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import sqlite3
import sys
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.rounds import AS_OF, ROOT, Size, prepare, round_of, run

if TYPE_CHECKING:
    from collections.abc import Iterator


def lines_of(root: Path) -> Iterator[str]:
    """Every file below a folder, in the order of the paths; what is a package, member by member too."""
    for path in sorted(root.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(root).as_posix()
        if path.name.endswith((".db", ".db.gz")):
            yield f"{digest_of(rows_of(path))}  {name} (rows)"
            continue
        data = path.read_bytes().replace(str(root).encode(), b"")  # a shortcut names its folder
        yield f"{hashlib.sha256(data).hexdigest()}  {name}"
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as package:
                for member in package.namelist():
                    yield f"{hashlib.sha256(package.read(member)).hexdigest()}  {name}!{member}"


def digest_of(lines: Iterator[str]) -> str:
    """The SHA-256 of lines."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode())
    return digest.hexdigest()


# When a file was saved, which is another time in every run.
CLOCKS = frozenset({"arrived"})


def rows_of(register: Path) -> Iterator[str]:
    """Everything that the tables of a register, compressed or not, hold, but for the hours."""
    data = register.read_bytes()
    plain = gzip.decompress(data) if register.suffix == ".gz" else data
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(plain)
        tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        for (table,) in tables.fetchall():
            columns = [name for _, name, *_ in db.execute(f"PRAGMA table_info({table})")]
            kept = ", ".join(f'"{name}"' for name in columns if name not in CLOCKS)
            rows = db.execute(f"SELECT {kept} FROM {table}")  # noqa: S608 - names of ours
            yield from sorted(f"{table} {row}\n" for row in rows)  # an index may decide the order


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tree", type=Path, default=ROOT)
    parser.add_argument("--size", default="40x20")
    tree = (wanted := parser.parse_args()).tree.resolve()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        run([sys.executable, "-m", "toolkit", "demo", str(folder / "demo")], tree)
        workspace = prepare(folder, Size.read(wanted.size), tree)
        run(round_of(workspace, AS_OF), tree)
        for root in (folder / "demo", workspace):
            for line in lines_of(root):
                print(line.replace("  ", f"  {root.name}/", 1))


if __name__ == "__main__":
    main()
