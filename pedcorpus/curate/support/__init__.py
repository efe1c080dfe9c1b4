"""Does cited evidence support a sentence? Fact by fact: names, quantities, routes, denials, and what it is about."""

from pedcorpus.curate.support.cited import Cited, Said, cited
from pedcorpus.curate.support.gap import Gap
from pedcorpus.curate.support.judge import gaps, owner_gaps

__all__ = ["Cited", "Gap", "Said", "cited", "gaps", "owner_gaps"]
