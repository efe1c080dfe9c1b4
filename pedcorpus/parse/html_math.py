"""Formulas of MathML as they read on a line: raised and lowered parts marked, fractions with a stroke."""

from __future__ import annotations

from dataclasses import dataclass

from pedcorpus.parse.html_text import HtmlText

__all__ = ["MathMarks"]

_SECOND = {"msup": "sup", "msub": "sub"}


@dataclass
class _Open:
    name: str
    children: int = 0
    depth: int = 0


class MathMarks:
    """Turns the second child of `msup` and `msub` into raised and lowered text, and that of `mfrac` into `/ …`."""

    def __init__(self, text: HtmlText) -> None:
        self._text = text
        self._open: list[_Open] = []
        self._inside = False

    def open(self, name: str) -> None:
        """An element of any kind begins."""
        self._inside = self._inside or name == "math"
        if not self._inside:
            return
        if self._open:
            top = self._open[-1]
            top.children += top.depth == 0
            if top.depth == 0 and top.children == 2:
                self._begin_second(top.name)
            top.depth += 1
        if name in _SECOND or name == "mfrac":
            self._open.append(_Open(name))

    def close(self, name: str) -> None:
        """An element of any kind ends."""
        if name == "math":
            self._inside = False
            self._open.clear()
        elif self._inside and self._open:
            if self._open[-1].name == name and self._open[-1].depth == 0:
                self._open.pop()
            if self._open:
                self._end_child(self._open[-1])

    def _begin_second(self, name: str) -> None:
        if name == "mfrac":
            self._text.put("/")
        else:
            self._text.open(_SECOND[name])

    def _end_child(self, top: _Open) -> None:
        top.depth = max(0, top.depth - 1)
        if top.depth == 0 and top.children == 2 and top.name in _SECOND:
            self._text.close(_SECOND[top.name])
