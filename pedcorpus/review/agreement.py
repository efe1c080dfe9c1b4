"""How far reviewers agree who decided on the same instructions, and how each of them works.

Agreement is Krippendorff's alpha for nominal values (K. Krippendorff, Content Analysis, 2004, ch. 11): any number of
reviewers, who need not all have seen every instruction. 1 is perfect, 0 what chance would give, below 0 worse than
that; he holds 0.8 for reliable and 0.667 for the least from which anything may be concluded. Who reads what twice is
left to the queue, and what follows from a disagreement to an adjudicator.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

from pedcorpus.records import Decision, Verdict

__all__ = [
    "Agreement",
    "AgreementReport",
    "Judgement",
    "ReviewerRecord",
    "agreement_report",
    "krippendorffs_alpha",
    "reviewer_records",
]

_DECIDING = (Verdict.ACCEPT, Verdict.REJECT, Verdict.EDIT)


@dataclass(frozen=True)
class Judgement:
    """A decision that stands, taken by a person on one instruction."""

    task: str
    decision: Decision


@dataclass(frozen=True)
class Agreement:
    """How far reviewers agree on one question."""

    instructions: int
    """That two reviewers or more decided on."""
    judgements: int
    agreed: float
    """Share of pairs of reviewers that said the same of an instruction."""
    alpha: float | None
    """Krippendorff's alpha; none where everybody said one and the same, and chance cannot be told from agreement."""


@dataclass(frozen=True)
class AgreementReport:
    """Agreement on whether to accept, reject or edit, and on why to reject."""

    whole: Agreement | None
    """Over all tasks; none where no instruction was decided by two."""
    tasks: Mapping[str, Agreement]
    reasons: Mapping[str, Agreement]
    """For each reason given for a rejection: whether it was given or not."""
    pairs: Mapping[tuple[str, str], Agreement]
    """Between two reviewers."""


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
    """Share of pairs with other reviewers that said the same; none where nobody else decided on any of these."""
    alpha: float | None
    """Over the instructions that somebody else decided on too."""


def agreement_report(judgements: Iterable[Judgement]) -> AgreementReport:
    """Agreement by task, reason and pair of reviewers; the last word of each reviewer on an instruction counts."""
    said = _shared(_last_words(judgements))
    tasks = sorted({each.task for each in said})
    reasons = sorted({each.decision.reason for each in said if each.decision.verdict is Verdict.REJECT} - {""})
    names = sorted({each.decision.reviewer for each in said})
    pairs = {pair: _shared(_by(said, pair)) for pair in combinations(names, 2)}
    return AgreementReport(
        whole=_agreement(_verdicts(said)) if said else None,
        tasks={task: _agreement(_verdicts(each for each in said if each.task == task)) for task in tasks},
        reasons={reason: _agreement(_given(said, reason)) for reason in reasons},
        pairs={pair: _agreement(_verdicts(shared)) for pair, shared in pairs.items() if shared},
    )


def reviewer_records(judgements: Iterable[Judgement]) -> list[ReviewerRecord]:
    """What each reviewer has done, by name."""
    said = _last_words(judgements)
    shared = _shared(said)
    by_reviewer: dict[str, list[Judgement]] = defaultdict(list)
    for each in said:
        by_reviewer[each.decision.reviewer].append(each)
    return [_record(name, found, shared) for name, found in sorted(by_reviewer.items())]


def _last_words(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The last of each reviewer on each instruction; judgements come in the order in which they were taken."""
    last = {(each.decision.instruction, each.decision.reviewer): each for each in judgements}
    return list(last.values())


def _shared(judgements: Sequence[Judgement]) -> list[Judgement]:
    """Those that decide, on instructions that two reviewers or more decided on."""
    deciding = [each for each in judgements if each.decision.verdict in _DECIDING]
    reviewers = Counter(each.decision.instruction for each in deciding)
    return [each for each in deciding if reviewers[each.decision.instruction] > 1]


def _by(judgements: Iterable[Judgement], names: Sequence[str]) -> list[Judgement]:
    return [each for each in judgements if each.decision.reviewer in names]


def _verdicts(judgements: Iterable[Judgement]) -> list[tuple[str, Hashable]]:
    return [(each.decision.instruction, each.decision.verdict) for each in judgements]


def _given(judgements: Iterable[Judgement], reason: str) -> list[tuple[str, Hashable]]:
    return [(each.decision.instruction, each.decision.reason == reason) for each in judgements]


def _agreement(values: Sequence[tuple[str, Hashable]]) -> Agreement:
    """Of what was said, by instruction; each was judged twice or more."""
    by_instruction: dict[str, Counter[Hashable]] = defaultdict(Counter)
    for instruction, value in values:
        by_instruction[instruction][value] += 1
    counts = list(by_instruction.values())
    pairs = sum(_pairs(found.total()) for found in counts)
    alike = sum(_pairs(number) for found in counts for number in found.values())
    return Agreement(
        instructions=len(counts), judgements=len(values), agreed=alike / pairs, alpha=krippendorffs_alpha(counts)
    )


def _pairs(number: int) -> int:
    return number * (number - 1) // 2


def krippendorffs_alpha(counts: Sequence[Mapping[Hashable, int]]) -> float | None:
    """Alpha over units, each the count of every value that it was given; none where there is one value in all."""
    import krippendorff  # numpy with it: most commands need neither

    values = sorted({value for found in counts for value in found}, key=str)
    if len(values) < 2:
        return None
    table = [[found.get(value, 0) for value in values] for found in counts]
    return float(krippendorff.alpha(value_counts=table, level_of_measurement="nominal"))


def _record(name: str, said: Sequence[Judgement], shared: Sequence[Judgement]) -> ReviewerRecord:
    decided = [each.decision for each in said if each.decision.verdict in _DECIDING]
    verdicts = Counter(decision.verdict for decision in decided)
    seconds = [decision.seconds for decision in decided if decision.seconds is not None]
    own = {each.decision.instruction for each in shared if each.decision.reviewer == name}
    beside = [each for each in shared if each.decision.instruction in own]
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
        alpha=_agreement(_verdicts(beside)).alpha if beside else None,
    )


def _agreed_with(name: str, beside: Iterable[Judgement]) -> float | None:
    """Share of the others' words on the same instructions that are this reviewer's too."""
    words: dict[str, dict[str, Verdict]] = defaultdict(dict)
    for each in beside:
        words[each.decision.instruction][each.decision.reviewer] = each.decision.verdict
    same = [verdict is given[name] for given in words.values() for other, verdict in given.items() if other != name]
    return sum(same) / len(same) if same else None
