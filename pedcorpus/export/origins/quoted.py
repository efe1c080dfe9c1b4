"""Does a quote stand where its evidence says? One piece of evidence, held against the text that it names."""

from __future__ import annotations

from typing import Any

from pedcorpus.export.origin_columns import OriginRecord
from pedcorpus.records import Dialogue, Passage

__all__ = ["quote_problem"]

Row = dict[str, Any]  # JSON values


def quote_problem(evidence: Row, origin: OriginRecord) -> str:
    """What does not hold of a piece of evidence; empty where it does."""
    if evidence["document"] != origin.document:
        return f"{origin.id} stands in document {origin.document}, not in {evidence['document']}"
    text = _text(evidence, origin)
    if text is None:
        return f"{origin.id} has no turn {evidence['address']['turn']}"
    if evidence["quote"] not in text:
        return f"its quote does not stand in {origin.id}"
    return _misplaced(evidence, origin) if isinstance(origin, Passage) else ""


def _text(evidence: Row, origin: OriginRecord) -> str | None:
    if isinstance(origin, Passage):
        return origin.text
    if not isinstance(origin, Dialogue):
        return origin.quote
    turn = evidence["address"]["turn"]
    return origin.turns[turn].content if turn is not None and turn < len(origin.turns) else None


def _misplaced(evidence: Row, passage: Passage) -> str:
    """A span of its own, narrower than the passage's, has to be where the quote is."""
    first, last = passage.address.start, passage.address.end
    start, end = evidence["address"]["start"], evidence["address"]["end"]
    if first is None or last is None or last - first != len(passage.text) or (start, end) == (first, last):
        return ""
    if start is None or end is None or passage.text[start - first : end - first] != evidence["quote"]:
        return f"its quote does not stand at characters {start} to {end} of its document"
    return ""
