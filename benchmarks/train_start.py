"""What `pedcorpus train` takes before the first step beyond what the plainest TRL script does: processor seconds.

Told in two parts. What grows with the rows: verifying the export, planning, drawing and reading rows, less what the
script takes to read them. What does not: run folder, record, checkpoints, boards, on few rows, less the whole script on
the same rows. Loading the model and tokenising are in both the same, so that they cancel out. The export is made for
this, of as many rows as are asked for, or is the one given. Run as:

    python -m benchmarks.train_start [--rows 30000 | --export exports/v1] [--times 3]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from statistics import median

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import torch
from datasets import Dataset, disable_progress_bars
from transformers import AutoModelForCausalLM, AutoTokenizer, PrinterCallback
from trl import SFTConfig, SFTTrainer

from benchmarks.export_corpus import export_corpus
from benchmarks.figures import Figure, report
from benchmarks.train_phases import Watch
from pedcorpus import flow
from pedcorpus.export import Export, open_export
from pedcorpus.models import chat_template
from pedcorpus.models.quiet import quiet_libraries
from pedcorpus.models.tiny import TinyShape, tiny_model, tiny_tokenizer
from pedcorpus.training import PlannedPhase, Progress, plan_training, run_plan
from pedcorpus.training.row_files import load_rows

_MOST_S = 5.0
_FEW = 500
_ONE_STEP = ("trainer.max_steps=1", "trainer.save_strategy=no", f"data.max_rows={_FEW}")


def seconds(work: Callable[[int], object], times: int) -> float:
    """Median of the processor seconds that `work` takes; it is told which time it is."""
    found = []
    for turn in range(times):
        began = time.process_time()
        work(turn)
        found.append(time.process_time() - began)
    return median(found)


def small_model(export: Export, folder: Path) -> Path:
    """A tiny model for the export's texts."""
    texts = [message["content"] for row in islice(export.rows("sft", "train"), _FEW) for message in row["prompt"]]
    tokenizer = tiny_tokenizer(texts, vocab_size=1000, chat_template=chat_template("default") or "")
    tokenizer.save_pretrained(folder)
    tiny_model(tokenizer, TinyShape(hidden_size=32, intermediate_size=64, num_hidden_layers=2)).save_pretrained(folder)
    return folder


def of_rows(export: Path, folder: Path, times: int) -> tuple[float, float]:
    """Planning on all rows of sft and reading them, ours and the script's."""
    (planned,) = plan_training(export=export, runs=folder / "runs", phases=["sft"]).phases  # imports are done by now
    columns = list(planned.phase.columns)

    def ours(turn: int) -> None:
        plan = plan_training(export=export, runs=folder / "runs", phases=["sft"])
        rows = np.arange(plan.phases[0].rows)
        load_rows(plan.phases[0].table, folder / f"ours-{turn}", columns=columns, rows=rows)

    def script(turn: int) -> None:
        Dataset.from_parquet(str(planned.table), columns=columns, cache_dir=str(folder / f"script-{turn}"))

    return seconds(ours, times), seconds(script, times)


def of_a_run(export: Path, model: Path, folder: Path, times: int) -> tuple[float, float]:
    """From the call to the end of the first step on few rows, planning aside, ours and the script's."""
    plan = plan_training(export=export, runs=folder / "runs", phases=["sft"], model=model, overrides=_ONE_STEP)
    (planned,) = plan.phases
    few = folder / "few.parquet"
    batch = next(pq.ParquetFile(planned.table).iter_batches(_FEW, columns=list(planned.phase.columns)))
    pq.write_table(pa.Table.from_batches([batch]), few)

    def ours(_turn: int) -> float:
        watch = Watch()
        began = time.process_time()
        run_plan(plan, on_progress=lambda told: _note(watch, told))
        return watch.ended - began

    def script(turn: int) -> float:
        began = time.process_time()
        with quiet_libraries():
            return plain(planned, few, model, folder / f"plain-{turn}") - began

    found: dict[str, list[float]] = {"ours": [], "script": []}
    for turn in range(times + 1):
        found["ours"].append(ours(turn))
        found["script"].append(script(turn))
    return median(found["ours"][1:]), median(found["script"][1:])  # the first ones import


def _note(watch: Watch, told: Progress) -> None:
    if told.step:
        watch.at(told.step)


def plain(planned: PlannedPhase, table: Path, model: Path, folder: Path) -> float:
    """When the plainest script has ended its first step."""
    settings = {key: value for key, value in planned.recipe.trainer.items() if not key.startswith("save_")}
    settings |= {"output_dir": str(folder), "save_strategy": "no", "report_to": "none", "disable_tqdm": True}
    watch = Watch()
    trainer = SFTTrainer(
        model=AutoModelForCausalLM.from_pretrained(model),
        args=SFTConfig(**settings),
        train_dataset=Dataset.from_parquet(str(table), cache_dir=str(folder)),
        processing_class=AutoTokenizer.from_pretrained(model),
        callbacks=[watch],
    )
    trainer.remove_callback(PrinterCallback)
    trainer.train()
    return watch.ended


def figures(export: Path, folder: Path, times: int) -> Iterator[Figure]:
    """Both parts, and what they are together."""
    opened = open_export(export)
    count = opened.manifest.files["sft/train.parquet"].rows or 0
    growing, reading = of_rows(export, folder, times)
    with quiet_libraries():
        model = small_model(opened, folder / "model")
    fixed, whole = of_a_run(export, model, folder, times)
    more = {
        f"verifying, planning and reading {count:,} rows beyond reading them": (growing, reading),
        "from the plan to the first step on few rows beyond the plainest TRL script": (fixed, whole),
    }
    for name, (mine, peer) in more.items():
        yield Figure(name, mine - peer, _MOST_S, _MOST_S, at_least=False, unit="s", by_value=True)
    total = growing - reading + fixed - whole
    name = f"before the first step on {count:,} rows, beyond the plainest TRL script"
    yield Figure(name, total, _MOST_S, _MOST_S, at_least=False, unit="s", by_value=True)


def main() -> int:
    """The figures, and 1 if a target was missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=30_000)
    parser.add_argument("--export", type=Path)
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    torch.set_num_threads(1)
    disable_progress_bars()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        export = given.export or flow.export(export_corpus(folder / "corpus", given.rows), "v1").root
        return report(figures(export, folder, given.times))


if __name__ == "__main__":
    sys.exit(main())
