"""How fast a version is written in each format, and in how much memory: 30,000 and 500,000 rows beside each other.

    python -m benchmarks.export_formats [--rows 500000]

Versions of made-up rows are written first; each conversion runs in a process of its own, its version's hashes checked
as `pedcorpus convert` does. Speed is by processor time, which holds on a shared machine. The peer of `jsonl` is
`datasets`' own `to_json` on the same Parquet.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.figures import Figure, report
from pedcorpus.export import FileEntry, Manifest, open_export
from pedcorpus.export.formats import convert_export, format_names, format_of
from pedcorpus.export.manifest import MANIFEST_FILE, manifest_bytes
from pedcorpus.export.tables import SCHEMAS
from pedcorpus.export.verify import file_sha256
from pedcorpus.records import Tier

SMALL, LARGE = 30_000, 500_000
SHARES = {"sft": 0.4, "mue": 0.3, "cpt": 0.2, "dfpo": 0.1}
SECONDS = 120
"""Of processor time, in which a version of 500,000 rows has to be there."""

SENTENCES = (
    "患儿发热三天，体温最高39.2℃，伴咳嗽、流涕，精神尚可，无抽搐。",
    "应注意补液，观察尿量与精神状态，体温超过38.5℃且不适时可用退热药。",
    "若出现呼吸急促、口唇发绀、嗜睡或持续高热不退，应立即就诊。",
    "多由病毒感染引起，冬春季和婴幼儿多见，病程一般为五至七天。",
    "用药剂量按体重计算，不超过每日最大量，用药期间监测肝功能。",
)
TASKS = ("medkqa", "evidiag", "trerecom")


def text(number: int, sentences: int) -> str:
    """Different for each number, as long as a question or an answer is."""
    picked = (SENTENCES[(number * 7 + place * 3) % len(SENTENCES)] for place in range(sentences))
    return f"第{number}例。" + "".join(picked)


def message(role: str, content: str) -> dict[str, str]:
    """One turn."""
    return {"role": role, "content": content}


def row(view: str, number: int) -> dict[str, Any]:
    """One row of `view`; each ninth conversation has a turn before."""
    if view == "cpt":
        return {"text": text(number, 16), "kind": "passage", "source": "book"}
    history = [message("user", text(number, 1)), message("assistant", text(number + 1, 3))] if number % 9 == 4 else []
    prompt = [*history, message("user", text(number, 2))]
    answer = [message("assistant", text(number + 2, 4 + number % 9))]
    if view == "dfpo":
        return {"prompt": prompt, "chosen": answer, "rejected": [message("assistant", text(number + 3, 3))]}
    return {"prompt": prompt, "completion": answer, **({"task": TASKS[number % 3]} if view == "mue" else {})}


def made_version(root: Path, rows: int) -> Path:
    """A version of so many rows over the four views, nine tenths of them to train on."""
    files: dict[str, FileEntry] = {}
    for view, share in SHARES.items():
        for split, part in (("train", 0.9), ("test", 0.1)):
            count = round(rows * share * part)
            path = root / view / f"{split}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, (row(view, number) for number in range(count)), SCHEMAS[view])
            entry = FileEntry(sha256=file_sha256(path), rows=count, bytes=path.stat().st_size)
            files[f"{view}/{split}.parquet"] = entry
    none = "0" * 64
    manifest = Manifest(
        version=root.name,
        tier=Tier.OPEN,
        status="accepted",
        code_version="0",
        writer="benchmark",
        sources_sha256=none,
        settings_sha256=none,
        decisions_sha256=none,
        files=files,
    )
    (root / MANIFEST_FILE).write_bytes(manifest_bytes(manifest))
    return root


def _write(path: Path, rows: Iterator[dict[str, Any]], schema: pa.Schema) -> None:
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while group := list(islice(rows, 4096)):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))


def convert(root: Path, form: str, out: Path) -> int:
    """Rows written."""
    return sum(file.rows for file in convert_export(open_export(root), format_of(form), out).files)


def convert_with_peer(root: Path, out: Path) -> int:
    """Rows written by `datasets`."""
    import datasets

    out.mkdir()
    datasets.disable_progress_bars()
    done = 0
    for path in sorted(root.rglob("*.parquet")):
        table = datasets.Dataset.from_parquet(str(path), cache_dir=str(out / "cache"))
        table.to_json(out / f"{path.parent.name}-{path.stem}.jsonl", force_ascii=False)
        done += len(table)
    return done


def measured(root: Path, form: str, out: Path) -> tuple[float, float]:
    """Rows a second of processor time, and peak memory in MiB, of one conversion in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.export_formats", "--convert", str(root), form, str(out)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    rows, seconds, peak = map(float, told.split())
    return rows / seconds, peak


def worker(root: Path, form: str, out: Path) -> None:
    """Convert, and print rows, seconds and peak MiB."""
    start = time.process_time()
    rows = convert_with_peer(root, out) if form == "datasets" else convert(root, form, out)
    seconds = time.process_time() - start
    print(rows, seconds, _peak_mib())


def _peak_mib() -> float:
    """Of this process alone; `getrusage` would count what its parent held when it was forked."""
    status = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))


def figures(folder: Path, large: int) -> Iterator[Figure]:
    """Speed and memory of each format as it is measured."""
    small_root, large_root = made_version(folder / "small", SMALL), made_version(folder / "large", large)
    peer, peer_peak = measured(large_root, "datasets", folder / "peer")
    for form in format_names():
        _, little = measured(small_root, form, folder / f"small-{form}")
        speed, much = measured(large_root, form, folder / f"large-{form}")
        against = peer if form == "jsonl" else large / SECONDS
        yield Figure(f"{form}, {large:,} rows", speed, against, 1, unit="rows/CPU-s")
        yield Figure(f"{form}, peak at {large:,} rows over {SMALL:,}", much, little, 1.1, at_least=False, unit="MiB")
        if form == "jsonl":
            yield Figure("jsonl, peak over datasets' own", much, peer_peak, 1, at_least=False, unit="MiB")


def main() -> int:
    """1 if a target was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=LARGE)
    parser.add_argument("--convert", nargs=3, metavar=("VERSION", "FORMAT", "FOLDER"))
    given = parser.parse_args()
    if given.convert:
        root, form, out = given.convert
        worker(Path(root), form, Path(out))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return report(figures(Path(folder), given.rows))


if __name__ == "__main__":
    raise SystemExit(main())
