"""Whether the text layer of a page can be believed, or the page has to be read by OCR.

Only statistics of characters: what no printed page holds is garbage. A text that reads well but differs from
what is printed is not found here.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Sequence
from enum import IntEnum, StrEnum

import numpy as np

__all__ = ["TextLayer", "judge_text_layer"]

_FEW = 8
"""Characters below which a page with a picture or drawn type is a scan with a stamp on it."""
_SPARSE = 60
"""Characters below which a page that a picture covers is a scan with a watermark on it."""
_COVERED = 0.8
"""Share of the page that such a picture takes at least."""
_DRAWN = 40
"""Shapes drawn on a page without text from which they are type turned to outlines, and no rule or frame."""
_ENOUGH = 20
"""Characters from which their statistics say something."""
_SOME = 50
_MANY = 150
_LOST = 0.08
"""Share of characters without meaning: private use, U+FFFD, controls. Symbol fonts for bullets stay below."""
_ACCENTED = 0.3
"""Share of Latin-1 letters and signs; the most accented of European languages stay below a fifth."""
_COMMON = 0.7
"""Share of Chinese characters that a national standard calls common: prose has .97, pharmacopoeias .9, chance .35."""
_FREQUENT = 0.12
"""Share of Chinese characters that are among the most frequent; prose has .3 and more, chance .05."""
_FOREIGN = 0.3
"""Share of letters of scripts in which neither Chinese nor English works are written: Hangul, Cyrillic, Arabic."""
_WORDLIKE = 0.35
"""Share of letters, digits and Chinese characters; leaders and spaces do not count."""
_VOWELS = (0.15, 0.7)
"""Share of vowels in Latin letters; English has .38."""

_LEADERS = ".．·•…_-—–=*"
_HAN = re.compile("[\u3400-\u9fff]")
_MEANINGLESS = frozenset({"Co", "Cn", "Cs", "Cc"})
_MOST_FREQUENT = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实"
    "日者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美"
    "相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿东声提立及比员解水"
    "名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管"
    "期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设"
    "式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运症病患药疗"
    "兒個們來為國時會學說對發過後經現當動還進開實長無見關機點業應問種體頭產處與於從間門電數條變氣題" "医中毒热血疾痛"
)  # fmt: skip


class TextLayer(StrEnum):
    """What a page's text layer is worth."""

    SOUND = "sound"
    NONE = "none"
    """A picture of text, with nothing or only a stamp in characters."""
    GARBAGE = "garbage"
    """Characters that no printed page holds: a font without a character map, mojibake."""
    BLANK = "blank"
    """Nothing is printed here."""


def judge_text_layer(text: str, *, picture: float = 0.0, shapes: int = 0) -> TextLayer:
    """What `text`, a page's text layer, is worth.

    `picture` is the share of the page that its largest picture covers, `shapes` how many shapes are drawn on it.
    """
    count = _counts(text)
    size = len(text) - count[_Kind.SPACE] - count[_Kind.LEADER]
    if size < _FEW:
        if picture or shapes >= _DRAWN:
            return TextLayer.NONE
        return TextLayer.SOUND if size else TextLayer.BLANK
    if picture >= _COVERED and size < _SPARSE:
        return TextLayer.NONE
    return TextLayer.GARBAGE if size >= _ENOUGH and _is_garbage(text, count, size) else TextLayer.SOUND


def _is_garbage(text: str, count: Sequence[int], size: int) -> bool:
    words = size - count[_Kind.MEANINGLESS] - count[_Kind.OTHER]
    return (
        count[_Kind.MEANINGLESS] > _LOST * size
        or words < _WORDLIKE * size
        or count[_Kind.FOREIGN] > _FOREIGN * size
        or count[_Kind.ACCENTED] > _ACCENTED * size
        or _is_impossible_chinese(text, count)
        or _is_impossible_latin(count, size)
    )


