"""Comparisons without a number: 男孩多于女孩, more common in boys than in girls."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
_LESS = frozenset("少低小轻") | {"less"}


def comparison_gaps(said: Said, cited: Cited) -> Iterator[Gap]:
    """Each comparison of `said` whose two sides the evidence has the other way round."""
    sourced = [pair for quote in cited.quotes for _, pair in _pairs(quote.reading.text, 0)]
    for match, (first, second) in _pairs(said.reading.text, said.start):
        turned = any(_ends_alike(first, lesser) and _begins_alike(second, greater) for greater, lesser in sourced)
        if match.end() <= said.end and turned:
            yield Gap("comparison_turned", match.start(), match.end(), "the source compares them the other way round")


def _pairs(text: str, start: int) -> Iterator[tuple[re.Match[str], tuple[str, str]]]:
    """Comparisons with their greater side first."""
    for match in _COMPARED.finditer(text, start):
        if match["more"]:
            yield match, (match["first"], match["second"])
        elif match["less"]:
            yield match, (match["second_less"], match["first_less"])
        else:
            pair = (match["first_than"] or match["first_en"], match["second_than"] or match["second_en"])
            yield match, pair[::-1] if (match["than"] or match["more_en"]) in _LESS else pair


def _ends_alike(one: str, other: str) -> bool:
    return one.endswith(other[-2:]) or one[:2] == other[:2]


def _begins_alike(one: str, other: str) -> bool:
    return one[:2] == other[:2] or one[-2:] == other[-2:]
