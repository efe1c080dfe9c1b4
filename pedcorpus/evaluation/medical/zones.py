"""Where a reply tells diseases apart from the diagnosis: sentences that say so, and lists under such a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from pedcorpus.spans import Spans

__all__ = ["differential_zones"]

_HEAD = r"^[\s\-*#>\d.)、]*"
_HEADING = re.compile(
    rf"{_HEAD}(?:(?:需要?|应|主要)?(?:与[^:\n]{{0,20}})?鉴别(?:诊断)?[^:。\n]{{0,12}}"
    r"|differential(?:s| diagnos\w*)?[^:.\n]{0,20}|(?:to be )?told apart from|other possibilities|rule out)"
    r"\s*:?\s*(?:\*\*)?\s*:?",
    re.MULTILINE,
)
_NEXT = re.compile(
    rf"{_HEAD}(?:最后|最终|初步|临床|综上|主要)?"
    r"(?:诊断|结论|治疗|处理|建议|依据|注意|用药|检查|护理|随访|final diagnosis|diagnosis|conclusion|treatment"
    r"|management|advice|evidence|plan|follow-up|next steps)[^:。\n]{0,8}(?:\*\*)?:",
    re.MULTILINE,
)
_TELLING_APART = re.compile(
    r"(?:需要?|应当?|须|要|注意)?(?:与|和|同|跟)[^。!?\n]{1,60}?(?:鉴别|区别|区分|相混淆)|鉴别|相?区别于"
    r"|(?:to be )?told apart|differentia\w+|distinguish\w*"
)
_RULING_OUT = re.compile(r"排除|除外|rul(?:e|ed|ing) out|exclud\w+")
_SENTENCE_END = re.compile(r"[。!?;\n]|\.(?=\s|$)")
_CLAUSE_END = re.compile(r"[,。!?;:\n]|\.(?=\s|$)")


def differential_zones(text: str) -> Spans:
    """Stretches of a plain text in which a disease is named to be told apart or ruled out."""
    spoken = (_up_to(text, _TELLING_APART, _SENTENCE_END), _up_to(text, _RULING_OUT, _CLAUSE_END))
    return Spans([*_listed(text), *chain.from_iterable(spoken)])


def _listed(text: str) -> Iterator[tuple[int, int]]:
    for heading in _HEADING.finditer(text):
        after = _NEXT.search(text, heading.end())
        yield heading.start(), after.start() if after else len(text)


def _up_to(text: str, words: re.Pattern[str], end: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for match in words.finditer(text):
        closing = end.search(text, match.end())
        yield match.start(), closing.start() if closing else len(text)
