"""What a heading or label asks about: 病因病机 is a cause, 辨证论治 a treatment, 调护 a matter of care."""

from __future__ import annotations

import re

from pedcorpus.tasks.medkqa import Aspect

__all__ = ["aspect_of", "is_left_out", "is_structural"]

# The first that fits decides, so the narrower stand before the wider.
_ASPECTS: tuple[tuple[Aspect, str], ...] = (
    ("differential", r"诊断与鉴别|鉴别诊断|鉴别|differential diagnos[ei]s|differentials?"),
    ("epidemiology", r"流行病学|流行情况|流行特征|发病率|发病情况|发病特点|epidemiology|incidence"),
    ("mechanism", r"发病机[制理]|病理生理|病理机制|病理改变|病理|病机|pathogenesis|pathophysiology|mechanisms?"),
    (
        "cause",
        r"病因病机|病因病理|病因[及与]发病机[制理]|病因|病原学?|病原体|诱因|危险因素"
        r"|a?etiology|causes?|risk factors?",
    ),
    (
        "manifestation",
        r"临床表现|临床特[点征]|临床症状|主要表现|常见表现|证候|证状|症状|体征|主症|表现"
        r"|重症识别|病情评估|分度|分型|分期|clinical (?:features|manifestations|presentation)"
        r"|symptoms(?: and signs)?|signs and symptoms|presentation",
    ),
    (
        "examination",
        r"实验室及辅助检查|实验室和其他检查|辅助检查|实验室检查|影像学检查|检查|化验"
        r"|investigations?|laboratory (?:tests|findings)|examinations?|tests",
    ),
    (
        "diagnosis",
        r"辨证要[领点]|诊断要[点领]|诊断标准|诊断依据|诊断流程|诊断|诊查要点|四诊要点"
        r"|diagnos(?:is|tic criteria)",
    ),
    ("complication", r"并发症|合并症|合并证|complications?"),
    (
        "treatment",
        r"辨证论治|辨证施治|论治要[点领]|治疗要点|治疗原则|治疗|论治|常见证治|证治|临证权变"
        r"|治法|方例|方药|处方|处理|急救|急诊处理|用药|treatment|management|therapy",
    ),
    ("care", r"调护|护理与随访|护理|家庭护理|调摄|将护|护养|日常管理|care|nursing|home care"),
    ("prevention", r"预防|预防接种与预防|prevention"),
    ("prognosis", r"预后|转归|随访与预后|随访|prognosis|outcomes?|follow-up"),
    ("definition", r"概述|定义|概念|简介|definition|overview|introduction"),
)
_EXACT = tuple((name, re.compile(rf"(?:{words})", re.I)) for name, words in _ASPECTS)
_JOINED = re.compile(rf"(?:{'|'.join(words for _, words in _ASPECTS)})(?:\s*(?:[与和及、/]|and|&)\s*|$)", re.I)
_OF_DISEASE = re.compile(r"^.{2,15}的(?P<aspect>.{2,8})$")

# Sections whose words are not the book's own teaching, or not fit to be asked about.
_LEFT_OUT = re.compile(
    r"例案|案例|医案|病案|病例|文献|验方|自学|目的要求|面[授撵]时数|时数|参考资料|思考题|复习题|习题|小结|附方|附表|附图"
    r"|目录|前言|序言|编写|致谢|利益冲突|缩略"
    r"|references|acknowledge?ments?|conflicts? of interest|case reports?|exercises",
    re.I,
)
_STRUCTURAL = re.compile(
    r"总论|各论|概论|绪论|通论|基础|上篇|中篇|下篇|附录|生长|发育|生理|保健|喂养|诊法|辨证|治法|方法|疾病$|病症$|病证$|性病$"
    r"|疾患$|系统|指南|共识|推荐|意见|建议|证治|体检|检查|诊$|diseases$|disorders$|appendix|general",
    re.I,
)


def aspect_of(heading: str) -> Aspect | None:
    """The aspect that `heading`, already without numbering, names; none for a disease or any other title."""
    text = heading.strip()
    if len(text) > 40:
        return None
    for name, pattern in _EXACT:
        if pattern.fullmatch(text):
            return name
    if len(text) <= 30 and (joined := _JOINED.match(text)) and joined.end() < len(text):
        first, rest = joined.group(), text[joined.end() :]
        if aspect_of(rest):
            return aspect_of(re.sub(r"\s*(?:[与和及、/]|and|&)\s*$", "", first))
    if of_disease := _OF_DISEASE.match(text):
        return aspect_of(of_disease["aspect"])
    return None


def is_left_out(heading: str) -> bool:
    """Does `heading` open cases, old citations, folk recipes or study aids, from which nothing is made?"""
    return bool(_LEFT_OUT.search(heading)) or heading in {"按", "注"}


def is_structural(heading: str) -> bool:
    """Is `heading` a division of the book and no disease?"""
    return bool(_STRUCTURAL.search(heading))
