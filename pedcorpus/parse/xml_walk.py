"""Elements of an XML file with their lines and spans; what a hostile file may do with declarations is forbidden.

Entities may be declared, as ontologies do for their namespaces, if they stand for a short text without entities in
it. Nothing outside the file is ever fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal
from xml.parsers import expat

from pedcorpus.errors import InputError
from pedcorpus.parse.limits import limits_in_force

__all__ = ["XmlEvent", "as_utf8", "walk_xml"]

_CHUNK = 1 << 16
_DECLARED_ENCODING = re.compile(r"""(<\?xml[^>]{0,200}?)\sencoding\s*=\s*["'][^"']*["']""")


@dataclass(frozen=True)
class XmlEvent:
    """An element begins or ends."""

    kind: Literal["start", "end"]
    name: str
    """`namespace local`, parted by a space, or the local name alone."""
    attributes: dict[str, str]
    """Of a start; names as above."""
    text: str
    """Of an end: the characters directly in the element."""
    start: int
    """Offset of the element's first byte in the file as UTF-8."""
    end: int
    """One past its last byte; of a start, 0."""
    line: int
    """Physical line on which the element begins."""

    @property
    def local(self) -> str:
        """The name without its namespace."""
        return self.name.rpartition(" ")[2]


class _Walk:
    """Collects the events of one piece of the file."""

    def __init__(self, data: bytes, where: str) -> None:
        self.events: list[XmlEvent] = []
        self._data = data
        self._where = where
        self._open: list[tuple[int, int, list[str]]] = []  # start, line, text
        self._entities = 0
        self._chars = 0
        self._latest = -1  # where the tag before this one stands
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self.parser.SkippedEntityHandler = self._skipped

    def refuse(self, reason: str, detail: str) -> InputError:
        return InputError(f"{self._where}:{self.parser.CurrentLineNumber}", reason, detail)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= limits_in_force().depth:
            detail = f"found elements more than {limits_in_force().depth} deep, expected a flat graph; convert it"
            raise self.refuse("too_deep", detail)
        start, line = self.parser.CurrentByteIndex, self.parser.CurrentLineNumber
        self._open.append((start, line, []))
        self._chars, self._latest = 0, start
        self.events.append(XmlEvent("start", name, attributes, "", start, 0, line))

    def _end(self, name: str) -> None:
        start, line, text = self._open.pop()
        end = self.parser.CurrentByteIndex  # of </a>; behind <a/>
        empty = self._latest == start and not text and self._data[end - 2 : end] == b"/>"
        closed = end if empty else self._data.find(b">", end) + 1
        self._latest = end
        self.events.append(XmlEvent("end", name, {}, "".join(text), start, closed, line))

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1][2].append(text)
            self._chars += len(text)
            if self._chars > limits_in_force().cell_chars:
                limit = limits_in_force().cell_chars
                raise self.refuse("too_large", f"a text is longer than {limit} characters; shorten it, or leave it out")

    def _entity(self, name: str, parameter: bool, value: str | None, *_where: Any) -> None:
        self._entities += 1
        if (
            parameter
            or value is None
            or "&" in value
            or "%" in value
            or len(value) > limits_in_force().xml_entity_chars
        ):
            detail = f"declares the entity {name[:40]!r} that is outside the file, nested or long; write it out"
            raise self.refuse("xml_entities", detail)
        if self._entities > limits_in_force().xml_entities:
            raise self.refuse(
                "xml_entities", f"declares more than {limits_in_force().xml_entities} entities; write them out"
            )

    def _skipped(self, name: str, _parameter: bool) -> None:
        raise self.refuse("xml_entities", f"uses the entity {name[:40]!r}, which it does not declare; write it out")


def as_utf8(text: str) -> bytes:
    """An XML file's text as the bytes that spans count in."""
    return _DECLARED_ENCODING.sub(r"\1", text[:1_000], count=1).encode() + text[1_000:].encode()


def walk_xml(data: bytes, where: str) -> Iterator[XmlEvent]:
    """Events of `data` (see `as_utf8`) in their order.

    Raises:
        InputError: not well formed, too deep, or with declarations that are not allowed.
    """
    walk = _Walk(data, where)
    for start in range(0, len(data) + 1, _CHUNK):
        try:
            walk.parser.Parse(data[start : start + _CHUNK], start + _CHUNK > len(data))
        except expat.ExpatError as error:
            raise walk.refuse("invalid_xml", f"{error}; expected well-formed XML; correct the file") from error
        yield from walk.events
        walk.events.clear()
