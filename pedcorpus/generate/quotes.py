"""Finds what a model quotes in the fragment that it was shown, and turns it into evidence at exactly that place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from pedcorpus.errors import InputError
from pedcorpus.generate.doses import find_doses
from pedcorpus.generate.dosing import drug_orders
from pedcorpus.generate.evidence import EvidenceList, passage_evidence, triple_evidence
from pedcorpus.generate.fragment import Fragment, FragmentLine
from pedcorpus.normalise import find_folded, fold
from pedcorpus.records import Evidence, Passage, Record, Source
from pedcorpus.tasks.writing import Cited

__all__ = ["FragmentText", "QuotedSources"]

_SHORTEST = 2
_MARKS = " 　。．.，,；;、：:！!？?“”\"'‘’「」『』"  # a quote may end where the source goes on
_LINE_NUMBER = re.compile(r"^\s*\[\d{1,3}\]\s*")
_BESIDE = 12  # characters beside a quote that can change what it says
_NUMBER_BEFORE = re.compile(r"\d(?:[.．]|\s*[～~〜–—至-]\s*)?$")
_NUMBER_AFTER = re.compile(r"(?:[.．]|\s*[～~〜–—至-]\s*)?\d")
_NEGATION_BEFORE = re.compile(
    r"(?:不|无|未|非|勿|莫|没有|避免|禁止|禁用|忌|排除|否认|缺乏|\bnot|\bno|\bnever|\bwithout|\bavoid)\s*$", re.I
)


class FragmentText:
    """A fragment prepared for finding quotes; made once for all drafts of one reply."""

    def __init__(self, fragment: Fragment) -> None:
        self.fragment = fragment

    @cached_property
    def passages(self) -> tuple[tuple[Passage, str, bool], ...]:
        """Each passage with its folded text, and whether it holds an order to a model."""
        found: dict[str, tuple[Passage, str, bool]] = {}
        for line in self.fragment.lines:
            if line.passage is not None:
                found.setdefault(line.passage.id, (line.passage, fold(line.passage.text), line.speaks_to_a_model))
        return tuple(found.values())

    @cached_property
    def statements(self) -> tuple[tuple[FragmentLine, str], ...]:
        """Each line of graph statements with its folded text, those about the fragment's topic first."""
        lines = [line for line in self.fragment.lines if line.triples]
        lines.sort(key=lambda line: line.head != self.fragment.topic)
        return tuple((line, fold(line.text)) for line in lines)

    @cached_property
    def folded(self) -> str:
        """Headings and lines, folded: all that the model was shown of the source."""
        return fold("\n".join((*self.fragment.headings, *(line.text for line in self.fragment.lines))))


class QuotedSources:
    """What a task's `to_record` cites from; evidence grows with each quote found. One for each draft."""

    def __init__(self, text: FragmentText, source: Source, shared: Mapping[str, Any]) -> None:
        self.topic = text.fragment.topic
        self._text = text
        self._source = source
        self._shared = shared
        self._evidence = EvidenceList()

    @property
    def shared(self) -> Mapping[str, Any]:
        return self._shared

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return self._evidence.rows

    def cite(self, quote: str) -> Cited:
        bare = _LINE_NUMBER.sub("", quote).strip()
        cited = self._found(bare)
        if cited is None and (stripped := bare.strip(_MARKS)) != bare:
            cited = self._found(stripped)
        if cited is None:
            detail = f"「{quote}」 does not stand in the fragment; nothing was made of it"
            raise InputError(self._where, "quote_not_found", detail)
        return cited

    def cite_name(self, name: str) -> None:
        wanted = fold(name)
        for row in self.evidence:
            said = (row.quote, *row.address.heading_path, row.address.entity or "")
            if any(wanted in fold(text) for text in said):
                return
        self.cite(name)

    def orders(self, cited: Cited, weight_kg: float | None) -> tuple[Record, ...]:
        return drug_orders(tuple(find_doses(cited.quote)), evidence=cited.evidence[0], weight_kg=weight_kg)

    @property
    def _where(self) -> str:
        return " › ".join(self._text.fragment.headings) or self.topic

    def _found(self, quote: str) -> Cited | None:
        wanted = fold(quote)
        if len(wanted) < _SHORTEST:
            return None
        return self._of_passage(quote, wanted) or self._of_statements(wanted)

    def _of_passage(self, quote: str, wanted: str) -> Cited | None:
        cut: InputError | None = None
        for passage, folded, speaks_to_a_model in self._text.passages:
            if wanted not in folded:
                continue
            if speaks_to_a_model:
                detail = f"「{quote}」 stands in a passage that gives orders to a model; read {passage.id}"
                raise InputError(self._where, "quote_orders_a_model", detail)
            for start, end in _spans(quote, passage.text):
                if problem := _cut(passage.text, start, end):
                    cut = InputError(self._where, problem, f"「{quote}」 leaves out what stands directly beside it")
                    continue
                index = self._evidence.add(passage_evidence(self._source, passage, start, end))
                return Cited((index,), passage.text[start:end])
        if cut is not None:
            raise cut
        return None

    def _of_statements(self, wanted: str) -> Cited | None:
        """Statements of the one line that says so, those whose tails the quote names; all where it is the line."""
        for line, folded in self._text.statements:
            if wanted not in folded:
                continue
            named = [triple for triple in line.triples if fold(triple.tail) in wanted]
            if not named:
                continue
            if line.speaks_to_a_model:
                raise InputError(self._where, "quote_orders_a_model", f"「{line.text}」 gives orders to a model")
            indices = tuple(self._evidence.add(triple_evidence(self._source, triple)) for triple in named)
            return Cited(indices, line.text, line.head, tuple(triple.tail for triple in named))
        return None


def _spans(quote: str, text: str) -> Iterator[tuple[int, int]]:
    """Every place of `quote` in `text`, exactly or folded."""
    offset = 0
    while found := find_folded(quote, text[offset:]):
        yield offset + found[0], offset + found[1]
        offset += found[0] + 1


def _cut(text: str, start: int, end: int) -> str:
    """Why `text[start:end]` says something else than the text does; empty where it does not."""
    before, after = text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE]
    if text[start].isdigit() and _NUMBER_BEFORE.search(before):
        return "quote_cuts_number"
    if text[end - 1].isdigit() and _NUMBER_AFTER.match(after):
        return "quote_cuts_number"
    return "quote_cuts_negation" if _NEGATION_BEFORE.search(before) else ""
