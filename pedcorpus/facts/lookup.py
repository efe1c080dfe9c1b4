"""Many fixed words as one pattern that takes the longest, and patterns that are tried only where they may begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

__all__ = ["matches_from", "words_pattern"]

Trie = dict[str, "Trie"]


def matches_from(starts: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What `pattern.finditer` yields, if `pattern` begins only where `starts` does.

    `starts` is worth its while where all its branches open with a character: `re` skips all other characters at once.
    """
    search, match = starts.search, pattern.match
    begun = search(text)
    while begun:
        place = begun.start()
        if found := match(text, place):
            yield found
        begun = search(text, max(found.end(), place + 1) if found else place + 1)


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
