"""The review in a real browser: a person with a token and a keyboard, and a textbook that is no friend."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pedcorpus import flow
from pedcorpus.records import Role
from pedcorpus.settings import Workspace
from tests.web.chromium import NEEDS_CHROMIUM, Page, open_browser, wait_until
from tests.web.hostile import CHAPTER, MARKS

pytestmark = NEEDS_CHROMIUM
GUIDELINE = Path(__file__).parents[2] / "sources" / "guideline-febrile-child" / "guideline.md"


@dataclass
class Server:
    """`pedcorpus review --web` as it is run."""

    process: subprocess.Popen[str]
    url: str
    log: Path
    place: Workspace

    def screens(self) -> list[int]:
        """Process ids of the open screens."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in listed.split()]

    def decided(self, name: str) -> tuple[int, int]:
        """How many `name` has accepted and rejected, as it stands in the corpus."""
        found = [record for record in flow.reviewers(self.place) if record.reviewer == name]
        return (found[0].accepted, found[0].rejected) if found else (0, 0)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("hospital")
    (root / "books").mkdir()
    (root / "books" / "chapter.md").write_text(CHAPTER, encoding="utf-8")
    place = Workspace(root / "ward")
    flow.build(place, [root / "books"], jobs=1)
    return place


def _served(place: Workspace, log: Path) -> Server:
    command = [sys.executable, "-m", "pedcorpus", "-w", str(place.root), "review", "--web", "--port", "0"]
    with log.open("w") as out:
        process = subprocess.Popen(command, stderr=out, text=True, start_new_session=True)
    wait_until(lambda: "in a browser" in log.read_text() or process.poll() is not None)
    url = re.search(r"http://\S+", log.read_text())
    assert url, log.read_text()
    return Server(process, url.group(), log, place)


@pytest.fixture(scope="module")
def token(place: Workspace) -> str:
    return flow.add_account(place, "王医生", Role.ADJUDICATOR)


@pytest.fixture(scope="module")
def server(place: Workspace, token: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = _served(place, tmp_path_factory.mktemp("log") / "server.log")
    yield server
    server.process.send_signal(signal.SIGINT)
    server.process.wait(30)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with open_browser(tmp_path_factory.mktemp("browser")) as page:
        yield page


@pytest.fixture
def page(browser: Page, server: Server, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    yield browser
    shots = Path(os.environ.get("PEDCORPUS_SCREENSHOTS", tmp_path))
    browser.picture(shots / f"{request.node.name}.png")
    browser.forget_cookies()
    browser.open("about:blank")
    wait_until(lambda: not server.screens())


def test_a_wrong_token_is_refused_and_soon_has_to_wait(page: Page, server: Server) -> None:
    page.open(server.url)
    for _ in range(7):
        page.enter("0000-0000")
        wait_until(lambda: page.find("main").text)
    said = page.find("[role=alert]").text
    assert re.search(r"\d+ 秒后重试", said)
    assert page.url.startswith(f"{server.url}login")
    time.sleep(2.5)  # the wait that was asked for, and no more tokens are wrong after this


def test_an_item_is_reviewed_from_the_login_to_the_logout(page: Page, server: Server, token: str) -> None:
    page.log_in(server.url, token)
    assert page.find("#reviewer").text == "王医生"
    page.type("a")
    wait_until(lambda: server.decided("王医生") == (1, 0))
    page.type("r1")
    wait_until(lambda: server.decided("王医生") == (1, 1))
    page.type("u")
    wait_until(lambda: server.decided("王医生") == (1, 0))
    page.find("header button").click()
    wait_until(lambda: page.url.endswith("/login"))
    wait_until(lambda: not server.screens())
    page.open(server.url)
    assert page.url.endswith("/login")


def test_twenty_items_are_reviewed_by_keys_alone(browser: Page, tmp_path: Path) -> None:
    place = Workspace(tmp_path / "ward")
    flow.build(place, [GUIDELINE], jobs=1)
    token = flow.add_account(place, "li", Role.REVIEWER)
    server = _served(place, tmp_path / "server.log")
    browser.log_in(server.url, token, sees="引文 1")
    expected = [0, 0]
    for key in ["a", "a", "a", "r1", "a"] * 4:
        browser.type(key)
        expected[key == "r1"] += 1
        wait_until(lambda: server.decided("li") == tuple(expected))
    assert expected == [16, 4]
    browser.forget_cookies()
    server.process.send_signal(signal.SIGINT)
    server.process.wait(30)


def test_scripts_and_links_in_a_source_are_text(page: Page, server: Server, token: str) -> None:
    page.log_in(server.url, token)
    before = page.run("return document.querySelectorAll('script, img, a, iframe').length")
    for _ in range(9):
        page.type("j")
        time.sleep(0.3)
    drawn = page.drawn
    assert all(mark[:20] in drawn for mark in (MARKS[0], MARKS[2], MARKS[3], MARKS[4]))
    after = page.run("return document.querySelectorAll('script, img, a, iframe').length")
    assert (before, page.run("return document.title")) == (after, "审核")
    assert "\x1b]" not in page.heard
    assert not [line for line in page.console() if "Content Security Policy" in line]
    # the terminal would make a link of what looks like one
    opened = "return [window.open('https://evil.example/page/1'), window.open(), window.open('javascript:alert(1)')]"
    assert page.run(opened) == [None, None, None]
    assert page.windows() == 1


def test_a_crash_is_told_the_screen_opens_again_and_a_closed_tab_ends_it(
    page: Page, server: Server, token: str
) -> None:
    page.log_in(server.url, token)
    for pid in server.screens():
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: "意外结束" in page.ended)
    page.find("#again").click()
    page.see("chapter.md")
    assert len(server.screens()) == 1
    page.open("about:blank")
    wait_until(lambda: not server.screens())


def test_the_login_fits_a_phone(page: Page, server: Server) -> None:
    phone = {"width": 360, "height": 640, "deviceScaleFactor": 1, "mobile": True}
    page.command("Emulation.setDeviceMetricsOverride", **phone)
    page.open(server.url)
    assert page.run("return document.documentElement.scrollWidth") <= 360
    assert page.find("main button").width > 250
    page.command("Emulation.clearDeviceMetricsOverride")


def test_ctrl_c_ends_the_server_and_every_screen_and_says_so(
    browser: Page, place: Workspace, token: str, tmp_path: Path
) -> None:
    server = _served(place, tmp_path / "server.log")
    browser.log_in(server.url, token)
    pids = server.screens()
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(20) == 0
    assert pids
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
    wait_until(lambda: "服务器已停止" in browser.ended)
    assert "Traceback" not in server.log.read_text()


def test_a_killed_server_leaves_no_screen_behind(browser: Page, place: Workspace, token: str, tmp_path: Path) -> None:
    server = _served(place, tmp_path / "server.log")
    browser.log_in(server.url, token)
    pids = server.screens()
    server.process.kill()
    server.process.wait(5)
    wait_until(lambda: not [pid for pid in pids if Path(f"/proc/{pid}").exists()], for_s=10)
    wait_until(lambda: "连接断了" in browser.ended)
