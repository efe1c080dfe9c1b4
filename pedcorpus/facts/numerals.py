"""Numbers in words: 三, 两, 二十四, 半; three, half, twenty."""

from __future__ import annotations

import re

__all__ = ["CHINESE_NUMERAL", "ENGLISH_NUMERAL", "NEAR_ITS_BEGINNING", "NUMERAL_WORDS", "numeral_value"]

CHINESE_NUMERAL = "[零〇一二两三四五六七八九十百千半]+"
NEAR_ITS_BEGINNING = r"(?<![\d零〇一二两三四五六七八九十百千半]{13})"
"""After the first sign of a number: no number is looked for far inside a longer run of signs, as of 10,000 digits."""
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_ENGLISH = {
    "half a": 0.5, "half an": 0.5, "half": 0.5, "one and a half": 1.5, "an": 1.0, "a": 1.0, "one": 1.0, "two": 2.0,
    "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0,
    "eleven": 11.0, "twelve": 12.0, "fourteen": 14.0, "fifteen": 15.0, "eighteen": 18.0, "twenty": 20.0,
    "twenty-four": 24.0, "thirty": 30.0, "forty": 40.0, "forty-eight": 48.0, "fifty": 50.0, "sixty": 60.0,
    "ninety": 90.0, "hundred": 100.0,
}  # fmt: skip
NUMERAL_WORDS = frozenset(re.split("[ -]", name)[0] for name in _ENGLISH)
"""With what `ENGLISH_NUMERAL` begins."""
ENGLISH_NUMERAL = "(?:" + "|".join(sorted(_ENGLISH, key=len, reverse=True)) + ")"


def numeral_value(text: str) -> float:
    """The value of a number in figures or words, as `NUMBER` patterns match them: 1,000, 二十四, half a, 1/3."""
    if text in _ENGLISH:
        return _ENGLISH[text]
    if text[0].isdigit():
        top, _, bottom = text.replace(",", "").partition("/")
        return float(top) / float(bottom) if bottom else float(top)
    return _chinese(text)


def _chinese(text: str) -> float:
    total = section = 0.0
    for character in text:
        if character == "半":
            section += 0.5
        elif character in _STEPS:
            total += (section or 1) * _STEPS[character]
            section = 0
        else:
            section = _DIGITS[character]
    return total + section
