"""What an evaluation came to, on the terminal: the paper's table, what was left out, and where the report lies."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pedcorpus.cli.console import data, print_json, talk

if TYPE_CHECKING:
    from pedcorpus.evaluation import Comparison, Replies

__all__ = ["tell_comparison"]


def tell_comparison(
    comparison: Comparison, replies: Sequence[Replies], written: Sequence[Path], *, as_json: bool
) -> None:
    """Tables to stdout, or the report's JSON; the rest to stderr."""
    from pedcorpus.cli.reports import table

    if as_json:
        print_json(json.loads(next(path for path in written if path.suffix == ".json").read_bytes()))
    else:
        measures = [measure for measure in comparison.measures if measure.group == "paper"]
        for part in comparison.parts:
            rows = []
            for contestant in comparison.contestants:
                cells = [comparison.cell(part, measure.name, contestant.name) for measure in measures]
                rows.append(
                    (contestant.name, *("–" if c is None else f"{100 * c.interval.estimate:.2f}" for c in cells))
                )
            data(table(part.task, ("model", *(measure.title["en"] for measure in measures)), rows, numbers_from=1))
    for each in replies:
        talk("{}: {} replies, {} of them new, in {}", each.contestant.name, len(each.by_id), each.made, each.path)
        if count := comparison.unanswered[each.contestant.name]:
            total = count + len(each.by_id)
            talk("{} of {} questions not answered by {}, left out for all", count, total, each.contestant.name)
    for reason, count in comparison.asked.left_out:
        talk("{} questions left out: {}", count, reason.replace("_", " "))
    talk("report: {}", written[0])
