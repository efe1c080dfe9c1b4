"""Mixes plain text with instructions for pre-training at the share that is set, by hash, never by repeating a text."""

from __future__ import annotations

from collections.abc import Iterable

from pedcorpus.export.plain_text import PlainText
from pedcorpus.records import content_id

__all__ = ["mixed"]


def mixed(texts: Iterable[PlainText], *, instruction_share: float) -> list[PlainText]:
    """Texts of one split, each once, in an order given by their hashes.

    Of the side that is in excess, plain text or instructions, only as much is taken as gives instructions
    `instruction_share` of the rows. Where one side is empty there is nothing to mix, and the other is whole.
    """
    unique = {item.text: item for item in sorted(texts, key=lambda item: (item.text, item.kind, item.source))}
    instructions = [item for item in unique.values() if item.kind == "instruction"]
    plain = [item for item in unique.values() if item.kind != "instruction"]
    if instruction_share == 0:
        instructions = []
    elif plain and instructions:
        ratio = instruction_share / (1 - instruction_share)  # instructions to each plain text
        if len(instructions) > len(plain) * ratio:
            instructions = _drawn(instructions, max(1, int(len(plain) * ratio)))
        else:
            plain = _drawn(plain, max(1, int(len(instructions) / ratio)))
    return sorted(plain + instructions, key=lambda item: content_id("cpt-order", item.text))


def _drawn(texts: list[PlainText], count: int) -> list[PlainText]:
    return sorted(texts, key=lambda item: content_id("cpt-draw", item.text))[:count]
