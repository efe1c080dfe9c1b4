"""JSON Lines: each view as it stands in Parquet, a row a line, for anything that reads JSON."""

from __future__ import annotations

from collections.abc import Sequence

from pedcorpus.export.formats.format import Format, LineFile, Row
from pedcorpus.export.read import VIEWS, View

__all__ = ["FORMAT"]


class JsonLines(Format):
    """The same rows with the same columns in the same order; the whole records too."""

    name = "jsonl"
    read_by = "datasets"
    documented_at = "https://huggingface.co/docs/datasets/loading#json"
    views = VIEWS
    keeps_columns = True

    def line(self, view: View, row: Row) -> Row | str:  # noqa: ARG002 - every view stays as it is
        return row

    def usage(self, files: Sequence[LineFile]) -> str:
        view = files[0].view
        return f'```python\nimport datasets\n\ndatasets.load_dataset("FOLDER", "{view}")  # or another view\n```'


FORMAT = JsonLines()
