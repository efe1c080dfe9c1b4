"""What the command line calls a model: a run, one phase of it, `base`, a folder or a GGUF file. Loads nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pedcorpus.errors import UsageError
from pedcorpus.models.gguf import gguf_in
from pedcorpus.models.moe_adapter import read_adapter_config
from pedcorpus.settings import Workspace
from pedcorpus.training import Run, find_run, newest_run

__all__ = ["NamedModel", "base_of", "model_of_run", "named_model", "newest_finished", "runs_of", "talked_to"]

BASE = "base"


@dataclass(frozen=True)
class NamedModel:
    """A model before it is loaded."""

    name: str
    model: Path
    """A folder, or a GGUF file."""
    adapter: Path | None
    lineage: Mapping[str, str]
    """Where it comes from, for a reader of reports."""


def newest_finished(workspace: Workspace, *, purpose: str) -> Run:
    """The newest run that has finished a phase.

    Raises:
        UsageError: there is none; `purpose` says what it was wanted for.
    """
    run = newest_run(workspace.runs)
    if run is None:
        raise UsageError(f"{workspace.runs}: no finished run to {purpose}; run `pedcorpus train`, or name a model")
    return run


def talked_to(workspace: Workspace, name: str | None, adapter: Path | None, *, purpose: str) -> NamedModel:
    """The one model that a command talks to: the one called `name`, else the newest run's; with `adapter`, if given.

    Raises:
        UsageError: there is no such model, or none at all.
    """
    if name is None:
        run = newest_finished(workspace, purpose=purpose)
        found = model_of_run(run, run.record.id)
    else:
        found = named_model(name, workspace)
    if adapter is None:
        return found
    return replace(found, name=adapter.resolve().name, adapter=adapter)


def named_model(name: str, workspace: Workspace, beside: Sequence[str] = ()) -> NamedModel:
    """The model called `name`; `base` is what the first run among `beside` started from, else the newest run.

    Raises:
        UsageError: there is no such model.
    """
    if name == BASE:
        runs = runs_of(beside, workspace) or [newest_finished(workspace, purpose=f"take the {BASE} of")]
        return base_of(runs[0])
    if (found := _run_and_phase(name, workspace)) is not None:
        run, phase = found
        if phase == BASE:
            return base_of(run, name.rstrip("/"))
        return model_of_run(_up_to(run, phase), name.rstrip("/"))
    return _of_path(Path(name).expanduser())


def runs_of(names: Sequence[str], workspace: Workspace) -> list[Run]:
    """The runs that `names` are of, in their order."""
    return [found[0] for name in names if name != BASE and (found := _run_and_phase(name, workspace))]


def base_of(run: Run, name: str = BASE) -> NamedModel:
    """What the run started from."""
    lineage = {"role": "start of run", "run": run.record.id, "folder": run.record.start}
    return NamedModel(name, run.start_path, None, lineage)


def model_of_run(run: Run, name: str) -> NamedModel:
    """What came of the run's last phase."""
    record = run.record
    lineage = {
        "run": record.id,
        "phase": record.finished[-1].phase,
        "phases": " → ".join(each.phase for each in record.finished),
        "export": record.export_version,
        "export_sha256": record.export_sha256,
        "start": record.start,
    }
    return NamedModel(name, run.model_path, run.adapter_path, lineage)


def _run_and_phase(name: str, workspace: Workspace) -> tuple[Run, str] | None:
    """A run by name or folder, alone or with a phase behind a slash; none where `name` is no run's."""
    head, _, phase = name.rstrip("/").rpartition("/")
    for run, wanted in ((name.rstrip("/"), ""), (head, phase)):
        if run and any((place / "run.json").is_file() for place in (workspace.runs / run, Path(run).expanduser())):
            return find_run(workspace.runs, run), wanted
    return None


def _up_to(run: Run, phase: str) -> Run:
    """The run as it was after `phase`; with none, as it is."""
    done = [record.phase for record in run.record.finished]
    if phase and phase not in done:
        raise UsageError(f"run {run.record.id} has no finished phase {phase!r}; it has: {', '.join(done) or 'none'}")
    if not done:
        raise UsageError(f"run {run.record.id} has finished no phase; go on with it: pedcorpus train --resume last")
    finished = run.record.finished[: done.index(phase) + 1] if phase else run.record.finished
    return Run(run.root, run.record.model_copy(update={"finished": finished}))


def _of_path(path: Path) -> NamedModel:
    """A model's folder or GGUF file; or an adapter's folder, which goes on the model that it names."""
    name = path.resolve().name
    if (path / "adapter_config.json").is_file():
        named = read_adapter_config(path).get("base_model_name_or_path") or ""
        if not Path(named).is_dir():
            raise UsageError(f"{path}: is an adapter for {named!r}, which is no folder here; correct the name in it")
        return NamedModel(name, Path(named), path, {"folder": str(path), "start": named})
    if gguf_in(path) is None and not (path / "config.json").is_file():
        raise UsageError(f"{path}: is no run of this workspace, no phase of one, and no folder of a model or adapter")
    return NamedModel(name, path, None, {"folder": str(path)})
