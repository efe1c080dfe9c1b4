"""Alpaca: instruction, input and output, with LLaMA-Factory's columns for system prompt, history and pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pedcorpus.export.formats.format import NOT_ALTERNATING, Format, LineFile, Row, talk_of
from pedcorpus.export.formats.llamafactory_info import alpaca_entry, dataset_info, dataset_names, train_with
from pedcorpus.export.read import View

__all__ = ["FORMAT"]


class Alpaca(Format):
    """Every line of a file has the same columns: `input` is empty, `system` and `history` may be."""

    name = "alpaca"
    read_by = "LLaMA-Factory, ms-swift, axolotl"
    documented_at = "https://github.com/hiyouga/LLaMA-Factory/blob/main/data/README.md#alpaca-format"

    def line(self, view: View, row: Row) -> Row | str:
        if view == "cpt":
            return {"text": row["text"]}
        talk = talk_of(row["prompt"])
        if talk is None:
            return NOT_ALTERNATING
        asked = {"instruction": talk.question, "input": ""}
        before = {"system": talk.system, "history": [list(turn) for turn in talk.history]}
        if view == "dfpo":
            chosen, rejected = row["chosen"][-1]["content"], row["rejected"][-1]["content"]
            return {**asked, "chosen": chosen, "rejected": rejected, **before}
        task = {"task": row["task"]} if view == "mue" else {}
        return {**asked, "output": row["completion"][-1]["content"], **before, **task}

    def shows_types(self, line: Row) -> bool:
        """An empty history does not say that it would hold pairs of strings."""
        return bool(line.get("history", True))

    def beside(self, files: Sequence[LineFile]) -> Mapping[str, Any]:
        return dataset_info({name: alpaca_entry(file) for name, file in dataset_names(files).items()})

    def usage(self, files: Sequence[LineFile]) -> str:
        return train_with(files)


FORMAT = Alpaca()
