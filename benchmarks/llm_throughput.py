"""What the door to a model costs beside the model: share of the server's throughput, CPU a request, memory.

The scripted server runs in a process of its own and answers 64 requests at once, each after 200 ms; what it could do at
best is 64 / 0.2 s = 320 requests a second. Two peers ask the same and keep, count and check nothing: aiohttp alone,
which shows what this machine lets through, and a bare loop over the `openai` client's `create`. Memory is measured
without latency, at 1,000 and at 100,000 requests. Run as:

    python -m benchmarks.llm_throughput [--requests 12800] [--many 100000]
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figures import Figure, report

CONCURRENCY = 64
LATENCY_S = 0.2
FEW = 1_000
FRAGMENT = "支气管肺炎是小儿时期最常见的肺炎，全年均可发病，以冬春寒冷季节较多。" * 30
ANSWER = {
    "question": "孩子发热咳嗽怎么办？" * 4,
    "answer": "先看精神和呼吸，再量体温。" * 30,
    "quotes": ["全年均可发病"] * 4,
}


def worker(way: str, base_url: str, count: int) -> dict[str, float]:
    """Ask so many questions in this process; what it took, the client library's import left out."""
    importlib.import_module("openai")
    started, cpu = time.perf_counter(), time.process_time()
    asked = through_door(base_url, count) if way == "door" else asyncio.run(PEERS[way](base_url, count))
    return {
        "asked": asked,
        "wall_s": time.perf_counter() - started,
        "cpu_s": time.process_time() - cpu,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def through_door(base_url: str, count: int) -> int:
    """As a run of the writers asks, every reply held to its schema and kept."""
    from pydantic import BaseModel

    from pedcorpus.llm import Ask, Door, Endpoint, Reply, ReplyStore
    from pedcorpus.records import Message

    class Draft(BaseModel):
        question: str
        answer: str
        quotes: tuple[str, ...]

    def ask(number: int) -> Ask:
        return Ask((Message(role="user", content=f"{number}\n{FRAGMENT}"),), Draft)

    with tempfile.TemporaryDirectory() as folder, ReplyStore(Path(folder) / "replies.sqlite") as store:
        door = Door(Endpoint(base_url, "scripted", concurrency=CONCURRENCY), store)
        return sum(isinstance(outcome, Reply) for _, outcome in door.ask_all(range(count), ask_of=ask))


async def bare(base_url: str, count: int) -> int:
    """The least that anybody would write."""
    from openai import AsyncOpenAI

    numbers = iter(range(count))
    asked = 0

    async def work(client: AsyncOpenAI) -> None:
        nonlocal asked
        for number in numbers:
            content = f"{number}\n{FRAGMENT}"
            reply = await client.chat.completions.create(
                model="scripted", messages=[{"role": "user", "content": content}], max_tokens=2048, temperature=0.7
            )
            json.loads(reply.choices[0].message.content or "")
            asked += 1

    async with AsyncOpenAI(base_url=base_url, api_key="none", max_retries=0) as client:
        await asyncio.gather(*(work(client) for _ in range(CONCURRENCY)))
    return asked


async def least(base_url: str, count: int) -> int:
    """The least that any client could do."""
    import aiohttp

    numbers = iter(range(count))
    asked = 0

    async def work(session: aiohttp.ClientSession) -> None:
        nonlocal asked
        for number in numbers:
            messages = [{"role": "user", "content": f"{number}\n{FRAGMENT}"}]
            body = {"model": "scripted", "messages": messages, "max_tokens": 2048, "temperature": 0.7}
            async with session.post(f"{base_url}/chat/completions", json=body) as response:
                json.loads(await response.read())
            asked += 1

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONCURRENCY)) as session:
        await asyncio.gather(*(work(session) for _ in range(CONCURRENCY)))
    return asked


PEERS = {"bare": bare, "least": least}


@contextmanager
def served(latency_s: float) -> Iterator[str]:
    """The base URL of a scripted server in its own process."""
    command = [sys.executable, "-m", "tests.llm.server", "--latency", str(latency_s), "--in-flight", str(CONCURRENCY)]
    command += ["--answer", json.dumps(ANSWER, ensure_ascii=False)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        if process.stdout is None or process.stdin is None:
            raise RuntimeError("the server has no pipes")
        yield process.stdout.readline().strip()
        process.stdin.close()


def measured(way: str, count: int, *, latency_s: float) -> dict[str, float]:
    """What `worker` finds in a fresh process."""
    with served(latency_s) as base_url:
        command = [sys.executable, "-m", "benchmarks.llm_throughput", "--worker", way, base_url, str(count)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    if found["asked"] != count:
        raise RuntimeError(f"{way}: {found['asked']} of {count} questions were answered")
    return found


def figures(requests: int, many: int) -> Iterator[Figure]:
    """All figures, the peer's run right beside ours."""
    possible = CONCURRENCY / LATENCY_S
    took = {way: measured(way, requests, latency_s=LATENCY_S) for way in ("least", "bare", "door")}
    rate = {way: requests / found["wall_s"] for way, found in took.items()}
    cpu = {way: 1000 * found["cpu_s"] / requests for way, found in took.items()}
    yield Figure("requests a second, of what the server can do", rate["door"], possible, 0.95, unit="1/s")
    yield Figure("requests a second, beside aiohttp alone", rate["door"], rate["least"], 0.95, unit="1/s")
    yield Figure("requests a second, beside a bare loop over the client", rate["door"], rate["bare"], 1.0, unit="1/s")
    yield Figure("client CPU a request", cpu["door"], 2.0, 1.0, at_least=False, unit="ms")
    yield Figure("client CPU a request, beside a bare loop", cpu["door"], cpu["bare"], 1.0, at_least=False, unit="ms")
    few, lots = measured("door", FEW, latency_s=0.0), measured("door", many, latency_s=0.0)
    name = f"peak memory at {many:,} requests, beside {FEW:,}"
    yield Figure(name, lots["peak_mb"], few["peak_mb"], 1.1, at_least=False, unit="MB")
    cpu_many = 1000 * lots["cpu_s"] / many
    yield Figure(f"client CPU a request over {many:,}, no latency", cpu_many, 2.0, 1.0, at_least=False, unit="ms")


def main() -> int:
    """Print the figures; 1 if a target was missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=12_800)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--worker", nargs=3, metavar=("WAY", "URL", "COUNT"))
    given = parser.parse_args()
    if given.worker:
        way, base_url, count = given.worker
        print(json.dumps(worker(way, base_url, int(count))))
        return 0
    return report(figures(given.requests, given.many))


if __name__ == "__main__":
    sys.exit(main())
