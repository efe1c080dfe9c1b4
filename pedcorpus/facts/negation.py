"""Words that turn a statement into its opposite: 不, 无, 禁用, 避免, not, without; and words that only look so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pedcorpus.facts.lookup import words_pattern
from pedcorpus.facts.plain import blank

__all__ = ["find_negations"]

_LOOKING_SO = (
    "没精神 没胃口 没力气 没有症状 没症状 "
    "不良 不全 不足 不适 不安 不规则 不明 不典型 不稳 不耐受 不同 不仅 不但 不论 不管 不断 不久 "
    "不等 不一 不少 不止 不详 不洁 不当 不畅 不佳 不振 不停 不对称 不育 不平衡 不协调 不可逆 "
    "不成熟 不随意 不自主 不均 不匀 不张 不闭 不清 不齐 不遂 不过 无菌 无力 无热 无尿 无症状 "
    "无论 无效 没有效 没效 无机 无汗 无痛 无创 无缝 非甾体 非典型 非特异 非洲 非常 非感染 非处方 "
    "非结核 非酮 非那根 未成熟 未闭 未知 未明 未来 莫不 免疫 避免接触后 以避免 以避 没到 未到 "
    "未必 不凹 差不多 不只 不单 鉴别不清 禁食 禁水 停药后 能不能 是不是 会不会 要不要 无痛性 "
).split()
_ONLY_LOOKS_SO = re.compile(
    rf"{words_pattern(_LOOKING_SO)}|not only|no less|no sooner|non-?(?=[a-z])|(?:尚未|没有?|未)[^,;。不无禁忌]{{1,8}}之?前(?![后列庭])|whether or not|no doubt|nothing by mouth"
)
_CUE = re.compile(
    r"不|无(?!环鸟|创)|未|没有?|勿|忌|禁用|禁止|严禁|禁忌|避免|停用|免用|毋|并非|而非|绝非|非(?=必[须需要]|常规|首选|所有|每|一定)|否认|免于|除非"
    r"|\b(?:not|no|never|without|avoid(?:ed|ing|s)?|contra-?indicated|cannot|can't|don't|doesn't|shouldn't|isn't|aren't|neither|none|unnecessary|untreated|absence of|absent|free of|lack(?:s|ing)?|rather than|instead of|do(?:es)? not|needless|stop(?:ped)? using|unless|forbidden|prohibited|discouraged|inadvisable|rarely if ever|against)\b"
)


def find_negations(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the negating words of a plain text."""
    masked = _ONLY_LOOKS_SO.sub(blank, text)
    for match in _CUE.finditer(masked):
        yield match.start(), match.end()
