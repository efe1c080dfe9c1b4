"""Passages and graph statements as running text for pre-training, each in the split that leaks nothing.

A passage or statement that a held-out row quotes, or that stands in a held-out section, is held out with it. What OCR
was not sure of is left out: nobody has compared it with its page, and a wrong dose would be learnt as a fact.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from pedcorpus.export.read import SPLITS, Split
from pedcorpus.export.release import Release
from pedcorpus.export.section import heading_name, section_path
from pedcorpus.export.split import Codes, hashed_split
from pedcorpus.records import Passage, PassageKind, Source, Triple
from pedcorpus.settings import ExportSettings
from pedcorpus.tasks.frames import listing_sentence

__all__ = [
    "PlainText",
    "SplitFinder",
    "TextKind",
    "passage_texts",
    "statement_texts",
]

TextKind = Literal["passage", "statement", "instruction"]

# They interrupt the running text and point at what a reader of plain text does not see.
_NOT_RUNNING_TEXT = frozenset({PassageKind.CAPTION, PassageKind.FOOTNOTE})


@dataclass(frozen=True)
class PlainText:
    """One row of the pre-training view."""

    text: str
    kind: TextKind
    source: str
    split: Split


class SplitFinder:
    """Says which split a text of a source belongs to, from where the rows that rest on it have gone."""

    def __init__(self, settings: ExportSettings) -> None:
        self._settings = settings
        self._quoted: dict[str, Split] = {}
        self._sections: dict[tuple[str, ...], Split] = {}
        self._topics: dict[tuple[str, ...], Split] = {}

    def note(self, topics: pa.ChunkedArray, evidence: pa.ChunkedArray, splits: Codes) -> None:
        """Rows with these topics and this evidence have gone to these splits."""
        cited = evidence.combine_chunks()
        of_each = pa.array(splits).take(pc.list_parent_indices(cited))
        of_cited = pa.table({"origin": pc.struct_field(cited.flatten(), "origin_id"), "split": of_each})
        for origin, split in _furthest_by(of_cited, "origin"):
            self._quoted[origin] = _further(self._quoted.get(origin), split)
        self._note_sections(topics.combine_chunks(), pc.list_element(cited, 0), splits)

    def _note_sections(self, topics: pa.StringArray, first: pa.StructArray, splits: Codes) -> None:
        paths = pc.struct_field(first, ["address", "heading_path"])
        told = pa.table(
            {
                "topic": topics,
                "source": pc.struct_field(first, "source"),
                "document": pc.struct_field(first, "document"),
                "path": pc.binary_join(pc.fill_null(paths, []), "\n"),
                "row": pa.array(range(len(topics))),
                "split": splits,
            }
        )
        kinds = told.group_by(["topic", "source", "document", "path"], use_threads=False)
        found = kinds.aggregate([("split", "max"), ("row", "min")])
        headings = paths.take(found.column("row_min")).to_pylist()
        names = (found.column(name).to_pylist() for name in ("topic", "source", "document", "split_max"))
        for topic, source, document, split, path in zip(*names, headings, strict=True):
            self._note_section(topic, source, (document, *section_path(tuple(path or ()), topic)), SPLITS[split])

    def _note_section(self, topic: str, source: str, section: tuple[str, ...], split: Split) -> None:
        keys = [(source, topic)]
        if split == "test":
            keys.append(("", topic))
        for key in keys:
            self._topics[key] = _further(self._topics.get(key), split)
        if len(section) > 1:
            self._sections[section] = _further(self._sections.get(section), split)

    def split_of(self, origin_id: str, *, section: tuple[str, ...], source: str, names: Iterable[str]) -> Split:
        """The split that is held out furthest among those of all rows concerned.

        Args:
            origin_id: Id of the passage or triple.
            section: Document and headings, or document and head of the triple.
            source: Id of the work.
            names: What the headings name, or the head of the triple: held-out topics are looked for among them.
        """
        names = tuple(names)
        around = (section[:depth] for depth in range(len(section), 0, -1))
        near = [self._quoted.get(origin_id), *(self._sections.get(headings) for headings in around)]
        known = [split for split in near if split] or [
            split for name in names if (split := self._topics.get((source, name)))
        ]
        known += [split for name in names if (split := self._topics.get(("", name)))]
        return max(known, key=SPLITS.index) if known else hashed_split(" › ".join(section), self._settings)


def _furthest_by(table: pa.Table, name: str) -> Iterator[tuple[str, Split]]:
    found = table.group_by(name, use_threads=False).aggregate([("split", "max")])
    for value, split in zip(found.column(name).to_pylist(), found.column("split_max").to_pylist(), strict=True):
        yield value, SPLITS[split]


def _further(first: Split | None, second: Split) -> Split:
    return second if first is None else max(first, second, key=SPLITS.index)


def passage_texts(release: Release, finder: SplitFinder, unsure: Counter[str]) -> Iterator[PlainText]:
    """Running text section by section, each row under its headings.

    Captions and footnotes, exercises and references, and what OCR was not sure of are left out; the last are counted
    in `unsure`, by work.
    """
    placed = (
        (passage, source, _passage_split(passage, source, finder))
        for passage, source in _sure_passages(release, unsure)
    )
    for (_, headings, split), group in groupby(placed, key=lambda item: _section(item[0], item[2])):
        members = list(group)
        texts = [passage.text for passage, _, _ in members]
        for body in _joined(texts, release.settings.cpt_passage_chars):
            text = "\n".join(part for part in (" › ".join(headings), body) if part)
            yield PlainText(text=text, kind="passage", source=members[0][1].id, split=split)


def _sure_passages(release: Release, unsure: Counter[str]) -> Iterator[tuple[Passage, Source]]:
    for passage in release.stream.passages():
        source = _allowed_source(passage.document, release)
        if not source or not _is_running_text(passage):
            continue
        if _is_unsure(passage, release):
            unsure[source.id] += 1
        else:
            yield passage, source


def _is_running_text(passage: Passage) -> bool:
    return passage.kind not in _NOT_RUNNING_TEXT and not passage.is_apparatus


def _is_unsure(passage: Passage, release: Release) -> bool:
    sureness = (box.confidence for box in passage.address.boxes)
    return any(sure is not None and sure < release.ocr_confidence for sure in sureness)


def _section(passage: Passage, split: Split) -> tuple[str, tuple[str, ...], Split]:
    return passage.document, passage.address.heading_path, split


def _passage_split(passage: Passage, source: Source, finder: SplitFinder) -> Split:
    headings = passage.address.heading_path
    names = [heading_name(heading) for heading in headings]
    return finder.split_of(passage.id, section=(passage.document, *headings), source=source.id, names=names)


def _joined(texts: Iterable[str], limit: int) -> Iterator[str]:
    """Texts in lines, as many as fit into `limit` characters; a longer one stands alone, whole."""
    lines: list[str] = []
    length = 0
    for text in texts:
        if lines and length + len(text) > limit:
            yield "\n".join(lines)
            lines, length = [], 0
        lines.append(text)
        length += len(text) + 1
    if lines:
        yield "\n".join(lines)


def statement_texts(release: Release, finder: SplitFinder) -> Iterator[PlainText]:
    """What a graph says of one head by one relation, as one sentence; relations without words are left out."""
    for (head, relation), group in groupby(release.stream.triples(), key=lambda triple: (triple.head, triple.relation)):
        tails: dict[tuple[str, Split], list[str]] = defaultdict(list)
        for triple in group:
            if source := _allowed_source(triple.document, release):
                tails[source.id, _triple_split(triple, source, finder)].append(triple.tail)
        for (source_id, split), names in sorted(tails.items()):
            language = release.source_by_id[source_id].language
            if text := _statement(head, relation, list(dict.fromkeys(names)), language):
                yield PlainText(text=text, kind="statement", source=source_id, split=split)


def _triple_split(triple: Triple, source: Source, finder: SplitFinder) -> Split:
    section = (triple.document, triple.head)
    return finder.split_of(triple.id, section=section, source=source.id, names=(triple.head,))


def _statement(head: str, relation: str, tails: list[str], language: str) -> str:
    """A sentence in the source's language; empty for a relation that has no words in it."""
    if sentence := listing_sentence(relation, [head], tails, language=language):
        return sentence
    if language == "en":
        return f"{head} {relation.replace('_', ' ')}: {'; '.join(tails)}."
    return "" if relation.isascii() else f"{head}的{relation}：{'、'.join(tails)}。"


def _allowed_source(document: str, release: Release) -> Source | None:
    source = release.source_by_document.get(document)
    return source if source and release.allows_text_of(source) else None
