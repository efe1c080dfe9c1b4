"""Names of drugs and diseases in a text: those of the tables, and unknown ones by how such names end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from pedcorpus.facts.lookup import has_latin, whole_words
from pedcorpus.facts.tables import alias_table, class_names, contrast_table
from pedcorpus.spans import Spans

__all__ = ["Contrast", "Name", "NameKind", "find_contrasts", "find_names"]

NameKind = Literal["drug", "disease"]
_TABLES: tuple[tuple[NameKind, str], ...] = (("drug", "drugs"), ("disease", "diseases"))
_HAN = "\u4e00-\u9fff"
_LEFT_OUT = "的了是为与和或及等用给予以在有可对由因至到从者应无未不非使加并含于该此本这类种某各均后前时需若如再其即但而所患致起被将把呈示见伴"
_QUALITY = re.compile(
    rf"(?:[急慢良恶]性|(?![{_LEFT_OUT}])[{_HAN}](?![{_LEFT_OUT}])[{_HAN}][性型]|病毒|细菌|真菌|衣原体|支原体|腺病毒|新生儿)+$"
)
_DRUG_ENDS = "霉素|环素|西林|培南|沙星|硝唑|康唑|洛韦|米韦|那韦|昔韦|西泮|唑仑|巴比妥|拉唑|替丁|洛芬|奈德|米松|尼松|尼松龙|可的松|特罗|他定|拉敏|普利|沙坦|洛尔|地平|噻嗪|司琼|必利|单抗|头孢[\u4e00-\u9fff]{2}|卡因|茶碱|噻吨|唑胺|磺胺[\u4e00-\u9fff]{2}"
_DISEASE_ENDS = "综合征|综合症|[炎癌瘤疝疹症病]|贫血|惊厥|哮喘|结核|感染|中毒|休克|衰竭|畸形|缺损|出血"
_UNKNOWN: dict[NameKind, tuple[re.Pattern[str], re.Pattern[str], int]] = {
    "drug": (
        re.compile(_DRUG_ENDS),
        re.compile(rf"(?:(?![{_LEFT_OUT}])[{_HAN}]){{0,3}}(?:{_DRUG_ENDS})"),
        3,
    ),
    "disease": (
        re.compile("综合征|综合症|[炎癌瘤疝]|麻疹|贫血|哮喘|热病"),
        re.compile(rf"(?:(?![{_LEFT_OUT}])[{_HAN}]){{1,4}}(?:综合征|综合症|[炎癌瘤疝](?!症|性)|麻疹|贫血|哮喘|热病)"),
        4,
    ),
}
"""How such names end, the whole of one, and how many characters may stand before its end."""
_UNKNOWN_LATIN: dict[NameKind, re.Pattern[str]] = {
    "drug": re.compile(
        r"\b[a-z]{2,}(?:cillin|mycin|floxacin|conazole|nidazole|ciclovir|cyclovir|barbital|azepam|azolam|profen|tidine|prazole|sone|olone|terol|tadine|sartan|olol|dipine|setron|cycline|racetam)\b"
    ),
    "disease": re.compile(r"\b[a-z]{3,}(?:itis|aemia|emia|oma|osis|pathy|syndrome)\b"),
}
_GENERIC = frozenset(
    "炎症 发炎 消炎 抗炎 肿瘤 综合征 贫血 哮喘 感染 diagnosis prognosis necrosis cyanosis acidosis alkalosis thrombosis stenosis stoma coma "
    "haematoma hematoma oedema symptom bacteraemia dehydration anaemia anemia fibrosis sclerosis hypoxia epidemic academia psychosis neurosis haemolysis".split()
)  # fmt: skip


class Name(NamedTuple):
    """One name at `start:end` of the plain text."""

    start: int
    end: int
    kind: NameKind
    canonical: str
    """First of its aliases; an unknown name stands for itself."""
    quality: str = ""
    """What narrows the disease before its name in the table, as 细菌性 before 肺炎."""
    is_class: bool = False
    """Names a class of drugs, not a drug."""
    is_known: bool = True


class Contrast(NamedTuple):
    """A word that excludes the others of its family, at `start:end` of the plain text."""

    start: int
    end: int
    family: str
    value: str


@cache
def _name_pattern(kind: str) -> re.Pattern[str]:
    return whole_words(alias_table(kind))


@cache
def _contrast_pattern() -> re.Pattern[str]:
    return whole_words(contrast_table())


def find_names(text: str) -> tuple[Name, ...]:
    """Names of drugs and diseases in a plain text, in order; of overlapping ones the longer, a drug before a disease."""
    found: list[Name] = []
    for kind, table in _TABLES:
        found += _known(text, kind, table)
    taken = Spans((item.start, item.end) for item in found)
    for kind, _ in _TABLES:
        found += [item for item in _unknown(text, kind) if not taken.touch(item.start, item.end)]
    return tuple(_longest(found))


def _known(text: str, kind: NameKind, table: str) -> Iterator[Name]:
    aliases = alias_table(table)
    for match in _name_pattern(table).finditer(text):
        canonical = aliases[match.group()]
        quality = ""
        if kind == "disease" and (before := _QUALITY.search(text, max(0, match.start() - 9), match.start())):
            quality = before.group()
        yield Name(match.start(), match.end(), kind, canonical, quality, canonical in class_names())


def _unknown(text: str, kind: NameKind) -> Iterator[Name]:
    for match in _matches(text, kind):
        if match.group() not in _GENERIC:
            yield Name(match.start(), match.end(), kind, match.group(), is_known=False)


def _matches(text: str, kind: NameKind) -> Iterator[re.Match[str]]:
    ends, whole, most = _UNKNOWN[kind]
    place = 0
    ending = ends.search(text)
    while ending:
        found = whole.search(text, max(place, ending.start() - most))
        if not found:
            break
        yield found
        place = found.end()
        ending = ends.search(text, place)
    if has_latin(text):
        yield from _UNKNOWN_LATIN[kind].finditer(text)


def _longest(found: list[Name]) -> list[Name]:
    kept: list[Name] = []
    for item in sorted(found, key=lambda item: (item.start, -item.end, item.kind != "drug")):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def find_contrasts(text: str) -> Iterator[Contrast]:
    """Words of the exclusive families, in order."""
    table = contrast_table()
    for match in _contrast_pattern().finditer(text):
        family, value = table[match.group()]
        yield Contrast(match.start(), match.end(), family, value)