def _is_impossible_chinese(text: str, count: Sequence[int]) -> bool:
    frequent, common = count[_Kind.FREQUENT], count[_Kind.COMMON]
    han = frequent + common + count[_Kind.RARE]
    if han < _ENOUGH or frequent >= 2 * _FREQUENT * han:
        return False
    few = _FREQUENT if han >= _MANY else _FREQUENT / 4
    if frequent + common < _COMMON * han or (han >= _SOME and frequent < few * han):
        return True
    return _is_utf8_as_gb("".join(_HAN.findall(text)))


def _is_utf8_as_gb(han: str) -> bool:
    """Do most characters, as GB18030 bytes, make UTF-8 for Chinese?"""
    raw = han.encode("gb18030", "ignore")
    return 3 * len(_HAN.findall(raw.decode("utf-8", "ignore"))) > 0.6 * len(raw)


def _is_impossible_latin(count: Sequence[int], size: int) -> bool:
    letters = count[_Kind.VOWEL] + count[_Kind.CONSONANT]
    if letters < max(_MANY, 0.6 * size):
        return False
    return not _VOWELS[0] * letters <= count[_Kind.VOWEL] <= _VOWELS[1] * letters


class _Kind(IntEnum):
    """Classes of characters."""

    FREQUENT = 1
    COMMON = 2
    RARE = 3
    VOWEL = 4
    CONSONANT = 5
    ACCENTED = 6
    FOREIGN = 7
    WORD = 8
    MEANINGLESS = 9
    OTHER = 10
    LEADER = 11
    """What leads the eye in a table of contents, and often repeats without end."""
    SPACE = 12


_KINDS = len(_Kind) + 1
_CLASSES = np.zeros(sys.maxunicode + 1, dtype=np.uint8)
"""The class of each character that has been met; 0 for all others, whose memory is not even touched."""


def _counts(text: str) -> list[int]:
    """How many characters of each class there are in `text`, at the class's number."""
    if not text:
        return [0] * _KINDS
    ordinals = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    counts: list[int] = np.bincount(_CLASSES[ordinals], minlength=_KINDS).tolist()
    if counts[0] == 0:
        return counts
    for ordinal in np.unique(ordinals[_CLASSES[ordinals] == 0]).tolist():
        _CLASSES[ordinal] = _kind_of(chr(ordinal))
    return _counts(text)


def _kind_of(character: str) -> _Kind:
    category = unicodedata.category(character)
    if character.isspace():
        return _Kind.SPACE
    if character in _LEADERS:
        return _Kind.LEADER
    if character == "\ufffd" or category in _MEANINGLESS:
        return _Kind.MEANINGLESS
    if _HAN.match(character):
        if character in _MOST_FREQUENT:
            return _Kind.FREQUENT
        return _Kind.COMMON if _is_common(character) else _Kind.RARE
    if character.isascii() and character.isalpha():
        return _Kind.VOWEL if character in "aeiouyAEIOUY" else _Kind.CONSONANT
    if "\xa1" <= character <= "\xff":
        return _Kind.ACCENTED
    if category[0] not in "LNM":
        return _Kind.OTHER
    return _Kind.FOREIGN if _is_foreign(character) else _Kind.WORD


def _is_common(character: str) -> bool:
    """Is it among the first levels of GB 2312 (3,755 simplified) or Big5 (5,401 traditional)?"""
    for encoding, last in (("gb2312", 0xD7), ("big5", 0xC6)):
        try:
            if character.encode(encoding)[0] <= last:
                return True
        except UnicodeEncodeError:
            continue
    return False


def _is_foreign(character: str) -> bool:
    """Is it a letter past Greek that is neither Chinese, Japanese nor of full width?"""
    if character < "\u0400" or "\u1d00" <= character <= "\u2fff" or not character.isalpha():
        return False
    return not ("\u3000" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or "Ａ" <= character <= "ｚ")
