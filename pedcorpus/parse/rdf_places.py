"""Where an RDF file speaks of which subject: rdflib keeps no lines, and every statement needs its quote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urljoin

from pedcorpus.parse.excerpt import excerpt
from pedcorpus.parse.xml_walk import walk_xml

__all__ = ["Places", "turtle_places", "xml_places"]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SUBJECT = re.compile(r"(?:<(?P<iri>[^<>\s]*)>|(?P<name>[^\s<>\"'@#_\[\](){};,][^\s<>\"';,]*))(?:\s|$)")
_PREFIXED = re.compile(r"[^:\s/<>]*:[^\s/<>]+")


class _Block(NamedTuple):
    start: int
    end: int
    line: int


class Places:
    """Looks up which lines state something of a subject."""

    def __init__(self, text: str, blocks: Mapping[str, list[_Block]], names: Mapping[str, str]) -> None:
        """`names` are prefixes, by namespace, under which the file may write an address."""
        self._text = text
        self._blocks = blocks
        self._names = sorted(names.items(), key=lambda item: -len(item[0]))

    def knowing(self, names: Mapping[str, str]) -> Places:
        """The same places, with prefixes that were learnt later."""
        return Places(self._text, self._blocks, names)

    def line_of(self, subject: str) -> int:
        """The first line about `subject`; 0 where it is not found."""
        return self._blocks[subject][0].line if subject in self._blocks else 0

    def quote(self, subject: str, *words: str) -> tuple[str, int]:
        """Verbatim lines about `subject` that hold one of `words` (texts or addresses), and their first line."""
        forms = [form for word in words for form in self._forms(word)]
        written = [around.format(form) for form in forms for around in (">{}<", '"{}"', "{}")]
        for block in self._blocks.get(subject, []):
            found = next((form for form in written if self._text.find(form, block.start, block.end) >= 0), "")
            if found or not written:
                quote, above = excerpt(self._text, block.start, block.end, *([found] if found else []))
                return quote, block.line + above
        if subject in self._blocks:
            block = self._blocks[subject][0]
            quote, above = excerpt(self._text, block.start, block.end)
            return quote, block.line + above
        return next((form for form in forms if form in self._text), ""), 0

    def _forms(self, word: str) -> Iterator[str]:
        """How the file may write a word: as it is, escaped, or with a prefix."""
        yield word
        if '"' in word or "\\" in word or "\n" in word:
            yield word.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        if any(character in word for character in "&<>"):
            yield word.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        for namespace, prefix in self._names:
            if namespace and word.startswith(namespace) and len(word) > len(namespace):
                yield f"{prefix}:{word[len(namespace) :]}"
                yield f"&{prefix};{word[len(namespace) :]}"
                yield f"#{word[len(namespace) :]}"
                return


def xml_places(text: str, data: bytes, where: str) -> Places:
    """Places in RDF/XML, whose elements with `rdf:about` or `rdf:ID` are its subjects; checks the file on the way.

    Raises:
        InputError: not well formed, too deep, or with declarations that are not allowed.
    """
    spans: list[tuple[str, int, int, int]] = []
    subjects: list[str] = []
    base = ""
    for event in walk_xml(data, where):
        if event.kind == "start":
            base = base or event.attributes.get("http://www.w3.org/XML/1998/namespace base", "")
            about, local = event.attributes.get(f"{_RDF} about"), event.attributes.get(f"{_RDF} ID")
            subject = urljoin(base, about) if about is not None else f"{base}#{local}" if local else ""
            subjects.append(subject)
        elif subject := subjects.pop():
            spans.append((subject, event.start, event.end, event.line))
    offsets = _text_offsets(text, data, sorted({place for span in spans for place in span[1:3]}))
    blocks: dict[str, list[_Block]] = {}
    for subject, start, end, line in sorted(spans, key=lambda span: span[1]):
        blocks.setdefault(subject, []).append(_Block(offsets[start], offsets[end], line))
    return Places(text, blocks, {})


def _text_offsets(text: str, data: bytes, places: list[int]) -> dict[int, int]:
    """Offsets of bytes as offsets of characters; a declaration's encoding, which the bytes lack, is made up for."""
    missing = len(text) - len(data.decode("utf-8"))
    found: dict[int, int] = {}
    byte = character = 0
    for place in places:
        character += len(data[byte:place].decode("utf-8", "ignore"))
        byte = place
        found[place] = character + missing
    return found


def turtle_places(text: str, names: Mapping[str, str]) -> Places:
    """Places in Turtle or N-Triples as programs write them: a subject begins a line, what follows is indented."""
    prefixes = {prefix: namespace for namespace, prefix in names.items()}
    blocks: dict[str, list[_Block]] = {}
    subject, start, first = "", 0, 1
    offset = 0
    for number, line in enumerate(text.split("\n"), 1):
        found = _SUBJECT.match(line)
        if found and (named := _resolved(found, prefixes)):
            if subject:
                blocks.setdefault(subject, []).append(_Block(start, offset, first))
            subject, start, first = named, offset, number
        offset += len(line) + 1
    if subject:
        blocks.setdefault(subject, []).append(_Block(start, len(text), first))
    return Places(text, blocks, names)


def _resolved(found: re.Match[str], prefixes: Mapping[str, str]) -> str:
    if found["iri"] is not None:
        return found["iri"]
    if not _PREFIXED.fullmatch(found["name"]):
        return ""
    prefix, _, local = found["name"].partition(":")
    return prefixes[prefix] + local if prefix in prefixes else ""
