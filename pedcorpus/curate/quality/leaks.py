"""Words that belong to the making of a text and not to it: prompts, refusals, buttons and mark-up."""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["Leak", "leaked_span"]

Leak = Literal["prompt_leak", "refusal", "page_junk"]

_LEAKS: dict[Leak, re.Pattern[str]] = {
    "prompt_leak": re.compile(
        r"<\|(?:im_|end|sys|user|assist)|\[/?INST\]|<</?SYS>>|###\s*(?:Instruction|Response|Input|指令|回复|输出)|(?m:^)(?:Human|Assistant|User|System)\s*[:：]"
        r"|根据(?:您|你)?(?:所)?(?:提供|给出|给定)的(?:文本|资料|片段|原文|段落|材料|上下文|文献|内容)|(?:原文|上文|本段|该片段|资料)中(?:没有|未)提(?:到|及|供)|符合(?:您|你)的要求的(?:问答|回答)"
        r"|以下是(?:根据|按照|为您|为你)?(?:生成|改写|整理|润色)(?:后)?的|(?:according to|based on) the (?:provided|given|above) (?:text|passage|fragment|context|document)"
        r"|as an ai (?:language )?model|here is the (?:rewritten|generated|json)|```|\"(?:question|answer|evidence)\"\s*:",
        re.I,
    ),
    "refusal": re.compile(
        r"(?:很|非常)?(?:抱歉|对不起)[，,]?\s*(?:我|作为)[^。！？]{0,12}(?:无法|不能|没有能力)|作为(?:一个|一名)?\s*(?:AI|人工智能|语言模型|大模型)|我(?:只是|是)(?:一个)?(?:AI|人工智能|语言模型)"
        r"|我(?:无法|不能)(?:提供|给出)(?:具体的?)?(?:医疗|医学|诊断|用药|治疗)|I(?:'m| am) sorry,? but I|I (?:cannot|can't|am unable to) (?:provide|assist|help|answer|give)",
        re.I,
    ),
    "page_junk": re.compile(
        r"点击(?:查看|展开|下载|收藏|关注|这里|进入|此处)|(?:展开|阅读|查看)(?:全文|更多)|上一[篇页]|下一[篇页]|版权所有|扫码|扫一扫|扫描二维码|关注(?:我们的)?(?:微信)?公众号|复制链接|分享到(?:微信|朋友圈)"
        r"|</?(?:p|br|div|span|a|img|table|tr|td|li|ul|b|strong|font)\b[^<>]{0,80}>|&(?:nbsp|amp|lt|gt|quot|#\d+);|javascript:|click here|read more|all rights reserved|accept cookies",
        re.I,
    ),
}  # fmt: skip


def leaked_span(text: str, kind: Leak) -> tuple[int, int] | None:
    """The first words of `kind` in `text`; `None` where there are none."""
    found = _LEAKS[kind].search(text)
    return found.span() if found else None
