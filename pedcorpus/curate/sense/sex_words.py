"""Words of one sex in a text, said of the child itself: not denied, not of its mother, not of children at large."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pydantic import Field

from pedcorpus.curate.sense.people import Sex, clause_start, is_of_others, sentence_span
from pedcorpus.curate.sense.tables import ParsedTable, Table
from pedcorpus.facts import plain
from pedcorpus.facts.lookup import words_pattern

__all__ = ["SexTable", "SexWords"]

_DENIED = re.compile(r"(?:无|未|没|不|非|否认|排除|除外|鉴别|区别|\bno\b|\bnot\b|without|denies|exclude)[^,;。!?\n]*$")
_AT_LARGE = re.compile(
    r"男性|女性|男[孩童婴]和|或女|男女|青春期|可并发|并发症|可发生|可引起|可累及|多见|常见|可见|如果|若|一旦|如为|对于|鉴别|家长|将来|成年|今后|hcg|males|females|boys|girls"
)
_OTHER_CHILDREN: dict[Sex, re.Pattern[str]] = {
    "male": re.compile("女[孩童婴生]|girl"),
    "female": re.compile("男[孩童婴生]|boy"),
}


class SexTable(Table):
    """The whole table."""

    male: tuple[str, ...] = Field(min_length=1)
    female: tuple[str, ...] = Field(min_length=1)
    looks_so: tuple[str, ...] = ()
    lifted_by: tuple[str, ...] = ()

    def problems(self) -> Iterator[str]:
        for word in sorted(set(self.male) & set(self.female)):
            yield f"{word!r} stands under both sexes; leave it to one of them"
        for name in ("male", "female", "looks_so", "lifted_by"):
            if any(not word.strip() for word in getattr(self, name)):
                yield f"{name}: an empty word; take it out"


@dataclass(frozen=True, eq=False)
class SexWords:
    """The table, ready to find its words in text."""

    parsed: ParsedTable[SexTable]

    @cached_property
    def hint(self) -> re.Pattern[str]:
        """Matches in every text that has a word of one sex; for texts as they are written."""
        table = self.parsed.table
        return re.compile(words_pattern((*table.male, *table.female)), re.IGNORECASE)

    @cached_property
    def lifted(self) -> re.Pattern[str]:
        """Matches in a plain text that is left alone."""
        return re.compile(words_pattern(map(plain, self.parsed.table.lifted_by)) or r"(?!)")

    @cached_property
    def _of(self) -> dict[Sex, re.Pattern[str]]:
        table = self.parsed.table
        return {"male": _pattern(table.male, table.looks_so), "female": _pattern(table.female, table.looks_so)}

    def words(self, text: str, sex: Sex, *, is_told: bool) -> Iterator[tuple[int, int]]:
        """Spans of a plain text that say of the child what only the other sex has; `is_told` by its asker."""
        other: Sex = "female" if sex == "male" else "male"
        for match in self._of[other].finditer(text):
            if match.lastgroup == "word" and self._is_of_child(text, match.span(), sex, is_told=is_told):
                yield match.span()

    def _is_of_child(self, text: str, span: tuple[int, int], sex: Sex, *, is_told: bool) -> bool:
        start, end = sentence_span(text, span[0])
        if _DENIED.search(text, clause_start(text, span[0]), span[0]) or is_of_others(text, span[0]):
            return False
        if any(match.lastgroup == "word" for match in self._of[sex].finditer(text, start, end)):
            return False  # what boys have and what girls have, side by side
        return is_told or not (_AT_LARGE.search(text, start, end) or _OTHER_CHILDREN[sex].search(text, start, end))


def _pattern(words: Iterable[str], looks_so: Iterable[str]) -> re.Pattern[str]:
    looking = words_pattern(map(plain, looks_so))
    return re.compile(rf"(?:{looking or '(?!)'})|(?P<word>{words_pattern(map(plain, words))})")
