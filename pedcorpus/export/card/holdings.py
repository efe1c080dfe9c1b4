"""What is in a version: its views, pairs, tasks, lengths and works."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pedcorpus.export.card.lengths import Lengths
from pedcorpus.export.card.markdown import table
from pedcorpus.export.contents import Contents
from pedcorpus.export.read import SPLITS, View
from pedcorpus.records import PreferenceKind
from pedcorpus.tasks import task_of

__all__ = ["attributions", "lengths_table", "pairs_table", "sources_table", "tasks_table", "usage", "views_table"]

_VIEW_MEANINGS: dict[View, str] = {
    "instructions": "every record whole, with evidence, findings and decisions",
    "cpt": "continuous pre-training: plain passages, graph statements and instructions as completion text",
    "sft": "supervised fine-tuning: prompt and completion as messages; row N is row N of `instructions`",
    "dfpo": "preference optimisation: prompt, chosen and rejected as messages",
    "mue": "secondary fine-tuning: as `sft`, with the task of each row",
}

_PAIR_MEANINGS = {
    PreferenceKind.EDIT: "a reviewer's edit, over the answer that was edited",
    PreferenceKind.MODEL: "a reviewed answer put into a paediatrician's humane words by a model, its facts compared, "
    "over a weak model's answer",
    PreferenceKind.RULE: "a reviewed answer, over what is right for a neighbouring disease",
}


def views_table(contents: Contents) -> str:
    """Each view with its rows by split."""
    rows = [
        [f"`{view}`", *(contents.rows_of(view, split) or 0 for split in SPLITS), _VIEW_MEANINGS[view]]
        for view in contents.written()
    ]
    return table(["view", *SPLITS, "what it is"], rows)


def pairs_table(contents: Contents) -> Iterable[str]:
    """Pairs by kind, where there are any."""
    counts = contents.counts["preferences"]
    rows = [[f"`{kind}`", _PAIR_MEANINGS[kind], counts[kind]] for kind in PreferenceKind if kind in counts]
    if rows:
        yield "Pairs in `dfpo`, in the order in which they stand:\n\n" + table(["kind", "what it is", "pairs"], rows)


def usage(contents: Contents) -> str:
    """How the tables are loaded."""
    return (
        "```python\n"
        "import datasets\n\n"
        f'datasets.load_dataset("exports/{contents.release.version}", "sft")  # or another view\n'
        "```"
    )


def tasks_table(contents: Contents) -> str:
    """Rows by task and split."""
    counts = contents.counts["tasks"]
    tasks = [name for name in counts if "/" not in name]
    rows = [
        [f"`{task}`", task_of(task).title["en"], *(counts.get(f"{task}/{split}", 0) for split in SPLITS), counts[task]]
        for task in tasks
    ]
    return table(["task", "what it is", *SPLITS, "all"], rows)


def lengths_table(lengths: Sequence[Lengths]) -> str:
    """How long questions, answers and texts are."""
    rows = [
        [each.what, f"`{each.of}`", each.texts, *(each.quantile(part) for part in (0, 50, 95, 100))] for each in lengths
    ]
    head = ["what", "of", "texts", "min", "median", "95 %", "max"]
    return f"In characters; 95 of 100 are no longer than the column says:\n\n{table(head, rows)}"


def sources_table(contents: Contents) -> str:
    """Each work with its licence and its share of the rows."""
    rows = [
        [
            number,
            f"`{item['id']}`",
            item["title"],
            item["publisher"],
            item["edition"],
            item["license"],
            item["tier"],
            item["rows"],
            f"{item['rows_share']:.1%}",
            item["pretraining_texts"],
        ]
        for number, item in enumerate(contents.licences["sources"], 1)
    ]
    head = ["no.", "source", "title", "publisher", "edition", "licence", "tier", "rows", "share", "texts in `cpt`"]
    return table(head, rows) + "\n\nA row that rests on several works counts for each of them."


def attributions(contents: Contents) -> Iterable[str]:
    """The lines that licences want to be shown."""
    lines = [f"- `{source.id}`: {source.attribution}" for source in contents.sources if source.attribution]
    if lines:
        yield "Attribution:\n\n" + "\n".join(lines)
