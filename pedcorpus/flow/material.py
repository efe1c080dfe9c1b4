"""What generators work on: each document with all that was read from it, one document in memory at a time.

Its dialogues are de-identified: no draft, quote or prompt is made of an original.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pedcorpus.corpus import (
    Corpus,
    StoredDocument,
    current_documents,
    current_sources,
    dialogues_of,
    passages_of,
    triples_of,
)
from pedcorpus.flow.deidentify import deidentify
from pedcorpus.generate import Material
from pedcorpus.normalise import language_of
from pedcorpus.records import Source
from pedcorpus.settings import PrivacySettings

__all__ = ["materials"]

_TELLING = 200
"""Passages, triples or dialogues that tell a document's language."""


def materials(
    corpus: Corpus, privacy: PrivacySettings, documents: Iterable[StoredDocument] | None = None
) -> Iterator[tuple[StoredDocument, Material]]:
    """Each of `documents`, by default every current one by work and path, with its material.

    Dialogues that `privacy` has not seen are de-identified first. What came with an export is no document's whole, and
    left out.
    """
    deidentify(corpus, privacy)
    with corpus.unit(read_only=True) as unit:
        sources = current_sources(unit)
        documents = current_documents(unit) if documents is None else documents
    for stored in (each for each in documents if not each.is_excerpt):
        yield stored, _material(corpus, stored, sources[stored.document.source])


def _material(corpus: Corpus, stored: StoredDocument, source: Source) -> Material:
    revision = stored.document.id, stored.reading
    with corpus.unit(read_only=True) as unit:
        passages = tuple(passages_of(unit, *revision))
        triples = tuple(triples_of(unit, *revision))
        dialogues = tuple(dialogues_of(unit, *revision))
    if not source.declared:  # nobody said which language it is in
        texts = [item.text for item in passages[:_TELLING]] + [item.head + item.tail for item in triples[:_TELLING]]
        texts += [turn.content for item in dialogues[:_TELLING] for turn in item.turns]
        source = source.model_copy(update={"language": language_of("".join(texts))})
    return Material(source, stored.document, passages, triples, dialogues)
