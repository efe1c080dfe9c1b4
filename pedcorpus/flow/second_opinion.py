"""A second opinion on what stands: a model judges each claim against its quotes, and says so as one more finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pedcorpus.corpus import Corpus, add_findings, current_sources, load_instructions, to_check
from pedcorpus.curate import SECOND_OPINION, Opinions, opinion_question, opinions_read
from pedcorpus.engine import batches
from pedcorpus.flow.llm import endpoint_of, open_door, open_replies
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.llm import Ask, Door, Fault, Outcome, Reply, cost_of, estimate_prompt
from pedcorpus.records import Finding, Instruction, Severity
from pedcorpus.settings import Workspace

__all__ = ["OpinionReport", "OpinionRun", "open_opinion"]

_BATCH = 100
"""Instructions loaded, and verdicts stored, at a time."""


@dataclass
class OpinionReport:
    """What the model thought."""

    judged: int = 0
    doubted: int = 0
    """Instructions of which it did not find every claim supported."""
    faults: Counter[str] = field(default_factory=Counter)
    """Questions without a usable reply, by reason; they stay unjudged."""


@dataclass
class OpinionRun:
    """A run that has not begun; nothing has been sent."""

    corpus: Corpus
    door: Door
    ids: list[str]
    """Instructions that are to be judged."""

    def cost(self) -> float:
        """What it costs at most; replies that were paid for before are not taken off."""
        endpoint, factor = self.door.endpoint, self.door.store.token_factor()
        return sum(cost_of(endpoint, estimate_prompt(ask) * factor, ask.max_tokens) for _, ask in self._questions())

    def run(self, *, progress: Progress = NO_PROGRESS) -> OpinionReport:
        """Ask, and store one finding or more for each instruction; ends early where a cap is reached.

        Raises:
            EndpointError: the endpoint cannot be used; what was paid for is kept.
        """
        report = OpinionReport()
        with progress.stage("opinion", len(self.ids)) as stage:
            answered = self.door.ask_all(self._questions(), ask_of=lambda pair: pair[1])
            for batch in batches(answered, _BATCH):
                findings: list[Finding] = []
                for (instruction, _), outcome in batch:
                    findings += self._read(instruction, outcome, report)
                with self.corpus.unit() as unit:
                    add_findings(unit, findings)
                stage.advance(len(batch))
        return report

    def _questions(self) -> Iterator[tuple[Instruction, Ask]]:
        for ids in batches(self.ids, _BATCH):
            with self.corpus.unit(read_only=True) as unit:
                loaded = list(load_instructions(unit, ids, current_sources(unit)))
            for instruction in loaded:
                if (ask := opinion_question(instruction)) is not None:
                    yield instruction, ask

    def _read(self, instruction: Instruction, outcome: Outcome, report: OpinionReport) -> list[Finding]:
        if not isinstance(outcome, Reply) or not isinstance(outcome.data, Opinions):
            report.faults[outcome.reason if isinstance(outcome, Fault) else "invalid_reply"] += 1
            return []
        findings = opinions_read(instruction, outcome.data)
        report.judged += 1
        report.doubted += any(finding.severity is not Severity.PASS for finding in findings)
        return findings


@contextmanager
def open_opinion(
    workspace: Workspace,
    *,
    limit: int | None = None,
    base_url: str = "",
    model: str = "",
    max_cost: float | None = None,
    max_requests: int | None = None,
    replay: bool = False,
) -> Iterator[OpinionRun]:
    """A run over the instructions that stand and that no second opinion has judged, at most `limit` of them.

    Raises:
        UsageError: no model is named.
        CorpusError: there is no corpus here, or it cannot be used.
        StoreError: the file of replies cannot be used.
    """
    endpoint = endpoint_of(workspace, base_url=base_url, model=model)
    corpus = open_corpus(workspace)
    with corpus.unit(read_only=True) as unit:
        ids = to_check(unit, SECOND_OPINION)[:limit]
    with open_replies(workspace) as store:
        door = open_door(workspace, endpoint, store, max_cost=max_cost, max_requests=max_requests, replay=replay)
        yield OpinionRun(corpus, door, ids)
