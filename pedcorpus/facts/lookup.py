"""Many fixed words as one pattern that takes the longest, and patterns that are tried only where they may begin.

`re` skips whatever a match cannot begin with only if every branch of a pattern opens with a plain character. So words
are laid out as one flat trie, and what must stand before a Latin word is asked after its first letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

__all__ = ["has_latin", "matches_from", "whole_words", "words_pattern"]

Trie = dict[str, "Trie"]

_LATIN = re.compile("[a-z]{2}")
_HAN = re.compile("[\u4e00-\u9fff]")
_NO_LETTER_BEFORE = "(?<![a-z-].)"


def has_latin(text: str) -> bool:
    """Do two small Latin letters stand side by side in `text`? Where not, no Latin word has to be looked for."""
    return _LATIN.search(text) is not None


def matches_from(starts: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What `pattern.finditer` yields, if `pattern` begins only where a match of `starts` does.

    `starts` is worth its while where all its branches open with a character: `re` skips all other characters at once.
    """
    match = pattern.match
    end = 0
    for begun in starts.finditer(text):
        place = begun.start()
        if place >= end and (found := match(text, place)):
            yield found
            end = found.end()


def words_pattern(words: Iterable[str]) -> str:
    """A pattern that matches the longest of `words` at a place."""
    return _pattern(_trie(words))


def whole_words(words: Iterable[str], *, before: str = _NO_LETTER_BEFORE, after: str = "(?![a-z])") -> re.Pattern[str]:
    """A pattern for the longest of `words` at a place, of which Latin ones stand there whole.

    `before` is asked after a word's first letter and may look back upon it; `after` follows the word. Where a Chinese
    and a Latin word begin with the same letter, the Chinese one is tried first.
    """
    listed = sorted(set(words))
    chinese = _trie(word for word in listed if _HAN.search(word))
    latin = _trie(word for word in listed if not _HAN.search(word))
    branches = []
    for first in sorted({*chinese, *latin}):
        rest = [_pattern(chinese[first])] if first in chinese else []
        rest += [f"{before}{_pattern(latin[first])}{after}"] if first in latin else []
        branches.append(f"{re.escape(first)}(?:{'|'.join(rest)})")
    return re.compile("|".join(branches))


def _trie(words: Iterable[str]) -> Trie:
    root: Trie = {}
    for word in words:
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return root


def _pattern(node: Trie) -> str:
    branches = [re.escape(character) + _pattern(child) for character, child in sorted(node.items()) if character]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{joined})?" if "" in node else joined
