"""What may be relied on and what not: privacy, leakage, contamination, limits."""

from __future__ import annotations

from collections.abc import Iterable

from pedcorpus.export.card.markdown import many, table
from pedcorpus.export.contents import Contents
from pedcorpus.export.read import SPLITS

__all__ = ["contamination", "leakage", "limits", "privacy"]


def privacy(contents: Contents) -> str:
    """What was replaced, what was looked for, and what of it stands."""
    report = contents.privacy
    dialogues, rows = report["dialogues"], report["rows"]
    kinds = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in report["identifiers_replaced"].items())
    cited = many(dialogues["cited"], "dialogue", "dialogues")
    lines = [
        f"Rows rest on {cited}, de-identified before anything was made of them; "
        f"identifiers replaced: {kinds or 'none'}."
        if dialogues["cited"]
        else "No row rests on a dialogue.",
        f"The check for personal data judged {rows['checked']:,} of {rows['rows']:,} rows; its findings stand on "
        f"{rows['with_findings']:,} of them, and on {rows['withheld']:,} rows of the corpus that are not in here. "
        "See `reports/privacy.json`.",
    ]
    return "\n\n".join(lines)


def leakage(contents: Contents) -> str:
    """What overlap remains between the splits."""
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
    return f"{text} What overlap remains:\n\n{table(head, rows)}"


def contamination(contents: Contents) -> str:
    """What evaluation sets share with what is trained on."""
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
        f"`reports/contamination.json` names each with both its sides.\n\n{table(head, rows)}"
    )


def limits(contents: Contents) -> str:
    """What the version cannot be taken for."""
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
        passages = many(unsure["passages"], "passage", "passages")
        yield (
            f"- Left out of `cpt`: {passages} of scanned pages with a line that OCR read "
            f"with a confidence below {unsure['ocr_confidence_below']}."
        )
