"""`reports/contamination.json`: which rows and texts that are trained on hold an item of an evaluation set.

Finding them is left to whoever hands in a finder: this room counts and tells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pedcorpus.export.counts import counted
from pedcorpus.export.release import OverlapFinder, Selection
from pedcorpus.records import EvaluationSet, Overlap

__all__ = ["contamination_report", "told_overlaps"]


def contamination_report(
    finder: OverlapFinder | None, selection: Selection, cpt_train: Sequence[str]
) -> dict[str, Any]:  # JSON values
    """The report; `cpt_train` are the pre-training texts that are no instructions."""
    if finder is None:
        return told_overlaps((), {}, [], rows=0, texts=0)
    rows = [row.instruction for row in selection.of("train")]
    found = [*finder.of_rows(rows), *finder.of_texts(cpt_train)]
    return told_overlaps(finder.sets, finder.compared_by, found, rows=len(rows), texts=len(cpt_train))


def told_overlaps(
    sets: Sequence[EvaluationSet], compared_by: Mapping[str, float], found: Sequence[Overlap], *, rows: int, texts: int
) -> dict[str, Any]:  # JSON values
    """Sets, what was checked, counts by set and task, and each matched pair with both its sides."""
    return {
        "sets": [each.model_dump(mode="json") for each in sets],
        "compared_by": dict(compared_by),
        "checked": {"rows": rows, "pretraining_texts": texts},
        "matched": {
            "rows": len({each.row for each in found if each.said_by != "text"}),
            "pretraining_texts": len({each.row for each in found if each.said_by == "text"}),
        },
        "by_set": {
            each.name: {
                "items": len({pair.item for pair in found if pair.set == each.name}),
                "rows": len({pair.row for pair in found if pair.set == each.name}),
            }
            for each in sets
        },
        "by_task": counted(task for task, _ in sorted({(each.task, each.row) for each in found})),
        "overlaps": [each.model_dump(mode="json") for each in found],
    }
