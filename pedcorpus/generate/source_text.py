"""A fragment as it is put before a model, between delimiters that no source can forge."""

from __future__ import annotations

from pedcorpus.generate.fragment import Fragment
from pedcorpus.llm import boundary_around, shown_between

__all__ = ["boundary_of", "shown_fragment"]


def boundary_of(fragment: Fragment) -> str:
    """A mark that does not occur in the fragment: a hash of its content, hashed again until that is so."""
    return boundary_around(fragment.id, "\n".join((*fragment.headings, *(line.text for line in fragment.lines))))


def shown_fragment(fragment: Fragment, boundary: str) -> str:
    """Headings and numbered lines between two lines that hold the boundary."""
    rows = [" › ".join(fragment.headings)] if fragment.headings else []
    rows += [f"[{number}] {' '.join(line.text.split())}" for number, line in enumerate(fragment.lines, 1)]
    return shown_between(boundary, rows)
