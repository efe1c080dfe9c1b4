"""What a model is shown of a source at a time: numbered lines under their headings, each with where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from pedcorpus.generate.doses import find_doses
from pedcorpus.generate.hidden_orders import speaks_to_a_model
from pedcorpus.generate.sentences import split_spans
from pedcorpus.llm import estimate_tokens
from pedcorpus.records import Passage, Triple, content_id
from pedcorpus.tasks.medkqa import Aspect

__all__ = ["Fragment", "FragmentLine", "lines_of", "packed", "row_lines"]

_LONGEST_LINE = 140
_MOST_ROWS = 24
_FEWEST_LETTERS = 8
_LETTER = re.compile(r"[\u3400-\u9fffA-Za-z]")
_DIGITS_AT_END = re.compile(r"[\d.]+$")
_MARK = re.compile(r"[，、；：\s]|[,;:](?!\d)")
_LIST = re.compile(r"[、；;].*[、；;]|,.*,.*,")
_ACTION = re.compile(
    r"应|可(?=用|给|行|予|静|口|选|加)|须|宜|避免|推荐|建议|给予|治疗|预防|接种|住院|就诊"
    r"|\b(?:should|must|avoid|recommend|give|treat)",
    re.I,
)


@dataclass(frozen=True)
class FragmentLine:
    """One line that the model can quote: a stretch of a passage, or statements of a graph in a sentence."""

    text: str
    aspect: Aspect
    passage: Passage | None = None
    triples: tuple[Triple, ...] = ()
    head: str = ""
    """Whom the statements are about."""
    is_plan: bool = True
    """May a plan rest on it? Not on a recommendation against something."""
    is_asked: bool = True
    """May a question be about it? The head of a table and the far end of a path are only shown."""
    relates: Literal["", "link", "rival"] = ""
    """Does it lead from one disease to another, or tell of another disease what sets it apart?"""

    @cached_property
    def speaks_to_a_model(self) -> bool:
        """Does its passage, or a heading over it, hold an order to a model? Then nothing may be quoted from it."""
        if self.passage is None:
            return speaks_to_a_model(self.text)
        return any(map(speaks_to_a_model, (self.passage.text, *self.passage.address.heading_path)))

    @cached_property
    def features(self) -> frozenset[str]:
        """What can be asked of it: its aspect, and `number`, `listing`, `action`, `dose` where it has such."""
        found: set[str] = {self.aspect}
        found |= {"number"} if re.search(r"\d", self.text) else set()
        found |= {"listing"} if _LIST.search(self.text) else set()
        found |= {"action"} if _ACTION.search(self.text) else set()
        found |= {self.relates} if self.relates else set()
        found |= {"dose"} if next(find_doses(self.text), None) else set()
        return frozenset(found - ({"treatment", "dose"} if not self.is_plan else set()))


@dataclass(frozen=True)
class Fragment:
    """Lines of one section, recommendation or neighbourhood, in order of reading."""

    kind: Literal["section", "recommendation", "neighbourhood", "path"]
    topic: str
    headings: tuple[str, ...]
    lines: tuple[FragmentLine, ...]
    is_disease: bool

    @cached_property
    def id(self) -> str:
        """Identity by what the model is shown."""
        return content_id("fragment", self.kind, self.topic, *self.headings, *(line.text for line in self.lines))

    @property
    def passage_ids(self) -> frozenset[str]:
        """Passages that its lines are taken from."""
        return frozenset(line.passage.id for line in self.lines if line.passage is not None)

    @cached_property
    def tokens(self) -> int:
        """Estimated tokens of headings and lines."""
        return sum(estimate_tokens(text) for text in (*self.headings, *(line.text for line in self.lines)))


def lines_of(
    passage: Passage, start: int, *, aspect: Aspect, language: str, longest: int = _LONGEST_LINE, is_plan: bool = True
) -> list[FragmentLine]:
    """`passage` from `start` on, cut between sentences into lines of about `longest` characters; none without words."""
    text = passage.text.rstrip()
    if len(_LETTER.findall(text[start:])) < _FEWEST_LETTERS:
        return []
    spans = [(sentence.start, sentence.end) for sentence in split_spans(text, start, language=language)]
    spans = spans or [(start, len(text))]
    if spans[-1][1] < len(text):  # a last sentence that breaks off is still to be read
        spans.append((spans[-1][1], len(text)))
    lines: list[tuple[int, int]] = []
    for begin, end in (piece for span in spans for piece in _pieces(text, *span, 4 * longest)):
        if lines and end - lines[-1][0] <= longest:
            lines[-1] = (lines[-1][0], end)
        else:
            lines.append((begin, end))
    return [
        FragmentLine(text[begin:end].strip(), aspect, passage, is_plan=is_plan)
        for begin, end in lines
        if text[begin:end].strip()
    ]


def row_lines(table: Passage, *, aspect: Aspect) -> list[FragmentLine]:
    """The rows of a table, its head first, a line each; none where cells are sentences, or there are too many rows."""
    rows = [match for match in re.finditer(r"[^\n]+", table.text) if _LETTER.search(match.group())]
    if not 1 < len(rows) <= _MOST_ROWS or max(len(row.group()) for row in rows) > 2 * _LONGEST_LINE:
        return []
    return [FragmentLine(row.group().strip(), aspect, table, is_asked=number > 0) for number, row in enumerate(rows)]


def _pieces(text: str, start: int, end: int, longest: int) -> Iterable[tuple[int, int]]:
    """A run of text without any full stop, as a bad scan leaves it, in pieces that fit; cut at a mark if there is one.

    Never inside a number.
    """
    while end - start > longest:
        marks = [match.end() for match in _MARK.finditer(text, start + longest // 2, start + longest)]
        cut = marks[-1] if marks else start + longest
        if digits := _DIGITS_AT_END.search(text, start + longest // 2, cut):
            cut = digits.start() if text[cut].isdigit() else cut
        yield start, cut
        start = cut
    yield start, end


def packed(
    parts: Iterable[Sequence[FragmentLine]], *, least: int, most: int, keeps_apart: bool = False
) -> list[tuple[FragmentLine, ...]]:
    """Consecutive parts of one section joined up to `most` tokens; a longer part is split between its lines.

    With `keeps_apart` parts are joined only until they have `least` tokens.
    """
    packs: list[list[FragmentLine]] = []
    size = 0
    for part in parts:
        sizes = [estimate_tokens(line.text) for line in part]
        is_full = size >= least and (keeps_apart or size + sum(sizes) > most)
        for index, (line, tokens) in enumerate(zip(part, sizes, strict=True)):
            if not packs or (is_full and index == 0) or size + tokens > most:
                packs.append([])
                size = 0
            packs[-1].append(line)
            size += tokens
    return [tuple(pack) for pack in packs]
