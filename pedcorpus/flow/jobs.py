"""What is to be asked of a model: every assignment of every writer that was not answered before, as it is needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from pedcorpus.corpus import StoredDocument, finished_requests, requests_by_lack
from pedcorpus.errors import UsageError
from pedcorpus.flow.material import materials
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.generate import Assignment, SteppedWriter, Writer, writers
from pedcorpus.llm import FaultReason, Outcome, Reply, payload_key
from pedcorpus.settings import Workspace

__all__ = ["Job", "Jobs", "WantedDrafts"]

_FAULTS: tuple[FaultReason, ...] = get_args(FaultReason)
_PASSING = frozenset({"timed_out", "unreachable", "server_error"})
"""Faults of the moment: nothing was said, so the next run asks again."""


@dataclass(frozen=True)
class WantedDrafts:
    """Which drafts are wanted."""

    tasks: frozenset[str] = frozenset()
    """None wants all that the writers make."""
    writers: frozenset[str] = frozenset()
    """None takes all."""
    limit: int | None = None
    """Drafts that are planned at most; but no fragment is asked about in part, and one is."""
    retry: frozenset[str] = frozenset()
    """Faults, and what drafts lacked, after which a request is made anew, as `truncated` or `slot_missing`."""


@dataclass(frozen=True)
class Job:
    """One assignment, by whom, and what it was made from."""

    writer: Writer
    assignment: Assignment
    document: StoredDocument
    key: str
    """Of its request, as the reply store keeps it."""
    is_stored: bool
    """Is what came of it in the corpus? Then it is read again only for the steps that follow from it."""

    @property
    def writer_id(self) -> str:
        """The writer with its version, as `role_play@1`."""
        return f"{self.writer.name}@{self.writer.version}"


class Jobs:
    """The jobs of one run; each pass over them finds the same ones in the same order."""

    def __init__(self, workspace: Workspace, model: str, wanted: WantedDrafts) -> None:
        """What `model` is still to be asked.

        Raises:
            UsageError: no writer is called so, none makes such a task, or nothing ever failed as `wanted.retry` says.
            CorpusError: there is no corpus here, or it cannot be used.
        """
        self._settings = workspace.settings.generate
        self._privacy = workspace.settings.curate.privacy
        self._model, self._wanted = model, wanted
        self._writers = _chosen(wanted)
        self._corpus = open_corpus(workspace)
        with self._corpus.unit(read_only=True) as unit:
            self._stored = finished_requests(unit)
            lacking = requests_by_lack(unit)
        self.faults = [reason for reason in _FAULTS if reason in wanted.retry]
        """The faults after which a request is made anew."""
        if unknown := sorted(wanted.retry - {*_FAULTS, *lacking}):
            raise UsageError(f"nothing failed as {unknown[0]!r}; known: {', '.join([*_FAULTS, *sorted(lacking)])}")
        self.anew = frozenset(key for reason in wanted.retry for key in lacking.get(reason, ()))
        """Keys of requests that are made anew for what their drafts lacked."""

    def __iter__(self) -> Iterator[Job]:
        """In the order of works, files and fragments, drawn as they are needed."""
        planned = 0
        for job in self._all():
            if job.is_stored and not isinstance(job.writer, SteppedWriter):
                continue
            drafts = 0 if job.is_stored else sum(job.assignment.planned.values())
            if self._wanted.limit is not None and planned and planned + drafts > self._wanted.limit:
                return
            planned += drafts
            yield job

    def following(self, job: Job, outcome: Outcome) -> Job | None:
        """The next step after `job`, where what came of it calls for one."""
        if not isinstance(job.writer, SteppedWriter) or not isinstance(outcome, Reply) or outcome.data is None:
            return None
        assignment = job.writer.following(job.assignment, outcome.data)
        return None if assignment is None else self._job(job.writer, assignment, job.document)

    def _all(self) -> Iterator[Job]:
        for document, material in materials(self._corpus, self._privacy):
            for writer in self._writers:
                if material.source.kind in writer.kinds:
                    tasks = writer.tasks & self._wanted.tasks if self._wanted.tasks else writer.tasks
                    for assignment in writer.assignments(material, self._settings, tasks=tasks):
                        yield self._job(writer, assignment, document)

    def _job(self, writer: Writer, assignment: Assignment, document: StoredDocument) -> Job:
        key = payload_key(assignment.ask, self._model)
        fault = self._stored.get((key, f"{writer.name}@{writer.version}"))
        is_stored = fault is not None and fault not in _PASSING | self._wanted.retry and key not in self.anew
        return Job(writer, assignment, document, key, is_stored)


def _chosen(wanted: WantedDrafts) -> list[Writer]:
    known = writers()
    if unknown := sorted(wanted.writers - set(known)):
        raise UsageError(f"no writer is called {unknown[0]!r}; known: {', '.join(known)}")
    chosen = [writer for name, writer in known.items() if not wanted.writers or name in wanted.writers]
    if lost := sorted(wanted.tasks - {task for writer in chosen for task in writer.tasks}):
        raise UsageError(f"no chosen writer makes {lost[0]!r}; choose another writer or task")
    return [writer for writer in chosen if not wanted.tasks or writer.tasks & wanted.tasks]
