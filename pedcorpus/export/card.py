"""The dataset card: README.md with the Hub's YAML on top; every figure in it is computed, none is typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import yaml

from pedcorpus.export.contents import Contents
from pedcorpus.export.read import SPLITS, View, export_path
from pedcorpus.records import PreferenceKind
from pedcorpus.tasks import task_of

__all__ = ["card_text"]

_HUB_LICENSES = frozenset(
    {
        "apache-2.0", "cc", "cc-by-2.0", "cc-by-2.5", "cc-by-3.0", "cc-by-4.0", "cc-by-nc-4.0", "cc-by-nc-nd-4.0",
        "cc-by-nc-sa-4.0", "cc-by-nd-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0", "cc0-1.0", "mit", "odc-by", "odbl", "pddl",
        "unknown",
    }
)  # fmt: skip

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))

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

_ACCEPTANCE_MEANINGS = {
    "reviewed": "a reviewer decided on this row",
    "plan": "accepted by sampling: a reviewer decided on a sample of its batch",
    "accept-all": "accepted in bulk, unread",
    "candidate": "passed the automatic checks; nobody has decided on it",
}


def card_text(contents: Contents) -> str:
    """The whole README.md."""
    sections = [
        f"---\n{_front_matter(contents)}---",
        f"# {contents.title}",
        _lead(contents),
        *_warnings(contents),
        "## What is in it",
        _views_table(contents),
        *_pairs_table(contents),
        _usage(contents),
        "## Tasks",
        _tasks_table(contents),
        "## Sources",
        _sources_table(contents),
        *_attributions(contents),
        "## Review",
        _review_table(contents),
        *_plans_table(contents),
        *_findings_table(contents),
        "## Privacy",
        _privacy(contents),
        "## Splits and leakage",
        _leakage(contents),
        "## Contamination",
        _contamination(contents),
        "## Limits",
        _limits(contents),
    ]
    return "\n\n".join(sections) + "\n"


def _front_matter(contents: Contents) -> str:
    licenses = [name.lower() for name in contents.licenses]
    single = licenses[0] if len(licenses) == 1 and licenses[0] in _HUB_LICENSES else "other"
    head: dict[str, Any] = {
        "pretty_name": contents.title,
        "license": single,
        **({"license_name": "see-sources", "license_link": "reports/licences.json"} if single == "other" else {}),
        "language": contents.languages,
        "task_categories": ["question-answering", "text-generation"],
        "size_categories": [next((name for bound, name in _SIZES if contents.rows < bound), "1M<n<10M")],
        "tags": ["medical", "paediatrics", "pediatrics", "instruction-tuning", *contents.counts["acceptance"]],
        "configs": list(_configs(contents)),
    }
    return yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=1000)


def _configs(contents: Contents) -> Iterable[dict[str, Any]]:
    for view, splits in contents.written().items():
        files = [{"split": split, "path": export_path(view, split)} for split in splits]
        yield {"config_name": view, "data_files": files, **({"default": True} if view == "sft" else {})}


def _lead(contents: Contents) -> str:
    release = contents.release
    follows = f", which follows {release.parent}" if release.parent else ""
    return (
        f"Instructions on paediatric medicine: {contents.rows:,} rows on {contents.counts['topics']['all']:,} topics "
        f"from {_many(len(contents.sources), 'work', 'works')}. This is version {release.version}{follows}; "
        f"release tier `{release.tier}`. Each row names the work, document, place and words that it rests on.\n\n"
        "**This is research data, not medical advice. It must not be used to diagnose or treat anybody.**"
    )


def _warnings(contents: Contents) -> Iterable[str]:
    unread = contents.counts["acceptance"].get("accept-all", 0)
    undecided = contents.counts["acceptance"].get("candidate", 0)
    if contents.release.status == "candidate":
        yield (
            f"> **Candidate export.** {undecided:,} of {contents.rows:,} rows passed the automatic checks only: no "
            "reviewer has decided on them."
        )
    if unread:
        yield (
            f"> **Accepted without reading.** {unread:,} of {contents.rows:,} rows were accepted in bulk "
            "(`accept-all`): no reviewer has read them."
        )


def _views_table(contents: Contents) -> str:
    rows = [
        [f"`{view}`", *(contents.rows_of(view, split) or 0 for split in SPLITS), _VIEW_MEANINGS[view]]
        for view in contents.written()
    ]
    return _table(["view", *SPLITS, "what it is"], rows)


def _pairs_table(contents: Contents) -> Iterable[str]:
    counts = contents.counts["preferences"]
    rows = [[f"`{kind}`", _PAIR_MEANINGS[kind], counts[kind]] for kind in PreferenceKind if kind in counts]
    if rows:
        yield "Pairs in `dfpo`, in the order in which they stand:\n\n" + _table(["kind", "what it is", "pairs"], rows)


def _usage(contents: Contents) -> str:
    return (
        "```python\n"
        "import datasets\n\n"
        f'datasets.load_dataset("exports/{contents.release.version}", "sft")  # or another view\n'
        "```"
    )


def _tasks_table(contents: Contents) -> str:
    counts = contents.counts["tasks"]
    tasks = [name for name in counts if "/" not in name]
    rows = [
        [f"`{task}`", task_of(task).title["en"], *(counts.get(f"{task}/{split}", 0) for split in SPLITS), counts[task]]
        for task in tasks
    ]
    return _table(["task", "what it is", *SPLITS, "all"], rows)


def _sources_table(contents: Contents) -> str:
    rows = [
        [
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
        for item in contents.licences["sources"]
    ]
    head = ["source", "title", "publisher", "edition", "licence", "tier", "rows", "share", "texts in `cpt`"]
    return _table(head, rows) + "\n\nA row that rests on several works counts for each of them."


def _attributions(contents: Contents) -> Iterable[str]:
    lines = [f"- `{source.id}`: {source.attribution}" for source in contents.sources if source.attribution]
    if lines:
        yield "Attribution:\n\n" + "\n".join(lines)


def _review_table(contents: Contents) -> str:
    rows = [
        [f"`{name}`", _ACCEPTANCE_MEANINGS[name], item["rows"], f"{item['share']:.1%}"]
        for name, item in contents.review["acceptance"].items()
    ]
    people = _many(contents.review["reviewers"], "person", "people")
    signed = f"\n\nThe decisions behind them are signed by {people}." if contents.review["reviewers"] else ""
    return _table(["acceptance", "what it means", "rows", "share"], rows) + signed


def _plans_table(contents: Contents) -> Iterable[str]:
    """The arithmetic behind every row that no person has read."""
    rows = [
        [
            f"`{item['plan']}`",
            f"{item['source']} × {item['task']} × {item['generator']}",
            *(item[name] for name in ("rows", "reviewed", "rejected", "edited")),
            f"{item['upper_bound']:.2%}",
            f"{item['limit']:.2%} at {item['confidence']:.0%}",
            item["rows_here"],
        ]
        for item in contents.review["plans"]
    ]
    if rows:
        head = [
            "plan",
            "stratum",
            "rows",
            "reviewed",
            "rejected",
            "edited",
            "upper bound",
            "limit",
            "rows here by plan",
        ]
        yield (
            "Rows accepted by sampling name their plan in `decisions`. Reviewers read a sample of the stratum, drawn "
            "by a hash. With the confidence shown, the share of its rows that they would reject or edit is below the "
            "limit (exact hypergeometric bound):\n\n" + _table(head, rows)
        )


def _findings_table(contents: Contents) -> Iterable[str]:
    rows = [[item["check"], item["severity"], item["reason"], item["findings"]] for item in contents.review["findings"]]
    if rows:
        yield "What the automatic checks found in these rows:\n\n" + _table(
            ["check", "severity", "reason", "findings"], rows
        )


def _privacy(contents: Contents) -> str:
    """What was replaced, what was looked for, and what of it stands."""
    report = contents.privacy
    dialogues, rows = report["dialogues"], report["rows"]
    kinds = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in report["identifiers_replaced"].items())
    many = _many(dialogues["cited"], "dialogue", "dialogues")
    lines = [
        f"Rows rest on {many}, de-identified before anything was made of them; identifiers replaced: {kinds or 'none'}."
        if dialogues["cited"]
        else "No row rests on a dialogue.",
        f"The check for personal data judged {rows['checked']:,} of {rows['rows']:,} rows; its findings stand on "
        f"{rows['with_findings']:,} of them, and on {rows['withheld']:,} rows of the corpus that are not in here. "
        "See `reports/privacy.json`.",
    ]
    return "\n\n".join(lines)


def _leakage(contents: Contents) -> str:
    names = {
        "answers_in_train_answers": "answers, found in training answers",
        "answers_in_pretraining_text": "answers, found in pre-training text",
        "questions_in_train_questions": "questions, found in training questions",
    }
    rows = [
        [split, label, part["rows"], f"{part[key]['share']:.1%}", part[key]["rows_half_or_more"]]
        for split in SPLITS[1:]
        if (part := contents.leakage[split])["rows"]
        for key, label in names.items()
    ]
    text = (
        "Rows are split by work and section, near-duplicate cluster and, for the test split, topic; by hash, so that "
        "a row keeps its split in later versions. A training row may still name a held-out disease beside its own, "
        "as in a differential diagnosis."
    )
    if not rows:
        return f"{text} This version is too small to hold anything out."
    chars = contents.leakage["shingle_chars"]
    head = ["split", "held-out text", "rows", f"shared {chars}-character runs", "rows half shared or more"]
    return f"{text} What overlap remains:\n\n{_table(head, rows)}"


def _contamination(contents: Contents) -> str:
    report = contents.contamination
    if not report["sets"]:
        return (
            "No evaluation set was given: whether training rows hold items of public benchmarks was not looked into. "
            "See `reports/contamination.json`."
        )
    rows = [
        [each["name"], each["file"], f"`{each['sha256'][:16]}`", each["items"], each["not_comparable"], *found]
        for each in report["sets"]
        if (found := list(report["by_set"][each["name"]].values()))
    ]
    by, checked, matched = report["compared_by"], report["checked"], report["matched"]
    head = ["set", "file", "sha256", "items", "too short to compare", "items found", "rows that hold one"]
    return (
        f"{checked['rows']:,} training rows and {checked['pretraining_texts']:,} pre-training texts were held against "
        f"these sets by common runs of {by['ngram_chars']} characters, width and punctuation folded. "
        f"{matched['rows']:,} rows and {matched['pretraining_texts']:,} texts hold {by['warning_share']:.0%} or more "
        f"of an item's question, options or answer, or {by['run_chars']} characters of it on end; "
        f"`reports/contamination.json` names each with both its sides.\n\n{_table(head, rows)}"
    )


def _limits(contents: Contents) -> str:
    left_out = ", ".join(f"{count:,} by {reason}" for reason, count in contents.counts["left_out"].items())
    lines = [
        "- An answer is as right, as complete and as current as the passage it rests on; nothing outside that passage "
        "was consulted.",
        "- Doses and indications change and differ between countries.",
        "- Scenes in case questions (age, sex, weight, measurements) may be invented within the ranges of the source.",
        "- Exercises, learning objectives, references, captions and footnotes of the works are not in `cpt`.",
        "- Works without a declared licence never leave tier `internal`.",
        *_unsure(contents),
        *([f"- Rows of the corpus that are not in this export: {left_out}."] if left_out else []),
    ]
    return "\n".join(lines)


def _unsure(contents: Contents) -> Iterable[str]:
    unsure = contents.review["corpus"]["unsure_passages"]
    if unsure["passages"]:
        many = _many(unsure["passages"], "passage", "passages")
        yield (
            f"- Left out of `cpt`: {many} of scanned pages with a line that OCR read "
            f"with a confidence below {unsure['ocr_confidence_below']}."
        )


def _many(count: int, noun: str, plural: str) -> str:
    return f"{count:,} {noun if count == 1 else plural}"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else " ".join(str(value).replace("|", "\\|").split())
