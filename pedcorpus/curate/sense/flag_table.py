"""The table of red flags, and where a text names one: not denied, not as a side effect or in the past."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from pydantic import Field

from pedcorpus.curate.sense.people import clause_start, is_of_others, sentence_span
from pedcorpus.curate.sense.tables import Cited, ParsedTable, Table
from pedcorpus.facts import plain
from pedcorpus.facts.lookup import words_pattern

__all__ = ["Act", "Flag", "FlagTable", "Flags", "Measured", "NamedFlag"]

_DENIED = re.compile(
    r"(?:无|没有|未|不伴|不会|不是|非|否认|排除|除外|避免|防止|预防|以防|以免|防|减少|\bno\b|\bnot\b|without|prevent|avoid)[^,;。!?\n]*$"
)


Act = Literal["call", "go", "today"]
"""Call an ambulance; go to an emergency department now; be seen by a doctor today."""
Measured = Literal["young_fever", "infant_fever", "cold", "long_fit", "fast_breath", "dry", "long_fever"]
"""Signs that are a matter of ages, durations and counts."""


class Flag(Cited):
    """One sign that calls for a doctor at once."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    words: tuple[str, ...] = ()
    """Each stands for it; `a+b` means both in one sentence."""
    spoken: tuple[str, ...] = ()
    """Regular expressions for how parents say it, over plain text; heard in a chat, where all `words` are heard too."""
    measured: Measured | None = None
    """The arithmetic that finds it in a chat."""
    act: Act = "go"
    to_months: float | None = Field(default=None, gt=0, le=216)
    """Holds only for a child of at most this age."""
    also_zh: str = ""
    also_en: str = ""
    """What whoever has just told of it needs to hear beside that."""


class FlagTable(Table):
    """The whole table."""

    flag: tuple[Flag, ...] = Field(min_length=1)
    advice: tuple[str, ...] = Field(min_length=1)
    """One of these words is advice enough."""
    passing: tuple[str, ...] = ()
    """Beside one of these a sign is not one that is there."""

    def problems(self) -> Iterator[str]:
        for name in ("advice", "passing"):
            if any(not word.strip() for word in getattr(self, name)):
                yield f"{name}: an empty word; take it out"
        for flag in self.flag:
            if any(not part.strip() for word in flag.words for part in word.split("+")):
                yield f"flag {flag.zh!r}, words: an empty word; take it out"
            if not (flag.words or flag.spoken or flag.measured):
                yield f"flag {flag.zh!r}: nothing stands for it; give words, spoken or measured"
            for pattern in flag.spoken:
                if problem := _regex_problem(pattern):
                    yield f"flag {flag.zh!r}, spoken: {pattern!r} {problem}"


def _regex_problem(pattern: str) -> str:
    try:
        return "matches nothing at all; take it out" if re.compile(pattern).match("") else ""
    except re.error as error:
        return f"is no regular expression: {error}"


class NamedFlag(NamedTuple):
    """A flag that a text names at `start:end` of its plain form."""

    start: int
    end: int
    flag: Flag


@dataclass(frozen=True, eq=False)
class Flags:
    """The table, ready to find its signs in text."""

    parsed: ParsedTable[FlagTable]

    @cached_property
    def hint(self) -> re.Pattern[str]:
        """Matches in every text that names a flag, as it is written."""
        return re.compile(words_pattern(self._words), re.IGNORECASE)

    @cached_property
    def advice(self) -> re.Pattern[str]:
        """Matches in every text, as it is written, that sends somebody to a doctor."""
        return re.compile(words_pattern(self.parsed.table.advice), re.IGNORECASE)

    @cached_property
    def _words(self) -> dict[str, list[tuple[str, tuple[str, ...], Flag]]]:
        """By the word that is found: each alternative that it begins with, the others that it needs, and its flag."""
        rows = []
        for flag in self.parsed.table.flag:
            for words in flag.words:
                first, *others = words.split("+")
                rows.append((plain(first), tuple(map(plain, others)), flag))
        firsts = {first for first, _, _ in rows}
        return {first: [row for row in rows if first.startswith(row[0])] for first in sorted(firsts)}

    @cached_property
    def _first(self) -> re.Pattern[str]:
        return re.compile(words_pattern(self._words))

    @cached_property
    def _passing(self) -> re.Pattern[str]:
        return re.compile(words_pattern(map(plain, self.parsed.table.passing)) or r"(?!)")

    def named(self, text: str, age_months: float | None) -> Iterator[NamedFlag]:
        """Flags of a plain text said of a child of this age, in the order of the text."""
        for match in self._first.finditer(text):
            start = match.start()
            for first, others, flag in self._words[match.group()]:
                is_of_age = flag.to_months is None or (age_months is not None and age_months <= flag.to_months)
                if is_of_age and self._is_there(text, start, others):
                    yield NamedFlag(start, start + len(first), flag)
                    break

    def _is_there(self, text: str, start: int, others: tuple[str, ...]) -> bool:
        if _DENIED.search(text, clause_start(text, start), start) or is_of_others(text, start):
            return False
        first, last = sentence_span(text, start)
        return all(text.find(word, first, last) >= 0 for word in others) and not self._passing.search(text, first, last)
