"""The files that OpenAI's fine-tuning and its imitators take: chat examples, and preference pairs."""

from __future__ import annotations

from collections.abc import Sequence

from pedcorpus.export.formats.format import Format, LineFile, Row
from pedcorpus.export.read import View

__all__ = ["FORMAT"]


class OpenAI(Format):
    """It has no place for plain text, nor for a label: each task of `mue` has files of its own."""

    name = "openai"
    read_by = "OpenAI's fine-tuning, Together, Fireworks"
    documented_at = "https://developers.openai.com/api/docs/guides/supervised-fine-tuning"
    views = ("sft", "dfpo", "mue")

    def line(self, view: View, row: Row) -> Row | str:
        if view == "dfpo":
            return {
                "input": {"messages": row["prompt"]},
                "preferred_output": row["chosen"],
                "non_preferred_output": row["rejected"],
            }
        return {"messages": [*row["prompt"], *row["completion"]]}

    def folder(self, view: View, row: Row) -> str:
        return f"mue/{row['task']}" if view == "mue" else view

    def usage(self, files: Sequence[LineFile]) -> str:
        first = files[0]
        return (
            '```python\nfrom openai import OpenAI\n\nOpenAI().files.create(purpose="fine-tune", '
            f'file=open("FOLDER/{first.path}", "rb"))\n```\n\n'
            "A training file needs ten examples or more. Files of `dfpo` are for its method `dpo`, the others for "
            "`supervised`."
        )


FORMAT = OpenAI()
