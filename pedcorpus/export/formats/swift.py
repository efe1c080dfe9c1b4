"""ms-swift's standard format: `messages`, with `rejected_response` for a pair and `channel` for a task."""

from __future__ import annotations

from collections.abc import Sequence

from pedcorpus.export.formats.format import SAME_ANSWER, Format, LineFile, Row
from pedcorpus.export.read import View

__all__ = ["FORMAT"]

_COMMANDS = {"cpt": "swift pt", "sft": "swift sft", "dfpo": "swift rlhf --rlhf_type dpo", "mue": "swift sft"}


class Swift(Format):
    """Plain text is what the assistant says to nobody, as ms-swift documents it for pre-training."""

    name = "swift"
    read_by = "ms-swift"
    documented_at = "https://swift.readthedocs.io/en/latest/Customization/Custom-dataset.html"

    def line(self, view: View, row: Row) -> Row | str:
        if view == "cpt":
            return {"messages": [{"role": "assistant", "content": row["text"]}]}
        if view == "dfpo":
            chosen, rejected = row["chosen"][-1]["content"], row["rejected"][-1]["content"]
            if chosen == rejected:
                return SAME_ANSWER
            return {"messages": [*row["prompt"], *row["chosen"]], "rejected_response": rejected}
        channel = {"channel": row["task"]} if view == "mue" else {}
        return {"messages": [*row["prompt"], *row["completion"]], **channel}

    def usage(self, files: Sequence[LineFile]) -> str:
        lines = [f"{_COMMANDS[file.view]} --dataset FOLDER/{file.path}" for file in files if file.split == "train"]
        channel = "\n\nWith `--enable_channel_loss true`, the loss of each task in `mue` is told apart."
        return "```\n" + "\n".join(lines) + "\n```" + (channel if any(file.view == "mue" for file in files) else "")


FORMAT = Swift()
