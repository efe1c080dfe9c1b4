"""Rows that say the same in other words, over all that stand; verdicts that changed are stored, nothing is dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pedcorpus.corpus import Corpus, add_findings, counts_by_task
from pedcorpus.corpus.said import verdicts_of
from pedcorpus.curate.near import particulars_reader
from pedcorpus.curate.semantic import (
    AlikeRow,
    alike_row,
    changed_verdicts,
    find_alike,
    semantic_check,
    semantic_verdicts,
)
from pedcorpus.flow.embeddings import Embedded, embed, embedded_text, open_embedder, portions
from pedcorpus.flow.progress import NO_PROGRESS, Progress
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.llm import Embedder
from pedcorpus.records import Severity
from pedcorpus.settings import Workspace

__all__ = ["SemanticReport", "semantic_duplicates"]


@dataclass(frozen=True)
class SemanticReport:
    """What the search found."""

    check: str
    """Id under which its verdicts are stored."""
    rows: int
    """Rows that were compared."""
    computed: int
    """Vectors that were not kept before."""
    left_out: int
    """Rows without a vector; they get no verdict."""
    clusters: int
    alike: int
    """Rows that say what a kept one says."""
    stored: int
    """Verdicts that are new or changed."""


def semantic_duplicates(workspace: Workspace, *, progress: Progress = NO_PROGRESS) -> SemanticReport:
    """Give each row that stands one verdict: a warning where it says what another says. A second run stores nothing.

    Raises:
        UsageError: no embedding model is named, or it cannot be used; what was computed is kept.
        CorpusError: there is no corpus here, or it cannot be used.
        StoreError: vectors cannot be kept.
    """
    corpus = open_corpus(workspace)
    threshold = workspace.settings.curate.embeddings.threshold
    with open_embedder(workspace) as embedder:
        check = semantic_check(embedder.name, threshold)
        rows, embedded = _embedded_rows(workspace, corpus, embedder, progress)
    rows = [rows[place] for place in embedded.places]
    alike = find_alike(rows, embedded.vectors, threshold=threshold)
    verdicts = semantic_verdicts([row.id for row in rows], alike, check=check)
    with corpus.unit() as unit:
        changed = changed_verdicts(verdicts, verdicts_of(unit, "semantic"))
        add_findings(unit, changed)
    return SemanticReport(
        check=check,
        rows=len(rows),
        computed=embedded.computed,
        left_out=embedded.left_out,
        clusters=len({each.kept for each in alike}),
        alike=sum(verdict.severity is Severity.WARNING for verdict in verdicts.values()),
        stored=sum(finding.check == check for finding in changed),
    )


def _embedded_rows(
    workspace: Workspace, corpus: Corpus, embedder: Embedder, progress: Progress
) -> tuple[list[AlikeRow], Embedded]:
    particulars = particulars_reader(_topics(corpus))
    rows: list[AlikeRow] = []

    def texts() -> Iterator[Sequence[str]]:
        for loaded, standing in portions(corpus):
            for each in loaded:
                accepted, sound = standing[each.id]
                rows.append(alike_row(each, particulars, accepted=accepted, sound=sound))
            yield [embedded_text(each) for each in loaded]

    with corpus.unit(read_only=True) as unit:
        total = sum(sum(counts.values()) for counts in counts_by_task(unit).values())
    with progress.stage("embed", total) as stage:
        embedded = embed(workspace, embedder, texts(), stage=stage)
    return rows, embedded


def _topics(corpus: Corpus) -> set[str]:
    return {each.topic for loaded, _ in portions(corpus) for each in loaded}
