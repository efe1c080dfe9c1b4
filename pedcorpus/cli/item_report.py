"""One instruction, passage or statement on the terminal and as JSON: what it says, all that is known of it."""

from __future__ import annotations

from typing import Any

from rich.text import Text

from pedcorpus.cli.console import data
from pedcorpus.cli.shelf_report import passage_json, triple_json
from pedcorpus.flow import ShelfPassage, ShelfTriple
from pedcorpus.records import Decision
from pedcorpus.review import EvidenceContext, ReviewItem

__all__ = ["shown_json", "tell_shown"]

_AROUND = 80  # characters of source text shown on either side of a quote


def shown_json(shown: ReviewItem | ShelfPassage | ShelfTriple) -> dict[str, Any]:
    """Everything that is shown, for scripts."""
    if isinstance(shown, ShelfTriple):
        return triple_json(shown)
    return passage_json(shown) if isinstance(shown, ShelfPassage) else _item_json(shown)


def tell_shown(shown: ReviewItem | ShelfPassage | ShelfTriple) -> None:
    """An instruction with its quotes highlighted in what surrounds them, or a passage or statement with its address."""
    if isinstance(shown, ShelfPassage):
        _tell_passage(shown)
    elif isinstance(shown, ShelfTriple):
        _tell_triple(shown)
    else:
        _tell_item(shown)


def _tell_passage(shown: ShelfPassage) -> None:
    data(Text(f"{shown.passage.id} · {shown.passage.kind} · {shown.source.title}", "bold"))
    data(Text(f"{shown.stored.document.path} · {shown.passage.address.place}", "dim"))
    for name, value in shown.passage.attributes.items():
        data(Text(f"{name}: {value}"))
    data(Text(shown.passage.text))


def _tell_triple(shown: ShelfTriple) -> None:
    one = shown.triple
    data(Text(f"{one.id} · statement · {shown.source.title}", "bold"))
    data(Text(f"{shown.stored.document.path} · {one.address.place}", "dim"))
    head, tail = (
        f"{name} ({kind})" if kind else name for name, kind in ((one.head, one.head_type), (one.tail, one.tail_type))
    )
    data(Text(f"{head} → {one.relation} → {tail}"))
    for name, value in one.attributes.items():
        data(Text(f"{name}: {value}"))
    data(Text(one.quote))


def _item_json(item: ReviewItem) -> dict[str, Any]:
    return {
        "id": item.instruction.id,
        "status": item.status,
        "instruction": item.instruction.model_dump(mode="json"),
        "sources": [
            {
                "title": context.source.title,
                "path": context.document.path,
                "address": context.evidence.address.model_dump(mode="json", exclude_defaults=True),
                "quote": context.evidence.quote,
                "text": context.text,
            }
            for context in item.contexts
        ],
        "findings": [finding.model_dump(mode="json") for finding in item.findings],
        "decisions": [decision.model_dump(mode="json") for decision in item.decisions],
    }


def _tell_item(item: ReviewItem) -> None:
    record = item.instruction
    data(Text(f"{record.id} · {record.task} · {record.topic} · {record.generator} · {item.status}", "bold"))
    data(Text(f"{record.license} · {record.tier} · {record.language}", "dim"))
    for message in record.messages:
        data(Text(f"\n{message.role}", "bold cyan"))
        data(Text(message.content))
    data(Text("\nevidence", "bold cyan"))
    for number, context in enumerate(item.contexts, 1):
        where = context.evidence.address.place
        data(Text(f"{number}. {context.source.title} · {context.document.path} · {where}"))
        data(_quoted(context))
    for title, lines in (
        (
            "findings",
            [f"{finding.severity} {finding.check} {finding.path}: {finding.detail}" for finding in item.findings],
        ),
        (
            "decisions",
            [
                " ".join(
                    filter(None, (f"{each.at:%Y-%m-%d %H:%M}", each.reviewer, each.verdict, each.reason, each.note))
                )
                + _unread(each)
                for each in item.decisions
            ],
        ),
    ):
        data(Text(f"\n{title}", "bold cyan"))
        for line in lines or ["none"]:
            data(Text(line))


def _unread(decision: Decision) -> str:
    """What accepted a row that no person read."""
    if decision.acceptance == "plan":
        return f" (by sampling plan {decision.plan})"
    return " (accepted in bulk)" if decision.acceptance == "accept-all" else ""


def _quoted(context: EvidenceContext) -> Text:
    if context.start == context.end:
        return Text(f"   「{context.evidence.quote}」 (not found in the source)", "red")
    first, last = max(0, context.start - _AROUND), min(len(context.text), context.end + _AROUND)
    line = Text("   " + ("…" if first else ""))
    line.append(context.text[first : context.start])
    line.append(context.text[context.start : context.end], "reverse")
    line.append(context.text[context.end : last] + ("…" if last < len(context.text) else ""))
    return line
