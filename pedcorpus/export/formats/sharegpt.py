"""ShareGPT: conversations from `human` and `gpt`, a `system` turn first where there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pedcorpus.export.formats.format import NOT_ALTERNATING, Format, LineFile, Row, talk_of
from pedcorpus.export.formats.llamafactory_info import dataset_info, dataset_names, sharegpt_entry, train_with
from pedcorpus.export.read import View

__all__ = ["FORMAT", "sharegpt_line"]

_SPEAKERS = {"system": "system", "user": "human", "assistant": "gpt"}


def sharegpt_line(view: View, row: Row) -> Row | str:
    """A conversation; of a pair, with its two answers beside it."""
    if talk_of(row["prompt"]) is None:
        return NOT_ALTERNATING
    if view == "dfpo":
        answers = {name: _turn(row[name][-1]) for name in ("chosen", "rejected")}
        return {"conversations": [_turn(message) for message in row["prompt"]], **answers}
    turns = [_turn(message) for message in (*row["prompt"], *row["completion"])]
    return {"conversations": turns, **({"task": row["task"]} if view == "mue" else {})}


def _turn(message: Mapping[str, str]) -> Row:
    return {"from": _SPEAKERS[message["role"]], "value": message["content"]}


class ShareGPT(Format):
    """It has no way to say plain text, so there is no `cpt` in it."""

    name = "sharegpt"
    read_by = "LLaMA-Factory, ms-swift, axolotl"
    documented_at = "https://github.com/hiyouga/LLaMA-Factory/blob/main/data/README.md#sharegpt-format"
    views = ("sft", "dfpo", "mue")

    def line(self, view: View, row: Row) -> Row | str:
        return sharegpt_line(view, row)

    def beside(self, files: Sequence[LineFile]) -> Mapping[str, Any]:
        return dataset_info({name: sharegpt_entry(file) for name, file in dataset_names(files).items()})

    def usage(self, files: Sequence[LineFile]) -> str:
        return train_with(files)


FORMAT = ShareGPT()
