"""Do words stand verbatim and whole in a quote: not cut out of a number, nor off what denies or bounds them?"""

from __future__ import annotations

import re

from pedcorpus.normalise import fold

__all__ = ["stands_in", "stands_in_folded"]

_CUT_BEFORE = re.compile(r"(?:[不无未勿非忌]|没有|避免|禁止|禁用|不宜|不应|不得|不可|not|never|without|avoid)$")
_CUT_AFTER = re.compile(r"/(?:kg|d|h|次|日|min)|(?:及|或)?以[上下内]|(?:个)?[月岁]")
_NUMBER_END = re.compile(r"\d[a-zμ]*$|\d(?:个月|岁|天|周|小时|分钟)$")


def stands_in(words: str, quote: str) -> bool:
    """Does `words` stand in `quote`, both folded?"""
    return stands_in_folded(fold(words), fold(quote))


def stands_in_folded(wanted: str, folded: str) -> bool:
    """`stands_in` for texts that are folded already."""
    at = folded.find(wanted) if wanted else -1
    while at >= 0:
        if _is_whole(folded, at, at + len(wanted)):
            return True
        at = folded.find(wanted, at + 1)
    return False


def _is_whole(folded: str, start: int, end: int) -> bool:
    before, after = folded[max(0, start - 8) : start], folded[end : end + 5]
    first, last = folded[start], folded[end - 1]
    if first.isdigit() and before and (before[-1].isdigit() or (before[-1] == "." and before[-2:-1].isdigit())):
        return False
    if _CUT_BEFORE.search(before):
        return False
    if last.isdigit() and after and (after[0].isdigit() or (after[0] == "." and after[1:2].isdigit())):
        return False
    return not (_NUMBER_END.search(folded, max(start, end - 8), end) and _CUT_AFTER.match(after))
