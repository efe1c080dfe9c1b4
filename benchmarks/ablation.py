"""What each phase brings: base → +cpt → +sft → +dfpo → +mue on questions about diseases held out of training.

The paper's question in miniature, on the sample shelf: a tiny model of random weights and a real one of 270 million
parameters, three seeds each. What stands is never trained or asked again. Run as:

    python -m benchmarks.ablation [--folder ablation-workspace] [--models tiny gemma] [--seeds 0 1 2] [--table FILE]

The tiny model takes some minutes a seed on two cores, the other one about half an hour.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.ablation_runs import MODELS, Subject, runs, shelf
from benchmarks.ablation_table import page
from pedcorpus.cli.console import RichProgress
from pedcorpus.cli.evaluated_models import Asking, named_contestants
from pedcorpus.evaluation import (
    Asked,
    Comparison,
    Resampling,
    all_scores,
    chosen,
    compare_replies,
    get_replies,
    questions_of_export,
    without_trained_on,
    write_report,
)
from pedcorpus.export import open_export
from pedcorpus.flow import engine_of
from pedcorpus.inference import Generation
from pedcorpus.settings import Workspace
from pedcorpus.training import Run

_BATCH = 16


def compared(workspace: Workspace, subject: Subject, run: Run, seed: int) -> Comparison:
    """One seed's stages on the same questions; a report of its own lies under the workspace's evaluations."""
    asking = Asking(Generation(max_new_tokens=subject.max_new_tokens), _BATCH)
    phases = [record.phase for record in run.record.finished]
    models = named_contestants([f"{run.record.id}/{stage}" for stage in ("base", *phases)], workspace, asking)
    stages = ["base", *(f"+{phase}" for phase in phases)]
    folder = workspace.evaluations / f"{subject.name}-seed-{seed}"
    asked = questions(workspace, subject)
    progress = RichProgress()
    replies = get_replies(
        [replace(model, name=stage) for model, stage in zip(models, stages, strict=True)],
        asked,
        workspace.evaluations / f"{subject.name}-replies",  # one start, asked once for all seeds
        progress=progress,
    )
    comparison = compare_replies(
        replies,
        asked,
        scores=all_scores(workspace.settings.curate),
        engine=engine_of(workspace),
        resampling=Resampling(),
        progress=progress,
    )
    write_report(comparison, folder, language="en")
    return comparison


def questions(workspace: Workspace, subject: Subject) -> Asked:
    """The test split's questions on topics that no training row is about, less what stands in training all the same."""
    export = open_export(workspace.exports / "v1")
    asked = without_trained_on(questions_of_export(export), [export])
    held_out = [question for question in asked.questions if question.is_held_out]
    return chosen(replace(asked, questions=held_out), limit=subject.limit)


def main() -> int:
    """Trains, asks, and writes the page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, default=Path("ablation-workspace"))
    parser.add_argument("--models", nargs="+", choices=sorted(MODELS), default=["tiny", "gemma"])
    parser.add_argument("--seeds", nargs="+", type=int, default=[0, 1, 2])
    parser.add_argument("--table", type=Path, help="Markdown file to write; default the terminal alone.")
    given = parser.parse_args()
    text = page(measured(shelf(given.folder), given.models, given.seeds))
    print(text)
    if given.table:
        given.table.write_text(text, "utf-8")
    return 0


def measured(
    workspace: Workspace, names: Sequence[str], seeds: Sequence[int]
) -> list[tuple[Subject, dict[int, Comparison]]]:
    """Of each model the comparison of every seed."""
    return [
        (
            MODELS[name],
            {seed: compared(workspace, MODELS[name], run, seed) for seed, run in runs(workspace, MODELS[name], seeds)},
        )
        for name in names
    ]


if __name__ == "__main__":
    sys.exit(main())
