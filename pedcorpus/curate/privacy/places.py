"""Recogniser `places`: addresses with and without a street, and hospitals and schools by their own names.

A province or a city alone is no address; after a cue (家住, 住址) it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pedcorpus.curate.privacy.identifier import Identifier
from pedcorpus.curate.privacy.words import words_of
from pedcorpus.facts.lookup import matches_from
from pedcorpus.records import IdentifierKind as Kind

__all__ = ["RECOGNISER"]

_PROVINCES = words_of("places.txt", "provinces")
_CITIES = words_of("places.txt", "cities")
_NOT_ADDRESSES = words_of("places.txt", "not_addresses")
_HOUSES = words_of("places.txt", "houses")
_NOT_HOUSES = tuple(sorted(words_of("places.txt", "not_houses"), key=lambda word: (-len(word), word)))


def _one_of(words: frozenset[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_C = "[\u3400-\u9fff\U00020000-\U0003ffff]"
_PROVINCE = f"(?:{_one_of(_PROVINCES)})(?:省|市|自治区|壮族自治区|回族自治区|维吾尔自治区|特别行政区)?"
_CITY = f"(?:{_one_of(_CITIES)})(?:市|地区|自治州|州)?"
_NAME = "(?:[^\\W\\d_A-Za-z的是在了和有我你他去到从与及或第]|和(?=[平顺田睦县]))"
_COUNTY = f"{_NAME}{{1,5}}?(?:自治县|新区|开发区|(?<![布地病疫灾牧林校院园厂])区|县|旗|市)"
_TOWN = f"{_NAME}{{1,6}}?(?:街道|镇|乡|村委会|社区|村|屯)"
_STREET = f"(?:{_NAME}|[A-Za-z0-9]){{1,8}}?(?:大道|大街|路|街|巷|胡同|里弄|弄)"
_DOOR = r"(?:[东西南北中]?\s?\d{1,5}(?:[-之]\d{1,4})?\s?(?:号院?|弄|巷))"
_ESTATE = f"{_NAME}{{1,8}}?(?:小区|花园|花苑|公寓|家园|新村|大厦|广场|苑|嘉园|雅居)"
_HOUSE = r"(?:\s?[A-Za-z]?\d{1,4}[-#]?\s?(?:号楼|栋|幢|座|单元|号门|层|楼|室|号|组|队|户)){1,4}(?:\s?\d{1,5}(?:室|号|户)?)?|\s?\d{1,3}(?:-\d{1,4}){1,3}(?!\d)"
_UPPER = f"(?:{_PROVINCE}(?:{_CITY})?|{_CITY})"
_TAIL = f"(?:{_COUNTY})?(?:{_TOWN}){{0,2}}(?:{_STREET}{_DOOR}?)?(?:{_ESTATE})?(?:{_HOUSE})?"
_WHOLE = re.compile(f"{_UPPER}(?P<tail>{_TAIL})")
_UPPER_STARTS = re.compile(f"[{''.join(sorted({name[0] for name in _PROVINCES | _CITIES}))}]")
_DOORED = re.compile(
    f"{_STREET}{_DOOR}(?:{_ESTATE})?(?:{_HOUSE})?|{_NAME}{{2,8}}?(?:小区|花园|花苑|公寓|家园|新村|大厦|苑|嘉园)(?:{_HOUSE})"
)
_CUE = re.compile(
    r"(?:家庭住址|现住址|居住地址?|户籍地?址?|户口所在地|住址|地址|籍贯|家住在?|我住在?|住在|现住|居住在|居住于|住于|老家在?|来自于?|我家在|家在|寄到|送到)\s?(?:是|为|[:：])?\s*"
)
_CUED = re.compile(f"(?:{_UPPER})?{_TAIL}")
_DOOR_SIGNS = re.compile("[路街道巷同弄区园寓村厦苑]")
"""One of these stands in whatever `_DOORED` matches, and a digit."""
_EN_ADDRESS = re.compile(
    r"(?<![\d.])\d{1,5}[A-Za-z]? (?:[A-Z][a-z]+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Close|Court|Boulevard|Blvd)\b"
)
_HOUSE_END = re.compile("医院|卫生院|保健院|幼儿园|小学|中学")
_PROPER = f"(?:(?![在到去往于至从的近是来送看哪等找]|家医|家里){_C})"
_CLEAR = re.compile(
    f"(?:{_UPPER}(?:{_COUNTY})?|{_one_of(_HOUSES)}|{_PROPER}{{2,6}}(?:医科大学|大学))"
    f"(?:(?!的|，|医院|小学|中学|幼儿园|是|在|有|去|到){_C}){{0,14}}$"
)
_HOUSE_CUE = re.compile(
    f"(?:就诊于|转至|转到|转入|送往|送至|住进|就读于?|上学在|就职于|任职于|工作单位[:：]?|医疗机构[:：]?|医院名称[:：]?|单位[:：]|毕业于|出院于|挂了|在)(?P<name>{_PROPER}{{2,10}})$"
)
_EN_HOUSE = re.compile(
    r"(?<![A-Za-z])(?:[A-Z][a-z'’]+ ){1,4}(?:Children's |Children’s |General |University |Memorial )?(?:Hospital|Clinic|Primary School|Kindergarten|Nursery)(?![a-z])"
)
_ASKED = re.compile("哪|什么|几家|几个|怎么|多少|任何")
"""Who asks for a hospital names none."""
_WARD = re.compile(f"{_C}{{1,4}}科")
_BACK = 24
_DIGIT = re.compile(r"\d")


class PlacesRecogniser:
    """Where somebody lives, and where they are treated or taught."""

    name = "places"
    version = 2

    def identifiers(self, text: str) -> Iterator[Identifier]:
        yield from _addresses(text)
        yield from _institutions(text)


def _addresses(text: str) -> Iterator[Identifier]:
    for match in matches_from(_UPPER_STARTS, _WHOLE, text):
        if len(match["tail"]) >= 2 and not _HOUSE_END.match(text, match.end()):
            yield Identifier(*match.span(), Kind.ADDRESS, 0.8)
    if _DIGIT.search(text):
        for pattern in (_DOORED, _EN_ADDRESS) if _DOOR_SIGNS.search(text) else (_EN_ADDRESS,):
            for match in pattern.finditer(text):
                yield Identifier(*match.span(), Kind.ADDRESS, 0.7)
    for cue in _CUE.finditer(text):
        place = _CUED.match(text, cue.end())
        if (
            place
            and len(place.group()) > 1
            and place.group() not in _NOT_ADDRESSES
            and not _HOUSE_END.match(text, place.end())
        ):
            yield Identifier(*place.span(), Kind.ADDRESS, 0.85)


def _institutions(text: str) -> Iterator[Identifier]:
    for word in _HOUSE_END.finditer(text):
        first = max(0, word.start() - _BACK)
        before = text[first : word.start()]
        if (found := _CLEAR.search(before)) and not _ASKED.search(found.group()):
            yield Identifier(first + found.start(), word.end(), Kind.INSTITUTION, 0.9)
        elif (found := _HOUSE_CUE.search(before)) and not _is_generic(found["name"]):
            yield Identifier(first + found.start("name"), word.end(), Kind.INSTITUTION, 0.6)
    for match in _EN_HOUSE.finditer(text):
        yield Identifier(*match.span(), Kind.INSTITUTION, 0.8)


def _is_generic(name: str) -> bool:
    """Does `name` say only what sort of house it is?"""
    if _WARD.fullmatch(name) or _ASKED.search(name):
        return True
    rest = name
    while rest:
        word = next((word for word in _NOT_HOUSES if rest.startswith(word)), None)
        if word is None:
            return False
        rest = rest[len(word) :]
    return True


RECOGNISER = PlacesRecogniser()
