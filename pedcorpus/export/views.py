"""The four training views, in the formats TRL's trainers read: what each table of each split holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from pedcorpus.export.instructions import message_rows
from pedcorpus.export.mixture import mixed, once_each
from pedcorpus.export.plain_text import SplitFinder, instruction_texts, passage_texts, statement_texts
from pedcorpus.export.read import SPLITS, Split
from pedcorpus.export.release import Release, Selection
from pedcorpus.records import Message, Preference, PreferenceKind, ReleaseRow, Tier

__all__ = ["cpt_rows", "dfpo_rows", "mue_rows", "sft_rows", "shown_pairs"]

Row = dict[str, Any]  # JSON values


def cpt_rows(release: Release, selection: Selection) -> dict[Split, list[Row]]:
    """Continuous pre-training: `text`, with its `kind` and `source`."""
    finder = SplitFinder(selection, release.settings)
    plain = chain(passage_texts(release, finder), statement_texts(release, finder))
    texts = once_each(chain(plain, instruction_texts(selection)))
    share = release.settings.cpt_instruction_share
    return {
        split: [
            {"text": item.text, "kind": item.kind, "source": item.source}
            for item in mixed((text for text in texts if text.split == split), instruction_share=share)
        ]
        for split in SPLITS
    }


def sft_rows(rows: Iterable[ReleaseRow]) -> Iterator[Row]:
    """Supervised fine-tuning: the conversation up to the answer, and the answer."""
    return (_example(row) for row in rows)


def mue_rows(rows: Iterable[ReleaseRow]) -> Iterator[Row]:
    """Secondary fine-tuning: rows of the paediatric tasks, each with the task that it belongs to."""
    return ({**_example(row), "task": row.instruction.task} for row in rows if row.instruction.trains_experts)


def _example(row: ReleaseRow) -> Row:
    messages = message_rows(row.instruction.messages)
    return {"prompt": messages[:-1], "completion": messages[-1:]}


def dfpo_rows(release: Release, selection: Selection, split: Split) -> Iterator[Row]:
    """Preference optimisation: pairs whose chosen answer is in this split, the most telling kinds first, then by id."""
    for pair in shown_pairs(release, selection):
        if selection.splits[pair.chosen_from] == split:
            yield {
                "prompt": message_rows(pair.prompt),
                "chosen": _answer(pair.chosen),
                "rejected": _answer(pair.rejected),
            }


def shown_pairs(release: Release, selection: Selection) -> list[Preference]:
    """Pairs that go into the export: reviewers' edits, then models' pairs, then those made by rule; each by id."""
    kinds = list(PreferenceKind)
    pairs = [pair for pair in release.preferences if _may_be_shown(pair, release, selection)]
    return sorted(pairs, key=lambda pair: (kinds.index(pair.kind), pair.id))


def _may_be_shown(pair: Preference, release: Release, selection: Selection) -> bool:
    """The chosen answer is of a row in the export. A rejected one taken from another row obeys that row's tier, and
    must not show what is held out; what a reviewer edited rests on the same works as the edit.
    """
    if pair.chosen_from not in selection.splits:
        return False
    _, marked, other = pair.rejected_from.partition(":")
    if pair.kind is not PreferenceKind.RULE or not marked:
        return True
    if other not in selection.splits:
        return release.tier == Tier.INTERNAL
    chosen, rejected = selection.splits[pair.chosen_from], selection.splits[other]
    return SPLITS.index(rejected) <= SPLITS.index(chosen)


def _answer(text: str) -> list[dict[str, str]]:
    return message_rows([Message(role="assistant", content=text)])
