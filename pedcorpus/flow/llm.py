"""The workspace's language model: which server the settings name, and the file that keeps its replies."""

from __future__ import annotations

from collections.abc import Collection

from pedcorpus.errors import UsageError
from pedcorpus.llm import Budget, Door, Endpoint, FaultReason, ReplyStore
from pedcorpus.settings import Workspace

__all__ = ["endpoint_of", "open_door", "open_replies"]


def endpoint_of(workspace: Workspace, *, base_url: str = "", model: str = "", key_variable: str = "") -> Endpoint:
    """The endpoint that the settings name, with what is given here in place of theirs.

    Raises:
        UsageError: no model is named.
    """
    settings = workspace.settings.llm
    if not (model or settings.model):
        raise UsageError("no model is named; set llm.model in pedcorpus.toml, or give --model")
    return Endpoint(
        base_url=base_url or settings.base_url,
        model=model or settings.model,
        key_variable=key_variable or settings.key_variable,
        concurrency=settings.concurrency,
        timeout_s=settings.timeout_s,
        input_price=settings.input_price,
        output_price=settings.output_price,
    )


def open_replies(workspace: Workspace) -> ReplyStore:
    """The file of the workspace's paid replies; whoever opens it closes it.

    Raises:
        StoreError: it is damaged, or cannot be written.
    """
    return ReplyStore(workspace.replies_path)


def open_door(
    workspace: Workspace,
    endpoint: Endpoint,
    store: ReplyStore,
    *,
    max_cost: float | None = None,
    max_requests: int | None = None,
    replay: bool = False,
    retry: Collection[FaultReason] = (),
    anew: Collection[str] = (),
) -> Door:
    """The door to `endpoint`, under the caps given here, else those of the settings; the rest is as `Door` has it."""
    settings = workspace.settings.llm
    budget = Budget(
        max_cost=settings.max_cost or None if max_cost is None else max_cost,
        max_requests=settings.max_requests or None if max_requests is None else max_requests,
    )
    return Door(endpoint, store, budget=budget, replay=replay, retry=retry, anew=anew)
