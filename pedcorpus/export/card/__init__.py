"""The dataset card: README.md with the Hub's YAML on top; every figure in it is computed, none is typed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from pedcorpus.export.card.figures import card_figures, figure_line
from pedcorpus.export.card.front_matter import front_matter
from pedcorpus.export.card.holdings import (
    attributions,
    lengths_table,
    pairs_table,
    sources_table,
    tasks_table,
    usage,
    views_table,
)
from pedcorpus.export.card.judged import agreement, findings_table, plans_table, review_table
from pedcorpus.export.card.lengths import Lengths, lengths_report, text_lengths
from pedcorpus.export.card.markdown import many
from pedcorpus.export.card.terms import terms_text
from pedcorpus.export.card.warranted import contamination, leakage, limits, privacy
from pedcorpus.export.contents import Contents

__all__ = ["write_card"]


def write_card(contents: Contents, folder: Path) -> None:
    """Write README.md, LICENSE.md, the figures and `reports/lengths.json` beside the tables and reports in `folder`.

    Lengths are counted from the tables.
    """
    lengths = text_lengths(folder)
    (folder / "reports").mkdir(exist_ok=True)
    report = json.dumps(lengths_report(lengths), ensure_ascii=False, indent=2) + "\n"
    (folder / "reports" / "lengths.json").write_bytes(report.encode())
    (folder / "figures").mkdir()
    for name, image in card_figures(contents, lengths).items():
        (folder / "figures" / name).write_bytes(image)
    (folder / "LICENSE.md").write_bytes(terms_text(contents).encode())
    (folder / "README.md").write_bytes(_card_text(contents, lengths).encode())


def _card_text(contents: Contents, lengths: Sequence[Lengths]) -> str:
    sections = [
        f"---\n{front_matter(contents)}---",
        f"# {contents.title}",
        _lead(contents),
        *_warnings(contents),
        "## What is in it",
        views_table(contents),
        *pairs_table(contents),
        usage(contents),
        "## Tasks",
        tasks_table(contents),
        figure_line("tasks.png", "rows by task and split"),
        "## Lengths",
        lengths_table(lengths),
        figure_line("lengths.png", "lengths of questions, answers and texts"),
        "## Sources",
        sources_table(contents),
        *attributions(contents),
        figure_line("sources.png", "rows by work"),
        "## Review",
        review_table(contents),
        *plans_table(contents),
        *findings_table(contents),
        "## Agreement",
        agreement(contents.agreement),
        "## Privacy",
        privacy(contents),
        "## Splits and leakage",
        leakage(contents),
        "## Contamination",
        contamination(contents),
        "## Limits",
        limits(contents),
    ]
    return "\n\n".join(sections) + "\n"


def _lead(contents: Contents) -> str:
    release = contents.release
    follows = f", which follows {release.parent}" if release.parent else ""
    return (
        f"Instructions on paediatric medicine: {contents.rows:,} rows on {contents.counts['topics']['all']:,} topics "
        f"from {many(len(contents.sources), 'work', 'works')}. This is version {release.version}{follows}; "
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
