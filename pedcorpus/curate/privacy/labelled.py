"""Recogniser `labelled`: numbers and accounts that only the word before them makes an identifier, and dates of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pedcorpus.curate.privacy.identifier import Identifier
from pedcorpus.records import IdentifierKind as Kind

__all__ = ["RECOGNISER"]

_IS = r"[码为是\s:：#№.（(=]{0,6}"
_RECORD = re.compile(
    r"(?:住院|门诊|病案|病历|病例|就诊|登记|检查|检验|样本|标本|影像|放射|超声|病理|病理标本|医保|社保|医疗|就诊卡|挂号|床位?|病床|"
    r"档案|流水|条形|条码|医嘱|处方|CT|MRI|X线|X光|DR)(?:卡|单|本|流水)?(?:编号|号|ID)" + _IS + r"(?P<value>[A-Za-z]{0,4}[- ]?\d[\dA-Za-z-]{1,19})"
    r"|(?:\b|(?<=[\u4e00-\u9fff]))(?:MRN|Medical record (?:number|no)|Hospital (?:number|no)|Patient ID|NHS (?:number|no)|Bed)\.?"
    r"\s*[:#]?\s*(?P<english>[A-Za-z]{0,3}-?\d[\d -]{0,14}\d|\d)",
    re.I,
)  # fmt: skip
_BED_AFTER = re.compile(
    r"(?<![\d.])(?P<value>\+?\d{1,3})\s?(?:号床|床(?=[，。,：:；、）)\s]|的?(?:患儿|患者|病人|宝宝|小朋友|孩子|家属|家长)))"
)
_BED_BEFORE = re.compile(r"(?:床号|床位|病床|床)" + _IS + r"(?P<value>\+?\d{1,3})(?=\s?[床号，。,；;、）)\s]|$)")
_QQ = re.compile(
    r"(?:QQ|企鹅|扣扣)(?:群|号|邮箱)?" + _IS + r"(?:加|:)?\s?(?P<value>[1-9]\d(?:[ -]?\d){3,10})(?!\d)", re.I
)
_WECHAT = re.compile(
    r"(?:微信|weixin|wechat|(?<![A-Za-z])(?:wx|vx|v信)|威信|薇信)(?:公众号|账号|号|ID)?" + _IS + r"(?P<value>[A-Za-z][A-Za-z0-9_-]{4,19}|1[3-9]\d{9}|[1-9]\d{4,11})",
    re.I,
)  # fmt: skip
_DATE = (
    r"(?:(?:19|20)\d{2}\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}\s?[日号]?|(?:19|20)\d{2}[01]\d[0-3]\d(?!\d)"
    r"|[一二][九零〇○０][一二三四五六七八九零〇○]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}[日号]"
    r"|\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}|\d{1,2}(?:st|nd|rd|th)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* (?:19|20)\d{2}"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d{2})"
)  # fmt: skip
_BORN_BEFORE = re.compile(
    r"(?:出生(?:日期|年月日?|时间|于|在)?|生日|生于|诞生于|DOB|date of birth|born(?: on)?|birthday)(?:是|为|:|：|\(|（|\s|is|was|公历|阳历|农历|阴历){0,4}(?P<value>" + _DATE + ")",
    re.I,
)  # fmt: skip
_BORN_AFTER = re.compile(
    r"(?P<value>"
    + _DATE
    + r")\s?(?:凌晨|早上|上午|中午|下午|晚上|夜里|顺产|剖腹产|剖宫产|早产|足月)?\s?(?:出生|生的|诞生|降生|生日)"
)

_RULES = (
    (_RECORD, Kind.RECORD_NUMBER, 0.9), (_BED_AFTER, Kind.RECORD_NUMBER, 0.8), (_BED_BEFORE, Kind.RECORD_NUMBER, 0.8),
    (_QQ, Kind.ACCOUNT, 0.9), (_WECHAT, Kind.ACCOUNT, 0.85), (_BORN_BEFORE, Kind.BIRTH_DATE, 0.95),
    (_BORN_AFTER, Kind.BIRTH_DATE, 0.95),
)  # fmt: skip
_WORTH = re.compile(r"\d|生|微信|vx|wx|wechat", re.I)


class LabelledRecogniser:
    """Record and bed numbers, WeChat and QQ, exact dates of birth."""

    name = "labelled"
    version = 1

    def identifiers(self, text: str) -> Iterator[Identifier]:
        if not _WORTH.search(text):
            return
        for pattern, kind, confidence in _RULES:
            for match in pattern.finditer(text):
                group = next(name for name, value in match.groupdict().items() if value is not None)
                yield Identifier(*match.span(group), kind, confidence)


RECOGNISER = LabelledRecogniser()
