"""Runs every registered generator that reads a document's kind; the same question is not asked of it twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pedcorpus.generate.generator import Generator, Material
from pedcorpus.normalise import fold
from pedcorpus.plugins import load_plugins
from pedcorpus.records import Instruction, SourceKind
from pedcorpus.settings import GenerateSettings

__all__ = ["draft_instructions", "generator_id", "generators"]


def generators(kind: SourceKind) -> tuple[Generator, ...]:
    """Registered generators that read works of `kind`, by name.

    Raises:
        UsageError: an entry point cannot be imported, or two have the same name.
    """
    return tuple(generator for generator in load_plugins("generators").values() if kind in generator.kinds)


def generator_id(generator: Generator) -> str:
    """The generator with its version, as stored in its drafts: `rule.section@1`."""
    return f"rule.{generator.name}@{generator.version}"


def draft_instructions(material: Material, settings: GenerateSettings) -> Iterator[Instruction]:
    """Drafts of one document by every generator of its kind, each conversation's opening only once.

    The same material and settings give the same drafts in the same order. Exercises, objectives and references are no
    facts, so generators do not see them.

    Raises:
        UsageError: a generator is registered wrongly.
    """
    facts = replace(material, passages=tuple(one for one in material.passages if not one.is_apparatus))
    asked: set[tuple[str, str]] = set()
    for generator in generators(material.source.kind):
        for draft in generator.drafts(facts, settings):
            question = (type(draft).__name__, fold(draft.user_text()))
            if question not in asked:
                asked.add(question)
                yield draft
