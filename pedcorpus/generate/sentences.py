"""Whole sentences of a passage with their places, and which of them cannot stand alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["CAUTION", "Sentence", "opens_dangling", "points_elsewhere", "split_spans"]

_ZH_END = re.compile(r"[。！？!?]+[”」』’）)】〕\"']*|$")
_EN_END = re.compile(r"(?<![A-Z])(?<!\be\.g)(?<!\bi\.e)(?<!\bvs)[.!?]+[\"')\]]*(?=\s+[A-Z(]|\s*$)|$")

_BREAKS_OFF = re.compile(r"[，、,]$|^.{24,}[^。！？!?；;：:”」』’）)】〕.]$")

_ELSEWHERE = re.compile(
    r"[如见][下上]?[图表]|[图表]\s*\d|附[图表]|见下|见上|[如以列见]下(?!降)|下[述列面]|上[述列]|前[述文]|如前|本[节章书]|详见|参[看见阅]|参照.{0,6}[节章]|"
    r"见[^，。；]{0,10}[节章]|见“|分述|列述|兹[分将介列综]|同上|[（(]见|余同|《[^》]{2,20}》[^。，]{0,6}(?:云|曰|说|载|指出|称|谓|[：:])|方见|见前|见后|另见"
    r"|\b(?:Figure|Fig\.|Table|Chapter|see (?:above|below)|as follows|the following|this (?:section|chapter))\b",
)
_OPENERS = re.compile(
    r"^(?:者|的|和|\d+(?:\.\d+)?\s*(?:mg|ml|g|μg)|[静滴]*[滴注]射?，|它|其(?!因|他疾病)|此(?!病)|这|那|该(?!病)|前者|后者|但|而|故|因此|因而|所以|此外|另外|同时|并(?!发|存)|也|亦|则|且|又(?![称名])|再|然|若此|以此"
    r"|由此|从而|于是|反之|否则|不过|其中|其余|尤其|特别|即(?!使)|或|还|如此|至于|总之|综上|一旦|以上|二者|两者|后期|继而|继之|随后|之后|然后|如(?![果出])|诸|余|均|皆|多(?:系|由|因)此|以免|加之|原方|有无|是否"
    r"|(?:It|They|This|These|Those|He|She|However|Therefore|Thus|Moreover|In addition|Such|Then|Also|But|And|Or)\b)"
)
CAUTION = re.compile(
    r"禁用|禁忌|忌|避免|慎用|切勿|不宜|不应|不用|不要|不得|警惕|注意|停用|监测|不主张|不推荐|不作为|不能|防止"
)
"""Sentences on treatment that warn of something or rule it out."""
_LATER_PRONOUN = re.compile(r"前者|后者|彼")


@dataclass(frozen=True)
class Sentence:
    """One whole sentence: `passage.text[start:end]`."""

    start: int
    end: int
    text: str


def split_spans(text: str, start: int = 0, *, language: str) -> list[Sentence]:
    """Sentences of `text` from `start` on; a semicolon does not end one, and a sentence that breaks off is none."""
    pattern = _ZH_END if language == "zh" else _EN_END
    found: list[Sentence] = []
    position = start
    for match in pattern.finditer(text, start):
        end = match.end()
        piece = text[position:end]
        if stripped := piece.strip():
            begin = position + piece.index(stripped)
            found.append(Sentence(begin, begin + len(stripped), stripped))
        position = end
    if found and language == "zh" and _BREAKS_OFF.search(found[-1].text):
        found.pop()
    return found


def points_elsewhere(text: str) -> bool:
    """Does `text` point at a figure, table, section or list that the reader does not have?"""
    return bool(_ELSEWHERE.search(text))


def opens_dangling(text: str) -> bool:
    """Would `text` refer to something unsaid if it opened an answer?"""
    opening = re.split(r"[，,。；]", text, maxsplit=1)[0]
    return bool(_OPENERS.match(text)) or bool(_LATER_PRONOUN.search(opening))
