"""Many fixed words as one pattern that takes the longest, in time that does not grow with their number."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["words_pattern"]

Trie = dict[str, "Trie"]


def words_pattern(words: Iterable[str]) -> str:
    """A pattern that matches the longest of `words` at a place."""
    root: Trie = {}
    for word in words:
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _pattern(root)


def _pattern(node: Trie) -> str:
    branches = [re.escape(character) + _pattern(child) for character, child in sorted(node.items()) if character]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{joined})?" if "" in node else joined
