"""What two texts may not differ in if one is to stand for the other: amounts, names, opposites, negations.

Templated questions share most of their characters and ask about different diseases; two answers that differ in one
dose share nearly all of them. So every text gets a key of its particulars, and only texts of one key are compared.
Amounts count in their order and by their value (`1g` is `1000毫克`), names of drugs and diseases by their canonical
form, whatever their order. Reading is quick and coarse, and the same on both sides; where it errs, two copies stay
apart and both are kept. What a fact means is left to `pedcorpus.facts.read`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b

from ahocorasick_rs import AhoCorasick, MatchKind

from pedcorpus.curate.near.folding import bare
from pedcorpus.facts import alias_table
from pedcorpus.facts.numerals import CHINESE_NUMERAL, numeral_value
from pedcorpus.facts.tables import contrast_table, opposite_table
from pedcorpus.facts.units import CHINESE_UNITS, UNIT, unit_of

__all__ = ["particulars_reader"]

_NUMERAL = f"{CHINESE_NUMERAL.removesuffix('+')}{{1,8}}"
"""Longer runs are no numbers, and would be tried from each of their characters."""
_AMOUNT = re.compile(
    rf"(?:(?P<number>\d+(?:\.\d+)?)(?:(?P<unit>{UNIT})|(?P<other>[a-zμ]{{1,5}}))?"
    rf"|(?P<word>(?!一[种个项些处条]){_NUMERAL})(?P<counted>{CHINESE_UNITS}))(?P<per>(?:/{UNIT})*)"
)
_NOT = re.compile("不好意思|(.)不\\1|有没有|是不是|[不无未没勿禁忌非]|not|no(?=[^a-z])|without")
_NO_NEGATION = frozenset(("不好意思", "有没有", "是不是"))
_CHILD = re.compile("^(?:小儿|儿童|婴幼儿|幼儿)(?=..)")
_SHORTEST = 2

Reader = Callable[[str], int]


def particulars_reader(topics: Iterable[str] = ()) -> Reader:
    """A function from a bare text to the 64-bit key of its particulars.

    `topics` are names that count beside those of the tables: a corpus is about more diseases than a table has.
    """
    named = _names(topics)
    words = sorted(named)
    automaton = AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)

    def read(text: str) -> int:
        said = {named[words[found[0]]] for found in automaton.find_matches_as_indexes(text)}
        facts = "\n".join([*sorted(said), *_amounts(text), str(_negations(text))])
        return int.from_bytes(blake2b(facts.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")

    return read


def _names(topics: Iterable[str]) -> dict[str, str]:
    """Every name, bare, with the one that stands for it."""
    named = {bare(word): f"opposite {pair} {side}" for word, (pair, side) in opposite_table().items()}
    named |= {bare(word): f"{family} {value}" for word, (family, value) in contrast_table().items()}
    for kind in ("diseases", "drugs"):
        named |= {bare(name): bare(first) for name, first in alias_table(kind).items()}
    for topic in sorted(set(map(bare, topics))):
        plain = _CHILD.sub("", topic)
        named.setdefault(plain, plain)
        named.setdefault(topic, named[plain])
    return {name: canonical for name, canonical in named.items() if len(name) >= _SHORTEST}


def _amounts(text: str) -> Iterator[str]:
    for found in _AMOUNT.finditer(text):
        value = float(found["number"]) if found["number"] else numeral_value(found["word"])
        name = found["unit"] or found["counted"]
        unit = unit_of(name) if name else None
        amount = f"{value * unit.scale:.9g}{unit.dimension}" if unit else f"{value:.9g}{found['other'] or ''}"
        yield amount + "".join(f"/{_per(one)}" for one in found["per"].split("/") if one)


def _per(name: str) -> str:
    unit = unit_of(name)
    return f"{unit.scale:.9g}{unit.dimension}"


def _negations(text: str) -> int:
    return sum(1 for found in _NOT.finditer(text) if not found[1] and found[0] not in _NO_NEGATION)
