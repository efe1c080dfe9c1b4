"""Mixes instructions into plain text for pre-training, up to the share that is set, by hash, repeating no text."""

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

    Plain text is the knowledge and goes in whole; instructions are drawn down to at most `instruction_share` of the
    rows. Where there is no plain text there is nothing to mix, and all instructions go in.
    """
    rows = list(texts)
    instructions = [item for item in rows if item.kind == "instruction"]
    plain = [item for item in rows if item.kind != "instruction"]
    if plain:
        ratio = instruction_share / (1 - instruction_share)  # instructions to each plain text
        instructions = _drawn(instructions, int(len(plain) * ratio + 0.5))
    return sorted(plain + instructions, key=lambda item: content_id("cpt-order", item.text))


def _drawn(texts: list[PlainText], count: int) -> list[PlainText]:
    return sorted(texts, key=lambda item: content_id("cpt-draw", item.text))[:count]
