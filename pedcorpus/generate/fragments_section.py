"""Fragments of textbooks: the passages of one disease's section, or of one heading where no disease is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from pedcorpus.generate.aspects import aspect_of, is_left_out, is_structural
from pedcorpus.generate.diseases import Entry, read_entries
from pedcorpus.generate.facts import find_fact
from pedcorpus.generate.fragment import Fragment, FragmentLine, lines_of, packed
from pedcorpus.generate.generator import Material
from pedcorpus.generate.outline import Block, outline
from pedcorpus.settings import GenerateSettings
from pedcorpus.tasks.medkqa import Aspect

__all__ = ["section_fragments"]

_CITATION = re.compile(r"[\[［]\d+(?:\s*[,，–-]\s*\d+)*[\]］]")


def section_fragments(material: Material, settings: GenerateSettings) -> Iterator[Fragment]:
    """Fragments in order of reading; sections of cases, references and study aids give none."""
    blocks = [block for block in outline(material.passages) if not _is_left_out(block)]
    entries = {id(entry.block): entry for entry in read_entries(blocks)}
    language = material.source.language

    def subject(block: Block) -> tuple[str, bool]:
        entry = entries.get(id(block))
        return (entry.disease, True) if entry else (_topic(block) or material.source.title, False)

    for (topic, is_disease), members in groupby(blocks, key=subject):
        rows = list(members)
        parts = []
        for _, part in groupby(rows, key=lambda block: tuple(heading.text for heading in block.headings)):
            lines = [line for block in part for line in _lines(block, entries.get(id(block)), language)]
            parts.append(lines)
        headings = _shared_headings(rows)
        for pack in packed(parts, least=settings.fragment_min_tokens, most=settings.fragment_tokens):
            yield Fragment("section", topic, headings, pack, is_disease)


def _is_left_out(block: Block) -> bool:
    return any(is_left_out(heading.text) for heading in block.headings)


def _topic(block: Block) -> str:
    """The innermost heading that is neither an aspect nor a division of the book."""
    names = [heading.text for heading in block.headings if aspect_of(heading.text) is None]
    name = next((name for name in reversed(names) if not is_structural(name)), names[-1] if names else "")
    return _CITATION.sub("", name).strip()


def _lines(block: Block, entry: Entry | None, language: str) -> list[FragmentLine]:
    aspect: Aspect | None = entry.aspect if entry else None
    if aspect is None:
        named = [found for heading in block.headings if (found := aspect_of(heading.text))]
        aspect = named[-1] if named else None
    if aspect is None:
        fact = find_fact(block.text, None, language=language)
        aspect = fact.aspect if fact else "other"
    return lines_of(block.passage, block.start, aspect=aspect, language=language)


def _shared_headings(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The headings that stand over all of `blocks`, outermost first."""
    paths = [tuple(heading.text for heading in block.headings) for block in blocks]
    shared = []
    for level in zip(*paths, strict=False):
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    return tuple(shared)
