"""Contradictions: what works answer to one question, held against each other; findings on both sides, and a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pedcorpus.corpus import (
    Corpus,
    Unit,
    add_findings,
    current_sources,
    findings_by_check,
    load_instructions,
    same_questions,
)
from pedcorpus.curate.contradictions import (
    CHECK_ID,
    Cluster,
    Contradiction,
    changed_verdicts,
    contradictions_in,
    verdicts_on,
)
from pedcorpus.engine import batches
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import Finding
from pedcorpus.settings import Workspace

__all__ = ["ContradictionCluster", "contradictions", "find_contradictions"]

_BATCH = 200
"""Clusters whose instructions are held at once."""


@dataclass(frozen=True)
class ContradictionCluster:
    """One question on which works disagree."""

    question: str
    pairs: tuple[Contradiction, ...]

    @property
    def sources(self) -> list[str]:
        """Works that disagree, sorted."""
        return sorted({side.evidence[0].source for pair in self.pairs for side in (pair.first, pair.second)})


def contradictions(workspace: Workspace) -> list[ContradictionCluster]:
    """Every question on which works disagree as the corpus stands; nothing is written.

    Raises:
        CorpusError: there is no corpus here, or it cannot be used.
    """
    return list(_clusters(open_corpus(workspace)))


def find_contradictions(corpus: Corpus) -> int:
    """Write findings on both sides of every contradiction; how many instructions have other ones than before."""
    wanted = verdicts_on(pair for cluster in _clusters(corpus) for pair in cluster.pairs)
    with corpus.unit(read_only=True) as unit:
        if not any(_changed(unit, wanted)):
            return 0
    with corpus.unit() as unit:
        marks, findings = _changed(unit, wanted)  # another run may have written them meanwhile
        add_findings(unit, marks)
        add_findings(unit, findings)
    return len({finding.instruction for finding in findings})


def _changed(unit: Unit, wanted: Mapping[str, Sequence[Finding]]) -> tuple[list[Finding], list[Finding]]:
    return changed_verdicts(wanted, findings_by_check(unit, CHECK_ID.partition("@")[0]))


def _clusters(corpus: Corpus) -> Iterator[ContradictionCluster]:
    """Clusters with a contradiction, each pair once. They are compared while others are at the corpus."""
    with corpus.unit(read_only=True) as unit:
        sources, questions = current_sources(unit), same_questions(unit)
    seen: set[tuple[str, str]] = set()
    for batch in batches(questions, _BATCH):
        ids = sorted({name for same in batch for name in same.ids})
        with corpus.unit(read_only=True) as unit:
            loaded = {record.id: record for record in load_instructions(unit, ids, sources)}
        for same in batch:
            members = [loaded[name] for name in same.ids]
            cluster = Cluster(members[0].question, same.is_same_question, members)
            pairs = [pair for pair in contradictions_in(cluster) if (pair.first.id, pair.second.id) not in seen]
            seen |= {(pair.first.id, pair.second.id) for pair in pairs}
            if pairs:
                yield ContradictionCluster(cluster.question, tuple(pairs))
