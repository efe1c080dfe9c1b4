"""What an item shows at a desk: to a blind reader not what others said, to an adjudicator what its readers did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pedcorpus.corpus import Unit, current_sources, load_instructions
from pedcorpus.flow.desk.part import DeskPart
from pedcorpus.records import Decision
from pedcorpus.review import ReviewItem, own_words, readings_of, ruling_of, told_readings

__all__ = ["as_shown"]


def as_shown(unit: Unit, item: ReviewItem, part: DeskPart, *, reviewer: str, is_known: bool) -> ReviewItem:
    """`item` as `reviewer` may see it in this `part`; `is_known` is an item whose verdict is known."""
    about_it = [each for each in item.decisions if each.instruction == item.instruction.id]
    if part.adjudicates:
        return _for_adjudicator(unit, item, about_it, part, reviewer)
    if is_known or _is_blind(about_it, part.readers_of(item.instruction.id)):
        return replace(item, decisions=own_words(item.decisions, reviewer))
    return replace(item, decisions=tuple(each for each in item.decisions if each.acceptance != "calibration"))


def _is_blind(about_it: Iterable[Decision], asked: int) -> bool:
    """Whether several read it, and not all of them have, or they disagree."""
    said = list(about_it)
    ruling = ruling_of(said)
    return max([asked, *(each.readers for each in said)]) > 1 and not (ruling and ruling.outcome.is_settled)


def _for_adjudicator(
    unit: Unit, item: ReviewItem, about_it: list[Decision], part: DeskPart, reviewer: str
) -> ReviewItem:
    ids = sorted({each.edited for each in readings_of(about_it) if each.edited})
    edited = {record.id: record for record in load_instructions(unit, ids, current_sources(unit))} if ids else {}
    readings = told_readings(about_it, edited, with_names=part.sees_names)
    return replace(item, decisions=own_words(item.decisions, reviewer), readings=readings)
