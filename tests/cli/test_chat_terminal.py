"""The chat's line in a real terminal: what is typed, edited and shown."""

import os
import pty
import subprocess
import sys

import pytest

from pedcorpus.inference import WARNING

pytest.importorskip("readline")

TALK = """
import sys
from pedcorpus.cli.chat_session import _Prompt, _say
from pedcorpus.inference import Console, chat

class Echo:
    def stream(self, messages, **settings):
        yield "«" + messages[-1]["content"] + "»"

chat(Echo(), Console(ask=_Prompt(), say=_say))
"""


def typed(*lines):
    """What the terminal showed while these lines were typed, `exit` after them."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", TALK], stdin=slave, stdout=slave, stderr=slave, close_fds=True,
        env={**os.environ, "TERM": "xterm", "LC_ALL": "C.UTF-8", "INPUTRC": "/dev/null"},
    )  # fmt: skip
    os.close(slave)
    shown = b""
    for answered, line in enumerate((*lines, "exit")):
        while shown.count("»".encode()) < answered or not shown.rstrip().endswith("›".encode()):
            shown += os.read(master, 4096)
        os.write(master, line.encode() + b"\r")
    process.wait(30)
    shown += os.read(master, 65536)
    os.close(master)
    return shown.decode()


def test_chinese_is_edited_by_whole_characters_and_the_warning_stays_above_the_line():
    left = "\x1b[D"
    shown = typed("宝宝发热热\x7f怎么办", f"咳喘{left}{left}嗽\x7f不", "孩\x01小\x05子")
    assert "«宝宝发热怎么办»" in shown
    assert "«不咳喘»" in shown
    assert "«小孩子»" in shown
    assert shown.count(WARNING) == 4
