"""Models that the command line names → contestants, the served one among them, and what they were trained from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pedcorpus.cli.evaluated_endpoint import served_model
from pedcorpus.cli.named_models import NamedModel, base_of, model_of_run, named_model, newest_finished, runs_of
from pedcorpus.errors import UsageError
from pedcorpus.evaluation import Answerer, Contestant, Conversation, Weigher
from pedcorpus.evaluation.likelihood import Likelihood
from pedcorpus.export import Export, open_export
from pedcorpus.inference import Generation, Message, load_assistant
from pedcorpus.inference.likelihood import Weighed, answer_likelihoods
from pedcorpus.models import model_identity
from pedcorpus.settings import Workspace
from pedcorpus.training import newest_run

__all__ = ["Asking", "contestants_of", "exports_of", "named_contestants"]


@dataclass(frozen=True)
class Asking:
    """How every model is asked."""

    generation: Generation
    batch_size: int
    template: str | None = None


def contestants_of(
    names: Sequence[str], workspace: Workspace, asking: Asking, *, served: str = "", served_name: str = ""
) -> list[Contestant]:
    """The models called `names`, and the one called `served_name` at the server `served`.

    With neither, what the newest run started from and what came of it.

    Raises:
        UsageError: there is no such model, or none at all.
    """
    if bool(served) != bool(served_name):
        raise UsageError("--served and --served-model go together: where the server is, and the model's name there")
    found = named_contestants(names, workspace, asking) if names or not served else []
    if served:
        tokens = asking.generation.max_new_tokens
        found.append(served_model(workspace, served, served_name, max_new_tokens=tokens))
    return found


def named_contestants(names: Sequence[str], workspace: Workspace, asking: Asking) -> list[Contestant]:
    """The models called `names`; none asks for what the newest run started from and what came of it.

    Raises:
        UsageError: there is no such model, or none at all.
    """
    if names:
        models = [named_model(name, workspace, beside=names) for name in names]
    else:
        newest = newest_finished(workspace, purpose="evaluate")
        models = [base_of(newest), model_of_run(newest, newest.record.id)]
    return [_contestant(model, asking) for model in models]


def exports_of(names: Sequence[str], workspace: Workspace) -> list[Export]:
    """The exports that the models called `names`, else the newest run, were trained from, as far as they are here."""
    newest = newest_run(workspace.runs)
    runs = runs_of(names, workspace) if names else [newest] if newest else []
    trained = {run.record.export_sha256: run.export_path for run in runs if run.export_path.is_dir()}
    return [open_export(path) for path in trained.values()]


def _contestant(named: NamedModel, asking: Asking) -> Contestant:
    def start() -> Answerer:
        assistant = load_assistant(named.model, named.adapter, template=asking.template)

        def answer(conversations: Sequence[Conversation]) -> Iterator[Mapping[int, str]]:
            asked = [_messages(conversation) for conversation in conversations]
            return assistant.replies(asked, generation=asking.generation, batch_size=asking.batch_size)

        return answer

    def start_weighing() -> Weigher:
        assistant = load_assistant(named.model, named.adapter, template=asking.template)

        def weigh(pairs: Sequence[tuple[Conversation, Sequence[str]]]) -> Iterator[Mapping[int, Sequence[Likelihood]]]:
            asked = [Weighed(_messages(conversation), answers) for conversation, answers in pairs]
            return answer_likelihoods(assistant, asked, batch_size=asking.batch_size)

        return weigh

    generation = asking.generation.model_dump(include={"max_new_tokens", "repetition_penalty", "temperature"})
    identity = model_identity(named.model, named.adapter, template=asking.template)
    lineage = {**named.lineage, "identity": identity}
    return Contestant(named.name, identity, start, generation, lineage, start_weighing)


def _messages(conversation: Conversation) -> list[Message]:
    return [Message(role=turn.role, content=turn.content) for turn in conversation]
