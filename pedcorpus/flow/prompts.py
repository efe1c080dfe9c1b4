"""Prompts: exactly what a model would be sent for a task, made from a passage, a work or the first that fits."""

from __future__ import annotations

from typing import Any, Literal

from pedcorpus.corpus import (
    StoredDocument,
    Unit,
    current_documents,
    current_sources,
    documents_of_passage,
    passages_like,
)
from pedcorpus.errors import UsageError
from pedcorpus.flow.material import materials
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.generate import Assignment, RolePlayContext, writers
from pedcorpus.llm import payload_of
from pedcorpus.settings import Workspace, nearest_key

__all__ = ["prompt_for", "sent_payload"]


def prompt_for(
    workspace: Workspace,
    task: str,
    *,
    passage: str | None = None,
    source: str | None = None,
    language: Literal["zh", "en"] | None = None,
) -> Assignment:
    """The first request for `task` that would be made of the passage whose id starts so, or of the work.

    `language` tells the model in Chinese or English instead of as the settings say.

    Raises:
        UsageError: no writer knows the task, there is no such passage or work, or it does not carry the task.
        CorpusError: there is no corpus here, or it cannot be used.
    """
    able = [writer for writer in writers().values() if task in writer.tasks]
    if not able:
        known = sorted({name for writer in writers().values() for name in writer.tasks})
        raise UsageError(f"no writer asks a model for {task!r}{nearest_key(task, known)}")
    settings = workspace.settings.generate
    if language is not None:
        settings = settings.model_copy(update={"prompt_language": language})
    corpus = open_corpus(workspace)
    with corpus.unit(read_only=True) as unit:
        found = _passage_id(unit, passage) if passage else None
        documents = documents_of_passage(unit, found)[:1] if found else _documents(unit, source)
    for _, material in materials(corpus, workspace.settings.curate.privacy, documents):
        for writer in able:
            if material.source.kind not in writer.kinds:
                continue
            for assignment in writer.assignments(material, settings, tasks={task}):
                if found is None or _shows(assignment, found):
                    return assignment
    place = f"passage {passage}" if passage else f"source {source!r}" if source else "the corpus"
    raise UsageError(f"nothing in {place} carries {task}; `pedcorpus passages SOURCE` lists passages")


def sent_payload(workspace: Workspace, assignment: Assignment) -> dict[str, Any]:
    """The body of the request to the model that the settings name, as a server that honours schemas is sent it."""
    return payload_of(assignment.ask, workspace.settings.llm.model)


def _passage_id(unit: Unit, id_start: str) -> str:
    ids = [passage.id for passage in passages_like(unit, id_start, limit=2)]
    if not ids:
        raise UsageError(f"no passage's id starts with {id_start!r}; `pedcorpus passages SOURCE` lists passages")
    if len(ids) > 1:
        raise UsageError(f"{id_start!r} is the start of several ids: {', '.join(ids)}; give more of it")
    return ids[0]


def _documents(unit: Unit, source: str | None) -> list[StoredDocument]:
    if source is not None and source not in (sources := current_sources(unit)):
        raise UsageError(f"no source is called {source!r}{nearest_key(source, list(sources))}")
    return [stored for stored in current_documents(unit) if source in (None, stored.document.source)]


def _shows(assignment: Assignment, passage_id: str) -> bool:
    """Is the passage among those that the model would be shown?"""
    context = assignment.context
    return isinstance(context, RolePlayContext) and passage_id in context.fragment.passage_ids
