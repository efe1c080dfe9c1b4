"""What the filter offers: the counts of a queue, in the reviewer's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pedcorpus.review import Queue, QueueFilter
from pedcorpus.screens.filter_dialog import Facet, Value
from pedcorpus.screens.words import Words
from pedcorpus.tasks import task_of

__all__ = ["filter_facets"]


def filter_facets(queue: Queue, wanted: QueueFilter, words: Words) -> tuple[Facet, ...]:
    """Findings, topics, tasks and sources with how many of all that wait have each, most first."""
    return (
        _facet("reason", queue.reasons, wanted.reason, words, lambda code: _finding(code, words)),
        _facet("topic", queue.topics, wanted.topic, words, str),
        _facet("task", queue.tasks, wanted.task, words, lambda task: _task(task, words)),
        _facet("source", queue.sources, wanted.source, words, str),
    )


def _facet(name: str, counts: Mapping[str, int], chosen: str, words: Words, label: Callable[[str], str]) -> Facet:
    values = [Value(value, label(value), count) for value, count in counts.items()]
    return Facet(name, words(f"filter.{name}"), values, chosen)


def _finding(code: str, words: Words) -> str:
    """Its short name and what to do about it: several findings share a short name."""
    return "  ".join(filter(None, (words.reason(code), words.advice(code))))


def _task(task: str, words: Words) -> str:
    known = task_of(task)
    return f"{known.record.__name__}  {known.title[words.language]}"
