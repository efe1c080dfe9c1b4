"""Which options a reply chooses: letters alone, after a word such as 答案 or `answer`, or at the head of its lines.

Letters are capitals of the question's own options, standing free of other letters: 选 A、C; The answer is (B). An
option that is only restated, or said not to be right, is not chosen. What does not say a letter chooses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

__all__ = ["chosen_letters"]

_JOINED = r"[\s,，、;；/&+和与及跟]*(?:and|or)?[\s]*"
_RUN = rf"(?<![A-Za-z])[A-H](?:{_JOINED}[A-H])*(?![A-Za-z0-9])"
_OPEN = r"[\s:：是为应该选项择的\-—*\"“「『【\[(（]*"
_CUE = re.compile(
    r"(?:答案|正确(?:的)?(?:选项|答案)?|应选|故选|所以选|因此选|选择|选项?|最佳(?:选项|答案))(?:应该?|只能|可能|就)?"
    rf"{_OPEN}(?P<zh>{_RUN})"
    r"|(?i:\b(?:answers?|choices?|options?|choose|pick|select)\b)"
    r"(?:\s+(?:is|are|would be|should be|must be))?[\s:*\"(\[]*"
    rf"(?:(?i:options?)\s*)?[(\[]?(?P<en>{_RUN})"
)
_FINAL = re.compile(r"答案|故选|应选|所以选|因此选|(?i:answer)")
_DENIED = re.compile(r"(?:不|非|没有?|排除|错误的?|干扰|(?i:not|n't|wrong|incorrect))[\s的是应能该]*$")
_ALONE = re.compile(rf"[\s(（【\[*\"“]*(?P<run>[A-Ha-h](?:{_JOINED}[A-Ha-h])*)[\s)）】\]*\"”.。．、]*")
_LINE = re.compile(r"(?m)^[\s(（【\[*\-]*(?P<run>[A-H])(?:[)）】\].．、:：*]|\s|$)")
_END = 2000
_WIDE = {0xFF21 + place: 0x41 + place for place in range(26)}


def chosen_letters(reply: str, options: Collection[str], *, several: bool | None = None) -> frozenset[str]:
    """Letters that `reply` chooses among those of `options`; none where it chooses nothing that can be told.

    `several` says whether the question has more than one right option; where it has one, the letters of two different
    lines are a list of options and no choice.
    """
    text = _ends(reply.translate(_WIDE).strip())
    if alone := _ALONE.fullmatch(text):
        return _letters(alone["run"], options)
    if cued := list(_cued(text, options)):
        final = [letters for letters, is_final in cued if is_final]
        return (final or [letters for letters, _ in cued])[-1]
    lines = frozenset(match["run"] for match in _LINE.finditer(text)) & frozenset(options)
    return lines if several or len(lines) == 1 else frozenset()


def _ends(text: str) -> str:
    """Head and tail of a long text: a choice is announced at once, or after all reasoning."""
    return text if len(text) <= 2 * _END else f"{text[:_END]}\n{text[-_END:]}"


def _cued(text: str, options: Collection[str]) -> Iterator[tuple[frozenset[str], bool]]:
    """What stands after each word that announces a choice, and whether the word announces the answer."""
    for match in _CUE.finditer(text):
        if _DENIED.search(text, max(0, match.start() - 8), match.start()):
            continue
        if letters := _letters(match["zh"] or match["en"], options):
            yield letters, bool(_FINAL.search(match.group()))


def _letters(run: str, options: Collection[str]) -> frozenset[str]:
    """Letters of a run; none where one of them is no option: it is a word then, as BCG."""
    found = frozenset(re.findall("[A-H]", re.sub(r"and|or", " ", run).upper()))
    return found if found <= frozenset(options) else frozenset()
