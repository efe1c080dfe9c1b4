"""Writing: fragments → requests to a model → drafts; a reply is paid for once, and what is made of it is a row.

Replies lie in the reply store, apart from the corpus: a changed writer or check reads them again for nothing.
Drafts are stored in the order of the requests, so that an interrupted run leaves what a shorter one would have.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from pedcorpus.corpus import Corpus, StoredRequest, add_failures, add_findings, add_instructions, add_requests
from pedcorpus.flow.jobs import Job, Jobs
from pedcorpus.flow.progress import NO_PROGRESS, Progress, Stage
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.generate import JudgingWriter, Unusable
from pedcorpus.llm import Door, Fault, Outcome, Reply
from pedcorpus.records import Failure, Finding, Instruction
from pedcorpus.settings import Workspace

__all__ = ["WriteReport", "write"]

_ROUND = 10_000
"""Requests after which those that follow from them are made."""
_COMMIT = 200
"""Requests whose drafts are stored in one commit at most."""
_COMMIT_S = 2.0
"""Seconds after which they are stored, however few."""

Answered = tuple[Job, Outcome]


@dataclass
class WriteReport:
    """What a run of the writers made."""

    requests: int = 0
    cached: int = 0
    """Requests whose replies had been paid for before."""
    not_cached: int = 0
    """Requests that a replay could not answer."""
    new_instructions: Counter[str] = field(default_factory=Counter)
    """By task."""
    failures: list[Failure] = field(default_factory=list)


def write(
    workspace: Workspace, door: Door, jobs: Jobs, *, total: int = 0, progress: Progress = NO_PROGRESS
) -> WriteReport:
    """Ask for each of `jobs`, of which there are about `total`, and store what the replies are worth.

    Ends early where the door's budget does.

    Raises:
        EndpointError: the endpoint cannot be used; what was paid for is kept.
        StoreError: replies cannot be kept.
        CorpusError: the corpus cannot be used.
    """
    corpus = open_corpus(workspace)
    report = WriteReport()
    with progress.stage("ask", total) as stage:
        for batch in _commits(_answered(door, jobs, stage)):
            _store(corpus, batch, door.endpoint.model, report)
    return report


def _answered(door: Door, jobs: Jobs, stage: Stage) -> Iterator[Answered]:
    """Each job with what came of it; those that follow from others come after a round of these."""
    pending = iter(jobs)
    for first in pending:
        waiting: Iterator[Job] = chain([first], islice(pending, _ROUND - 1))
        while True:
            following: list[Job] = []
            for job, outcome in door.ask_all(waiting, ask_of=lambda job: job.assignment.ask):
                yield job, outcome
                following += filter(None, [jobs.following(job, outcome)])
                stage.advance()
                stage.say(_spent(door))
            if not following:
                break
            waiting = iter(following)
        if door.budget.reached:
            return


def _spent(door: Door) -> str:
    meter = door.meter
    return f"{meter.prompt_tokens + meter.completion_tokens:,} tokens · cost {meter.cost:.2f} · {meter.in_flight} asked"


def _commits(answered: Iterator[Answered]) -> Iterator[list[Answered]]:
    """In batches of one commit; when asking ends with an error, what was answered is handed on first."""
    batch: list[Answered] = []
    began = time.monotonic()
    try:
        for pair in answered:
            batch.append(pair)
            if len(batch) >= _COMMIT or time.monotonic() - began > _COMMIT_S:
                yield batch
                batch, began = [], time.monotonic()
    except GeneratorExit:
        raise
    except BaseException:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _store(corpus: Corpus, batch: Sequence[Answered], model: str, report: WriteReport) -> None:
    requests: list[tuple[StoredRequest, list[str]]] = []
    made: list[Instruction] = []
    failures: list[Failure] = []
    verdicts: list[Finding] = []
    for job, outcome in batch:
        report.requests += 1
        report.cached += outcome.is_cached
        if isinstance(outcome, Fault) and outcome.reason == "not_cached":
            report.not_cached += 1
        elif not job.is_stored:
            drafts, lacking = _read(job, outcome)
            requests.append((_request(job, outcome, model, drafts, lacking), [draft.id for draft in drafts]))
            made += drafts
            failures += lacking
            verdicts += _verdicts(job, outcome)
    if requests:
        with corpus.unit() as unit:
            add_requests(unit, requests)
            add_failures(unit, failures)
            add_findings(unit, verdicts)
            report.new_instructions.update(add_instructions(unit, made))
        report.failures += failures


def _read(job: Job, outcome: Outcome) -> tuple[list[Instruction], list[Failure]]:
    """Drafts of a reply, and what it lacks."""
    if isinstance(outcome, Fault):
        return [], [_failure(job, outcome.reason, outcome.detail, outcome.raw)]
    drafts: list[Instruction] = []
    lacking: list[Failure] = []
    assert outcome.data is not None  # every writer names the shape of its reply
    for item in job.writer.drafts(job.assignment, outcome.data):
        if isinstance(item, Unusable):
            lacking.append(_failure(job, item.reason, item.detail, item.raw))
        else:
            drafts.append(item)
    return drafts, lacking


def _verdicts(job: Job, outcome: Outcome) -> Iterator[Finding]:
    """What a reply says of instructions that are there already."""
    if isinstance(job.writer, JudgingWriter) and isinstance(outcome, Reply) and outcome.data is not None:
        yield from job.writer.findings(job.assignment, outcome.data)


def _failure(job: Job, reason: str, detail: str, raw: str) -> Failure:
    document = job.document.document
    return Failure(
        stage="generate",
        where=job.assignment.where,
        source=document.source,
        path=document.path,
        reason=reason,
        detail=detail,
        raw=raw,
        fingerprint=f"request:{job.key}",
    )


def _request(
    job: Job, outcome: Outcome, model: str, drafts: Sequence[Instruction], lacking: Sequence[Failure]
) -> StoredRequest:
    document = job.document.document
    is_fault = isinstance(outcome, Fault)
    return StoredRequest(
        key=job.key,
        writer=job.writer_id,
        model=model,
        document=document.id,
        reading=job.document.reading,
        source=document.source,
        fault=outcome.reason if isinstance(outcome, Fault) else "",
        drafts=len(drafts),
        unusable=0 if is_fault else len(lacking),
    )
