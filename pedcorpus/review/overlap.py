"""Rows that several reviewers read blind: which they are, what decisions come to, what one may see of the others'.

The corpus works the ruling out by a view of its own, for all rows at once; `ruling_of` says the same of one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pedcorpus.records import Decision, Verdict, content_id
from pedcorpus.review.decisions import standing_decisions
from pedcorpus.settings import OverlapSettings

__all__ = ["Outcome", "Ruling", "own_words", "readers_of", "readings_of", "ruling_of", "share_place"]

_DECIDING = (Verdict.ACCEPT, Verdict.REJECT, Verdict.EDIT)


class Outcome(StrEnum):
    """What decisions on one instruction come to."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"
    AWAITED = "awaited"
    """Not all of its readers have decided."""
    DISPUTED = "disputed"
    """They have, and disagree: an adjudicator decides."""

    @property
    def is_settled(self) -> bool:
        return self not in (Outcome.AWAITED, Outcome.DISPUTED)


@dataclass(frozen=True)
class Ruling:
    """What decisions on one instruction come to, with the id of the record that an edit made."""

    outcome: Outcome
    edited: str | None = None


def share_place(*parts: str) -> float:
    """A place from 0 to below 1 that a hash gives to `parts`: a share of all of them lies below that share."""
    return int(content_id(*parts)[:12], 16) / 16**12


def readers_of(instruction_id: str, settings: OverlapSettings) -> int:
    """How many reviewers are to read it: the same for whoever asks, and the same rows while the share grows."""
    is_drawn = share_place("overlap", settings.seed, instruction_id) < settings.share
    return settings.readers if is_drawn else 1


def ruling_of(decisions: Iterable[Decision]) -> Ruling | None:
    """What `decisions` on one instruction, in the order in which they were taken, come to; none where nobody decided.

    The last counts where one reader was asked. Where several were, all have to say the same, and a decision in bulk is
    nobody's reading. An adjudicator's decision counts whatever readers say.
    """
    said = [
        each for each in standing_decisions(decisions) if each.verdict in _DECIDING and each.acceptance != "calibration"
    ]
    settled = [each for each in said if each.role == "adjudicator"]
    readers = max((each.readers for each in said), default=1)
    if settled or readers == 1:
        return _of_last(settled or said)
    voices = {each.reviewer: (each.verdict, each.edited) for each in said if each.acceptance == "reviewed"}
    if len(voices) < readers:
        return Ruling(Outcome.AWAITED)
    if len(set(voices.values())) > 1:
        return Ruling(Outcome.DISPUTED)
    verdict, edited = next(iter(voices.values()))
    return Ruling(Outcome(verdict), edited)


def _of_last(said: list[Decision]) -> Ruling | None:
    return Ruling(Outcome(said[-1].verdict), said[-1].edited) if said else None


def own_words(decisions: Iterable[Decision], reviewer: str) -> tuple[Decision, ...]:
    """What one who reads blind may see of what was said: one's own words, and what was asked of oneself by name."""
    return tuple(
        each
        for each in decisions
        if each.reviewer == reviewer or (each.verdict is Verdict.FLAG and each.colleague == reviewer)
    )


def readings_of(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The last word of each reader on one instruction, in an order that tells neither who they are nor who began."""
    said = [
        each
        for each in standing_decisions(decisions)
        if each.verdict in _DECIDING and each.acceptance == "reviewed" and each.role == "reviewer"
    ]
    last = {each.reviewer: each for each in said}
    return tuple(sorted(last.values(), key=lambda each: content_id("reading", each.instruction, each.reviewer)))
