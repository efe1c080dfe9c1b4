"""What a run starts from: the model that `--model` names, or what an earlier run made; found without torch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pedcorpus.errors import UsageError
from pedcorpus.models.gguf import gguf_in
from pedcorpus.models.hub import HubModel, find_on_hub, is_hub_name
from pedcorpus.models.model_folder import is_adapter
from pedcorpus.training.phase import PHASES, Phase
from pedcorpus.training.runs import RUN_FILE, list_runs, open_run

__all__ = ["Start", "find_start"]


@dataclass(frozen=True)
class Start:
    """The model that the first phase starts from."""

    model: Path | None
    """Folder of a causal language model; none where the run makes it: from `gguf`, else a tiny one from the export."""
    run: str | None = None
    """Run whose output that model is."""
    gguf: Path | None = None
    """File that the model is converted from."""
    hub: HubModel | None = None
    """What the model is on the Hugging Face Hub; its weights may not be in the folder yet."""

    def __str__(self) -> str:
        return str(self.hub or self.model or self.gguf or "a tiny model made from the export")


def find_start(model: str | Path | None, runs: Path, first: Phase) -> Start:
    """What a run whose first phase is `first` starts from; `model` as `plan_training` takes it.

    Raises:
        UsageError: there is no such model.
    """
    if model is None:
        return _going_on(runs, first)
    path = Path(model)
    if (path / RUN_FILE).is_file():
        run = open_run(path)
        return Start(_checked(run.model_path), run.record.id)
    if not path.exists() and is_hub_name(str(model)):
        hub = find_on_hub(str(model))
        return Start(hub.folder, hub=hub)
    if gguf := gguf_in(path):
        return Start(None, gguf=gguf)
    return Start(_checked(path))


def _going_on(runs: Path, first: Phase) -> Start:
    """From what the newest run has trained in the phases before `first`; from nothing where there is no such run."""
    order = list(PHASES)
    earlier = order[: order.index(first.id)]
    for run in reversed(list_runs(runs)):
        outputs = [done.output for done in run.record.finished if done.phase in earlier and not done.adapter]
        if outputs:
            return Start(_checked(run.root / outputs[-1]), run.record.id)
    return Start(None)


def _checked(folder: Path) -> Path:
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such model folder; expected a Hugging Face causal language model")
    if not (folder / "config.json").is_file() and not is_adapter(folder):
        raise UsageError(f"{folder}: is no model folder, config.json is missing; expected a causal language model")
    return folder
