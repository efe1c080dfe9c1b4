"""What `serve` adds to the server: emergency advice, sources, the chat page, thumbs that go into the corpus."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pedcorpus.cli.console import talk
from pedcorpus.cli.shown_sources import opened_sources
from pedcorpus.settings import Workspace

if TYPE_CHECKING:
    from pedcorpus import flow
    from pedcorpus.inference import Message
    from pedcorpus.inference.page import Rated, TakeFeedback
    from pedcorpus.inference.serve import Hooks, Preface, Sources

__all__ = ["hooks_of"]


def hooks_of(place: Workspace, *, model: str, export: str | None, needs_key: bool, feedback: bool) -> Hooks:
    """Everything that is added; `model` is what clients call it.

    Raises:
        UsageError: there is no such export.
        SettingsError: the hospital's own table of red flags is not sound.
        CorpusError: feedback is wanted, and there is no corpus that could take it, or nothing to de-identify it.
    """
    from pedcorpus.inference.page import page_router
    from pedcorpus.inference.serve import Hooks

    worker = _worker(place) if feedback else None
    taking = _taking(place, model, worker) if worker else None
    return Hooks(
        preface=_preface(place),
        sources=_sources(place, export) if export is not None else None,
        routers=(page_router(needs_key=needs_key, feedback=taking),),
        beside=(worker,) if worker else (),
    )


def _preface(place: Workspace) -> Preface:
    from pedcorpus.inference.emergency import emergency_in

    tables = place.settings.curate.medical_tables

    def preface(messages: Sequence[Message]) -> str | None:
        emergency = emergency_in(messages, medical_tables=tables)
        return emergency.text if emergency else None

    preface([{"role": "user", "content": ""}])  # a table that is not sound is told now, not to each client
    return preface


def _sources(place: Workspace, version: str) -> Sources:
    from pedcorpus.inference.sources import told

    near = opened_sources(place, version)

    def sources(messages: Sequence[Message], reply: str) -> list[dict[str, Any]]:
        return [told(found) for found in near(messages, reply)]

    return sources


def _worker(place: Workspace) -> flow.FeedbackWorker:
    from pedcorpus import flow

    flow.check_feedback(place)
    # -P: nothing is imported from the folder that the server happens to stand in
    command = [sys.executable, "-P", "-m", "pedcorpus", "--workspace", str(place.root), "feedback"]
    return flow.FeedbackWorker(place, command, tell=lambda told: talk("[yellow]{}[/]", told))


def _taking(place: Workspace, model: str, worker: flow.FeedbackWorker) -> TakeFeedback:
    from pedcorpus import flow

    def take(rated: Rated) -> str:
        system = "\n".join(turn.content for turn in rated.messages if turn.role == "system")
        said = [(turn.role, turn.content) for turn in rated.messages if turn.role != "system" and turn.content.strip()]
        flow.keep_feedback(
            place,
            flow.RatedExchange(
                turns=said, reply=rated.reply, rating=rated.rating, model=model,
                system=system, correction=rated.correction if rated.rating == "down" else "", note=rated.note,
            ),
        )  # fmt: skip
        worker.wake()
        return "kept for review"

    return take
