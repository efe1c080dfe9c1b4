"""Pairs that reviewers make by editing: the edited answer over the one that they found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pedcorpus.normalise import fold
from pedcorpus.records import Decision, Instruction, Preference, Verdict

__all__ = ["edit_pairs"]

_NEVER_SHOWN = "privacy"
"""An answer that was edited because it holds personal data must not come back as a rejected one."""


def edit_pairs(decisions: Iterable[Decision], instructions: Mapping[str, Instruction]) -> Iterator[Preference]:
    """A pair for each of the standing `decisions` that edited an answer, in their order.

    Edits that change the question too are passed over: the old answer was to another question. So are those whose
    records are not among `instructions`.
    """
    for decision in decisions:
        original, edited = instructions.get(decision.instruction), instructions.get(decision.edited or "")
        if decision.verdict is not Verdict.EDIT or decision.reason == _NEVER_SHOWN or not original or not edited:
            continue
        prompt = edited.messages[:-1]
        if prompt == original.messages[:-1] and fold(edited.answer_text()) != fold(original.answer_text()):
            yield Preference(
                task=edited.task,
                topic=edited.topic,
                prompt=prompt,
                chosen=edited.answer_text(),
                rejected=original.answer_text(),
                chosen_from=edited.id,
                rejected_from=f"instruction:{original.id}",
            )
