"""Fragments of textbooks: passages and tables of one disease's section, or of one heading that names no disease."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pedcorpus.generate.aspects import aspect_of, is_left_out, is_structural
from pedcorpus.generate.diseases import Entry, read_entries
from pedcorpus.generate.facts import find_fact
from pedcorpus.generate.fragment import Fragment, FragmentLine, lines_of, packed, row_lines
from pedcorpus.generate.generator import Material
from pedcorpus.generate.outline import Block, outline
from pedcorpus.records import Passage, PassageKind
from pedcorpus.settings import GenerateSettings
from pedcorpus.tasks.medkqa import Aspect

__all__ = ["section_fragments"]

_CITATION = re.compile(r"[\[［]\d+(?:\s*[,，–-]\s*\d+)*[\]］]")


@dataclass(frozen=True)
class _Part:
    """What one block or table gives, and where it stands."""

    topic: str
    is_disease: bool
    headings: tuple[str, ...]
    aspect: Aspect
    lines: Sequence[FragmentLine]


def section_fragments(material: Material, settings: GenerateSettings) -> Iterator[Fragment]:
    """Fragments in order of reading; sections of cases, references and study aids give none."""
    for (topic, is_disease), members in groupby(_parts(material), key=lambda part: (part.topic, part.is_disease)):
        rows = list(members)
        groups = [
            [line for part in group for line in part.lines]
            for _, group in groupby(rows, key=lambda part: part.headings)
        ]
        headings = _shared_headings(rows)
        for pack in packed(groups, least=settings.fragment_min_tokens, most=settings.fragment_tokens):
            yield Fragment("section", topic, headings, pack, is_disease)


def _parts(material: Material) -> Iterator[_Part]:
    """Blocks and tables in order; a table belongs to the block before it under the same headings, or to none."""
    blocks = [block for block in outline(material.passages) if not _is_left_out(block)]
    entries = {id(entry.block): entry for entry in read_entries(blocks)}
    tables = [passage for passage in material.passages if passage.kind is PassageKind.TABLE]
    things: list[Block | Passage] = [*blocks, *tables]
    language, title = material.source.language, material.source.title
    over: dict[tuple[str, ...], _Part] = {}
    for thing in sorted(things, key=lambda thing: (thing if isinstance(thing, Passage) else thing.passage).position):
        if isinstance(thing, Block):
            part = over[thing.passage.address.heading_path] = _block_part(
                thing, entries.get(id(thing)), language, title
            )
            yield part
        elif before := over.get(thing.address.heading_path):
            yield replace(before, lines=row_lines(thing, aspect=before.aspect))


def _block_part(block: Block, entry: Entry | None, language: str, title: str) -> _Part:
    topic = entry.disease if entry else _topic(block) or title
    aspect = _aspect(block, entry, language)
    lines = lines_of(block.passage, block.start, aspect=aspect, language=language)
    return _Part(topic, entry is not None, tuple(heading.text for heading in block.headings), aspect, lines)


def _is_left_out(block: Block) -> bool:
    return any(is_left_out(heading.text) for heading in block.headings)


def _topic(block: Block) -> str:
    """The innermost heading that is neither an aspect nor a division of the book."""
    names = [heading.text for heading in block.headings if aspect_of(heading.text) is None]
    name = next((name for name in reversed(names) if not is_structural(name)), names[-1] if names else "")
    return _CITATION.sub("", name).strip()


def _aspect(block: Block, entry: Entry | None, language: str) -> Aspect:
    """What the headings say, else what the text itself tells."""
    if entry is not None and entry.aspect is not None:
        return entry.aspect
    named = [found for heading in block.headings if (found := aspect_of(heading.text))]
    if named:
        return named[-1]
    fact = find_fact(block.text, None, language=language)
    return fact.aspect if fact else "other"


def _shared_headings(parts: Sequence[_Part]) -> tuple[str, ...]:
    """The headings that stand over all of `parts`, outermost first."""
    shared = []
    for level in zip(*(part.headings for part in parts), strict=False):
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    return tuple(shared)
