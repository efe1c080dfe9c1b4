"""What the command line calls a model → a contestant: a run, one phase of it, a folder, or `base`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pedcorpus.errors import UsageError
from pedcorpus.evaluation import Answerer, Contestant, Conversation, Weigher
from pedcorpus.evaluation.likelihood import Likelihood
from pedcorpus.inference import Generation, Message, load_assistant
from pedcorpus.inference.likelihood import Weighed, answer_likelihoods
from pedcorpus.models import model_identity
from pedcorpus.settings import Workspace
from pedcorpus.training import Run, find_run, newest_run

__all__ = ["Asking", "named_models", "runs_of"]

BASE = "base"


@dataclass(frozen=True)
class Asking:
    """How every model is asked."""

    generation: Generation
    batch_size: int
    template: str | None = None


def named_models(names: Sequence[str], workspace: Workspace, asking: Asking) -> list[Contestant]:
    """The models called `names`; none asks for what the newest run started from and what came of it.

    Raises:
        UsageError: there is no such model, or none at all.
    """
    if names:
        return [_named(name, names, workspace, asking) for name in names]
    newest = newest_run(workspace.runs)
    if newest is None:
        raise UsageError(f"{workspace.runs}: no finished run to evaluate; run `pedcorpus train`, or name models")
    return [_base(newest, asking), _of_run(newest, newest.record.id, asking)]


def runs_of(names: Sequence[str], workspace: Workspace) -> list[Run]:
    """The runs that `names` are of; none names the newest one."""
    if names:
        return [found[0] for name in names if name != BASE and (found := _run_and_phase(name, workspace))]
    newest = newest_run(workspace.runs)
    return [newest] if newest else []


def _named(name: str, names: Sequence[str], workspace: Workspace, asking: Asking) -> Contestant:
    if name == BASE:
        runs = [*runs_of(names, workspace), *runs_of((), workspace)]
        if not runs:
            raise UsageError(f"{workspace.runs}: no run whose {BASE} could be evaluated; name its folder")
        return _base(runs[0], asking)
    if (found := _run_and_phase(name, workspace)) is not None:
        run, phase = found
        if phase == BASE:
            return _base(run, asking, name.rstrip("/"))
        return _of_run(_up_to(run, phase), name.rstrip("/"), asking)
    return _of_folder(Path(name).expanduser(), asking)


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


def _base(run: Run, asking: Asking, name: str = BASE) -> Contestant:
    lineage = {"role": "start of run", "run": run.record.id, "folder": run.record.start}
    return _contestant(name, run.start_path, None, lineage, asking)


def _of_run(run: Run, name: str, asking: Asking) -> Contestant:
    record = run.record
    lineage = {
        "run": record.id,
        "phase": record.finished[-1].phase,
        "phases": " → ".join(each.phase for each in record.finished),
        "export": record.export_version,
        "export_sha256": record.export_sha256,
        "start": record.start,
    }
    return _contestant(name, run.model_path, run.adapter_path, lineage, asking)


def _of_folder(folder: Path, asking: Asking) -> Contestant:
    """A model's folder; or an adapter's, which goes on the model that it names."""
    if (folder / "adapter_config.json").is_file():
        named = json.loads((folder / "adapter_config.json").read_text("utf-8")).get("base_model_name_or_path") or ""
        if not Path(named).is_dir():
            raise UsageError(f"{folder}: is an adapter for {named!r}, which is no folder here; correct the name in it")
        return _contestant(folder.name, Path(named), folder, {"folder": str(folder), "start": named}, asking)
    if not (folder / "config.json").is_file():
        raise UsageError(f"{folder}: is no run of this workspace, no phase of one, and no folder of a model or adapter")
    return _contestant(folder.name, folder, None, {"folder": str(folder)}, asking)


def _contestant(name: str, model: Path, adapter: Path | None, lineage: Mapping[str, str], asking: Asking) -> Contestant:
    def start() -> Answerer:
        assistant = load_assistant(model, adapter, template=asking.template)

        def answer(conversations: Sequence[Conversation]) -> Iterator[Mapping[int, str]]:
            asked = [_messages(conversation) for conversation in conversations]
            return assistant.replies(asked, generation=asking.generation, batch_size=asking.batch_size)

        return answer

    def start_weighing() -> Weigher:
        assistant = load_assistant(model, adapter, template=asking.template)

        def weigh(pairs: Sequence[tuple[Conversation, Sequence[str]]]) -> Iterator[Mapping[int, Sequence[Likelihood]]]:
            asked = [Weighed(_messages(conversation), answers) for conversation, answers in pairs]
            return answer_likelihoods(assistant, asked, batch_size=asking.batch_size)

        return weigh

    generation = asking.generation.model_dump(include={"max_new_tokens", "repetition_penalty", "temperature"})
    identity = model_identity(model, adapter, template=asking.template)
    lineage = {**lineage, "identity": identity}
    return Contestant(name, identity, start, generation, lineage, start_weighing)


def _messages(conversation: Conversation) -> list[Message]:
    return [Message(role=turn.role, content=turn.content) for turn in conversation]
