"""Which passages stand beside a reply, so that a reader can check it; none where none is near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pedcorpus.export import Export
from pedcorpus.inference.prompt import Message
from pedcorpus.inference.sources.index import TermIndex, build_index
from pedcorpus.inference.sources.passages import Passage, Passages, read_passages, searched
from pedcorpus.inference.sources.terms import Terms, terms_of

__all__ = ["Found", "SourceFinder", "open_sources", "told"]

NEAR = 0.3
"""Least share of what a question (or a reply) says, by weight of its terms, that a passage has to say too."""
_OF_REPLY = 0.4
"""Weight of a reply's terms beside the question's: the question decides, the reply picks among what is near it."""
_UNKNOWN = 0.5
"""Weight, in that share, of terms that no passage has: 怎么办 is rarer in textbooks than 惊厥."""
_NOBODYS = np.iinfo(np.int64).max
_LEAST = 3
"""Terms that a passage has to share: two would be one word."""
_FEW = 6
"""Terms below which a question leans on the one before it, as 那剂量呢？ does."""
_LOOKED_AT = 40
_PORTION = 20_000
_LONGEST = 4000
"""Characters of question and of reply that are looked for; a longer text is looked for by its head."""


@dataclass(frozen=True)
class Found:
    """A passage that is near, and which of its words are the question's or the reply's."""

    passage: Passage
    highlights: tuple[tuple[int, int], ...]
    """Spans of the quote, in order, apart."""
    share: float
    """Of what was asked (or replied, if that is more), how much it says: 0 to 1."""


@dataclass(frozen=True)
class SourceFinder:
    """The passages of an export, ready to be searched; may be asked from several threads."""

    passages: Passages
    index: TermIndex

    def near(self, messages: Sequence[Message], reply: str, *, most: int = 3) -> list[Found]:
        """At most `most` passages, nearest first."""
        asked, said = terms_of([_question(messages)]), terms_of([reply[:_LONGEST]])
        query = {int(code): _OF_REPLY for code in said.codes} | {int(code): 1.0 for code in asked.codes}
        if not query or not len(self.passages):
            return []
        scores = self.index.scores(query)
        best = np.argsort(-scores, kind="stable")[:_LOOKED_AT]
        found: list[Found] = []
        for number in best[scores[best] > 0]:
            one = self._found(int(number), asked, said)
            if one.share >= NEAR and not any(_says_as_much(each, one) for each in found):
                found.append(one)
                if len(found) == most:
                    break
        return found

    def _found(self, number: int, asked: Terms, said: Terms) -> Found:
        passage = self.passages.at(number)
        there = terms_of([searched(passage.heading_path, passage.quote)]).codes
        share = max(self._share(asked.codes, there), self._share(said.codes, there))
        return Found(passage, _spans(terms_of([passage.quote]), np.union1d(asked.codes, said.codes)), share)

    def _share(self, wanted: NDArray[np.int64], there: NDArray[np.int64]) -> float:
        codes = np.unique(wanted)
        weights = self.index.rarity(codes)
        is_there = np.isin(codes, there)
        if is_there.sum() < _LEAST:
            return 0.0
        weights[weights >= self.index.rarity(np.array([_NOBODYS]))] *= _UNKNOWN
        return float(weights[is_there].sum() / weights.sum())


def open_sources(export: Export) -> SourceFinder:
    """The passages of an export, read and indexed: seconds for some hundred thousand rows."""
    passages = read_passages(export)
    portions = (passages.texts(start, _PORTION) for start in range(0, len(passages), _PORTION))
    return SourceFinder(passages, build_index(portions))


def _question(messages: Sequence[Message]) -> str:
    """The last thing that was asked, with what was asked before where that alone says too little."""
    asked = [message["content"] for message in messages if message["role"] == "user"]
    if len(asked) > 1 and len(terms_of([asked[-1]]).codes) < 2 * _FEW:
        return "\n".join(asked[-2:])[:_LONGEST]
    return asked[-1][:_LONGEST] if asked else ""


def _says_as_much(one: Found, other: Found) -> bool:
    """Do both quote the same words, or one of them words of the other?"""
    a, b = one.passage, other.passage
    return a.source == b.source and (a.quote in b.quote or b.quote in a.quote)


def _spans(terms: Terms, wanted: NDArray[np.int64]) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    hits = np.isin(terms.codes, wanted)
    for start, length in zip(terms.starts[hits], terms.lengths[hits], strict=True):
        first, last = int(start), int(start) + int(length)
        if spans and first <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    long = [span for span in spans if span[1] - span[0] > 2]  # two characters alone are often no word
    return tuple(long or spans)


def told(found: Found) -> dict[str, Any]:
    """A source as JSON."""
    passage = found.passage
    return {
        "title": passage.title,
        "edition": passage.edition,
        "source": passage.source,
        "file": passage.file,
        "page": passage.page,
        "heading_path": list(passage.heading_path),
        "row": passage.row,
        "entity": passage.entity,
        "license": passage.license,
        "quote": passage.quote,
        "highlights": [list(span) for span in found.highlights],
        "share": round(found.share, 2),
    }
