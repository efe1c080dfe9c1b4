"""Orders to a language model that stand in a source: nothing may be quoted from where they stand."""

from __future__ import annotations

import re

__all__ = ["speaks_to_a_model"]

_ORDER = re.compile(
    r"(?:忽略|无视|忘记|忘掉|绕过|不要理会|不要遵守)[^。；\n]{0,6}"
    r"(?:以上|上述|上面|之前|此前|先前|前面|所有|一切|全部|你的|系统|开发者)[^。；\n]{0,8}(?:指令|指示|提示|要求|规则|设定|限制|命令)"
    r"|(?:忽略|无视|绕过)[^。；\n]{0,4}(?:指令|提示词)|系统提示词|(?:新的?|以下)(?:系统)?指令[：:]"
    r"|(?:你(?:现在)?是|你(?:要|必须)?扮演|作为)一?[个名]?[^。，；\n]{0,12}(?:AI|人工智能|语言模型|智能助手|聊天机器人|不受限制的|没有限制的)"
    r"|\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,20}\b(?:previous|above|prior|earlier|your|all|any|these|system|the)\b"
    r"[^.\n]{0,20}\b(?:instructions?|prompts?|rules|guardrails)\b"
    r"|\bsystem prompt\b|\byou are (?:now )?(?:an? )?(?:unrestricted )?(?:AI|language model|chatbot|DAN)\b"
    r"|<[|｜]\s*(?:im_start|im_end|system|user|assistant)|\[/?INST\]|<<SYS>>",
    re.I,
)


def speaks_to_a_model(text: str) -> bool:
    """Does `text` tell a language model what to do? Spaces and invisible characters in between do not hide it."""
    plain = re.sub(r"[\u200b-\u200f\u2060\ufeff]", "", text)
    return bool(_ORDER.search(plain) or _ORDER.search("".join(plain.split())))
