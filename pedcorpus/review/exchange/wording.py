"""The words that reviewers read in another tool: verdicts, reasons, headings and how to go about it."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from pedcorpus.records import Verdict
from pedcorpus.tasks import COMMON_REASONS, Label, task_names, task_of

__all__ = ["CHOOSABLE", "GUIDELINES", "HEADINGS", "Language", "reason_choices", "reason_code", "verdict_code"]

Language = Literal["zh", "en"]

CHOOSABLE: dict[Verdict, Label] = {
    Verdict.ACCEPT: {"zh": "通过", "en": "accept"},
    Verdict.REJECT: {"zh": "退回", "en": "reject"},
    Verdict.EDIT: {"zh": "修改后通过", "en": "edit"},
    Verdict.DEFER: {"zh": "稍后再看", "en": "put off"},
    Verdict.FLAG: {"zh": "转交同事", "en": "flag to a colleague"},
}
"""Verdicts that can be chosen; an undo is a matter of the tool's own."""

HEADINGS: dict[str, Label] = {
    "question": {"zh": "问题", "en": "Question"},
    "answer": {"zh": "答案", "en": "Answer"},
    "evidence": {"zh": "来源原文", "en": "What the source says"},
    "findings": {"zh": "自动检查发现", "en": "What the checks found"},
    "verdict": {"zh": "结论", "en": "Verdict"},
    "reason": {"zh": "退回原因", "en": "Reason to reject"},
    "edited": {"zh": "修改（保留方括号行）", "en": "Edited text (keep the lines in brackets)"},
    "note": {"zh": "备注（转交必填）", "en": "Note (needed to flag)"},
}

GUIDELINES: Label = {
    "zh": (
        "对照来源原文核对问题与答案。通过；退回并选择原因；或选“修改后通过”，并在“修改”中直接改写："
        "每个字段以方括号中的名称独占一行开头，其下为正文；清空正文即删去该条。转交同事须写备注。"
    ),
    "en": (
        "Hold question and answer against what the source says. Accept; reject with a reason; or choose edit and write "
        "into the edited text: each field begins with its name in brackets on a line of its own, its text below; an "
        "emptied text takes the item away. A flag needs a note."
    ),
}


def reason_choices(language: Language) -> dict[str, str]:
    """Every task's reasons to reject by code, those that all tasks have first; no two read the same."""
    reasons: dict[str, Label] = dict(COMMON_REASONS)
    for task in task_names():
        reasons = {**reasons, **{code: words for code, words in task_of(task).reasons.items() if code not in reasons}}
    counts = Counter(words[language] for words in reasons.values())
    return {
        code: words[language] if counts[words[language]] == 1 else f"{words[language]} ({code})"
        for code, words in reasons.items()
    }


def reason_code(said: str) -> str:
    """The code of a reason said by its code or in words of either language; `said` itself if it is neither."""
    return _code(said, *(reason_choices(language) for language in _LANGUAGES))


def verdict_code(said: str) -> str:
    """As `reason_code`, for verdicts."""
    return _code(said, *({str(code): words[language] for code, words in CHOOSABLE.items()} for language in _LANGUAGES))


_LANGUAGES: tuple[Language, ...] = ("zh", "en")


def _code(said: str, *tables: dict[str, str]) -> str:
    if any(said in table for table in tables):
        return said
    return next((code for table in tables for code, words in table.items() if words == said), said)
