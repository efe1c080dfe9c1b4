"""Preferences: each accepted answer in a paediatrician's humane words, over what a weak model answers to its prompt.

Facts are compared both ways before a pair is made: what lost one, or added one, is a failure with its reply. The pairs
that reviewers make by editing, and those made by rule, need no model: `export` makes them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice

from pedcorpus.corpus import (
    add_failures,
    add_preferences,
    add_requests,
    all_preferences,
    current_documents,
    current_sources,
    finished_requests,
    instruction_ids,
    load_instructions,
)
from pedcorpus.engine import batches
from pedcorpus.errors import UsageError
from pedcorpus.flow.llm import endpoint_of, open_door, open_replies
from pedcorpus.flow.preference_replies import Said, failure_of, read_reply, request_of
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.generate import HUMANE, WEAK, can_be_rephrased, humane_ask, model_pair, weak_ask
from pedcorpus.llm import Ask, Door, Endpoint, Reply, cost_of, estimate_prompt, payload_key
from pedcorpus.records import Failure, Instruction, Preference, Status
from pedcorpus.settings import Workspace

__all__ = ["PairsPlan", "PairsReport", "PairsRun", "open_pairs"]

_BATCH = 200
"""Answers that are asked about, and whose pairs are stored, at a time."""


@dataclass
class PairsPlan:
    """What a run would ask; costs are estimates of the most, in the currency of the endpoints' prices."""

    answers: int = 0
    cached: int = 0
    """Of their two requests each, those answered by replies that were paid for before."""
    humane_cost: float = 0.0
    weak_cost: float = 0.0


@dataclass
class PairsReport:
    """What a run made."""

    answers: int = 0
    pairs: int = 0
    """New ones."""
    not_cached: int = 0
    """Requests that a replay could not answer."""
    failures: list[Failure] = field(default_factory=list)


class PairsRun:
    """A run that has not begun; nothing has been sent."""

    def __init__(
        self, workspace: Workspace, strong: Door, weak: Door, *, tasks: Collection[str], limit: int | None
    ) -> None:
        """Of `tasks`, or of all where there are none; about `limit` answers at most."""
        self.strong, self.weak = strong, weak
        self._corpus = open_corpus(workspace)
        self._settings = workspace.settings
        self._tasks, self._limit = frozenset(tasks), limit

    def plan(self) -> PairsPlan:
        """What it would ask and cost."""
        plan = PairsPlan()
        for rows in batches(self._rows(), _BATCH):
            plan.answers += len(rows)
            humane, weak = [self._humane(row) for row in rows], [self._weak(row) for row in rows]
            for door, asks in ((self.strong, humane), (self.weak, weak)):
                keys = [payload_key(ask, door.endpoint.model) for ask in asks]
                known = door.store.find(set(keys))
                plan.cached += sum(key in known for key in keys)
                cost = sum(_cost(ask, door) for ask, key in zip(asks, keys, strict=True) if key not in known)
                plan.humane_cost += cost if door is self.strong else 0.0
                plan.weak_cost += cost if door is self.weak else 0.0
        return plan

    def make(self, *, progress: Progress = NO_PROGRESS, total: int = 0) -> PairsReport:
        """Ask, compare and store; ends early where a cap is reached (`strong.budget.reached`).

        Raises:
            EndpointError: an endpoint cannot be used; what was paid for is kept.
            StoreError: replies cannot be kept.
            CorpusError: the corpus cannot be used.
        """
        report = PairsReport()
        with progress.stage("pairs", total) as stage:
            for rows in batches(self._rows(), _BATCH):
                self._make(rows, report)
                stage.advance(len(rows))
                if self.strong.budget.reached:
                    break
        return report

    def _make(self, rows: Sequence[Instruction], report: PairsReport) -> None:
        report.answers += len(rows)
        humane = list(self._answered(self.strong, rows, report))
        chosen = {said.instruction.id: said.text for said in humane if not said.fault}
        weak = list(self._answered(self.weak, [row for row in rows if row.id in chosen], report))
        pairs = [self._pair(said, chosen[said.instruction.id]) for said in weak if not said.fault]
        report.pairs += self._store([*humane, *weak], pairs, report)

    def _answered(self, door: Door, rows: Iterable[Instruction], report: PairsReport) -> Iterator[Said]:
        is_strong = door is self.strong
        for row, outcome in door.ask_all(rows, ask_of=self._humane if is_strong else self._weak):
            if not isinstance(outcome, Reply) and outcome.reason == "not_cached":
                report.not_cached += 1
            else:
                yield read_reply(row, outcome, HUMANE if is_strong else WEAK, door.endpoint.model)

    def _pair(self, said: Said, chosen: str) -> Preference:
        strong, weak = self.strong.endpoint.model, self.weak.endpoint.model
        return model_pair(said.instruction, chosen=chosen, rejected=said.text, strong=strong, weak=weak)

    def _store(self, replies: Sequence[Said], pairs: Sequence[Preference], report: PairsReport) -> int:
        with self._corpus.unit() as unit:
            finished = finished_requests(unit)
            documents = {(each.document.id, each.document.source): each for each in current_documents(unit)}
            new = [said for said in replies if finished.get((said.key, said.writer)) != said.fault]
            add_requests(unit, [(request_of(said, documents), ()) for said in new])
            failures = [failure_of(said, documents) for said in new if said.fault]
            add_failures(unit, failures)
            report.failures += failures
            return add_preferences(unit, pairs)

    def _humane(self, instruction: Instruction) -> Ask:
        return humane_ask(instruction, self._settings.generate)

    def _weak(self, instruction: Instruction) -> Ask:
        return weak_ask(instruction, max_tokens=self._settings.llm.weak.max_tokens)

    def _rows(self) -> Iterator[Instruction]:
        return islice(self._pending(), self._limit)

    def _pending(self) -> Iterator[Instruction]:
        """Accepted answers, by id, of which these models have made no pair."""
        with self._corpus.unit(read_only=True) as unit:
            accepted = instruction_ids(unit, (Status.ACCEPTED,))
        origin = f"{HUMANE}:{self.strong.endpoint.model}", f"{WEAK}:{self.weak.endpoint.model}"
        for ids in batches(accepted, _BATCH):
            with self._corpus.unit(read_only=True) as unit:
                made = {
                    pair.chosen_from
                    for pair in all_preferences(unit, ids)
                    if (pair.chosen_by, pair.rejected_from) == origin
                }
                rows = list(load_instructions(unit, ids, current_sources(unit)))
            for row in rows:
                if row.id not in made and (not self._tasks or row.task in self._tasks) and can_be_rephrased(row):
                    yield row


