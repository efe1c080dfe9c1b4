"""Judgements of a pair in both orders → which run the judge holds for better, in each aspect and over all.

The rules, all of them:

- A run wins a pair in an aspect where the judge prefers it in both orders. Where the preferred run changes with the
  order (a *flip*), or one order says that neither is better, the pair is a tie.
- A run wins a pair over all when it wins more of the four aspects than the other.
- A pair of equal replies is a tie that nobody is asked about. A pair of which an order has no usable judgement is not
  counted; nothing is made up for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pedcorpus.evaluation.judge.aspects import Aspect
from pedcorpus.evaluation.judge.judgement import Judgement, Order
from pedcorpus.evaluation.judge.prompt import Preferred, Verdicts
from pedcorpus.records import Choice

__all__ = ["ORDERS", "JudgedPair", "Outcome", "chosen_in", "judged_pair", "same_reply"]

ORDERS: tuple[Order, ...] = ("ab", "ba")


@dataclass(frozen=True)
class Outcome:
    """How one pair came out in one aspect."""

    choice: Choice
    is_flip: bool = False
    """Did each order prefer the reply at the same place, whosever it was?"""


@dataclass(frozen=True)
class JudgedPair:
    """One pair that was judged in both orders, or needed no judge."""

    pair: str
    outcomes: Mapping[Aspect, Outcome]
    overall: Choice
    said: Sequence[Mapping[Aspect, Preferred]]
    """What was preferred, first or second, in the first order and in the other; empty for equal replies."""
    longer: Choice
    """The run with the longer reply."""


def judged_pair(pair: str, replies: tuple[str, str], judgements: Mapping[Order, Judgement]) -> JudgedPair | None:
    """What the judgements of both orders come to; none where one of them is missing or cannot be used."""
    longer = _longer(*replies)
    if same_reply(*replies):
        return JudgedPair(pair, dict.fromkeys(Aspect, Outcome(Choice.TIE)), Choice.TIE, (), longer)
    verdicts = [judgements[order].verdicts if order in judgements else None for order in ORDERS]
    first, second = verdicts
    if first is None or second is None:
        return None
    outcomes = {aspect: _outcome(first, second, aspect) for aspect in Aspect}
    said = tuple({aspect: each.of(aspect) for aspect in Aspect} for each in (first, second))
    return JudgedPair(pair, outcomes, _ahead(each.choice for each in outcomes.values()), said, longer)


def same_reply(first: str, second: str) -> bool:
    """Are both one and the same, so that there is nothing to judge?"""
    return first.strip() == second.strip()


def chosen_in(order: Order, preferred: Preferred) -> Choice:
    """The run that stands where the judge preferred."""
    if preferred == "tie":
        return Choice.TIE
    return Choice.A if (preferred == "first") == (order == "ab") else Choice.B


def _outcome(first: Verdicts, second: Verdicts, aspect: Aspect) -> Outcome:
    choices = {chosen_in("ab", first.of(aspect)), chosen_in("ba", second.of(aspect))}
    if len(choices) == 1:
        return Outcome(choices.pop())
    return Outcome(Choice.TIE, is_flip=Choice.TIE not in choices)


def _ahead(choices: Iterable[Choice]) -> Choice:
    listed = list(choices)
    a, b = listed.count(Choice.A), listed.count(Choice.B)
    return Choice.TIE if a == b else Choice.A if a > b else Choice.B


def _longer(first: str, second: str) -> Choice:
    a, b = len(first.strip()), len(second.strip())
    return Choice.TIE if a == b else Choice.A if a > b else Choice.B
