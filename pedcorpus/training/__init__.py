"""From an export to an assistant: recipes, the four phases and the record of each run.

Importing this, planning a run and checking recipes need no torch; only `train` and `run_plan` import it.
"""

from __future__ import annotations

from pedcorpus.training.metrics import plot_run
from pedcorpus.training.phase import PHASES, Phase
from pedcorpus.training.plan import PlannedPhase, TrainingPlan, plan_training
from pedcorpus.training.progress import OnProgress, Progress
from pedcorpus.training.recipe import Recipe, load_recipes
from pedcorpus.training.resume import LAST, plan_resuming
from pedcorpus.training.road import run_plan, train
from pedcorpus.training.run_card import run_card, state_of
from pedcorpus.training.runs import HeldOut, PhaseRecord, Run, RunRecord, find_run, list_runs, newest_run, open_run

__all__ = [
    "LAST",
    "PHASES",
    "HeldOut",
    "OnProgress",
    "Phase",
    "PhaseRecord",
    "PlannedPhase",
    "Progress",
    "Recipe",
    "Run",
    "RunRecord",
    "TrainingPlan",
    "find_run",
    "list_runs",
    "load_recipes",
    "newest_run",
    "open_run",
    "plan_resuming",
    "plan_training",
    "plot_run",
    "run_card",
    "run_plan",
    "state_of",
    "train",
]