def _cost(ask: Ask, door: Door) -> float:
    prompt = estimate_prompt(ask) * door.store.token_factor()
    return cost_of(door.endpoint, prompt, ask.max_tokens)


@contextmanager
def open_pairs(
    workspace: Workspace,
    *,
    tasks: Collection[str] = (),
    limit: int | None = None,
    base_url: str = "",
    model: str = "",
    weak_base_url: str = "",
    weak_model: str = "",
    max_cost: float | None = None,
    max_requests: int | None = None,
    replay: bool = False,
) -> Iterator[PairsRun]:
    """A run over the accepted answers that have no pair of these models; both share the caps and the kept replies.

    Raises:
        UsageError: a model is not named.
        CorpusError: there is no corpus here, or it cannot be used.
        StoreError: the file of replies cannot be used.
    """
    endpoint = endpoint_of(workspace, base_url=base_url, model=model)
    weak_endpoint = _weak_endpoint(workspace, endpoint.base_url, base_url=weak_base_url, model=weak_model)
    with open_replies(workspace) as store:
        strong = open_door(workspace, endpoint, store, max_cost=max_cost, max_requests=max_requests, replay=replay)
        weak = Door(weak_endpoint, store, budget=strong.budget, meter=strong.meter, replay=replay)
        yield PairsRun(workspace, strong, weak, tasks=tasks, limit=limit)


def _weak_endpoint(workspace: Workspace, strong: str, *, base_url: str, model: str) -> Endpoint:
    weak = workspace.settings.llm.weak
    if not (model or weak.model):
        raise UsageError(
            "no weak model is named; set llm.weak.model in pedcorpus.toml, or give --weak-model "
            "(`pedcorpus llm serve-local` serves one)"
        )
    return Endpoint(
        base_url=base_url or weak.base_url or strong,
        model=model or weak.model,
        key_variable=weak.key_variable,
        concurrency=weak.concurrency,
        timeout_s=weak.timeout_s,
        input_price=weak.input_price,
        output_price=weak.output_price,
    )
