"""Text that breaks off: at a comma, a conjunction, or inside a bracket."""

from __future__ import annotations

import re

__all__ = ["unfinished_span"]

_OPEN_END = re.compile(
    r"[，、,（(《〈【\[“‘—-]\s*$|(?:以及|并且|而且|但是|因为|由于|如果|例如|比如|包括|和|与|及|或)\s*$"
    r"|(?:^|\s)(?:and|or|the|of|to|with|for|a|an|in|because|if|such as)\s*$",
    re.I,
)
_PAIRS = {"（": "）", "(": ")", "《": "》", "【": "】", "“": "”"}
_TAIL = 200
_SHORTEST = 10


def unfinished_span(text: str) -> tuple[int, int] | None:
    """The end of a `text` that breaks off; `None` where it ends as texts do."""
    tail_start = max(0, len(text) - _TAIL)
    if len(text) < _SHORTEST:
        return None
    if found := _OPEN_END.search(text, tail_start):
        return found.span()
    last = text[tail_start:].rstrip()
    if last and last[-1] in "。！？!?.…；;）)】》”":
        return None
    for opening, closing in _PAIRS.items():
        at = last.rfind(opening)
        if at >= 0 and closing not in last[at:] and (opening, last.count(")")) != ("（", 1):
            return tail_start + at, len(text)
    return None
