"""How varied the rows that stand are, whole and by task: wording, topics and aspects, and what their vectors tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from pedcorpus.curate.near import particulars_reader
from pedcorpus.curate.semantic import AlikeRow, SpreadOfVectors, Wording, alike_row, find_alike, spread_of, wording_of
from pedcorpus.flow.embeddings import Embedded, embed, embedded_text, has_embedder, open_embedder, portions
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.settings import Workspace

__all__ = ["Diversity", "DiversityReport", "diversity"]

_SAMPLE = 1_000


@dataclass(frozen=True)
class Diversity:
    """The rows of one task, or all."""

    wording: Wording
    """Of what users say: the scene, if there is one, and the question."""
    topics: int
    largest_topic: float
    """Share of the rows that are about the most frequent topic."""
    aspects: dict[str, int]
    """Rows by the aspect that they ask about; empty for tasks without aspects."""
    covered: float | None
    """Pairs of topic and aspect that have a row, over all such pairs; none without aspects."""
    spread: SpreadOfVectors | None = None
    """None without an embedding model, or of fewer than two rows."""
    in_clusters: float | None = None
    """Share of the rows that say what another says, the kept ones counted; none without an embedding model."""


@dataclass(frozen=True)
class DiversityReport:
    """The whole and its tasks."""

    whole: Diversity
    tasks: dict[str, Diversity]
    model: str = ""
    """Embedding model; empty where none is named, and only words are measured."""
    left_out: int = 0
    """Rows without a vector."""


@dataclass
class _Rows:
    """What is held of each row, place by place."""

    ids: list[str] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    aspects: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Vectors:
    embedded: Embedded
    clustered: frozenset[str]


def diversity(workspace: Workspace, *, progress: Progress = NO_PROGRESS) -> DiversityReport:
    """Measure all rows that stand and copy no other; samples are the rows of the smallest ids, so chance has no part.

    Raises:
        UsageError: the embedding model that is named cannot be used; without a name words alone are measured.
        CorpusError: there is no corpus here, or it cannot be used.
        StoreError: vectors cannot be kept.
    """
    corpus = open_corpus(workspace)
    rows = _Rows()
    for loaded, _ in portions(corpus):
        rows.ids += [each.id for each in loaded]
        rows.tasks += [each.task for each in loaded]
        rows.topics += [each.topic for each in loaded]
        rows.aspects += [str(getattr(each, "aspect", "") or "") for each in loaded]
        rows.texts += [each.user_text() for each in loaded]
    model, vectors = "", None
    if has_embedder(workspace):
        model, vectors = _vectors(workspace, rows, progress)
    by_task: dict[str, list[int]] = {}
    for place, task in enumerate(rows.tasks):
        by_task.setdefault(task, []).append(place)
    return DiversityReport(
        whole=_measured(rows, range(len(rows.ids)), vectors),
        tasks={task: _measured(rows, places, vectors) for task, places in sorted(by_task.items())},
        model=model,
        left_out=vectors.embedded.left_out if vectors else 0,
    )


def _vectors(workspace: Workspace, rows: _Rows, progress: Progress) -> tuple[str, _Vectors]:
    particulars = particulars_reader(set(rows.topics))
    alike_rows: list[AlikeRow] = []

    def texts() -> Iterator[Sequence[str]]:
        for loaded, standing in portions(open_corpus(workspace)):
            for each in loaded:
                accepted, sound = standing[each.id]
                alike_rows.append(alike_row(each, particulars, accepted=accepted, sound=sound))
            yield [embedded_text(each) for each in loaded]

    with open_embedder(workspace) as embedder, progress.stage("embed", len(rows.ids)) as stage:
        embedded = embed(workspace, embedder, texts(), stage=stage)
    threshold = workspace.settings.curate.embeddings.threshold
    alike = find_alike([alike_rows[place] for place in embedded.places], embedded.vectors, threshold=threshold)
    return embedder.name, _Vectors(embedded, frozenset(name for each in alike for name in (each.id, each.kept)))


def _measured(rows: _Rows, places: Sequence[int], vectors: _Vectors | None) -> Diversity:
    topics = Counter(rows.topics[place] for place in places)
    aspects = Counter(rows.aspects[place] for place in places if rows.aspects[place])
    pairs = {(rows.topics[place], rows.aspects[place]) for place in places if rows.aspects[place]}
    asked = {topic for topic, _ in pairs}
    sample = sorted(range(len(places)), key=lambda offset: rows.ids[places[offset]])[:_SAMPLE]
    return Diversity(
        wording=wording_of([rows.texts[place] for place in places], sample=sample),
        topics=len(topics),
        largest_topic=max(topics.values(), default=0) / max(1, len(places)),
        aspects=dict(sorted(aspects.items())),
        covered=len(pairs) / (len(asked) * len(aspects)) if pairs else None,
        spread=_spread(rows, places, vectors) if vectors else None,
        in_clusters=_share(rows, places, vectors) if vectors else None,
    )


def _spread(rows: _Rows, places: Sequence[int], vectors: _Vectors) -> SpreadOfVectors | None:
    row_of = {place: row for row, place in enumerate(vectors.embedded.places)}
    sample = sorted((place for place in places if place in row_of), key=lambda place: rows.ids[place])[:_SAMPLE]
    return spread_of(vectors.embedded.vectors[[row_of[place] for place in sample]]) if sample else None


def _share(rows: _Rows, places: Sequence[int], vectors: _Vectors) -> float:
    return float(np.mean([rows.ids[place] in vectors.clustered for place in places])) if places else 0.0
