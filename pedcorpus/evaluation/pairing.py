"""Two runs side by side: which questions both answered, and what of them cannot be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pedcorpus.errors import UsageError
from pedcorpus.evaluation.run_file import Run
from pedcorpus.records import RunReply, content_id

__all__ = ["Pairing", "pair_runs"]

_TOLD = 5


@dataclass(frozen=True)
class Pairing:
    """Two runs and the questions that both answered."""

    a: Run
    b: Run
    pairs: Sequence[str]
    """Ids of these questions, in the first run's order."""
    only_a: Sequence[str]
    only_b: Sequence[str]

    @cached_property
    def id(self) -> str:
        """The same whichever run is named first."""
        return content_id("pairing", *sorted((self.a.id, self.b.id)))

    @property
    def left_out(self) -> list[str]:
        """What is not compared, and what is without an answer, a line each; where, for the first of them."""
        said = (
            (self.only_a, self.a, "answered by the first run alone, left out"),
            (self.only_b, self.b, "answered by the second run alone, left out"),
            (self.a.empty, self.a, "replies of the first run are empty, shown as such"),
            (self.b.empty, self.b, "replies of the second run are empty, shown as such"),
        )
        return [f"{len(ids)} {words}: {_places(ids, run.places)}" for ids, run, words in said if ids]


def pair_runs(a: Run, b: Run) -> Pairing:
    """The questions that both runs answered.

    Raises:
        UsageError: there are none, both runs are one and the same, or one id stands for two questions.
    """
    if a.id == b.id:
        raise UsageError("both runs hold the same replies to the same questions; name two different runs")
    pairs = [name for name in a.replies if name in b.replies]
    if not pairs:
        raise UsageError(
            f"no id stands in both runs: the first has {_some(a)}, the second {_some(b)}; answer the same questions"
        )
    if differing := [name for name in pairs if _asked(a.replies[name]) != _asked(b.replies[name])]:
        told = "; ".join(f"{name!r} at {a.places[name]} and {b.places[name]}" for name in differing[:_TOLD])
        raise UsageError(f"{len(differing)} ids stand for another question in each run: {told}; ask both the same")
    return Pairing(a, b, pairs, only_a=_missing(a, b), only_b=_missing(b, a))


def _missing(run: Run, other: Run) -> list[str]:
    return [name for name in run.replies if name not in other.replies]


def _asked(reply: RunReply) -> list[tuple[str, str]]:
    """What was asked, whatever each model was told beforehand about itself."""
    return [(turn.role, turn.content.strip()) for turn in reply.messages if turn.role != "system"]


def _some(run: Run) -> str:
    return ", ".join(repr(name) for name in list(run.replies)[:3]) + (" …" if len(run.replies) > 3 else "")


def _places(ids: Sequence[str], places: Mapping[str, str]) -> str:
    return ", ".join(places[name] for name in ids[:_TOLD]) + (" …" if len(ids) > _TOLD else "")
