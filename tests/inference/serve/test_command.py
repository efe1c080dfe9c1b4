"""The command over the tiny model, in a process of its own where it serves."""

import re
import signal
import subprocess
import sys
from urllib.request import urlopen

import pytest

from pedcorpus.cli.main import run

pytestmark = pytest.mark.train

TOLD = re.compile(r"served at (http://\S+)")


def test_a_model_without_a_tokenizer_is_refused_at_the_start(capsys, model_folder, tmp_path):
    for name in ("config.json", "model.safetensors", "generation_config.json"):
        (tmp_path / name).write_bytes((model_folder / name).read_bytes())
    assert run(["serve", "--model", str(tmp_path), "--template", "default"]) == 2
    told = capsys.readouterr().err
    assert "tokenizer" in told
    assert "Traceback" not in told


def test_the_server_says_where_it_is_and_stops_when_told(model_folder):
    command = [
        sys.executable,
        "-m",
        "pedcorpus",
        "serve",
        "--model",
        str(model_folder),
        "--name",
        "tiny",
        "--port",
        "0",
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        told = []
        while not (match := TOLD.search(line := process.stderr.readline())):
            assert line, told
            told.append(line)
        with urlopen(f"{match[1]}health", timeout=10) as response:
            assert response.status == 200
        process.send_signal(signal.SIGTERM)
        told += process.stderr.readlines()
    assert process.returncode == 0
    assert any("not medical advice" in line for line in told)
    assert "Traceback" not in "".join(told)
