"""Ontologies in OBO format: stanzas of `tag: value` lines, read as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pedcorpus.parse.graph_stream import GraphParser
from pedcorpus.parse.network import Edge, Node, network_records
from pedcorpus.parse.ontology import Synonym, Term, term_node
from pedcorpus.parse.parser import Original
from pedcorpus.parse.rows import failure_of
from pedcorpus.records import Failure

__all__ = ["PARSER"]

_LINE = re.compile(r"\s*(?P<tag>[\w-]+)\s*:\s*(?P<value>.*?)\s*$")
_QUOTED = re.compile(r'"(?P<text>(?:[^"\\]|\\.)*)"\s*(?P<rest>.*)')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "W": " "}
_SPACE = re.compile(r"[\s{!]")
_RELATION_NAME = re.compile(
    r"^\[Typedef\][ \t]*\n(?:(?!\[|name:|id:).*\n)*?id:[ \t]*(\S+).*\n(?:(?!\[|name:).*\n)*?name:[ \t]*(.+)", re.M
)
_HEADER = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:format-version\s*:|\[Term\]|data-version\s*:|ontology\s*:)")


@dataclass
class _Stanza:
    """One `[Term]`, its lines by tag, each with its number and its words."""

    line: int
    lines: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)
    """Tag → number, value, and the line verbatim."""

    def first(self, tag: str) -> str:
        return self.lines[tag][0][1] if tag in self.lines else ""

    def values(self, tag: str) -> list[str]:
        return [value for _, value, _ in self.lines.get(tag, [])]

    def quoted(self, *words: str) -> tuple[str, int]:
        """The line that holds the first of `words`, with the next where that holds the second, and its number."""
        rows = [row for tag in self.lines.values() for row in tag]
        number, _, raw = next((row for row in rows if words[0] in _plain(row[1])), rows[0])
        after = next((row for row in rows if row[0] == number + 1 and words[-1] in _plain(row[1])), None)
        return (f"{raw}\n{after[2]}" if after and len(words) > 1 else raw).strip(), number


def _plain(value: str) -> str:
    """`value` with its escapes undone."""
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), value) if "\\" in value else value


def _bare(value: str) -> str:
    """A value without its trailing comment and modifiers."""
    return _plain(re.split(r"(?<!\\)\s[!{]", value, maxsplit=1)[0].strip())


def _stanzas(text: str) -> Iterator[_Stanza]:
    stanza: _Stanza | None = None
    start, number = 0, 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line, start, number = text[start:end], end + 1, number + 1
        if line.startswith("["):
            if stanza and stanza.lines:
                yield stanza
            stanza = _Stanza(number) if line.startswith(("[Term]", "[Instance]")) else None
        elif stanza is not None and (found := _LINE.match(line)):
            stanza.lines.setdefault(found["tag"], []).append((number, found["value"], line))
    if stanza and stanza.lines:
        yield stanza


def _synonym(value: str) -> Synonym | None:
    found = _QUOTED.match(value)
    if found is None or not (text := _plain(found["text"]).strip()):
        return None
    scope = _SPACE.split(found["rest"], maxsplit=1)[0]
    return Synonym(text, scope if scope in {"EXACT", "BROAD", "NARROW"} else "RELATED")


def _parts(text: str, original: Original) -> Iterator[Node | Edge | Failure]:
    relations = {identifier: name.strip() or identifier for identifier, name in _RELATION_NAME.findall(text)}
    for stanza in _stanzas(text):
        identifier = _bare(stanza.first("id"))
        if not identifier:
            detail = "found a [Term] without id, expected one; add it or delete the stanza"
            yield failure_of(original, str(stanza.line), "bad_stanza", detail)
        elif stanza.first("is_obsolete") != "true":
            yield _node(stanza, identifier)
            yield from _edges(stanza, identifier, relations)


def _node(stanza: _Stanza, identifier: str) -> Node:
    definition = _QUOTED.match(stanza.first("def"))
    term = Term(
        id=identifier,
        name=_bare(stanza.first("name")),
        definition=_plain(definition["text"]).strip() if definition else "",
        synonyms=tuple(found for value in stanza.values("synonym") if (found := _synonym(value))),
        xrefs=tuple(_plain(_SPACE.split(value.strip(), maxsplit=1)[0]) for value in stanza.values("xref")),
    )
    return term_node(term, stanza.quoted)


def _edges(stanza: _Stanza, identifier: str, relations: dict[str, str]) -> Iterator[Edge]:
    for number, value, raw in stanza.lines.get("is_a", []):
        yield Edge(identifier, _bare(value), "is_a", number, raw)
    for number, value, raw in stanza.lines.get("relationship", []):
        relation, _, target = _bare(value).partition(" ")
        if target:
            yield Edge(identifier, target.strip(), relations.get(relation, relation), number, raw)


PARSER = GraphParser(
    name="obo",
    version=1,
    suffixes=frozenset({".obo"}),
    looks_right=lambda original: _HEADER.match(original.data[:4096]) is not None and b"[Term]" in original.data,
    read=lambda text, original: network_records(_parts(text, original), original),
)
