"""Does a recommendation say do, do not, or perhaps? Read from its verbs; a refusal is never taken for advice."""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["Polarity", "has_advice", "polarity_of"]

Polarity = Literal["for", "against", "conditional", "mixed"]

_ABOUT_WHOM = r"(?![^，,；;。]{0,24}的(?:患[者儿]|儿童|婴儿|新生儿|人群|情况|病例|家庭|方案|药物))"
"""不推荐手术的患儿，建议…… : the refusal describes the child, and is not the advice."""
_NO = (
    r"(?:[强弱]|强烈|有条件)?不(?:再|应当?|应该|宜|得|要"
    r"|可(?!避免|逆|缺|忽视|替代|耐受|控|用于)|能(?=常规|作为|替代|单独|仅|使用))?(?:常规|主动|单独)?"
)
_LIMIT = r"(?!少于|低于|超过|小于|大于|晚于|早于|迟于|短于|长于)"
_AGAINST = re.compile(
    rf"{_NO}(?:推荐|建议|主张|提倡|支持|鼓励){_ABOUT_WHOM}"
    rf"|不(?:常规|使用|给予|采用|作为){_ABOUT_WHOM}"
    rf"|不(?:应当?|应该|宜|得){_LIMIT}{_ABOUT_WHOM}|不可(?=[用使给单随自盲长轻])"
    r"|切?勿|切忌|忌用|禁止|禁用|禁忌使用|严禁|避免(?!延误|漏诊|误诊|遗漏|错过)|杜绝|反对"
    r"|无[需须]|无必要|没有必要|不必|毋需|不需要?(?=常规|进行|使用|预防|做|行|给)"
    r"|(?:should|must|do|does|need)\s?(?:not|n't)\b|\bno\s(?:recommendation|need)\b"
    r"|(?:recommend|suggest|advise|advice)\w*\s(?:strongly\s)?against|recommendation\sagainst"
    r"|(?:not|never)\s(?:be\s)?(?:routinely\s|generally\s)?"
    r"(?:recommended|suggested|advised|indicated|recommend|suggest|used)"
    r"|\bavoid(?:ed|ing|ance)?\b|contraindicated",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(
    r"有条件(?:地)?推荐|条件性推荐|可以?(?:酌情|考虑|尝试|权衡|谨慎|选择性)"
    r"|(?:谨慎|酌情|选择性)(?:考虑|使用|应用|选择|给予)?|慎用|权衡利弊"
    r"|conditional(?:ly)?\s(?:recommend\w*)|\b(?:may|might)\sconsider"
    r"|(?:may|might|can|could)\sbe\s(?:considered|reasonable|used|tried)",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"(?<!不)(?<!不再)(?<!不常规)(?:推荐(?!强度|级别|等级|类别|程度|意见|分级)|建议|主张|提倡|鼓励)"
    r"|(?<!不)应(?:当|该)?(?!激|答|对|变|急|力|用(?!于))|(?<!不)(?<!适)宜|首选|优先|须|必须"
    r"|可(?=使用|选用|用于|用|给予|给|采用|作为|行|以|予|联合|应用)"
    r"|(?<!不)(?<!无)(?<!必)需(?:要|尽|行|予|进行|在|给)"
    r"|\b(?:we|is|are|strongly|conditionally)\s(?:strongly\s|conditionally\s)?"
    r"(?:recommend(?:ed|s)?|suggest(?:ed|s)?|advise[ds]?)(?!\w*\s(?:strongly\s)?against)"
    r"|\b(?:should|must)\b(?!\s?not)|\brecommend\b(?!\s(?:strongly\s)?against)",
    re.IGNORECASE,
)
_AGAINST_STRENGTH = re.compile(r"不推荐|不建议|反对|against", re.IGNORECASE)
_CONDITIONAL_STRENGTH = re.compile(r"有条件|条件性|conditional", re.IGNORECASE)
_AVOIDANCE = re.compile(
    r"(?:应|应当|应该|需|建议|推荐|宜|注意|尽量|should|be|to|recommend)\s?(?:尽量|尽可能)?\s?(?=避免|avoid)", re.I
)


def has_advice(text: str) -> bool:
    """Does `text` say what ought to be done or left?"""
    return any(pattern.search(text) for pattern in (_FOR, _AGAINST, _CONDITIONAL))


def polarity_of(statement: str, strength: str = "") -> Polarity:
    """Which way `statement` advises; its grading's `strength` has the last word where it says 不推荐.

    A statement that advises one thing and refuses another is `mixed`; one without a verb of advice is `for`.
    """
    if _AGAINST_STRENGTH.search(strength):
        return "against"
    body = _AVOIDANCE.sub("", statement)
    refused = _AGAINST.search(body)
    advised = _FOR.search(_AGAINST.sub("", body))
    if refused:
        return "mixed" if advised and _is_own_clause(body, refused.start()) else "against"
    if _CONDITIONAL_STRENGTH.search(strength) or _CONDITIONAL.search(body):
        return "conditional"
    return "for"


def _is_own_clause(body: str, refused: int) -> bool:
    """Is there advice in another clause than the refusal's?"""
    start = max(body.rfind(mark, 0, refused) for mark in "，,；;。") + 1
    ends = [found for mark in "，,；;。" if (found := body.find(mark, refused)) >= 0]
    elsewhere = body[:start] + "。" + (body[min(ends) :] if ends else "")
    return bool(_FOR.search(_AGAINST.sub("", elsewhere)))
