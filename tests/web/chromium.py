"""A real browser for tests: Debian's chromium and chromium-driver, as a person with a keyboard uses them.

Spoken to in the WebDriver protocol itself, a dozen requests of JSON: selenium would bring trio, whose plugin for
hypothesis warns, and here warnings are errors.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

__all__ = ["CHROMIUM", "DRIVER", "NEEDS_CHROMIUM", "Page", "open_browser", "wait_until"]

CHROMIUM = shutil.which("chromium")
DRIVER = shutil.which("chromedriver")
NEEDS_CHROMIUM = pytest.mark.skipif(
    not (CHROMIUM and DRIVER),
    reason="chromium or chromedriver is not installed: apt-get install chromium chromium-driver",
)
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,800",
)
_LISTEN = """
window.heard = "";
const Heard = window.WebSocket;
window.WebSocket = class extends Heard {
  constructor(...where) {
    super(...where);
    this.addEventListener("message", (event) => {
      if (typeof event.data !== "string") window.heard += new TextDecoder().decode(event.data);
    });
  }
};
"""
"""Keeps what the terminal is sent: it draws on a canvas, where nothing can be read."""
_CONTROL = re.compile(r"\x1b\[[0-9;?$<>]*[a-zA-Z]")


def wait_until(is_so: Callable[[], object], *, for_s: float = 60) -> None:
    """Wait for something that takes a while on a busy machine."""
    end = time.monotonic() + for_s
    while not is_so():
        if time.monotonic() > end:
            raise AssertionError("waited in vain")
        time.sleep(0.05)


@dataclass
class Element:
    """Something on a page."""

    page: Page
    id: str

    def click(self) -> None:
        self.page.ask("POST", f"/element/{self.id}/click", {})

    def write(self, text: str) -> None:
        self.page.ask("POST", f"/element/{self.id}/value", {"text": text})

    @property
    def text(self) -> str:
        return self.page.ask("GET", f"/element/{self.id}/text")

    @property
    def width(self) -> float:
        return self.page.ask("GET", f"/element/{self.id}/rect")["width"]


@dataclass
class Page:
    """A browser's only tab."""

    session: str
    """Address of the driver's session."""

    def ask(self, method: str, path: str, values: dict[str, Any] | None = None) -> Any:
        data = None if values is None else json.dumps(values).encode()
        request = urllib.request.Request(f"{self.session}{path}", data, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def open(self, url: str) -> None:
        self.ask("POST", "/url", {"url": url})

    @property
    def url(self) -> str:
        return self.ask("GET", "/url")

    def run(self, script: str) -> Any:
        return self.ask("POST", "/execute/sync", {"script": script, "args": []})

    def command(self, name: str, **values: Any) -> Any:
        """One of Chromium's own."""
        return self.ask("POST", "/goog/cdp/execute", {"cmd": name, "params": values})

    def find(self, selector: str) -> Element:
        (found,) = self.ask("POST", "/element", {"using": "css selector", "value": selector}).values()
        return Element(self, found)

    def has(self, selector: str) -> bool:
        return bool(self.ask("POST", "/elements", {"using": "css selector", "value": selector}))

    def forget_cookies(self) -> None:
        self.command("Network.clearBrowserCookies")

    def windows(self) -> int:
        return len(self.ask("GET", "/window/handles"))

    def console(self) -> list[str]:
        return [line["message"] for line in self.ask("POST", "/se/log", {"type": "browser"})]

    def picture(self, file: Path) -> None:
        file.write_bytes(base64.b64decode(self.ask("GET", "/screenshot")))

    # The terminal

    @property
    def heard(self) -> str:
        """What the terminal was sent, escapes and all."""
        return self.run("return window.heard || ''")

    @property
    def drawn(self) -> str:
        """What the terminal drew since `forget`, without the escapes."""
        return _CONTROL.sub("", self.heard)

    def forget(self) -> None:
        self.run("window.heard = ''")

    def see(self, text: str) -> None:
        """Wait until the terminal has drawn `text`."""
        wait_until(lambda: text in self.drawn)

    def type(self, keys: str) -> None:
        """Press one key after the other."""
        pressed = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.ask("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": pressed}]})

    # Our pages

    def enter(self, token: str) -> None:
        """Hand a token in, and wait for the page that answers."""
        self.run("window.isLeft = true")
        self.find("#token").write(token)
        self.find("main button").click()
        wait_until(lambda: not self.run("return window.isLeft || document.readyState !== 'complete'"))

    def log_in(self, url: str, token: str, *, sees: str = "chapter.md") -> None:
        """With a token, and a click on the screen once its first item is there, which holds what one `sees`."""
        self.open(url)
        self.enter(token)
        wait_until(lambda: self.has("#terminal"))
        self.see(sees)
        self.find("#terminal").click()

    @property
    def ended(self) -> str:
        """Why the screen has ended, in the words of the page."""
        return self.find("#ended").text


@contextmanager
def open_browser(folder: Path) -> Iterator[Page]:
    """A browser that nobody has used, in Chinese; `folder` is its own."""
    log = folder / "chromedriver.log"
    with log.open("w") as out:
        driver = subprocess.Popen([str(DRIVER), "--port=0"], stdout=out, stderr=out)
    try:
        wait_until(lambda: "successfully on port" in log.read_text())
        port = re.findall(r"successfully on port (\d+)", log.read_text())[0]
        root = Page(f"http://127.0.0.1:{port}/session")
        options = {
            "binary": CHROMIUM,
            "args": [*_FLAGS, f"--user-data-dir={folder / 'profile'}"],
            "prefs": {"intl.accept_languages": "zh-CN,zh"},
        }
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        made = root.ask("POST", "", {"capabilities": {"alwaysMatch": wanted}})
        page = Page(f"{root.session}/{made['sessionId']}")
        page.command("Page.addScriptToEvaluateOnNewDocument", source=_LISTEN)
        yield page
        page.ask("DELETE", "")
    finally:
        driver.terminate()
        driver.wait(10)
