"""Which signs of danger the user's side of a conversation tells of, over all its turns.

What is said once holds on: a fever in the first turn and an age in the third are a young infant's fever.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pedcorpus.curate.sense import Flag, FlagTable, ParsedTable, sentence_span
from pedcorpus.facts import Reading, plain
from pedcorpus.facts.lookup import words_pattern
from pedcorpus.inference.emergency.age import ages_said
from pedcorpus.inference.emergency.assertion import is_asserted
from pedcorpus.inference.emergency.measures import (
    breath_rates,
    durations_days,
    fevers,
    half_days,
    temperatures,
    without_urine,
)
from pedcorpus.inference.emergency.said import Recognised, Span, reading_of

__all__ = ["Signs", "Turn"]

_FEVERS = frozenset({"young_fever", "infant_fever", "long_fever"})
"""Their words say nothing without an age, a temperature or a duration."""
_MINUTE = 1 / 1440
_HOUR = 1 / 24
_FIT = re.compile(r"抽|惊厥|翻白眼|\bfit|seiz|convuls")
_BORN = re.compile(r"(?:出生|生后|才|刚|刚满)$")
_A_FIT = 5 * _MINUTE
_BLANK = "\0"
"""Stands for words that are taken out: no sign is told in it."""
_DENIED_AT_MOST = 8
_PARTED = re.compile(r"[,。;!?]|就|却|但|而|反|\0")


@dataclass(frozen=True)
class Turn:
    """A user's message or a part of a long one, and whether the assistant had just asked for the child's age."""

    text: str
    is_answer: bool = False

    @cached_property
    def reading(self) -> Reading:
        return reading_of(self.text)

    @cached_property
    def ages(self) -> tuple[float, ...]:
        return tuple(ages_said(self.reading, is_answer=self.is_answer))

    def words(self, span: Span) -> str:
        """As they were written."""
        return self.text[slice(*span)].strip()


class Signs:
    """The table of red flags, ready to be heard in a chat."""

    def __init__(self, parsed: ParsedTable[FlagTable]) -> None:
        flags = parsed.table.flag
        told = sorted(flags, key=lambda flag: flag.measured is not None)
        self._told = [(flag, pattern) for flag in told if flag.measured not in _FEVERS and (pattern := _pattern(flag))]
        self._measured: Mapping[str, Flag] = {flag.measured: flag for flag in flags if flag.measured}

    def found(self, turns: Sequence[Turn]) -> list[Recognised]:
        """The signs that these turns tell of, each once, those that were named before those that were worked out."""
        age = min((age for turn in turns for age in turn.ages), default=None)
        found: dict[str, Recognised] = {}
        for recognised in (*self._named(turns, age), *self._worked_out(turns, age)):
            found.setdefault(recognised.flag.zh, recognised)
        return list(found.values())

    def _named(self, turns: Sequence[Turn], age: float | None) -> Iterator[Recognised]:
        for flag, pattern in self._told:
            if flag.to_months is not None and (age is None or age > flag.to_months):
                continue
            for turn in turns:
                if span := _first_asserted(turn.reading, flag, pattern):
                    yield Recognised(flag, turn.words(span))
                    break

    def _worked_out(self, turns: Sequence[Turn], age: float | None) -> Iterator[Recognised]:
        for name, words in (
            *_of_fever(turns, age),
            *_of_fits(turns),
            *_of_breath(turns, age),
            *_of_urine(turns),
        ):
            if name in self._measured:
                yield Recognised(self._measured[name], words)


def _pattern(flag: Flag) -> re.Pattern[str] | None:
    words = [plain(word.split("+")[0]) for word in flag.words]
    parts = [*flag.spoken, *([words_pattern(words)] if words else [])]
    return re.compile("|".join(f"(?:{part})" for part in parts)) if parts else None


def _first_asserted(reading: Reading, flag: Flag, pattern: re.Pattern[str]) -> Span | None:
    text = reading.text
    spoken = [re.compile(each) for each in flag.spoken] if pattern.search(text) else []
    place = 0
    while match := pattern.search(text, place):
        start, end = match.span()
        is_spoken = any(each.match(text, start) for each in spoken)
        if denied := _denied_inside(reading, match):
            text = text[:denied] + _BLANK * (end - denied) + text[end:]
        elif (is_spoken or _has_others(text, start, flag)) and is_asserted(reading, start, end):
            return start, end
        else:
            place = max(end, start + 1)
    return None


def _denied_inside(reading: Reading, match: re.Match[str]) -> int:
    """Where the sign is denied within its own words (大便里没有血); 0 where what denies is part of it (没有反应)."""
    start, end = match.span()
    for first, last in reading.denials:
        inner = match.string[last:end]
        if start < first and last < end and len(inner) <= _DENIED_AT_MOST and not _PARTED.search(inner):
            without = match.string[:first] + _BLANK * (last - first) + match.string[last:]
            if match.re.match(without, start):
                return first
    return 0


def _has_others(text: str, start: int, flag: Flag) -> bool:
    """Does the sentence hold every part of one of the flag's words that begins at `start`?"""
    first, last = sentence_span(text, start)
    for word in flag.words:
        head, *others = map(plain, word.split("+"))
        if text.startswith(head, start) and all(text.find(other, first, last) >= 0 for other in others):
            return True
    return False


