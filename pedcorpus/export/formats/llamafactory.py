"""LLaMA-Factory's own folder: all four views behind one `dataset_info.json`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pedcorpus.export.formats.format import Format, LineFile, Row
from pedcorpus.export.formats.llamafactory_info import (
    alpaca_entry,
    dataset_info,
    dataset_names,
    sharegpt_entry,
    train_with,
)
from pedcorpus.export.formats.sharegpt import sharegpt_line
from pedcorpus.export.read import View

__all__ = ["FORMAT"]


class LlamaFactory(Format):
    """Conversations and pairs in its ShareGPT layout, plain text in its Alpaca layout, which alone can carry it."""

    name = "llamafactory"
    read_by = "LLaMA-Factory"
    documented_at = "https://github.com/hiyouga/LLaMA-Factory/blob/main/data/README.md"

    def line(self, view: View, row: Row) -> Row | str:
        return {"text": row["text"]} if view == "cpt" else sharegpt_line(view, row)

    def beside(self, files: Sequence[LineFile]) -> Mapping[str, Any]:
        names = dataset_names(files).items()
        return dataset_info(
            {name: alpaca_entry(file) if file.view == "cpt" else sharegpt_entry(file) for name, file in names}
        )

    def usage(self, files: Sequence[LineFile]) -> str:
        return train_with(files)


FORMAT = LlamaFactory()
