"""The demo: every command's work on the sample shelf, one after another, ending in a summary and a reply."""

from __future__ import annotations

from pedcorpus import flow
from pedcorpus.cli.chat_session import one_reply
from pedcorpus.cli.console import RichProgress, data, talk
from pedcorpus.cli.reports import AFTER_TRAINING, table, tell_build, tell_export, tell_failures
from pedcorpus.cli.training_report import TrainingBars, tell_plan, tell_run
from pedcorpus.errors import UsageError
from pedcorpus.export import Export, list_exports
from pedcorpus.flow import CorpusStatus
from pedcorpus.records import Status
from pedcorpus.settings import Workspace
from pedcorpus.shipped import shipped_folder
from pedcorpus.training import PHASES, Run, plan_training, run_plan

__all__ = ["run_demo"]


def run_demo(workspace: Workspace) -> None:
    """Take the whole road in `workspace`; a second demo adds a version and a run to it.

    Raises:
        MissingExtra: torch is not installed.
        UsageError: the folder holds something that is no demo workspace.
    """
    if workspace.root.exists() and any(workspace.root.iterdir()) and not workspace.corpus_path.exists():
        raise UsageError(f"{workspace.root}: is not empty and no workspace; choose another with --folder")
    tell_build(flow.build(workspace, [shipped_folder("sources")], progress=RichProgress()))
    talk("{} candidates accepted in bulk; every record says so", flow.accept_all(workspace, "demo"))
    export = flow.export(workspace, _next_version(workspace), progress=RichProgress())
    tell_export(export)
    plan = plan_training(export=export.root, runs=workspace.runs, phases=tuple(PHASES))
    tell_plan(plan)
    with TrainingBars() as bars:
        run = run_plan(plan, on_progress=bars)
    tell_run(run)
    question = _trained_question(export)
    _summarise(flow.corpus_status(workspace), export, run, question, one_reply(run, question))
    talk("next, in {}: {}", workspace.root, AFTER_TRAINING)


def _next_version(workspace: Workspace) -> str:
    taken = {path.name for path in list_exports(workspace.exports)}
    return next(f"v{number}" for number in range(1, len(taken) + 2) if f"v{number}" not in taken)


def _trained_question(export: Export) -> str:
    """The shortest knowledge question that the model was trained on: a tiny model knows nothing else."""
    rows = (row for row in export.rows("mue", "train") if row["task"] == "medkqa")
    return min((str(row["prompt"][-1]["content"]) for row in rows), key=lambda text: (len(text), text))


def _summarise(status: CorpusStatus, export: Export, run: Run, question: str, reply: str) -> None:
    tell_failures(status.failures)
    rows: list[tuple[str, object]] = [(name, status.totals[name]) for name in ("sources", "passages", "triples")]
    rows += [(f"instructions {task}", sum(counts.values())) for task, counts in status.instructions.items()]
    rows += [("accepted", status.total(Status.ACCEPTED)), ("export", export.root)]
    rows += [(phase.phase, f"loss {phase.first_loss:.3f} → {phase.last_loss:.3f}") for phase in run.record.finished]
    data(table("Demo", ("what", "value"), rows, numbers_from=2))
    data("")
    data(table("", ("chat", ""), [("问", question), ("答", reply)], numbers_from=2))
    talk("a tiny model, asked what it was trained on: its reply shows that the road runs, and is no medical advice")
