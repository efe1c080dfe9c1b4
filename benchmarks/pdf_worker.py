"""What one file costs in a process of its own: `python -m benchmarks.pdf_worker HOW FILE TIMES`, the answer as JSON.

HOW is `parser` for ours, `ingest` for all of the way into a corpus, `text` for a bare loop of `page.get_text("dict")`,
`peer` for pymupdf4llm, whose import changes how the library finds tables: one more reason for a process of its own.
Of several HOW, parted by commas, a round is one of each in turn, so that what else the machine does is shared. TIMES
rounds are run, the fastest counts. Peak memory is that of the whole process.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pymupdf

from pedcorpus.parse import Original
from pedcorpus.parse.pdf import PARSER
from pedcorpus.records import Source, SourceKind

__all__ = ["Cost", "cost_of", "costs_of", "peak_bytes"]


@dataclass(frozen=True)
class Cost:
    """What reading a file took."""

    pages: int
    cpu_s: float
    """Of all threads, in the fastest round."""
    peak_bytes: int
    """Most memory that the process held, the file's own bytes among it."""

    @property
    def page_s(self) -> float:
        """CPU seconds a page."""
        return self.cpu_s / self.pages


def cost_of(how: str, file: Path, *, times: int = 1) -> Cost:
    """What reading `file` so costs, in a process of its own."""
    return costs_of([how], file, times=times)[0]


def costs_of(hows: Sequence[str], file: Path, *, times: int) -> list[Cost]:
    """The same of several ways that take turns in one process."""
    command = [sys.executable, "-m", "benchmarks.pdf_worker", ",".join(hows), str(file), str(times)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # what goes wrong is seen
    return [Cost(**one) for one in json.loads(done.stdout.splitlines()[-1])]


def _parser(file: Path) -> None:
    source = Source(id="bench", kind=SourceKind.TEXTBOOK, title="bench")
    for _ in PARSER.stream(Original(source, file.name, file.read_bytes())).records:
        pass


def _ingest(file: Path) -> None:
    from pedcorpus import flow  # with all that it needs, which the parser does without
    from pedcorpus.settings import Workspace

    with tempfile.TemporaryDirectory() as folder:
        done = flow.ingest(Workspace(Path(folder)), [file], kind=SourceKind.TEXTBOOK, jobs=1)
    if done.failures or not done.passages:
        raise SystemExit(f"{file.name}: {done.passages} passages, {len(done.failures)} failures; the figures would lie")


def _text(file: Path) -> None:
    with pymupdf.open(stream=file.read_bytes()) as document:
        for page in document:
            page.get_text("dict")


def _peer(file: Path) -> None:
    import pymupdf4llm  # an extra, and it changes pymupdf

    with pymupdf.open(stream=file.read_bytes()) as document:
        pymupdf4llm.to_markdown(document, header=False, footer=False, use_ocr=False)


_HOW: dict[str, Callable[[Path], None]] = {"parser": _parser, "ingest": _ingest, "text": _text, "peer": _peer}


def peak_bytes() -> int:
    """`ru_maxrss` would count what the parent held when it started this process; Linux knows better."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) << 10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak << 10


def _measured(hows: Sequence[str], file: Path, times: int) -> list[Cost]:
    with pymupdf.open(file) as document, tempfile.TemporaryDirectory() as folder:
        pages = document.page_count
        first = Path(folder) / "first.pdf"
        with pymupdf.open() as sample:
            sample.insert_pdf(document, to_page=0)
            sample.save(first)
        for how in hows:
            _HOW[how](first)  # models are loaded and tables filled once, however long the book
    rounds = [[_cpu_s(how, file) for how in hows] for _ in range(times)]
    return [Cost(pages, min(seconds), peak_bytes()) for seconds in zip(*rounds, strict=True)]


def _cpu_s(how: str, file: Path) -> float:
    start = time.process_time()
    _HOW[how](file)
    return time.process_time() - start


if __name__ == "__main__":
    found = _measured(sys.argv[1].split(","), Path(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps([asdict(one) for one in found]))
