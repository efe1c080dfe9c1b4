"""The text between two block tags of HTML as it is gathered: entities, spaces, raised digits, and how much is bold."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from pedcorpus.parse.html_tokens import resolve_entities
from pedcorpus.parse.joins import glue
from pedcorpus.parse.raised import lower_each, raise_each
from pedcorpus.parse.table_text import Spanned

__all__ = ["HtmlText"]

_SPACES = re.compile(r"[ \t\n\r\f\v\u00a0\u2002-\u200a]+")
_SCRIPTS: dict[str, Callable[[str], str]] = {"sup": raise_each, "sub": lower_each}


class HtmlText:
    """Characters gathered so far, each with its offset in the source."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._origin: list[int] = []
        self._script: tuple[str, int] | None = None
        """The raised or lowered element that is open, and where in the text it began."""
        self._scripts = 0
        """Raised and lowered elements that are open in all."""
        self._bold_depth = self._link_depth = 0
        self._bold = self._linked = self._whole = 0
        """Visible characters, all in all and those in bold and in links."""

    def add(self, source: str, start: int, end: int) -> None:
        """Text of the source, with its entities resolved."""
        text, origin = resolve_entities(source[start:end], range(start, end))
        self._text += text
        self._origin += origin
        visible = len("".join(text.split()))
        self._whole += visible
        self._bold += visible if self._bold_depth else 0
        self._linked += visible if self._link_depth else 0

    def put(self, mark: str) -> None:
        """A line break or a stroke that the markup stands for; nothing where no text is before it."""
        if self._origin:
            self._text.append(mark)
            self._origin.append(self._origin[-1])

    def open(self, name: str) -> None:
        """An inline element begins."""
        self._bold_depth += name in ("b", "strong")
        self._link_depth += name == "a"
        if name in _SCRIPTS:
            self._script = self._script or (name, len(self._text))
            self._scripts += 1

    def close(self, name: str) -> None:
        """An inline element ends."""
        self._bold_depth = max(0, self._bold_depth - (name in ("b", "strong")))
        self._link_depth = max(0, self._link_depth - (name == "a"))
        if name in _SCRIPTS and self._scripts:
            self._scripts -= 1
            if not self._scripts:
                self._end_script()

    @property
    def is_empty(self) -> bool:
        """Is there no visible character yet?"""
        return self._whole == 0

    @property
    def is_bold(self) -> bool:
        """Is all of it set in bold?"""
        return 0 < self._whole == self._bold

    @property
    def is_link(self) -> bool:
        """Is all of it the text of links?"""
        return 0 < self._whole == self._linked

    def take(self) -> Spanned:
        """What was gathered, spaces collapsed and wrapped lines joined; gathering begins anew."""
        self._end_script()
        text, origin = "".join(self._text), self._origin
        self._text, self._origin = [], []
        self._bold = self._linked = self._whole = 0
        return _collapsed(text, origin)

    def _end_script(self) -> None:
        if self._script is not None:
            name, start = self._script
            self._text[start:] = _SCRIPTS[name]("".join(self._text[start:]))
            self._script = None
            self._scripts = 0


def _collapsed(text: str, origin: Sequence[int]) -> Spanned:
    """Runs of spaces as one; a line break as a space or, between Chinese characters, as nothing."""
    pieces: list[str] = []
    places: list[int] = []
    gaps = [found.span() for found in _SPACES.finditer(text)]
    bounds = [(0, 0), *gaps, (len(text), len(text))]
    for (start, after), (until, _) in pairwise(bounds):
        if places and start < after < len(text):
            gap = glue(text[start - 1], text[after]) if "\n" in text[start:after] else " "
            pieces.append(gap)
            places += [origin[start]] * len(gap)
        pieces.append(text[after:until])
        places += origin[after:until]
    return _trimmed("".join(pieces), places)


def _trimmed(text: str, places: Sequence[int]) -> Spanned:
    lead = len(text) - len(text.lstrip())
    body = text.strip()
    return body, places[lead : lead + len(body)]
