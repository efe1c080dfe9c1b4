"""What each reviewer has done: how much, how fast, how far others agree, and how calibration items were answered."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from pedcorpus.alpha import krippendorffs_alpha
from pedcorpus.records import CalibrationItem, Verdict
from pedcorpus.review.agreement import DECIDING, Judgement, blind_readings

__all__ = ["ReviewerRecord", "reviewer_records"]


@dataclass(frozen=True)
class ReviewerRecord:
    """What one reviewer has done."""

    reviewer: str
    decisions: int
    """Accepted, rejected or edited."""
    accepted: int
    rejected: int
    edited: int
    put_off: int
    """Deferred, or flagged to a colleague, and not decided since."""
    accept_rate: float
    median_seconds: float | None
    """None where no time was taken."""
    per_hour: float | None
    """Decisions in an hour of looking at instructions."""
    days: int
    """Days, in UTC, on which anything was decided."""
    agreed: float | None
    """Share of pairs with other reviewers that said the same; none where nobody else read any of these blind."""
    alpha: float | None
    """Over the instructions that somebody else read blind, too."""
    adjudicated: int = 0
    """Of the decisions, those that settled a dispute."""
    calibration_answered: int = 0
    """Items with a known verdict, as they are known now; they are none of the decisions."""
    calibration_right: int = 0


def reviewer_records(
    judgements: Iterable[Judgement], known: Mapping[str, CalibrationItem] | None = None
) -> list[ReviewerRecord]:
    """What each reviewer has done, by name; `known` are the calibration items by their instruction."""
    held = list(judgements)
    words: dict[str, list[Judgement]] = defaultdict(list)
    answers: dict[str, list[Judgement]] = defaultdict(list)
    for each in _last_words(held):
        kind = answers if each.decision.acceptance == "calibration" else words
        kind[each.decision.reviewer].append(each)
    blind = blind_readings(held)
    return [
        _record(name, words.get(name, ()), answers.get(name, ()), blind, known or {})
        for name in sorted(words.keys() | answers.keys())
    ]


def _last_words(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The last of each reviewer on each instruction, in the order in which judgements were taken."""
    last = {
        (each.decision.instruction, each.decision.reviewer, each.decision.acceptance == "calibration"): each
        for each in judgements
    }
    return list(last.values())


def _record(
    name: str,
    said: Sequence[Judgement],
    answers: Sequence[Judgement],
    blind: Sequence[Judgement],
    known: Mapping[str, CalibrationItem],
) -> ReviewerRecord:
    decided = [each.decision for each in said if each.decision.verdict in DECIDING]
    verdicts = Counter(decision.verdict for decision in decided)
    seconds = [decision.seconds for decision in decided if decision.seconds is not None]
    beside = _beside(name, blind)
    answered = [each.decision for each in answers if each.decision.verdict in DECIDING]
    told = [(each.verdict, known[each.instruction].verdict) for each in answered if each.instruction in known]
    return ReviewerRecord(
        reviewer=name,
        decisions=len(decided),
        accepted=verdicts[Verdict.ACCEPT],
        rejected=verdicts[Verdict.REJECT],
        edited=verdicts[Verdict.EDIT],
        put_off=len(said) - len(decided),
        accept_rate=verdicts[Verdict.ACCEPT] / len(decided) if decided else 0.0,
        median_seconds=median(seconds) if seconds else None,
        per_hour=len(seconds) * 3600 / sum(seconds) if sum(seconds) else None,
        days=len({decision.at.date() for decision in decided}),
        agreed=_agreed_with(name, beside),
        alpha=krippendorffs_alpha([Counter[Hashable](words.values()) for words in beside]) if beside else None,
        adjudicated=sum(decision.role == "adjudicator" for decision in decided),
        calibration_answered=len(told),
        calibration_right=sum(answer is right for answer, right in told),
    )


def _beside(name: str, blind: Iterable[Judgement]) -> list[dict[str, Verdict]]:
    """What every reviewer said of each instruction that `name` and somebody else read blind."""
    words: dict[str, dict[str, Verdict]] = defaultdict(dict)
    for each in blind:
        words[each.decision.instruction][each.decision.reviewer] = each.decision.verdict
    return [said for said in words.values() if name in said and len(said) > 1]


def _agreed_with(name: str, beside: Iterable[Mapping[str, Verdict]]) -> float | None:
    """Share of the others' words on the same instructions that are this reviewer's too."""
    same = [verdict is given[name] for given in beside for other, verdict in given.items() if other != name]
    return sum(same) / len(same) if same else None
