"""From an export to an assistant: recipes, the four phases and the record of each run.

Importing this, planning a run and checking recipes need no torch; only `train` and `run_plan` import it.
"""

from __future__ import annotations

from pedcorpus.training.forecast import Forecast, forecast
from pedcorpus.training.launch import is_launched, launch, torchrun_line
from pedcorpus.training.metrics import plot_run
from pedcorpus.training.phase import PHASES, Phase
from pedcorpus.training.plan import PlannedPhase, TrainingPlan, plan_training
from pedcorpus.training.processes import this_process
from pedcorpus.training.progress import OnProgress, Progress
from pedcorpus.training.recipe import Recipe, load_recipes, recipe_text
from pedcorpus.training.resume import LAST, plan_resuming
from pedcorpus.training.road import check_ready, run_plan, train
from pedcorpus.training.run_card import run_card, state_of
from pedcorpus.training.runs import HeldOut, PhaseRecord, Run, RunRecord, find_run, list_runs, newest_run, open_run

__all__ = [
    "LAST",
    "PHASES",
    "Forecast",
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
    "check_ready",
    "find_run",
    "forecast",
    "is_launched",
    "launch",
    "list_runs",
    "load_recipes",
    "newest_run",
    "open_run",
    "plan_resuming",
    "plan_training",
    "plot_run",
    "recipe_text",
    "run_card",
    "run_plan",
    "state_of",
    "this_process",
    "torchrun_line",
    "train",
]
