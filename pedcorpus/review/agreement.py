"""How far reviewers agree on instructions that several of them read blind: by task, reason and pair; what they dispute.

Only readings count that were taken without a sight of the others: the first words of an instruction's readers, and
answers to calibration items. Second thoughts and adjudicators' decisions do not. Who reads what twice is left to
`overlap`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from pedcorpus.alpha import krippendorffs_alpha
from pedcorpus.records import Agreement, AgreementReport, Decision, Disputes, Verdict
from pedcorpus.review.coefficients import alpha_interval, cohens_kappa, fleiss_kappa
from pedcorpus.review.overlap import Outcome, ruling_of

__all__ = ["DECIDING", "Judgement", "agreement_on", "agreement_report", "blind_readings"]

DECIDING = (Verdict.ACCEPT, Verdict.REJECT, Verdict.EDIT)


@dataclass(frozen=True)
class Judgement:
    """A decision that stands, taken by a person on one instruction."""

    task: str
    decision: Decision


def agreement_report(judgements: Iterable[Judgement]) -> AgreementReport:
    """Agreement over all `judgements`, which come in the order in which they were taken."""
    held = list(judgements)
    said = _shared(blind_readings(held))
    tasks = sorted({each.task for each in said})
    reasons = sorted({each.decision.reason for each in said if each.decision.verdict is Verdict.REJECT} - {""})
    return AgreementReport(
        whole=agreement_on(_verdicts(said)) if said else None,
        tasks={task: agreement_on(_verdicts(each for each in said if each.task == task)) for task in tasks},
        reasons={reason: agreement_on(_given(said, reason)) for reason in reasons},
        pairs=_pairs(said),
        disputes=_disputes(each.decision for each in held),
    )


def blind_readings(judgements: Iterable[Judgement]) -> list[Judgement]:
    """What each reviewer said of an instruction before it was told what the others said: one a reviewer.

    A reader may think again for as long as other readers are awaited; calibration tells nobody anything.
    """
    found: dict[tuple[str, str], Judgement] = {}
    readers: dict[str, set[str]] = defaultdict(set)
    told = set[str]()
    for each in judgements:
        said, key = each.decision, (each.decision.instruction, each.decision.reviewer)
        if said.verdict not in DECIDING:
            continue
        if said.acceptance == "calibration":
            found.setdefault(key, each)
        elif said.role == "adjudicator":
            told.add(said.instruction)
        elif said.acceptance == "reviewed" and said.readers > 1 and said.instruction not in told:
            found[key] = each
            readers[said.instruction].add(said.reviewer)
            if len(readers[said.instruction]) >= said.readers:
                told.add(said.instruction)
    return list(found.values())


def _shared(readings: Sequence[Judgement]) -> list[Judgement]:
    """Those on instructions that two reviewers or more read."""
    reviewers = Counter(each.decision.instruction for each in readings)
    return [each for each in readings if reviewers[each.decision.instruction] > 1]


def _verdicts(judgements: Iterable[Judgement]) -> list[tuple[str, Hashable]]:
    return [(each.decision.instruction, each.decision.verdict) for each in judgements]


def _given(judgements: Iterable[Judgement], reason: str) -> list[tuple[str, Hashable]]:
    return [(each.decision.instruction, each.decision.reason == reason) for each in judgements]


def agreement_on(values: Sequence[tuple[str, Hashable]]) -> Agreement:
    """Of what was said, by instruction; each was read twice or more."""
    by_instruction: dict[str, Counter[Hashable]] = defaultdict(Counter)
    for instruction, value in values:
        by_instruction[instruction][value] += 1
    counts = list(by_instruction.values())
    most = Counter(found.total() for found in counts).most_common()
    usual = max((number, readers) for readers, number in most)[1]
    pairs = sum(_couples(found.total()) for found in counts)
    alike = sum(_couples(number) for found in counts for number in found.values())
    return Agreement(
        instructions=len(counts),
        judgements=len(values),
        agreed=alike / pairs,
        alpha=krippendorffs_alpha(counts),
        interval=alpha_interval(counts),
        fleiss=fleiss_kappa([found for found in counts if found.total() == usual]),
    )


def _couples(number: int) -> int:
    return number * (number - 1) // 2


def _pairs(said: Sequence[Judgement]) -> dict[tuple[str, str], Agreement]:
    words: dict[str, dict[str, Verdict]] = defaultdict(dict)
    for each in said:
        words[each.decision.reviewer][each.decision.instruction] = each.decision.verdict
    found = {}
    for one, other in combinations(sorted(words), 2):
        if both := sorted(words[one].keys() & words[other].keys()):
            values = [(name, words[who][name]) for name in both for who in (one, other)]
            kappa = cohens_kappa([(words[one][name], words[other][name]) for name in both])
            found[one, other] = replace(agreement_on(values), cohen=kappa)
    return found


def _disputes(decisions: Iterable[Decision]) -> Disputes:
    held: dict[str, list[Decision]] = defaultdict(list)
    for each in decisions:
        held[each.instruction].append(each)
    several = {name: said for name, said in held.items() if any(map(_is_of_several, said))}
    ends = Counter(map(_end, several.values()))
    return Disputes(
        awaited=ends[Outcome.AWAITED],
        open=ends[Outcome.DISPUTED],
        settled=_adjudicators(several),
        came_round=ends[None],
    )


def _is_of_several(decision: Decision) -> bool:
    return decision.readers > 1 or decision.role == "adjudicator"


def _end(said: Sequence[Decision]) -> Outcome | None:
    """What `said` of one instruction comes to; none where readers who disagreed are of one mind now."""
    ruling = ruling_of(said)
    outcome = ruling.outcome if ruling else Outcome.AWAITED
    if not outcome.is_settled or any(each.role == "adjudicator" for each in said):
        return outcome
    first = {each.decision.reviewer: each.decision for each in blind_readings(Judgement("", one) for one in said)}
    return None if len({(each.verdict, each.edited) for each in first.values()}) > 1 else outcome


def _adjudicators(by_instruction: Mapping[str, Sequence[Decision]]) -> dict[str, int]:
    last = (
        [each.reviewer for each in said if each.role == "adjudicator" and each.verdict in DECIDING][-1:]
        for said in by_instruction.values()
    )
    return dict(sorted(Counter(name for names in last for name in names).items()))
