"""Routes of an answer against those of its quotes."""

from __future__ import annotations

from collections.abc import Iterator

from pedcorpus.curate.support.cited import Cited, Said, is_shared
from pedcorpus.curate.support.gap import Gap
from pedcorpus.facts import is_same_route

__all__ = ["route_gaps"]


def route_gaps(said: Said, cited: Cited) -> Iterator[Gap]:
    """Each route of `said` that no quote names for the same drug."""
    for route in said.reading.routes:
        if not said.holds(route.start):
            continue
        sourced = cited.routes
        same = [(item, quote) for item, quote in sourced if is_same_route(route.name, item.name)]
        owners = said.reading.given_by(route) or said.owners(route.start, "drug")
        others = [quote.reading.given_by(item) or quote.headed("drug") for item, quote in same]
        if any(is_shared(owners, other) for other in others):
            continue
        if same:
            detail = f"the source says it of {' / '.join(sorted(others[0]))}"
            yield Gap("fact_of_another", route.start, route.end, detail)
        else:
            texts = [quote.reading.text[item.start : item.end] for item, quote in sourced]
            shown = ", ".join(f"「{text}」" for text in dict.fromkeys(texts))
            yield Gap("route_changed", route.start, route.end, f"the source says {shown or 'no route'}")
