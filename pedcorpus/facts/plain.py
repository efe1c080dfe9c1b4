"""Text as facts are read in it: one width, one case, one form of each dash, and not a character more or less.

Every position in the plain text is the same position in the text itself; list marks at the head of a line are blanked.
"""

from __future__ import annotations

import re

__all__ = ["blank", "plain"]

_FORMS = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
_FORMS |= {ord(upper): ord(upper.lower()) for upper in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_FORMS |= {ord(upper) - 0x41 + 0xFF21: ord(upper.lower()) for upper in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_FORMS |= {ord(mark): ord("~") for mark in "～〜∼–—―"}
_FORMS |= {ord(mark): ord("-") for mark in "−‐‑－﹣"}
_FORMS |= {ord(mark): ord("·") for mark in "•∙⋅・"}
_FORMS |= {
    ord("µ"): ord("μ"), ord("　"): ord(" "), ord("\u00a0"): ord(" "), ord("∶"): ord(":"), ord("％"): ord("%"),
    ord("≧"): ord("≥"), ord("⩾"): ord("≥"), ord("≦"): ord("≤"), ord("⩽"): ord("≤"), ord("×"): ord("×"),
    ord("〔"): ord("("), ord("〕"): ord(")"), ord("［"): ord("("), ord("］"): ord(")"),
    ord("’"): ord("'"), ord("“"): ord('"'), ord("”"): ord('"'),
}  # fmt: skip
_LIST_MARK = re.compile(
    r"(?m)^[^\S\n]*(?:[-*·]\s+|\d{1,2}\s*[.、)](?!\d)|[(]\s*\d{1,2}\s*[)]|[①-⑳]|step \d+\s*[:.]\s*|第?[一二三四五六七八九十]、)"
)
_INLINE_MARK = re.compile(r"(?<=[:;。,\s])(?:[(]\d{1,2}[)]|[①-⑳])")


def plain(text: str) -> str:
    """`text` in one width and case, of the same length, without its list marks."""
    folded = text.translate(_FORMS)
    return _INLINE_MARK.sub(blank, _LIST_MARK.sub(blank, folded))


def blank(match: re.Match[str]) -> str:
    """Spaces instead of what was matched; for `re.sub`. Line breaks stay."""
    return "".join("\n" if character == "\n" else " " for character in match.group())
