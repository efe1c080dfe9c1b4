"""Mixes plain text with instructions for pre-training at the share that is set, by hash, never by repeating a text."""

from __future__ import annotations

from collections.abc import Iterable

from pedcorpus.export.plain_text import PlainText
from pedcorpus.export.read import SPLITS
from pedcorpus.records import content_id

__all__ = ["mixed", "once_each"]


def once_each(texts: Iterable[PlainText]) -> list[PlainText]:
    """Each text once, in the split held out furthest of those in which it stands, whatever the order of `texts`."""
    chosen: dict[str, PlainText] = {}
    for item in texts:
        chosen[item.text] = max(item, chosen.get(item.text, item), key=_claim)
    return list(chosen.values())


def _claim(item: PlainText) -> tuple[int, str, str]:
    return SPLITS.index(item.split), item.kind, item.source


def mixed(texts: Iterable[PlainText], *, instruction_share: float) -> list[PlainText]:
    """Texts of one split in an order given by their hashes; none twice if none is twice in `texts`.

    Of the side that is in excess, plain text or instructions, only as much is taken as gives instructions
    `instruction_share` of the rows. Where one side is empty there is nothing to mix, and the other is whole.
    """
    rows = list(texts)
    instructions = [item for item in rows if item.kind == "instruction"]
    plain = [item for item in rows if item.kind != "instruction"]
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
