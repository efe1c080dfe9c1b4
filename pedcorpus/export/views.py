"""The training views that follow row by row: what is prompt and completion, and which pairs may be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from pedcorpus.engine import batches
from pedcorpus.export.origins import PAIRS, PAIRS_FILE, pair_row
from pedcorpus.export.read import SPLITS
from pedcorpus.export.release import Release, Selection
from pedcorpus.export.render import message_rows
from pedcorpus.export.split import LEFT_OUT
from pedcorpus.export.tables import MESSAGES, SCHEMAS, TableWriters
from pedcorpus.records import Message, Preference, PreferenceKind, Tier
from pedcorpus.tasks import task_of

__all__ = ["examples", "shown_pairs", "write_pairs"]

_PAIRS = 4096


def examples(rows: pa.Table) -> pa.Table:
    """Each conversation up to the answer (`prompt`), the answer (`completion`), its `task`, and whether the mixture of
    experts trains on it (`expert`); the last message of a row is its answer.
    """
    messages = rows.column("messages").combine_chunks()
    offsets, spoken = messages.offsets.to_numpy(), messages.values
    is_answer = np.zeros(len(spoken), np.bool_)
    is_answer[offsets[1:] - 1] = True
    inside = np.zeros(len(spoken), np.bool_)
    inside[offsets[0] : offsets[-1]] = True
    prompt = spoken.filter(pa.array(inside & ~is_answer))
    starts = (offsets - offsets[0] - np.arange(len(offsets))).astype(np.int32)
    whole = np.arange(len(offsets), dtype=np.int32)
    return pa.table(
        {
            "prompt": pa.ListArray.from_arrays(pa.array(starts), prompt, MESSAGES),
            "completion": pa.ListArray.from_arrays(
                pa.array(whole), spoken.filter(pa.array(is_answer & inside)), MESSAGES
            ),
            "task": rows.column("task"),
            "expert": pa.array(list(map(_trains_experts, rows.column("task").to_pylist())), pa.bool_()),
        }
    )


@cache
def _trains_experts(task: str) -> bool:
    return task_of(task).record.trains_experts


def write_pairs(release: Release, selection: Selection, tables: TableWriters) -> Counter[PreferenceKind]:
    """Preference optimisation: pairs whose chosen answer is in a split, the most telling kinds first, then by id.

    Returns:
        How many of each kind.
    """
    counts: Counter[PreferenceKind] = Counter()
    for some in batches(shown_pairs(release, selection), _PAIRS):
        for code, split in enumerate(SPLITS):
            rows = [_pair_row(pair) for place, pair in some if place == code]
            tables.write("dfpo", split, pa.Table.from_pylist(rows, schema=SCHEMAS["dfpo"]))
        told = [pair_row(pair, SPLITS[place]) for place, pair in some]
        tables.write_to(PAIRS_FILE, PAIRS, pa.Table.from_pylist(told, schema=PAIRS))
        counts.update(pair.kind for _, pair in some)
    return counts


def _pair_row(pair: Preference) -> dict[str, Any]:  # JSON values
    return {"prompt": message_rows(pair.prompt), "chosen": _answer(pair.chosen), "rejected": _answer(pair.rejected)}


def _answer(text: str) -> list[dict[str, str]]:
    return message_rows((Message(role="assistant", content=text),))


def shown_pairs(release: Release, selection: Selection) -> Iterator[tuple[int, Preference]]:
    """Pairs that go into the export, each after its split: reviewers' edits, then models' pairs, then those by rule."""
    for some in batches(release.stream.preferences(), _PAIRS):
        chosen = selection.splits_of([pair.chosen_from for pair in some])
        others = selection.splits_of([_other(pair) for pair in some])
        for pair, split, other in zip(some, chosen.tolist(), others.tolist(), strict=True):
            if split != LEFT_OUT and _may_be_shown(pair, split, other, release):
                yield split, pair


def _other(pair: Preference) -> str:
    return pair.rejected_from.partition(":")[2]


def _may_be_shown(pair: Preference, split: int, other: int, release: Release) -> bool:
    """A rejected answer taken from another row obeys that row's tier and works, and must not show what is held out;
    what a reviewer edited rests on the same works as the edit.
    """
    if pair.kind is not PreferenceKind.RULE or not _other(pair):
        return True
    return release.tier == Tier.INTERNAL and not release.withdrawn if other == LEFT_OUT else other <= split
