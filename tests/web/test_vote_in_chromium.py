"""A vote in a real browser: a doctor with a token judges every pair and hands in."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from pedcorpus import flow
from pedcorpus.settings import Workspace
from tests.evaluation.votes_by_hand import row, write_run
from tests.web.chromium import NEEDS_CHROMIUM, open_browser, wait_until

pytestmark = NEEDS_CHROMIUM

IDS = ["发热", "惊厥"]
SECRET = "model-nobody-may-see"  # no password: what a voter must not read


def test_a_doctor_votes_in_a_browser_and_never_reads_whose_a_reply_is(tmp_path: Path) -> None:
    place = Workspace(tmp_path / "ward")
    flow.init_workspace(place)
    a = write_run(tmp_path / f"{SECRET}.jsonl", [row(each, "多喝水，<b>观察</b>。", model=SECRET) for each in IDS])
    b = write_run(tmp_path / "b.jsonl", [row(each, "持续5分钟以上立即就医。", model="b") for each in IDS])
    token, log = flow.add_account(place, "王医生"), tmp_path / "server.log"
    command = [sys.executable, "-m", "pedcorpus", "-w", str(place.root), "vote", str(a), str(b), "--web", "--port", "0"]
    with log.open("w") as out:
        server = subprocess.Popen(command, stderr=out, text=True, start_new_session=True)
    try:
        wait_until(lambda: "in a browser" in log.read_text() or server.poll() is not None, for_s=180)
        url = re.search(r"http://\S+", log.read_text())
        assert url, log.read_text()
        with open_browser(tmp_path) as page:
            page.open(url.group())
            page.enter(token)
            wait_until(lambda: page.has("#terminal"))
            page.see("专业性")
            page.see("<b>观察</b>")
            page.find("#terminal").click()
            for place_of_pair in (1, 2):
                page.see(f"第 {place_of_pair}/2 对")
                page.type("1")
                page.see(f"已判 {place_of_pair}/2")
                page.type("\ue007")  # Enter
            page.see("2 对全部判完")
            page.picture(Path(os.environ.get("PEDCORPUS_SCREENSHOTS", tmp_path)) / "vote.png")
            page.type("2")
            page.see("已交卷")
            assert SECRET not in page.heard
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)
    (told,) = flow.votes_of(place)
    assert [(each.voter, each.judged, each.handed_in) for each in told.report.voters] == [("王医生", 2, True)]
