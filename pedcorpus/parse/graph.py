"""Statements of one file as one graph: one spelling for each entity, each statement once, as they come.

What is kept of a statement that has gone by is eight bytes of a hash, so that a million fit in memory.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from pedcorpus.normalise import fold
from pedcorpus.parse.parser import StreamRecord
from pedcorpus.records import Triple

__all__ = ["merge_statements"]


def merge_statements(found: Iterable[StreamRecord]) -> Iterator[StreamRecord]:
    """`found` in its order, without repeats; names that differ in width, case or spaces take the first spelling.

    The quote keeps the file's own characters. Types that an earlier statement told fill in where a later one has
    none. A name that is an alias of itself states nothing. What is no triple passes through.
    """
    names: dict[str, str] = {}
    types: dict[str, str] = {}
    seen = _Seen()
    for one in found:
        if not isinstance(one, Triple):
            yield one
            continue
        head, tail = fold(one.head), fold(one.tail)
        key = _key(head, one.relation, tail)
        if (head == tail and one.relation == "has_alias") or not seen.add(key):
            continue
        spelt_head, spelt_tail = _first(names, head, one.head), _first(names, tail, one.tail)
        head_type = one.head_type or types.get(head, "")
        tail_type = one.tail_type or types.get(tail, "")
        if head_type:
            types.setdefault(spelt_head if head == spelt_head else head, head_type)
        if tail_type:
            types.setdefault(spelt_tail if tail == spelt_tail else tail, tail_type)
        if (spelt_head, spelt_tail, head_type, tail_type) == (one.head, one.tail, one.head_type, one.tail_type):
            yield one
        else:
            changes = {"head": spelt_head, "tail": spelt_tail, "head_type": head_type, "tail_type": tail_type}
            yield one.model_copy(update=changes)


def _key(head: str, relation: str, tail: str) -> int:
    text = f"{head}\x1f{relation}\x1f{tail}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "little")


def _first(names: dict[str, str], folded: str, name: str) -> str:
    """The first spelling of a name; its folded form is kept only once where it is the name itself."""
    return names.setdefault(name if folded == name else folded, name)


class _Seen:
    """Hashes that have gone by, in an open table of at most half its places: a fifth of the memory of a set."""

    def __init__(self) -> None:
        self._places = array("Q", bytes(8 << 10))
        self._count = 0

    def add(self, key: int) -> bool:
        """Keep `key`; was it new?"""
        if not self._put(key or 1):  # 0 is an empty place
            return False
        self._count += 1
        if 2 * self._count > len(self._places):
            kept, self._places = self._places, array("Q", bytes(16 * len(self._places)))
            for one in filter(None, kept):
                self._put(one)
        return True

    def _put(self, key: int) -> bool:
        places, last = self._places, len(self._places) - 1  # a power of two
        at = key & last
        while found := places[at]:
            if found == key:
                return False
            at = (at + 1) & last
        places[at] = key
        return True
