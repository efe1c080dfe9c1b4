"""Show: one instruction with its source, quote, findings and decisions."""

from __future__ import annotations

from pedcorpus.corpus import ids_like
from pedcorpus.errors import UsageError
from pedcorpus.flow.desk import review_item
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.review import ReviewItem
from pedcorpus.settings import Workspace

__all__ = ["show_instruction"]


def show_instruction(workspace: Workspace, id_start: str) -> ReviewItem:
    """The instruction whose id starts with `id_start`.

    Raises:
        UsageError: no instruction, or several, have such an id.
    """
    with open_corpus(workspace).unit(read_only=True) as unit:
        ids = ids_like(unit, id_start, limit=4)
        if not ids:
            raise UsageError(f"no instruction's id starts with {id_start!r}; `pedcorpus review` shows ids")
        if len(ids) > 1:
            raise UsageError(f"{id_start!r} is the start of several ids: {', '.join(ids)}; give more of it")
        return review_item(unit, ids[0])
