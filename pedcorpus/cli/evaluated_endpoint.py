"""A model behind an OpenAI-compatible server as a contestant; its replies are kept and paid for once by `llm`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from pedcorpus import flow
from pedcorpus.evaluation import Answerer, Contestant, Conversation
from pedcorpus.llm import Ask, Outcome, Reply
from pedcorpus.records import content_id
from pedcorpus.settings import Workspace

__all__ = ["served_model"]


def served_model(workspace: Workspace, base_url: str, model: str, *, max_new_tokens: int) -> Contestant:
    """The model called `model` at `base_url`; its key is in the environment, as `[llm]` of the settings says."""
    endpoint = flow.endpoint_of(workspace, base_url=base_url, model=model)

    def answer(conversations: Sequence[Conversation]) -> Iterator[Mapping[int, str]]:
        def ask(place: int) -> Ask:
            return Ask(conversations[place], max_tokens=max_new_tokens, temperature=0, tag="evaluate")

        with flow.open_replies(workspace) as store:
            door = flow.open_door(workspace, endpoint, store)
            for place, outcome in door.ask_all(range(len(conversations)), ask_of=ask):
                if (reply := _said(outcome)) is not None:
                    yield {place: reply.strip()}

    def start() -> Answerer:
        return answer

    return Contestant(
        name=model,
        identity=content_id("served", endpoint.base_url, model),
        start=start,
        generation={"max_new_tokens": max_new_tokens, "temperature": 0},
        lineage={"endpoint": endpoint.base_url, "model": model},
    )


def _said(outcome: Outcome) -> str | None:
    """What the model said, however badly: cut off, refused or empty, as a model here may do; none where it did not."""
    if isinstance(outcome, Reply):
        return outcome.text
    if outcome.reason not in ("truncated", "refused", "invalid_reply"):
        return None
    message = json.loads(outcome.raw)["choices"][0]["message"]
    told: str = message.get("content") or message.get("refusal") or ""
    return told if told or outcome.reason == "invalid_reply" else None
