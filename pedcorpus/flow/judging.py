"""Judging: portions of what is new to the checks → processes → verdicts, stored in the order of the instructions.

What a check cannot judge, because it failed or its process ended, is a finding too: nothing passes unseen.
"""

from __future__ import annotations

import atexit
import gc
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import pyarrow as pa

from pedcorpus.corpus import (
    Corpus,
    Portion,
    StoredDraft,
    VerdictsOfRun,
    current_sources,
    drafts_between,
    finding_table,
    portions_to_judge,
)
from pedcorpus.curate import Check, Subject, check_id, checks, unjudged
from pedcorpus.engine import Engine, Processes, batches
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.records import Finding, Severity, Source
from pedcorpus.settings import CurateSettings

__all__ = ["Judged", "active_checks", "judge_new"]

_TASK = 500
"""Instructions that go to a process at once."""
_FEW = 2_000
"""Below so many, starting processes takes longer than judging."""
_COMMIT = 2_000
_COMMIT_S = 5.0
"""Verdicts are stored after so many instructions, or so many seconds: few enough that reviewers hardly wait."""


@dataclass(frozen=True)
class Judged:
    """What the checks said of some instructions."""

    instructions: int
    verdicts: pa.Table

    def said(self) -> Counter[tuple[str, str, str]]:
        """How often each (check, severity, reason) was said, passes left out."""
        names = ("check", "severity", "reason")
        said = zip(*(self.verdicts.column(name).to_pylist() for name in names), strict=True)
        return Counter(each for each in said if each[1] != Severity.PASS)


@dataclass(frozen=True)
class _Task:
    """Some instructions with all that judging them needs, in another process too."""

    settings: CurateSettings
    checks: tuple[str, ...]
    drafts: tuple[StoredDraft, ...]
    origins: Mapping[str, str]
    sources: Mapping[str, Source]

    def singles(self) -> Iterator[_Task]:
        return (replace(self, drafts=(draft,)) for draft in self.drafts)


def judge_new(
    corpus: Corpus, settings: CurateSettings, *, engine: Engine, progress: Progress = NO_PROGRESS
) -> Iterator[Judged]:
    """Run each check on what it has not judged; yields what has just been stored, less what others judged meanwhile.

    Raises:
        CorpusError: the corpus cannot be used.
    """
    with corpus.unit(read_only=True) as unit:
        portions = portions_to_judge(unit, list(active_checks(settings)))
        sources, verdicts = current_sources(unit), VerdictsOfRun(unit)
    total = sum(len(portion.ids) for portion in portions)
    tasks = _tasks(corpus, portions, sources, settings)
    with progress.stage("check", total) as stage:
        where = engine.for_little() if total < _FEW else engine
        for judged in _commits(where.map_ordered(_judge, tasks, crashed=_judge_singly)):
            with corpus.unit() as unit:
                stored = replace(judged, verdicts=verdicts.add(unit, judged.verdicts))
            stage.advance(stored.instructions)
            yield stored


def _tasks(
    corpus: Corpus, portions: Iterable[Portion], sources: Mapping[str, Source], settings: CurateSettings
) -> Iterator[_Task]:
    for portion in portions:
        with corpus.unit(read_only=True) as unit:
            drafts, texts = drafts_between(unit, portion)
        for some in batches(drafts, _TASK):
            cited = sorted({origin for draft in some for origin in draft.origins})
            origins = {name: text for origin in cited for name, text in texts.get(origin, {}).items()}
            yield _Task(settings, portion.checks, tuple(some), origins, sources)


def _judge_singly(task: _Task) -> Judged:
    """One of them ended the process: each is judged where that harms no other, so that only this one is given up."""
    return _together(list(Processes(2).map_ordered(_judge, task.singles(), crashed=_given_up)))


def _judge(task: _Task) -> Judged:
    active = active_checks(task.settings)
    subjects = [Subject(draft.instruction(task.sources), task.origins) for draft in task.drafts]
    found = [finding for name in task.checks for finding in _verdicts(active[name], subjects)]
    return Judged(len(subjects), finding_table(found))


def _given_up(task: _Task) -> Judged:
    active = active_checks(task.settings)
    records = [draft.instruction(task.sources) for draft in task.drafts]
    why = "the process that judged it ended"
    return Judged(
        len(records), finding_table(unjudged(active[name], record, why) for name in task.checks for record in records)
    )


def active_checks(settings: CurateSettings) -> dict[str, Check]:
    """The checks that `settings` wants, by id; made once in each process."""
    return _made(settings.model_dump_json())


@lru_cache(maxsize=1)
def _made(settings: str) -> dict[str, Check]:
    made = {check_id(check): check for check in checks(CurateSettings.model_validate_json(settings))}
    gc.freeze()  # tables and patterns stay as long as the process: the collector need not walk them time and again
    atexit.register(gc.unfreeze)  # but at its end, or libraries complain of what was never given back
    return made


def _verdicts(check: Check, subjects: list[Subject]) -> list[Finding]:
    try:
        return list(check.verdicts(subjects))
    except Exception as error:  # noqa: BLE001 - a check may be anybody's; one that fails must not end the run
        if len(subjects) == 1:
            return [unjudged(check, subjects[0].instruction, f"{type(error).__name__}: {error}")]
    return [finding for subject in subjects for finding in _verdicts(check, [subject])]


def _commits(judged: Iterable[Judged]) -> Iterator[Judged]:
    """Several at a time, as they are to be stored."""
    waiting: list[Judged] = []
    began = time.monotonic()
    for one in judged:
        waiting.append(one)
        if sum(each.instructions for each in waiting) >= _COMMIT or time.monotonic() - began > _COMMIT_S:
            yield _together(waiting)
            waiting, began = [], time.monotonic()
    if waiting:
        yield _together(waiting)


def _together(judged: list[Judged]) -> Judged:
    return Judged(sum(each.instructions for each in judged), pa.concat_tables([each.verdicts for each in judged]))
