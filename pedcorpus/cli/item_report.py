"""One instruction on the terminal and as JSON: the conversation, its evidence, findings and decisions."""

from __future__ import annotations

from typing import Any

from rich.text import Text

from pedcorpus.cli.console import data
from pedcorpus.records import Address
from pedcorpus.review import EvidenceContext, ReviewItem

__all__ = ["address_text", "item_json", "tell_item"]

_AROUND = 80  # characters of source text shown on either side of a quote


def address_text(address: Address) -> str:
    """`p. 12 · 第七章 › 第二节`, or the row and entity of a table."""
    parts = [f"p. {address.page}"] if address.page else []
    if address.heading_path:
        parts.append(" › ".join(address.heading_path))
    parts += [f"{name} {value}" for name, value in (("line", address.row), ("turn", address.turn)) if value is not None]
    if address.entity:
        parts.append(address.entity)
    return " · ".join(parts)


def item_json(item: ReviewItem) -> dict[str, Any]:
    """Everything that is shown, for scripts."""
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


def tell_item(item: ReviewItem) -> None:
    """The item as text; quotes stand highlighted in what surrounds them."""
    record = item.instruction
    data(Text(f"{record.id} · {record.task} · {record.topic} · {record.generator} · {item.status}", "bold"))
    data(Text(f"{record.license} · {record.tier} · {record.language}", "dim"))
    for message in record.messages:
        data(Text(f"\n{message.role}", "bold cyan"))
        data(Text(message.content))
    data(Text("\nevidence", "bold cyan"))
    for number, context in enumerate(item.contexts, 1):
        where = address_text(context.evidence.address)
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
                + (" (accepted in bulk)" if each.acceptance == "accept-all" else "")
                for each in item.decisions
            ],
        ),
    ):
        data(Text(f"\n{title}", "bold cyan"))
        for line in lines or ["none"]:
            data(Text(line))


def _quoted(context: EvidenceContext) -> Text:
    if context.start == context.end:
        return Text(f"   「{context.evidence.quote}」 (not found in the source)", "red")
    first, last = max(0, context.start - _AROUND), min(len(context.text), context.end + _AROUND)
    line = Text("   " + ("…" if first else ""))
    line.append(context.text[first : context.start])
    line.append(context.text[context.start : context.end], "reverse")
    line.append(context.text[context.end : last] + ("…" if last < len(context.text) else ""))
    return line
