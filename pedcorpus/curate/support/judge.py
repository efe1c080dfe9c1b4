"""All gaps between a sentence and its evidence."""

from __future__ import annotations

from collections.abc import Iterator

from pedcorpus.curate.support.amounts import amount_gaps
from pedcorpus.curate.support.cited import Cited, Said
from pedcorpus.curate.support.compared import comparison_gaps
from pedcorpus.curate.support.gap import Gap
from pedcorpus.curate.support.named import name_gaps
from pedcorpus.curate.support.turned import turned_gaps
from pedcorpus.curate.support.ways import route_gaps

__all__ = ["gaps", "owner_gaps"]

_LEAST_SHARED = 0.12
"""Share of a sentence's terms that must be in its evidence."""
_LONG_CLAUSE = 5
"""Terms of a clause that cannot all be missing from the evidence by chance."""


def gaps(said: Said, cited: Cited) -> list[Gap]:
    """Every fact of `said` that `cited` does not support, in order; the whole span where it is about something else."""
    facts = [*name_gaps(said, cited), *amount_gaps(said, cited), *route_gaps(said, cited)]
    if not _has_supported_fact(said, facts) and shared(said, cited) < _LEAST_SHARED:
        return [_foreign(said.start, said.end)]
    found = [*facts, *turned_gaps(said, cited), *comparison_gaps(said, cited)]
    found += [gap for gap in _foreign_clauses(said, cited) if not any(gap.start <= g.start < gap.end for g in found)]
    return sorted(dict.fromkeys(found), key=lambda gap: (gap.start, gap.end, gap.reason))


def _has_supported_fact(said: Said, found: list[Gap]) -> bool:
    """Is there a quantity, a route or a drug without a gap? It needs no further words to be about the evidence."""
    reading = said.reading
    drugs = [item for item in reading.names if item.kind == "drug" and item.is_known]
    places = [item.start for items in (reading.quantities, reading.routes, drugs) for item in items]
    return any(said.holds(place) and not any(g.start <= place < g.end for g in found) for place in places)


def owner_gaps(said: Said, cited: Cited) -> list[Gap]:
    """For words that stand verbatim in the evidence: the facts among them that are said there of something else."""
    found = [*amount_gaps(said, cited), *route_gaps(said, cited)]
    return [gap for gap in found if gap.reason == "fact_of_another"]


def shared(said: Said, cited: Cited) -> float:
    """Share of what `said` states, the names left out, that its evidence states too; 1 where it only names."""
    names = [item for item in said.reading.names if said.holds(item.start)]
    ends = [said.start, *(end for item in names for end in (item.start, item.end)), said.end]
    pieces = zip(ends[::2], ends[1::2], strict=True)
    mine = frozenset().union(*(said.reading.index.between(start, end) for start, end in pieces))
    return len(mine & cited.terms) / len(mine) if mine else 1.0


def _foreign_clauses(said: Said, cited: Cited) -> Iterator[Gap]:
    reading = said.reading
    for number in range(reading.clause_at(said.start), len(reading.clauses)):
        clause, mine = reading.clauses[number], reading.clause_terms[number]
        if clause.start >= said.end:
            break
        is_short = len(mine) < _LONG_CLAUSE
        if is_short or number in reading.told_clauses or clause.start < said.start:
            continue
        if mine.isdisjoint(cited.terms):
            yield _foreign(clause.start, clause.end)


def _foreign(start: int, end: int) -> Gap:
    return Gap("not_in_evidence", start, end, "the evidence does not say this")
