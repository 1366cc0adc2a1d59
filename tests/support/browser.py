"""A real browser without a library: Chromium over its pipe, nothing fetched from any network."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")
_REFUSED = "--host-resolver-rules=MAP * ~NOTFOUND"


class Browser:
    """One page in a headless Chromium; `troubles` are errors of its console and everything it tried to fetch."""

    def __init__(self, profile: Path) -> None:
        program = next((found for name in _NAMES if (found := shutil.which(name))), None)
        if program is None:
            pytest.skip("没有安装Chromium，没有在浏览器中打开看板")
        to_read, self._write = os.pipe()
        self._read, to_write = os.pipe()
        command = [
            program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--remote-debugging-pipe", _REFUSED, f"--user-data-dir={profile}", "about:blank",
        ]  # fmt: skip

        def pipes() -> None:
            # The pipes must become 3 and 4, whatever numbers they have now.
            kept = [os.dup(to_read), os.dup(to_write)]
            high = [os.dup2(end, number) for end, number in zip(kept, (98, 99), strict=True)]
            for end, number in zip(high, (3, 4), strict=True):
                os.dup2(end, number)

        self._process = subprocess.Popen(
            command,
            close_fds=False,
            preexec_fn=pipes,  # noqa: PLW1509 - no threads here
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self._rest, self._last, self._session = b"", 0, ""
        self.troubles: list[str] = []
        self.fetched: list[str] = []
        self._loaded = False
        page = self.ask("Target.createTarget", url="about:blank")["targetId"]
        attached = self.ask("Target.attachToTarget", targetId=page, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command and its answer."""
        self._last += 1
        said: dict[str, Any] = {"id": self._last, "method": method, "params": parameters}
        if self._session:
            said["sessionId"] = self._session
        os.write(self._write, json.dumps(said).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._last:
                assert "error" not in answer, answer
                return dict(answer["result"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            more = os.read(self._read, 1 << 20)
            assert more, "the browser has ended"
            self._rest += more
        text, _, self._rest = self._rest.partition(b"\0")
        told: dict[str, Any] = json.loads(text)
        self._note(told.get("method", ""), told.get("params", {}))
        return told

    def _note(self, method: str, params: dict[str, Any]) -> None:
        if method == "Runtime.exceptionThrown" or (
            method == "Runtime.consoleAPICalled" and params["type"] in {"error", "warning"}
        ):
            self.troubles.append(json.dumps(params, ensure_ascii=False))
        if method == "Log.entryAdded" and params["entry"]["level"] == "error":
            self.troubles.append(params["entry"]["text"])
        if method == "Network.requestWillBeSent":
            self.fetched.append(params["request"]["url"])
        if method == "Page.loadEventFired":
            self._loaded = True

    def open(self, path: Path) -> None:
        """Open a file, and wait until it stands there."""
        self._loaded = False
        self.ask("Page.navigate", url=path.as_uri())
        while not self._loaded:
            self._next()

    def run(self, script: str) -> Any:
        """What an expression is worth in the page."""
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        """One key, where the focus is."""
        text = {"text": "\r"} if key == "Enter" else {}
        code = {"Enter": 13, "Escape": 27, "ArrowDown": 40, "ArrowUp": 38, "End": 35}.get(key, 0)
        self.ask(
            "Input.dispatchKeyEvent",
            type="keyDown", key=key, windowsVirtualKeyCode=code, **text,
        )  # fmt: skip
        self.ask("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def width(self, pixels: int, height: int = 768) -> None:
        """As wide as a screen or a phone."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=pixels, height=height, deviceScaleFactor=1, mobile=False,
        )  # fmt: skip

    def scripts(self, *, allowed: bool) -> None:
        """Whether pages that are opened from now on may run scripts."""
        self.ask("Emulation.setScriptExecutionDisabled", value=not allowed)

    def pdf(self) -> bytes:
        """The page as it is printed."""
        return base64.b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True)["data"])

    def close(self) -> None:
        """End the browser."""
        self._process.terminate()
        self._process.wait()
        os.close(self._read)
        os.close(self._write)
