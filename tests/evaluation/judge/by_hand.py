"""Judgements written by hand."""

from __future__ import annotations

from pedcorpus.evaluation.judge import Aspect, JudgedPair, Judgement, Order, Verdicts, judged_pair

__all__ = ["judgement", "pair"]

_SAID = {"1": "first", "2": "second", "=": "tie"}


def judgement(said: str, order: Order = "ab", *, pair_id: str = "q") -> Judgement:
    """`12==` prefers the first reply in usefulness, the second in correctness, and neither in the others."""
    verdicts = Verdicts.model_validate(
        {"reason": "", **{aspect.value: _SAID[each] for aspect, each in zip(Aspect, said, strict=True)}}
    )
    return Judgement(asked=f"{pair_id}-{order}", pair=pair_id, order=order, judge="judge", prompt=1, verdicts=verdicts)


def pair(
    first: str, second: str, *, replies: tuple[str, str] = ("long reply", "short"), pair_id: str = "q"
) -> JudgedPair:
    """A pair by what was said in the first order and in the other."""
    said = {"ab": judgement(first, "ab", pair_id=pair_id), "ba": judgement(second, "ba", pair_id=pair_id)}
    found = judged_pair(pair_id, replies, said)
    assert found is not None
    return found
