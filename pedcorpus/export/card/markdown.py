"""Markdown as the card writes it: tables whose cells cannot break them, and counted nouns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["many", "table"]


def many(count: int, noun: str, plural: str) -> str:
    """`3 works`, `1 work`."""
    return f"{count:,} {noun if count == 1 else plural}"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; numbers with their thousands apart."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else " ".join(str(value).replace("|", "\\|").split())
