"""Two runs → a language model's judgements of their pairs, each asked for in both orders, kept, and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pedcorpus.corpus import current_votes, hand_ins, stored_pairings
from pedcorpus.evaluation import Pairing, ballot_order, pair_runs, pair_verdicts, read_run
from pedcorpus.evaluation.judge import (
    JUDGE_VERSION,
    ORDERS,
    DoctorsAgreement,
    JudgedPair,
    Judgement,
    JudgementFile,
    JudgeReport,
    Order,
    Verdicts,
    doctors_agreement,
    judge_question,
    judge_report,
    judged_pair,
    same_reply,
)
from pedcorpus.evaluation.naming import slug
from pedcorpus.flow.llm import endpoint_of, open_door, open_replies
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.llm import Ask, Door, Fault, FaultReason, Outcome, Reply, cost_of, estimate_prompt, payload_key
from pedcorpus.settings import Workspace

__all__ = ["JudgeRun", "JudgedRuns", "open_judge"]

_NO_ANSWER: frozenset[FaultReason] = frozenset({"timed_out", "unreachable", "server_error", "not_cached"})
"""Faults that say nothing of the judge: the pair is asked for again the next time."""


@dataclass(frozen=True)
class JudgedRuns:
    """What a judge made of two runs."""

    pairing: str
    names: tuple[str, str]
    """Models, or files where they do not say whose they are."""
    path: Path
    """The file of the raw judgements."""
    asked: int
    """Judgements that were made now; the others stood already."""
    report: JudgeReport
    pairs: Sequence[JudgedPair]
    doctors: Sequence[DoctorsAgreement]
    """Empty where doctors judged none of these pairs."""
    left_out: Sequence[str]
    """What of the runs was not compared, a line each."""


@dataclass(frozen=True)
class _Case:
    pair: str
    order: Order
    ask: Ask
    key: str


@dataclass
class JudgeRun:
    """Judging that has not begun; nothing has been sent."""

    workspace: Workspace
    door: Door
    pairing: Pairing
    names: tuple[str, str]
    pairs: Sequence[str]
    """Ids of the questions whose replies are judged, in the order in which doctors are asked."""
    references: Mapping[str, str]
    kept: JudgementFile
    _made: int = field(default=0, init=False)

    @property
    def open(self) -> int:
        """Judgements that are still to be made."""
        return sum(1 for _ in self._open_cases())

    def cost(self) -> float:
        """What it costs at most; replies that were paid for before are not taken off."""
        endpoint, factor = self.door.endpoint, self.door.store.token_factor()
        asks = (case.ask for case in self._open_cases())
        return sum(cost_of(endpoint, estimate_prompt(ask) * factor, ask.max_tokens) for ask in asks)

    def run(self, *, progress: Progress = NO_PROGRESS) -> JudgedRuns:
        """Ask for what is missing, keep it, and count all; ends early where a cap is reached.

        Raises:
            EndpointError: the endpoint cannot be used; what was judged is kept.
        """
        cases = list(self._open_cases())
        with progress.stage("judge", len(cases)) as stage:
            for case, outcome in self.door.ask_all(cases, ask_of=lambda case: case.ask):
                self._keep(case, outcome)
                stage.advance()
        return self._counted()

    def _keep(self, case: _Case, outcome: Outcome) -> None:
        if isinstance(outcome, Fault) and outcome.reason in _NO_ANSWER:
            return
        said = outcome.data if isinstance(outcome, Reply) and isinstance(outcome.data, Verdicts) else None
        self._made += 1
        self.kept.add(
            Judgement(
                asked=case.key,
                pair=case.pair,
                order=case.order,
                judge=self.door.endpoint.model,
                prompt=JUDGE_VERSION,
                verdicts=said,
                fault="" if said else outcome.reason if isinstance(outcome, Fault) else "invalid_reply",
                raw=outcome.raw if isinstance(outcome, Fault) else outcome.text,
            )
        )

    def _open_cases(self) -> Iterator[_Case]:
        return (case for cases in self._cases.values() for case in cases if case.key not in self.kept.kept)

    def _replies(self, pair: str) -> tuple[str, str]:
        return self.pairing.a.replies[pair].reply, self.pairing.b.replies[pair].reply

    @cached_property
    def _cases(self) -> dict[str, list[_Case]]:
        return {pair: list(self._cases_of(pair)) for pair in self.pairs}

    def _cases_of(self, pair: str) -> Iterator[_Case]:
        a, b = self._replies(pair)
        if same_reply(a, b):
            return
        for order in ORDERS:
            shown = (a, b) if order == "ab" else (b, a)
            messages = self.pairing.a.replies[pair].messages
            ask = judge_question(messages, *shown, reference=self.references.get(pair, ""))
            yield _Case(pair, order, ask, payload_key(ask, self.door.endpoint.model))

    def _counted(self) -> JudgedRuns:
        found: list[JudgedPair] = []
        unusable: Counter[str] = Counter()
        missing = 0
        for pair, cases in self._cases.items():
            said = {case.order: self.kept.kept[case.key] for case in cases if case.key in self.kept.kept}
            unusable.update(each.fault for each in said.values() if each.fault)
            missing += len(cases) - len(said)
            if (judged := judged_pair(pair, self._replies(pair), said)) is not None:
                found.append(judged)
        judge = self.door.endpoint.model
        return JudgedRuns(
            pairing=self.pairing.id,
            names=self.names,
            path=self.kept.path,
            asked=self._made,
            report=judge_report(judge, found, pairs=len(self.pairs), unusable=unusable, missing=missing),
            pairs=found,
            doctors=_beside_doctors(self.workspace, self.pairing, found),
            left_out=self.pairing.left_out,
        )


@contextmanager
def open_judge(
    workspace: Workspace,
    run_a: Path,
    run_b: Path,
    *,
    references: Mapping[str, str] | None = None,
    only: Collection[str] | None = None,
    path: Path | None = None,
    limit: int | None = None,
    base_url: str = "",
    model: str = "",
    max_cost: float | None = None,
    max_requests: int | None = None,
    replay: bool = False,
) -> Iterator[JudgeRun]:
    """Judging of two files of replies, at most `limit` pairs: those that doctors are asked first.

    `only` names the questions that may be judged; none takes all that both answered. `references` are reference answers
    by the question's id, which the judge is shown where there is one. Judgements are kept in `path`, by default a file
    of the pairing and the judge among the workspace's evaluations.

    Raises:
        UsageError: no model is named, or the runs cannot be read or compared.
        StoreError: the file of replies cannot be used.
    """
    endpoint = endpoint_of(workspace, base_url=base_url, model=model)
    made = pair_runs(read_run(run_a), read_run(run_b))
    pairs = [pair for pair in made.pairs if only is None or pair in only]
    order = ballot_order(pairs, pairing=made.id, salt=workspace.settings.vote.salt)
    names = (made.a.model or run_a.stem, made.b.model or run_b.stem)
    where = path or _default_path(workspace, made, endpoint.model)
    with open_replies(workspace) as store, JudgementFile(where) as kept:
        door = open_door(workspace, endpoint, store, max_cost=max_cost, max_requests=max_requests, replay=replay)
        yield JudgeRun(workspace, door, made, names, order[:limit], references or {}, kept)


def _default_path(workspace: Workspace, pairing: Pairing, judge: str) -> Path:
    return workspace.evaluations / "judgements" / f"{pairing.id[:12]}-{slug(judge)}.jsonl"


def _beside_doctors(workspace: Workspace, pairing: Pairing, found: Sequence[JudgedPair]) -> list[DoctorsAgreement]:
    """Agreement with the doctors who handed in votes on these runs; empty where there is no corpus or no such vote."""
    if not workspace.corpus_path.exists():
        return []
    with open_corpus(workspace).unit(read_only=True) as unit:
        stored = next((each for each in stored_pairings(unit) if each.id == pairing.id), None)
        if stored is None:
            return []
        votes, done = current_votes(unit, stored.a.id, stored.b.id), hand_ins(unit, stored.a.id, stored.b.id)
    return doctors_agreement(found, pair_verdicts(votes, done, run_a=pairing.a.id))
