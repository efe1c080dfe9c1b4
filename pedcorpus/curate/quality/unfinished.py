"""Text that breaks off: at a comma, a colon, a word that wants another, or inside a bracket."""

from __future__ import annotations

import re

__all__ = ["unfinished_span"]

_OPEN_END = re.compile(
    r"(?:[，、,：:（(《〈【\[“‘]|(?<=\w)-"
    r"|以及|并且|而且|但是|因为|由于|如果|例如|比如|包括|关于|对于|位于|至于|基于|或者|及其"
    r"|(?<![饱温缓中柔调平共总祥谐随暖缓])和|(?<![参给赋赠])与|(?<![累波涉危普遍触顾以])及|(?<![间抑])或"
    r"|(?<!麻)将|把|(?<![天大行驱促])使|(?<![服跟听顺遵盲])从|而|(?<![应活])该|若|且"
    r"|\b(?:and|or|the|of|to|with|for|an|because|if|such as))\Z"
)
_PAIRS = {"（": "）", "《": "》", "【": "】", "“": "”"}
_WIDTH = {"(": "（", ")": "）"}
_CLOSED = "。！？!?.…；;）)】》”"
_TAIL = 200
_LONGEST_WORD = 10
_SHORTEST = 10


def unfinished_span(text: str) -> tuple[int, int] | None:
    """The end of a `text` that breaks off; `None` where it ends as texts do."""
    if len(text) < _SHORTEST:
        return None
    start = max(0, len(text) - _TAIL)
    last = text[start:].rstrip()
    if not last or last[-1] in _CLOSED:
        return None
    if found := _OPEN_END.search(last, max(0, len(last) - _LONGEST_WORD)):
        return start + found.start(), start + found.end()
    at = _unclosed(last)
    return None if at is None else (start + at, len(text))


def _unclosed(last: str) -> int | None:
    """Where a bracket opens that nothing closes, in either width."""
    wide = "".join(_WIDTH.get(char, char) for char in last)
    for opening, closing in _PAIRS.items():
        at = wide.rfind(opening)
        if at >= 0 and closing not in wide[at:]:
            return at
    return None
