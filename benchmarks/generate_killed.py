"""What a run that is killed again and again costs: every reply is paid for once, and the corpus is the same.

`pedcorpus generate --generator role_play` runs over a generated shelf against the scripted server, is killed (SIGKILL)
at random moments and started again until it is through. A reply may be paid for twice only when its request was in
flight at a kill, as the server's own clock saw it. The corpus is compared, row by row and in the order of its rows,
with one that nobody killed. Run as:

    python -m benchmarks.generate_killed [--requests 2000] [--kills 50] [--seed 0]
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import duckdb

from benchmarks.figures import Figure, report
from pedcorpus import flow
from pedcorpus.settings import Workspace
from tests.generate.scripted_model import good_reply
from tests.llm.server import ScriptedServer, request_key, serving

LATENCY_S = 0.2
_CONCURRENCY = 16
_ON_ITS_WAY_S = 0.1
"""The time in which a request travels, and in which a reply travels and is made durable."""
_TABLES = ("instruction", "request", "failure")
_SECTION = """## 第{number}节 样例病{number}

样例病{number}多见于{low}个月至{high}岁的婴幼儿，患病率为{low}.5%。

### 【治疗】

首选样例药{number}，每次{low} mg/kg，口服，每日3次，疗程{high}天，单次最大量{top} mg。

"""


def make_shelf(folder: Path, sections: int) -> None:
    """A textbook of so many sections, no two alike."""
    folder.mkdir()
    for start in range(0, sections, 100):
        parts = [f"# 第{start // 100 + 1}章 样例系统疾病\n"]
        parts += [
            _SECTION.format(number=number, low=number % 9 + 2, high=number % 5 + 3, top=number + 50)
            for number in range(start + 1, min(start + 100, sections) + 1)
        ]
        (folder / f"{start:05d}.md").write_text("\n".join(parts), encoding="utf-8")


def prepared(root: Path, base_url: str, shelf: Path) -> Workspace:
    """A workspace that has read the shelf."""
    root.mkdir()
    settings = f'[llm]\nbase_url = "{base_url}"\nmodel = "scripted"\nconcurrency = {_CONCURRENCY}\n'
    (root / "pedcorpus.toml").write_text(settings, encoding="utf-8")
    workspace = Workspace.at(root)
    flow.ingest(workspace, [shelf], jobs=1)
    return workspace


def run(workspace: Workspace, limit: int) -> subprocess.Popen[bytes]:
    """The command as a user starts it."""
    code = "from pedcorpus.cli.main import main; main()"
    command = [sys.executable, "-c", code, "-w", str(workspace.root), "generate", "--generator", "role_play"]
    environment = {**os.environ, "OPENAI_API_KEY": "none"}
    return subprocess.Popen(
        [*command, "--max-requests", str(limit)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def rows(workspace: Workspace) -> list[list[tuple[Any, ...]]]:
    """What the run wrote, in the order in which it wrote it."""
    with duckdb.connect(str(workspace.corpus_path), read_only=True) as connection:
        return [
            connection.execute(f"SELECT * EXCLUDE (written) FROM {table} ORDER BY written").fetchall()
            for table in _TABLES
        ]


class Ledger:
    """When each request came in and was answered, and when the client was killed."""

    def __init__(self, server: ScriptedServer) -> None:
        self.asked: dict[str, list[list[float]]] = defaultdict(list)
        self.kills: list[tuple[float, float]] = []
        """From before the signal until the process was gone."""
        self._server, self._handle = server, server._chat
        server._chat = self._chat  # type: ignore[method-assign]

    async def _chat(self, payload: dict[str, Any]) -> Any:
        span = [time.monotonic(), math.inf]  # a client that is gone is never answered
        self.asked[request_key(payload)].append(span)
        reply = await self._handle(payload)
        span[1] = time.monotonic()
        return reply

    def unexplained(self) -> int:
        """Requests that were made anew though no kill had found them in flight."""
        return sum(
            not any(asked - _ON_ITS_WAY_S <= gone and sent <= answered + _ON_ITS_WAY_S for sent, gone in self.kills)
            for spans in self.asked.values()
            for asked, answered in spans[:-1]
        )

    def total(self) -> int:
        """Requests that came in so far."""
        return sum(map(len, self.asked.values()))


def killed(workspace: Workspace, ledger: Ledger, kills: int, limit: int, chance: Random) -> None:
    """Run to the end, being killed so many times on the way."""
    for _ in range(kills):
        before = ledger.total()
        process = run(workspace, limit)
        while ledger.total() == before and process.poll() is None:
            time.sleep(0.01)
        time.sleep(chance.uniform(0.0, 0.9))
        if process.poll() is not None:
            break
        sent = time.monotonic()
        process.kill()
        process.wait()
        ledger.kills.append((sent, time.monotonic()))
    run(workspace, limit).wait()


def figures(requests: int, kills: int, seed: int) -> Iterator[Figure]:
    """Requests paid twice without reason, and rows that differ."""
    with tempfile.TemporaryDirectory() as folder, serving() as server:
        server.script.answer, server.script.latency_s = good_reply, LATENCY_S
        place, shelf = Path(folder), Path(folder) / "shelf"
        make_shelf(shelf, requests)
        whole = prepared(place / "whole", server.base_url, shelf)
        run(whole, requests).wait()
        ledger = Ledger(server)
        again = prepared(place / "again", server.base_url, shelf)
        killed(again, ledger, kills, requests, Random(seed))
        written, expected = rows(again), rows(whole)
        yield Figure("requests made", len(ledger.asked), requests, 0.95, unit="requests")
        yield Figure("kills while requests were in flight", len(ledger.kills), kills, 0.9, unit="kills")
        twice = ledger.total() - len(ledger.asked)
        yield Figure(
            "paid twice, in flight or on its way at a kill",
            twice / max(len(ledger.kills), 1),
            _CONCURRENCY,
            1.25,
            at_least=False,
            unit="requests a kill",
        )
        yield Figure(
            "paid twice without reason",
            ledger.unexplained(),
            requests,
            0.0,
            at_least=False,
            unit="requests",
            by_value=True,
        )
        differing = sum(one != other for one, other in zip(written, expected, strict=True))
        yield Figure(
            f"tables that differ from an uninterrupted run ({sum(map(len, expected)):,} rows)",
            differing,
            len(_TABLES),
            0.0,
            at_least=False,
            unit="tables",
            by_value=True,
        )


def main() -> int:
    """The figures, and 1 if a target was missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    return report(figures(given.requests, given.kills, given.seed))


if __name__ == "__main__":
    sys.exit(main())
