"""Firefox, driven by WebDriver BiDi over a websocket: as much of it as the tests need.

Source: W3C WebDriver BiDi (session, browsingContext, script, input).
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

START = 60
"""Seconds that Firefox may take until it listens."""
ANSWER = 30
# Nothing is fetched from anywhere, and what a page does to a link is done in the page itself.
_PREFERENCES = {
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.disable_open_during_load": True,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "remote.prefs.recommended": True,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
}


@dataclass
class Tab:
    """One tab."""

    socket: ClientConnection
    context: str = ""
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def call(self, method: str, **parameters: Any) -> Any:
        """The result of a command. Raises ``RuntimeError`` with the browser's words."""
        number = next(self._ids)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            said = json.loads(self.socket.recv(timeout=ANSWER))
            if said.get("id") == number:
                if said["type"] == "error":
                    message = f"{method}: {said['error']}: {said['message']}"
                    raise RuntimeError(message)
                return said["result"]

    def open(self, address: str) -> None:
        self.call("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def evaluate(self, script: str) -> Any:
        """The value of an expression that gives a text (JSON for anything else)."""
        target = {"context": self.context}
        found = self.call("script.evaluate", expression=script, target=target, awaitPromise=True)
        if found["type"] == "exception":
            raise RuntimeError(found["exceptionDetails"]["text"])
        return found["result"].get("value")

    def click(self, selector: str) -> None:
        """A click of the mouse in the middle of the first element that the selector finds."""
        box = f"(() => {{ const box = document.querySelector({json.dumps(selector)}).getBoundingClientRect();"
        middle = "return JSON.stringify([box.x + box.width / 2, box.y + box.height / 2]); })()"
        x, y = (int(number) for number in json.loads(self.evaluate(f"{box} {middle}")))
        mouse = [
            {"type": "pointerMove", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
            {"type": "pause", "duration": 100},
        ]
        actions = [{"type": "pointer", "id": "mouse", "actions": mouse}]
        self.call("input.performActions", context=self.context, actions=actions)


@contextmanager
def firefox(folder: Path, before: str = "") -> Iterator[Tab]:
    """A tab of Debian's Firefox with a profile in ``folder``, or a failure that says how to get it.

    ``before`` is a script (a function) that runs in every page before its own.
    """
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        pytest.fail("firefox is missing: run tests/clients/install (apt-get install firefox-esr)")
    profile = folder / "profile"
    profile.mkdir(parents=True)
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in _PREFERENCES.items())
    (profile / "user.js").write_text("".join(lines), "utf-8")
    command = [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    environment = os.environ | {"HOME": str(folder), "MOZ_CRASHREPORTER_DISABLE": "1"}
    log = (folder / "firefox.log").open("wb")
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        port = _port(profile / "WebDriverBiDiServer.json", process, folder / "firefox.log")
        with connect(f"ws://127.0.0.1:{port}/session", max_size=None) as socket:
            tab = Tab(socket)
            tab.call("session.new", capabilities={"alwaysMatch": {"unhandledPromptBehavior": {"default": "dismiss"}}})
            if before:
                tab.call("script.addPreloadScript", functionDeclaration=before)
            tab.context = tab.call("browsingContext.create", type="tab")["context"]
            yield tab
            tab.call("session.end")
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        log.close()


def _port(file: Path, process: subprocess.Popen[bytes], log: Path) -> int:
    end = time.monotonic() + START
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            return int(json.loads(file.read_text("utf-8"))["ws_port"])
        except (OSError, ValueError, KeyError):
            time.sleep(0.1)
    pytest.fail(f"firefox does not listen: {log.read_text('utf-8', 'replace')[-500:]}")
