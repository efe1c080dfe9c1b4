"""Fragments of guidelines: a recommendation with its grade and reasons, and the text around recommendations."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pedcorpus.generate.aspects import aspect_of, is_left_out
from pedcorpus.generate.diseases import is_disease_name
from pedcorpus.generate.fragment import Fragment, FragmentLine, lines_of, packed
from pedcorpus.generate.generator import Material
from pedcorpus.generate.numbering import strip_numbering
from pedcorpus.generate.recommendation import Recommendation, guideline_topic, read_recommendations
from pedcorpus.records import Passage, PassageKind
from pedcorpus.settings import GenerateSettings
from pedcorpus.tasks.medkqa import Aspect

__all__ = ["guideline_fragments"]

_PROSE = {PassageKind.PARAGRAPH, PassageKind.LIST_ITEM}


def guideline_fragments(material: Material, settings: GenerateSettings) -> Iterator[Fragment]:
    """Fragments in order of reading: recommendations first, then the prose that belongs to none."""
    topic = guideline_topic(material.passages, material.source.title)
    found = list(read_recommendations(material.passages))
    used = {line.passage.id for one in found for line in (*one.lines, *one.reasons)}
    prose = [p for p in material.passages if p.kind in _PROSE and p.id not in used and not _is_left_out(p)]
    language = material.source.language
    least, most = settings.fragment_min_tokens, settings.fragment_tokens
    is_disease = is_disease_name(topic)
    for path, group in groupby(found, key=lambda one: one.lines[0].passage.address.heading_path):
        parts = [_recommendation_lines(one, language) for one in group]
        for lines in packed(parts, keeps_apart=True, least=least, most=most):
            yield Fragment("recommendation", topic, path, lines, is_disease)
    for path, rows in groupby(sorted(prose, key=lambda p: p.position), key=lambda p: p.address.heading_path):
        parts = [lines_of(one, 0, aspect=_aspect(one), language=language) for one in rows]
        for lines in packed(parts, least=least, most=most):
            yield Fragment("section", topic, path, lines, is_disease)


def _is_left_out(passage: Passage) -> bool:
    return any(is_left_out(strip_numbering(heading)) for heading in passage.address.heading_path)


def _aspect(passage: Passage) -> Aspect:
    for heading in reversed(passage.address.heading_path):
        if aspect := aspect_of(strip_numbering(heading)):
            return aspect
    return "other"


def _recommendation_lines(one: Recommendation, language: str) -> list[FragmentLine]:
    refused = one.is_against or any(
        line.passage.attributes.get("polarity") in ("against", "mixed") for line in one.lines
    )
    aspect = _aspect(one.lines[0].passage)
    lines = []
    for line in (*one.lines, *one.reasons):
        is_plan = not refused and line in one.lines
        lines += lines_of(line.passage, line.start, aspect=aspect, language=language, is_plan=is_plan)
    return lines
