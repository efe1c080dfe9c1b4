"""Words that belong to the making of a text and not to it: prompts, refusals, buttons and mark-up.

What a doctor says of papers that a patient sent (根据您提供的资料) is none, nor is a reader told to read more.
"""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["Leak", "leaked_span"]

Leak = Literal["template", "prompt_leak", "refusal", "page_junk"]

_AI = r"(?:AI|人工智能|大?语言模型|大模型)(?:语言|对话)?(?:模型|助手|助理|程序|系统|医生)?"

_LEAKS: dict[Leak, re.Pattern[str]] = {
    "template": re.compile(
        r"<\|(?:im_|begin|end|eot|sys|user|assist|pad)|\[/?INST\]|<</?SYS>>|</?(?:think|answer|response|instruction)>|</s>"
        r"|###\s{0,3}(?:Instruction|Response|Input|Assistant|指令|回复|输出|输入)|(?m:^)(?:Human|Assistant|User|System|GPT)\s{0,3}[:：]"
    ),
    "prompt_leak": re.compile(
        r"(?:根据|按照|基于)(?:您|你|以上|上述)?(?:所)?(?:提供|给出|给定)的(?:文本|片段|原文|段落|上下文|文献|文章|章节|教材|知识图谱|三元组)"
        r"|(?:原文|上文|本段|该?片段|文本)中(?:并?没有|并?未)(?:提[到及供]|说明|给出)|符合(?:您|你|上述)?的?要求的(?:问答|回答|问题|指令)|(?:生成|改写|润色)后的(?:问答|回答|问题|答案|指令|文本)"
        r"|以下是(?:根据[^，。：\n]{1,12})?(?:生成|改写|润色)(?:后)?的|(?:输出|返回)(?:格式)?(?:为|如下)?\s?JSON"
        r"|(?:according to|based on) the (?:provided|given|above) (?:text|passage|fragment|context|document)|here is the (?:rewritten|generated|json)"
        r"|```|\"(?:question|answer|evidence|instruction)\"\s{0,3}:",
        re.I,
    ),
    "refusal": re.compile(
        rf"作为(?:一个|一名|一款)?\s?{_AI}\s?(?:[，,、]|我|没有|无法|不能)|我(?:只是|是)(?:一个|一名|一款)?\s?{_AI}"
        r"|(?:抱歉|对不起)[，,。！]?\s?(?:但|但是)?(?:我|作为)[^。！？\n]{0,12}(?:无法|不能|没有能力|没办法)(?:为[您你])?(?:提供|回答|给出|协助|帮助|满足|完成|处理|讨论|生成|进行|理解|解答|访问)"
        r"|我(?:无法|不能)(?:为[您你])?(?:提供|给出)(?:任何|具体的?|专业的?|相关的?)?(?:医疗|医学|诊断|用药|治疗)"
        r"|as an ai\b|I(?:['’]m| am) sorry, but (?:I|as)|I (?:cannot|can['’]t|am unable to|am not able to) (?:provide|assist|answer|give|fulfil|help (?:you )?with)",
        re.I,
    ),
    "page_junk": re.compile(
        r"点击(?:查看|展开|下载|收藏|关注|这里|进入|此处|链接|阅读)|展开(?:全文|更多)|查看(?:全文|更多)|阅读全文|上一[篇页]|下一[篇页]|返回(?:顶部|首页|列表)|版权所有|未经(?:授权|许可|允许)[^。，]{0,4}(?:转载|复制)|(?:长按|扫码|扫一扫|扫描)[^。，]{0,6}(?:二维码|关注|加|识别)"
        r"|(?:关注|搜索)(?:我们的?)?(?:微信)?公众号|复制链接|分享到(?:微信|朋友圈|微博)|(?:收藏|点赞|转发)(?:并|、|和)?(?:关注|收藏|转发|点赞)|\[(?:图片|表情|语音|视频|链接|image)\]|图片加载|[请望](?:您|你|及时|给予)?采纳|给(?:我|个)?(?:五星)?好评|请?不?满意请"
        r"|</?(?:p|br|div|span|a|img|table|tr|td|li|ul|b|strong|font|h\d|script)\b[^<>]{0,80}>|&(?:nbsp|amp|lt|gt|quot|#\d{2,5});|javascript:|click here|all rights reserved|accept (?:all )?cookies"
        r"|(?m:^\s{0,3}(?:read more|share this|back to top)\s{0,3}$)",
        re.I,
    ),
}  # fmt: skip


def leaked_span(text: str, kind: Leak) -> tuple[int, int] | None:
    """The first words of `kind` in `text`; `None` where there are none."""
    found = _LEAKS[kind].search(text)
    return found.span() if found else None
