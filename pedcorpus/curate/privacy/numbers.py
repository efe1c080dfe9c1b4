r"""Recogniser `numbers`: telephones, identity and bank cards, plates and e-mail, by shape and check digit.

A digit's neighbours decide, never `\b`: Chinese characters are word characters and would hide what they touch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pedcorpus.curate.privacy.identifier import Identifier
from pedcorpus.records import IdentifierKind as Kind

__all__ = ["RECOGNISER", "id_card_sum_holds", "luhn_holds"]

_DIGITS = re.compile(
    r"(?<![\d.A-Za-z])(?<!\d[ -])(?<![A-Za-z]-)\+?\(?\d(?:[ ()-]{0,2}\d){6,20}(?:[ -]?[Xx])?(?![\dA-Za-z]|\.\d)"
)
_MOBILE = re.compile(r"(?:(?:00)?86)?1[3-9]\d{9}")
_SERVICE = re.compile(r"[48]00\d{7}")
_LANDLINE = re.compile(r"(?:\(0\d{2,3}\)|0\d{2,3})[ -]{0,2}[1-9]\d{2,3}[ -]?\d{4}")
_ID_CARD = re.compile(
    r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{4}"
    r"(?:(?:19|20)\d{2})(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
)
_CUE_CHARS = 16
_PHONE_CUE = re.compile(
    r"(?:电话|手机|联系方式|热线|座机|号码|致电|拨打|来电|\b(?:tel|phone|mobile|call)\b)[^\d，。；,;]{0,8}$", re.I
)
_ID_CUE = re.compile(r"(?:身份证|证件|公民身份|\bID\b)[^\d，。；]{0,8}$", re.I)
_BANK_CUE = re.compile(r"(?:银行卡?|卡号|账号|账户|储蓄|信用卡|医保卡|社保卡|就诊卡)[^\d，。；]{0,8}$")
_SPOKEN = re.compile(r"[幺一][三四五六七八九][零〇幺一二三四五六七八九]{9}(?![零〇幺一二三四五六七八九])")
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}"
)
_PLATE = re.compile(
    "(?<![A-Za-z0-9])[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·. -]?"
    "(?=[A-Z]{0,6}[0-9])(?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[学警港澳挂])(?![A-Za-z0-9])"
)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK = "10X98765432"


def id_card_sum_holds(number: str) -> bool:
    """Does the last character of 18 fit the others (GB 11643, ISO 7064 mod 11-2)?"""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    return _ID_CHECK[total % 11] == number[17].upper()


def luhn_holds(number: str) -> bool:
    """Does the last digit fit the others (ISO/IEC 7812)?"""
    from_right = [int(digit) for digit in reversed(number)]
    return (sum(from_right[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in from_right[1::2])) % 10 == 0


class NumberRecogniser:
    """Long runs of digits, with or without spaces and hyphens; e-mail and plates."""

    name = "numbers"
    version = 1

    def identifiers(self, text: str) -> Iterator[Identifier]:
        for match in _DIGITS.finditer(text):
            yield from _judged(text, match.start(), match.group())
        for match in _SPOKEN.finditer(text):
            yield Identifier(*match.span(), Kind.PHONE, 0.8)
        if "@" in text:
            for match in _EMAIL.finditer(text):
                yield Identifier(*match.span(), Kind.EMAIL, 0.99)
        for match in _PLATE.finditer(text):
            yield Identifier(*match.span(), Kind.PLATE, 0.9)


def _judged(text: str, start: int, run: str) -> Iterator[Identifier]:
    """What a run of digits is, by itself or after its cue; nothing if it is only a number."""
    end = start + len(run)
    cue = text[max(0, start - _CUE_CHARS) : start]
    number = re.sub(r"[^\dXx]", "", run)
    if found := _kind(number, run, cue):
        yield Identifier(start, end, *found)
        return
    for part in re.finditer(r"(?<!\d)(?:1[3-9]\d(?:[ -]?\d{4}){2}|0\d{2,3}-[1-9]\d{6,7})(?!\d)", run):
        yield Identifier(start + part.start(), start + part.end(), Kind.PHONE, 0.9)


def _kind(number: str, run: str, cue: str) -> tuple[Kind, float] | None:
    has_id_cue = bool(_ID_CUE.search(cue))
    if len(number) == 18 and _ID_CARD.fullmatch(number):
        return Kind.ID_CARD, 0.99 if id_card_sum_holds(number) else 0.8 if has_id_cue else 0.5
    if has_id_cue and len(number) in (15, 17, 18, 19):
        return Kind.ID_CARD, 0.7
    if "X" in number.upper():
        return None
    if _MOBILE.fullmatch(number):
        return Kind.PHONE, 0.95
    if _LANDLINE.fullmatch(run) or (_SERVICE.fullmatch(number) and ("-" in run or _PHONE_CUE.search(cue))):
        return Kind.PHONE, 0.9
    if _PHONE_CUE.search(cue) and 7 <= len(number) <= 13:
        return Kind.PHONE, 0.8
    if 15 <= len(number) <= 19 and _BANK_CUE.search(cue):
        return Kind.BANK_CARD, 0.95 if luhn_holds(number) else 0.7
    if 16 <= len(number) <= 19 and number[0] in "3456" and luhn_holds(number) and "." not in run:
        return Kind.BANK_CARD, 0.8
    return None


RECOGNISER = NumberRecogniser()
