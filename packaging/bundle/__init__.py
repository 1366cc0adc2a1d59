"""What the scripts of this folder share: targets, locked wheels, archives of equal bytes, tables of binaries."""

from pathlib import Path

# The name that stands on folders, programs and menus.
NAME = "整改台账工具箱"
ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "packaging"
# CPython of every folder; the lock has wheels for it.
PYTHON = "3.11"
