"""Answers of different works to one question, where they say opposite things: a report, and findings on both."""

from pedcorpus.curate.contradictions.clusters import Cluster, Contradiction, contradictions_in
from pedcorpus.curate.contradictions.compare import Clash, clashes
from pedcorpus.curate.contradictions.verdicts import CHECK_ID, MARK_ID, changed_verdicts, verdicts_on

__all__ = [
    "CHECK_ID",
    "MARK_ID",
    "Clash",
    "Cluster",
    "Contradiction",
    "changed_verdicts",
    "clashes",
    "contradictions_in",
    "verdicts_on",
]