def _of_fever(turns: Sequence[Turn], age: float | None) -> Iterator[tuple[str, str]]:
    hot = [(turn, span) for turn in turns for span in fevers(turn.reading)]
    measured = [(value, turn.words(span)) for turn in turns for value, span in temperatures(turn.reading)]
    if hot and age is not None and age <= 3:
        yield "young_fever", hot[0][0].words(hot[0][1])
    if measured and age is not None and 3 < age < 6 and max(measured)[0] >= 39:
        yield "infant_fever", max(measured)[1]
    if measured and age is not None and age <= 2 and min(measured)[0] < 35.5:
        yield "cold", min(measured)[1]
    if hot and (age is None or age <= 60):
        for turn, span in hot:
            for days, time in durations_days(turn.reading):
                is_near = _same_sentence(turn.reading.text, span[0], time[0])
                if 5 <= days < 60 and is_near and not _states_age(turn, time):
                    yield "long_fever", turn.words(time)


def _of_fits(turns: Sequence[Turn]) -> Iterator[tuple[str, str]]:
    has_fit = False
    for turn in turns:
        text = turn.reading.text
        fits = [match for match in _FIT.finditer(text) if is_asserted(turn.reading, *match.span())]
        for days, time in durations_days(turn.reading):
            is_of_fit = any(_same_sentence(text, match.start(), time[0]) for match in fits) or (has_fit and not fits)
            if _A_FIT <= days < 1 and is_of_fit and not text.startswith(("前", "ago", " ago"), time[1]):
                yield "long_fit", turn.words(time)
        has_fit = has_fit or bool(fits)


def _of_breath(turns: Sequence[Turn], age: float | None) -> Iterator[tuple[str, str]]:
    for turn in turns:
        for rate, span in breath_rates(turn.reading):
            if 60 <= rate <= 160 and (age is None or age < 60):
                yield "fast_breath", turn.words(span)


def _of_urine(turns: Sequence[Turn]) -> Iterator[tuple[str, str]]:
    for turn in turns:
        for span in without_urine(turn.reading):
            long = [time for days, time in durations_days(turn.reading) if days >= 12 * _HOUR]
            for time in (*long, *half_days(turn.reading)):
                if _same_sentence(turn.reading.text, span[0], time[0]):
                    yield "dry", turn.words(time)


def _same_sentence(text: str, one: int, other: int) -> bool:
    first, last = sentence_span(text, one)
    return first <= other <= last


def _states_age(turn: Turn, span: Span) -> bool:
    text = turn.reading.text
    return text.startswith(("大", "龄", "的宝", "的婴"), span[1]) or bool(
        _BORN.search(text, max(0, span[0] - 4), span[0])
    )
