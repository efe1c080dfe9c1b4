"""Which way a number bounds: 以上, 小于, 不超过, at least, within."""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["Bound", "bound_at"]

Bound = Literal["", "above", "below", "within", "after"]
"""`within` is a window of time that an event falls into, `after` what begins when it closes; a plain number may say both."""

_DOING = r"(?:(?<=[至最][少多长短])[\u4e00-\u9fff]{0,6})?"
_FILLING = (
    _DOING
    + r"(?:\s|每(?:分钟?|小时|[日天次]|公斤|千克)|约|为|是|于|达到?|体重的?|年龄|正常值?的?|a total of|about|the age of|an age of|age|aged|a|an|of|than|is|:)*$"
)
_BELOW_WORDS = (
    r"(?:不|未|没有|没|勿)(?:得|宜|应|能|可|要)?(?:超过?|大于|多于|高于|长于|超出|逾)|小于|低于|少于|短于|早于|轻于|未满|不满|不足|不到|未达|未到|至多|最多(?![见发])|最大剂量|最大量"
    r"|最大|极量|上限|最高不|最长|封顶|<|≤|(?:no|not) (?:more|longer|older|greater|higher|later)(?: than)?|(?:must |should |do |to |does )?not (?:to )?exceed(?:ing)?"
    r"|at most|up to|as (?:long|much|many|high) as|less than|fewer than|lower than|younger than|shorter than|earlier than|smaller than|below|under|maximum(?: (?:single |daily )?dose)?|max\.?|cap(?:ped)? at"
)
_ABOVE_WORDS = (
    r"(?:不|未)(?:应|得|宜|能|可)?(?:少于|低于|小于|短于|早于|足)|超过|大于|多于|高于|长于|晚于|重于|逾|至少|最少(?!见)|最低|最短|起码|>|≥"
    r"|(?:no|not) (?:less|fewer|lower|younger|shorter|earlier)(?: than)?|at least|more than|over|above|greater than|exceed(?:s|ing|ed)?|longer than|older than|higher than"
    r"|later than|beyond|minimum(?: of)?|larger than|past"
)
_BEFORE = re.compile(
    rf"(?:(?P<below>{_BELOW_WORDS})|(?P<above>{_ABOVE_WORDS})|(?P<within>within|in the first|during the first)|(?P<after>(?<![未不])满)){_FILLING}"
)
_AFTER = re.compile(
    r"\s*(?:of age|old)?\s*(?:(?P<above>(?:及其?|或者?|和)?以上|及以后|(?:or|and) (?:more|longer|older|above|over|greater|higher|upwards?|later)|\+(?!\w))"
    r"|(?P<below>(?:及其?|或者?|和)?以下|(?:及|或)?以前|(?:or|and) (?:less|shorter|younger|below|under|fewer|lower))"
    r"|(?P<after>以后|之后)|(?P<within>以内|之内|内(?![科脏服分耳眦])))"
)
_ANY_BEFORE = re.compile(r"[不未没勿小低少短早轻至最极上封超大多高长晚重逾起满<>≤≥]|[a-z]{2}")
"""Without one of these no word of a bound stands before a number."""
_WINDOW = 26


def bound_at(text: str, start: int, end: int, *, floor: int) -> tuple[Bound, int, int]:
    """How the number at `start:end` of a plain text is bounded, and the span with the words that say so.

    `floor` is where the words before it may begin at the earliest: the end of the number before.
    """
    after = _AFTER.match(text, end)
    low = max(floor, start - _WINDOW)
    before = None
    if _ANY_BEFORE.search(text, low, start):
        for match in _BEFORE.finditer(text, low, start):
            before = match
    first = before.start() if before else start
    last = after.end() if after else end
    kind = _kind(before) if before else ""
    return (kind if kind in ("above", "below") else _kind(after) or kind), first, last


def _kind(match: re.Match[str] | None) -> Bound:
    if match is None:
        return ""
    if match["above"]:
        return "above"
    if match["below"]:
        return "below"
    return "after" if match.groupdict().get("after") else "within"
