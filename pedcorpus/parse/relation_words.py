"""What the words of one work stand for: its declaration first, then the published vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pedcorpus.parse.relations import RELATIONS, relation_of, types_of

__all__ = ["IGNORED", "RelationWords", "Term"]

IGNORED = "ignore"
"""What a declaration maps a column, key or relation to that is not to be read."""
_KNOWN = {relation.name for relation in RELATIONS}


class Term(NamedTuple):
    """What a relation word stands for."""

    name: str
    """Term of the vocabulary, or the word itself."""
    head_type: str
    tail_type: str

    @property
    def is_known(self) -> bool:
        """Is it a term of the vocabulary?"""
        return self.name in _KNOWN


class RelationWords:
    """Looks words up; each word of a file is worked out once."""

    _MOST = 4096

    def __init__(self, declared: Mapping[str, str]) -> None:
        self._declared = declared
        self._terms: dict[str, Term] = {}

    def __getitem__(self, word: str) -> Term:
        term = self._terms.get(word)
        if term is None:
            name = relation_of(self._declared.get(word, word)) or IGNORED  # a blank word relates nothing
            term = Term(name, *types_of(name))
            if len(self._terms) < self._MOST:
                self._terms[word] = term
        return term
