"""Let LibreOffice insert rows into the first sheet of a workbook. Run by the system's Python, which has `uno`.

/usr/bin/python3 tests/support/insert_rows.py <source> <target> <profile> <row, from 0> <count>
"""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any

_TRIES, _PAUSE = 150, 0.2


def main() -> None:
    """Start an office of its own, insert, save as .xlsx, end it."""
    source, target, profile, at, count = sys.argv[1:]
    pipe = f"zhenggai{time.time_ns()}"
    office = subprocess.Popen(
        ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"]
    )  # fmt: skip
    try:
        insert(_desktop(pipe), source, target, int(at), int(count))
    finally:
        office.kill()


def insert(desktop: Any, source: str, target: str, at: int, count: int) -> None:
    """Open, insert, save, close."""
    import uno  # type: ignore[import-not-found]

    book = desktop.loadComponentFromURL(uno.systemPathToFileUrl(source), "_blank", 0, ())
    book.Sheets.getByIndex(0).Rows.insertByIndex(at, count)
    kind = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    kind.Name, kind.Value = "FilterName", "Calc MS Excel 2007 XML"
    book.storeToURL(uno.systemPathToFileUrl(target), (kind,))
    book.close(True)
    desktop.terminate()


def _desktop(pipe: str) -> Any:
    """The office's desktop, as soon as it answers."""
    import uno

    context = uno.getComponentContext()
    name = "com.sun.star.bridge.UnoUrlResolver"
    resolver = context.ServiceManager.createInstanceWithContext(name, context)
    for _ in range(_TRIES):
        try:
            remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # noqa: BLE001 - UNO's own, which has no base that could be named before it is there
            time.sleep(_PAUSE)
        else:
            manager = remote.ServiceManager
            return manager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
    raise SystemExit("LibreOffice没有应答")


if __name__ == "__main__":
    main()
