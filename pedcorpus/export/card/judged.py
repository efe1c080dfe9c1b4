"""What people and checks said of the rows: acceptance, sampling plans, agreement, findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pedcorpus.export.card.markdown import many, table
from pedcorpus.export.contents import Contents

__all__ = ["agreement", "findings_table", "plans_table", "review_table"]

_ACCEPTANCE_MEANINGS = {
    "reviewed": "a reviewer decided on this row",
    "plan": "accepted by sampling: a reviewer decided on a sample of its batch",
    "accept-all": "accepted in bulk, unread",
    "candidate": "passed the automatic checks; nobody has decided on it",
}


def review_table(contents: Contents) -> str:
    """Rows by the way in which they were accepted."""
    rows = [
        [f"`{name}`", _ACCEPTANCE_MEANINGS[name], item["rows"], f"{item['share']:.1%}"]
        for name, item in contents.review["acceptance"].items()
    ]
    people = many(contents.review["reviewers"], "person", "people")
    signed = f"\n\nThe decisions behind them are signed by {people}." if contents.review["reviewers"] else ""
    return table(["acceptance", "what it means", "rows", "share"], rows) + signed


def plans_table(contents: Contents) -> Iterable[str]:
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
            "limit (exact hypergeometric bound):\n\n" + table(head, rows)
        )


def findings_table(contents: Contents) -> Iterable[str]:
    """What the checks found, where they found anything."""
    rows = [[item["check"], item["severity"], item["reason"], item["findings"]] for item in contents.review["findings"]]
    if rows:
        yield "What the automatic checks found in these rows:\n\n" + table(
            ["check", "severity", "reason", "findings"], rows
        )


def agreement(report: Mapping[str, Any]) -> str:
    """How far readers agree who read the same rows blind; `report` is empty where the version has none.

    Its figures are those of `pedcorpus agreement --json`.
    """
    if not report:
        return "Not stated for this version; `pedcorpus agreement` tells it of the corpus that it was made from."
    if not report["whole"]:
        return "No two people read the same row blind, so how far readers agree cannot be told." + _open(report)
    groups = {"all": report["whole"], **{f"`{task}`": each for task, each in report["tasks"].items()}}
    rows = [
        [name, each["instructions"], each["judgements"], f"{each['agreed']:.1%}", _alpha(each)]
        for name, each in groups.items()
    ]
    head = ["task", "rows read by two or more", "readings", "pairs that said the same", "alpha (95 %)"]
    return (
        "Of the rows that several people read, none seeing what the others said (accept, edit or reject; alpha is "
        f"Krippendorff's):\n\n{table(head, rows)}{_open(report)}"
    )


def _open(report: Mapping[str, Any]) -> str:
    """What is not settled and so not in here; and why it went out all the same where readers agree too little."""
    disputes, gate = report.get("disputes", {}), report.get("gate", {})
    waiting, open_ = disputes.get("awaited", 0), disputes.get("open", 0)
    said = [
        f"Not in here, of what several were to read: {waiting:,} that wait for another reader, and {open_:,} on which "
        "readers disagree and no adjudicator has decided yet."
    ]
    if gate.get("allowed"):
        said.append(f"> **Readers agree less than was asked for** (alpha {gate['least']:.2f}): {gate['allowed']}")
    return "".join(f"\n\n{each}" for each in said if waiting or open_ or each is not said[0])


def _alpha(group: Mapping[str, Any]) -> str:
    if group["alpha"] is None:
        return "all alike"
    bounds = group.get("interval")
    return f"{group['alpha']:.2f}" + (f" ({bounds[0]:.2f} to {bounds[1]:.2f})" if bounds else "")
