"""What stands in an identifier's place: of the same kind and shape, and nobody's.

A surrogate follows from its shape and from how many of its kind came before it in the dialogue, never from the
original's own characters: who has only the surrogate cannot try originals until one fits. Surrogates can be told from
originals (甲某某, 00000000001, 某市某区), so that a text is not de-identified twice and a check does not find them.
"""

from __future__ import annotations

import re

from pedcorpus.records import IdentifierKind as Kind

__all__ = ["is_surrogate", "surrogate_for"]

_STEMS = "甲乙丙戊己庚壬癸丑寅卯巳未酉戌亥"
"""Cyclical signs that are not surnames in use."""
_PERSON = re.compile(f"[{_STEMS}]{{1,2}}(?:某|$)|Doe-")
_UNITS = re.compile(
    "自治区|自治州|自治县|省|市|区|县|旗|街道|镇|乡|社区|小区|村|大道|大街|路|街|巷|胡同|弄|花园|公寓|号楼|单元|栋|幢|座|层|楼|室|号|组|队"
)
_HOUSE = re.compile(
    "(?:儿童|妇幼保健|妇产|人民|中医|肿瘤|口腔)?(?:医院|卫生院|保健院|幼儿园|小学|中学)|Hospital|Clinic|Primary School|Kindergarten|Nursery"
)
_NUMBERS = frozenset({Kind.PHONE, Kind.ID_CARD, Kind.BANK_CARD, Kind.RECORD_NUMBER})
_YEAR = re.compile(r"(?:19|20)\d{2}|[一二][九零〇○][一二三四五六七八九零〇○]{2}(?=年)")
_MONTHS = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*")
_SPOKEN = "零〇幺一二三四五六七八九"


def surrogate_for(kind: Kind, text: str, number: int) -> str:
    """What stands for `text`, the `number`-th of its kind in a dialogue, counted from 0."""
    if kind is Kind.PERSON:
        return _person(text, number)
    if kind in _NUMBERS:
        return _digits(text, number)
    if kind is Kind.BIRTH_DATE:
        return _first_of_january(text)
    if kind is Kind.EMAIL:
        return f"user{number + 1}@example.com"
    if kind is Kind.ACCOUNT:
        return _digits(text, number) if text[0].isdigit() else f"wxid_example{number + 1}"
    if kind is Kind.PLATE:
        return f"某A{_digits('0' * 5, number)}"
    if kind is Kind.INSTITUTION:
        return _house(text, number)
    return _place(text)


def is_surrogate(kind: Kind, text: str) -> bool:
    """Is `text` what `surrogate_for` writes? Text that somebody else made anonymous (某医院) counts too."""
    if kind is Kind.PERSON:
        return _PERSON.match(text) is not None or "某" in text
    if kind is Kind.BIRTH_DATE:
        return text == _first_of_january(text)
    if kind is Kind.EMAIL:
        return text.lower().endswith(("@example.com", "@example.org"))
    if kind in _NUMBERS or (kind is Kind.ACCOUNT and text[:1].isdigit()):
        digits = "".join(re.findall(r"\d", text))
        return bool(digits) and set(digits[: -min(2, len(digits) // 2)] or digits) == {"0"}
    if kind is Kind.ACCOUNT:
        return text.startswith("wxid_example")
    return "某" in text or text.startswith("Example ")


def _stem(number: int) -> str:
    rounds, index = divmod(number, len(_STEMS))
    return (_STEMS[(rounds - 1) % len(_STEMS)] if rounds else "") + _STEMS[index]


def _person(text: str, number: int) -> str:
    if text.isascii():
        return f"Doe-{chr(ord('A') + number % 26)}{number // 26 or ''}"
    return _stem(number) + "某" * min(len(text) - 1, 2)


def _digits(text: str, number: int) -> str:
    """The shape of `text` with zeros, and at its end which one it is."""
    places = [place for place, character in enumerate(text) if character.isdigit() or character in _SPOKEN + "Xx"]
    shown = str((number + 1) % 100)
    drawn = list(text)
    for place in places:
        drawn[place] = "0"
    if len(places) > 3:
        for place, digit in zip(places[-len(shown) :], shown, strict=True):
            drawn[place] = digit
    return "".join(
        drawn[place] if place in set(places) or not drawn[place].isalpha() else "A" for place in range(len(drawn))
    )


def _first_of_january(text: str) -> str:
    """The same year: who is born on its first day cannot be told from the others."""
    year = _YEAR.search(text)
    if year is None:
        return text
    before, after = text[: year.start()], text[year.end() :]
    return _ones(before) + year.group() + _ones(after)


def _ones(text: str) -> str:
    text = _MONTHS.sub("Jan", text)
    if re.fullmatch(r"\d{4}", text.strip()):
        return text.replace(text.strip(), "0101")
    text = re.sub(r"\d+(?:st|nd|rd|th)?", lambda found: "1".zfill(len(re.match(r"\d+", found[0])[0])), text)  # type: ignore[index]
    return re.sub("[一二三四五六七八九十]+", "一", text)


def _house(text: str, number: int) -> str:
    sort = _HOUSE.search(text)
    if text.isascii():
        return f"Example {sort.group() if sort else 'Hospital'}{f' {number + 1}' if number else ''}"
    return f"某{_stem(number) if number else ''}{sort.group() if sort else '单位'}"


def _place(text: str) -> str:
    if text.isascii():
        return "Example Street"
    return "".join(f"某{unit}" for unit in _UNITS.findall(text)) or "某地"
