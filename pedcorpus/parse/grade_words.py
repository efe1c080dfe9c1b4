"""The words in which guidelines grade: levels of evidence, strengths, codes such as 1B; Chinese and English."""

from __future__ import annotations

import re

__all__ = ["AGREEMENT", "CODE", "FIELDS", "FILLER", "LABELLED", "LABELS_ALONE", "LABEL_WORD", "LETTER", "STRENGTH"]

_ROMAN = r"(?:I{1,3}V?|IV|VI{0,3}|[ⅠⅡⅢⅣⅤ])"
_DIGIT_LEVEL = rf"(?:{_ROMAN}|[1-5])\s?[-－~～]?\s?[a-dA-D]?(?:[1-3](?!\d))?[+＋]{{0,2}}"
_LETTER_LEVEL = rf"[A-E]\s?[-－]?(?:{_ROMAN}|[1-3](?!\d)|EO|LD|NR|R)?[+＋-]?"
_WORD_LEVEL = r"极低|很低|中等|高|中|低|⊕[⊕○◯⊖⊝O]{0,4}|GPS|专家(?:意见|共识|经验)"
_LEVEL = (
    rf"(?:{_DIGIT_LEVEL}|{_LETTER_LEVEL}|{_WORD_LEVEL})"
    r"(?:\s?(?:质量|级|等(?!级)))?(?![A-Za-z0-9])"
)
_DEGREE = r"(?:强烈|强|弱|有条件|条件性|中等强度)"
_STRONG = (
    rf"{_DEGREE}?\s?不(?:推荐|建议)(?:使用)?|反对"
    rf"|{_DEGREE}\s?(?:推荐|建议)"
    r"|推荐(?![强级等类程分水意])"
)
_PRACTICE = (
    r"U?GPS|BPS|(?:最佳|良好(?:临床)?)实践(?:声明|陈述|主张)?"
    r"|专家共识|共识推荐|专家意见"
)
_EVIDENCE_LABEL = (
    r"(?:GRADE\s?)?证据\s?(?:总体)?(?:的)?(?:质量|确定性|可信度)?(?:的)?"
    r"(?:等级|级别|水平|分级|强度|分类|质量)?(?:为|是)?\s?[：:]?\s?"
)
_STRENGTH_LABEL = r"推荐\s?(?:的)?(?:强度|级别|等级|类别|程度|分级|水平)(?:为|是)?\s?[：:]?\s?"
_ANY_VALUE = r"[^，,；;、）)】\]。：:\s]{1,8}"
_CHINESE = (
    rf"{_EVIDENCE_LABEL}(?P<evidence>{_LEVEL})"
    rf"|(?P<evidence_before>{_LEVEL})\s?(?:的)?证据(?:质量|等级|级别|水平)?"
    rf"|{_STRENGTH_LABEL}(?P<strength>{_STRONG}|{_PRACTICE}|[强弱高中低]等?(?![\u4e00-\u9fff])|{_LEVEL}|{_ANY_VALUE})"
    rf"|(?P<class>{_ROMAN}\s?[abAB]?\s?类(?:\s?推荐)?|[A-D]\s?级\s?推荐)"
)
_LEVEL_EN = (
    r"(?:very low|low|moderate|high|insufficient|expert opinion"
    rf"|{_ROMAN}[a-c]?|[1-5][a-d]?[+-]{{0,2}}|[A-D](?:-[A-Z]{{1,2}})?)\b"
)
_QUALITY_EN = r"(?:very[\s-]low|low|moderate|high)[\s-]"
_ENGLISH = (
    r"(?:(?:quality|level|certainty|strength)\sof\s(?:the\s)?evidence"
    r"|evidence(?:\s(?:quality|level|grade|certainty))?|LOE|QOE)"
    rf"\s?[:：=]?\s?(?:is\s)?(?P<evidence_en>{_LEVEL_EN})(?:\s?(?:quality|certainty))?"
    rf"|(?P<quality_en>{_QUALITY_EN}(?:(?:quality|certainty)(?:\s(?:of\s)?evidence)?|evidence))"
    r"|(?P<strength_en>(?:strong|weak|conditional|moderate|discretionary|qualified)\srecommendation"
    r"(?:\s(?:against|for))?)"
    r"|(?:(?:strength|class|grade)\sof\s(?:the\s)?recommendation"
    r"|recommendation(?:\s(?:strength|grade|class))?|COR|GOR|SOR|class)\s?[:：=]?\s?"
    rf"(?P<class_en>(?:strong|weak|conditional|moderate|optional)(?:\s(?:recommendation|against|for))*|{_LEVEL_EN})"
    r"|(?P<practice_en>(?:un)?graded?\s?(?:good\spractice\sstatement|consensus[\s-]based(?:\sstatement)?)"
    r"|good\spractice\s(?:statement|point)|best\spractice\s(?:statement|advice)"
    r"|consensus\s(?:recommendation|statement)|not\sgraded|ungraded(?:\sstatement)?)"
)
_PERCENT = r"\d{1,3}(?:\.\d{1,2})?\s?[%％]"
AGREEMENT = (
    r"(?:专家)?(?:共识度|共识水平|同意率|同意度|一致率|赞同率|赞成率|投票(?:同意|支持|赞成)?率?"
    rf"|(?:level\sof\s)?agreement|consensus)\s?[：:]?\s?(?P<agreement>{_PERCENT})"
    rf"|(?P<agreed>{_PERCENT}\s?(?:同意|赞同|赞成|共识|agreement|consensus))"
)
LABELLED = re.compile(rf"{_CHINESE}|{AGREEMENT}|(?i:{_ENGLISH})")
"""A label with its value; the named group says which value."""
FIELDS = {
    "evidence": "grade",
    "evidence_before": "grade",
    "evidence_en": "grade",
    "quality_en": "grade",
    "strength": "strength",
    "class": "strength",
    "strength_en": "strength",
    "class_en": "strength",
    "practice_en": "strength",
    "agreement": "agreement",
    "agreed": "agreement",
}
"""What each group of `LABELLED` gives."""
STRENGTH = re.compile(rf"{_STRONG}|{_PRACTICE}")
"""Words that are a strength by themselves, where they stand alone between brackets."""
LETTER = re.compile(r"(?:Grade\s?)?[A-D]")
_SEPARATOR = r"\s?[-－,，、/;；:：]?\s?"
CODE = re.compile(
    r"(?:推荐\s?|Grade\s?)?(?P<code>"
    rf"[12]\s?[-－]?\s?[A-D]|[A-D]\s?[-－]?\s?(?:{_ROMAN}|[1-4])"
    rf"|{_ROMAN}\s?[abAB]?\s?级?{_SEPARATOR}[A-C](?:-(?:LD|NR|EO|R))?"
    rf"|[1-5][a-d]?[+]{{0,2}}{_SEPARATOR}[A-D]|[A-D][+-]?{_SEPARATOR}[1-5][a-d]?[+]{{0,2}}"
    r"|[A-D]\s?级|⊕[⊕○◯⊖⊝O]{1,4})\s?级?(?:推荐|证据)?",
    re.IGNORECASE,
)
"""A grading in a code of its own, which gives evidence and strength in one."""
LABEL_WORD = re.compile(
    r"证据|推荐\s?(?:强度|级别|等级|类别|程度|分级|水平)"
    r"|evidence|recommendation|LOE|COR|SOR|GOR|class|practice|graded",
    re.IGNORECASE,
)
LABELS_ALONE = re.compile(
    r"证据\s?(?:质量|确定性)?(?:等级|级别|水平|分级|强度|质量)|推荐\s?(?:强度|级别|等级|类别|程度|分级)"
    r"|(?:level|quality|strength|grade|class)\sof\s(?:evidence|recommendation)"
    r"|evidence\s(?:quality|level|grade)|recommendation\s(?:strength|grade)",
    re.IGNORECASE,
)
"""Labels that make a grading without brackets: `证据` or `class` alone may be any sentence's."""
FILLER = re.compile(
    r"[\s，,；;、：:/|·。.\-—和及与且]|质量|推荐|证据|级|GRADE|Oxford|牛津|and|evidence|recommendation|quality",
    re.IGNORECASE,
)
