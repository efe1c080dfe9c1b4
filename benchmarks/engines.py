"""What each engine costs on one machine: its start, rows a second of each step, and memory; the corpora must be equal.

    python -m benchmarks.engines [CHAPTERS]

Each engine runs in a process of its own, on two workers, over the same generated chapters. Ray is not expected to be
faster here: it is for more than one machine.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.figures import Figure, report
from pedcorpus import flow
from pedcorpus.engine import Engine, Processes, RayData
from pedcorpus.settings import Workspace

_ENGINES: dict[str, Engine] = {"processes": Processes(2), "ray": RayData(jobs=2)}
_CHAPTERS = 400
_CHAPTER = """\
# 第{number}章 系统疾病

## 第一节 {name}

{name}是指发热状态下出现的发作，首次发作多见于{months}个月至3岁。

【临床表现】

{name}单纯型发作呈全面性，持续时间短于{minutes}分钟，24小时内仅发作1次，发作后意识恢复快。

【治疗】

{name}多数发作在5分钟内自行缓解，不需药物止惊。发作超过{minutes}分钟者，可静脉缓慢注射地西泮0.3 mg/kg，注意呼吸抑制。
"""


def main() -> int:
    """Both engines, one after the other; 1 if their corpora differ."""
    chapters = int(sys.argv[1]) if len(sys.argv) > 1 else _CHAPTERS
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _write_shelf(place / "textbooks", chapters)
        measured = {name: _measured(name, place) for name in _ENGINES}
    return report(_figures(measured["processes"], measured["ray"]))


def _write_shelf(folder: Path, chapters: int) -> None:
    folder.mkdir()
    for number in range(chapters):
        text = _CHAPTER.format(number=number, name=f"样例病{number}", months=6 + number % 6, minutes=10 + number % 9)
        (folder / f"{number:05d}.md").write_text(text, encoding="utf-8")


def _measured(name: str, place: Path) -> dict[str, Any]:
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.engines", "--worker", name, str(place)], stdout=subprocess.PIPE, text=True
    )
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(map(_resident, _family(process.pid))))
        time.sleep(0.5)
    assert process.stdout is not None
    found: dict[str, Any] = json.loads(process.stdout.read().splitlines()[-1])
    return found | {"peak": peak}


def _family(process: int) -> Iterator[int]:
    yield process
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _resident(process: int) -> int:
    """Bytes of memory, what is shared divided among those that share it."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024


def _figures(processes: dict[str, Any], ray: dict[str, Any]) -> Iterator[Figure]:
    equal = processes["corpus"] == ray["corpus"]
    yield Figure("tables that differ between the engines", 0 if equal else 1, 1, 0, at_least=False, by_value=True)
    yield Figure("ray: seconds to the first result", ray["start"], processes["start"], 30, False, by_value=True)
    for step in ("ingest", "generate", "curate"):
        yield Figure(f"ray: {step} beside processes", ray[step], processes[step], 1, unit="rows/s")
    gibibytes = (each["peak"] / 2**30 for each in (ray, processes))
    yield Figure("ray: peak memory beside processes", *gibibytes, 6, False, unit="GiB", by_value=True)


def _work(name: str, place: Path) -> None:
    """One engine: start, then each step by the clock; one line of JSON."""
    engine, workspace = _ENGINES[name], Workspace(place / name)
    seconds, found = {}, {}
    began = time.perf_counter()
    list(engine.map_unordered(str, [1]))
    found["start"] = time.perf_counter() - began
    steps = {
        "ingest": lambda: flow.ingest(workspace, [place / "textbooks"], engine=engine),
        "generate": lambda: flow.generate(workspace, engine=engine),
        "curate": lambda: flow.curate(workspace, engine=engine),
    }
    for step, run in steps.items():
        began = time.perf_counter()
        run()
        seconds[step] = time.perf_counter() - began
    rows = _rows(workspace)
    for step, table in (("ingest", "passage"), ("generate", "instruction"), ("curate", "instruction")):
        found[step] = rows[table][0] / seconds[step]
    print(json.dumps(found | {"corpus": rows}))


def _rows(workspace: Workspace) -> dict[str, tuple[int, str]]:
    """How many rows each table has, and a sum over all of them that does not depend on their order."""
    with duckdb.connect(str(workspace.corpus_path), read_only=True) as connection:
        tables = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        rows = "SELECT COLUMNS(lambda c: c <> 'written') FROM {}"
        query = f"SELECT count(*), coalesce(sum(hash(t)), 0)::VARCHAR FROM ({rows}) AS t"
        return {name: connection.execute(query.format(name)).fetchall()[0] for name in sorted(tables)}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        _work(sys.argv[2], Path(sys.argv[3]))
    else:
        sys.exit(main())
