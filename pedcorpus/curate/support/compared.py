"""Comparisons without a number: 男孩多于女孩, more common in boys than in girls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pedcorpus.curate.support.cited import Cited, Said
from pedcorpus.curate.support.gap import Gap

__all__ = ["comparison_gaps"]

_HAN = "\u4e00-\u9fff"
_COMPARED = re.compile(
    rf"(?P<first>[{_HAN}]{{1,6}}?)(?:明显|显著|远|略)?(?P<more>多于|高于|大于|重于|长于|早于)(?P<second>[{_HAN}]{{1,6}})"
    rf"|(?P<first_less>[{_HAN}]{{1,6}}?)(?:明显|显著|远|略)?(?P<less>少于|低于|小于|轻于|短于|晚于)(?P<second_less>[{_HAN}]{{1,6}})"
    rf"|(?P<first_than>[{_HAN}]{{1,3}})比(?P<second_than>[{_HAN}]{{1,4}}?)(?P<than>多|少|高|低|大|小|重|轻)"
    r"|(?P<more_en>more|less) \w+ in (?P<first_en>\w+) than (?:in )?(?P<second_en>\w+)"
)
_SIGN = re.compile(rf"[多高大重长早少低小轻短晚]于[{_HAN}]|比[{_HAN}]|than")
_LESS = frozenset("少低小轻") | {"less"}


def comparison_gaps(said: Said, cited: Cited) -> Iterator[Gap]:
    """Each comparison of `said` whose two sides the evidence has the other way round."""
    mine = [item for item in _pairs(said.reading.text) if said.holds(item[0].start())]
    sourced = [pair for quote in cited.quotes for _, pair in _pairs(quote.reading.text)] if mine else []
    for match, (first, second) in mine:
        turned = any(_is_turned(first, second, greater, lesser) for greater, lesser in sourced)
        if turned:
            yield Gap("comparison_turned", match.start(), match.end(), "the source compares them the other way round")


@lru_cache(maxsize=4096)
def _pairs(text: str) -> tuple[tuple[re.Match[str], tuple[str, str]], ...]:
    """Comparisons with their greater side first."""
    return tuple(_read(match) for match in _COMPARED.finditer(text)) if _SIGN.search(text) else ()


def _read(match: re.Match[str]) -> tuple[re.Match[str], tuple[str, str]]:
    if match["more"]:
        return match, (match["first"], match["second"])
    if match["less"]:
        return match, (match["second_less"], match["first_less"])
    first, second = match["first_than"] or match["first_en"], match["second_than"] or match["second_en"]
    is_less = (match["than"] or match["more_en"]) in _LESS
    return match, (second, first) if is_less else (first, second)


def _is_turned(first: str, second: str, greater: str, lesser: str) -> bool:
    """Is `first`, said to be the greater, the source's lesser? Sides may share a word: 十二指肠溃疡, 胃溃疡."""
    if not (_ends_alike(first, lesser) and _begins_alike(second, greater)):
        return False
    return _common(first, lesser) + _common(second, greater) > _common(first, greater) + _common(second, lesser)


def _common(one: str, other: str) -> int:
    return len(set(one) & set(other))


def _ends_alike(one: str, other: str) -> bool:
    return one.endswith(other[-2:]) or one[:2] == other[:2]


def _begins_alike(one: str, other: str) -> bool:
    return one[:2] == other[:2] or one[-2:] == other[-2:]
