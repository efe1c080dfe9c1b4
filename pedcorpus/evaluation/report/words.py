"""What a report says of its own accord, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from pedcorpus.evaluation.comparison import Part
from pedcorpus.evaluation.report.section import Said
from pedcorpus.plugins import plugin_names
from pedcorpus.tasks import Label, task_of

__all__ = ["GROUPS", "WARNING", "group_title", "part_name", "part_title", "reason_told"]

WARNING: Label = {
    "zh": "仅供研究：模型的回答不构成医疗建议。",
    "en": "For research: what models answer is no medical advice.",
}
GROUPS: Mapping[str, Label] = {
    "paper": {
        "zh": "文本指标（jieba 分词，与论文公开代码一致）",
        "en": "Text metrics (words by jieba, as the paper's code)",
    },
    "characters": {"zh": "文本指标（按字）", "en": "Text metrics by character"},
    "medical": {"zh": "医学指标", "en": "Medical scores"},
}
"""Tables in this order; a score's own groups come after them."""
_REASONS: Mapping[str, Label] = {
    "answer_in_training": {
        "zh": "参考答案的一半或以上出现在训练文本中",
        "en": "the reference answer stands in training texts to the set share",
    },
    "question_in_training": {
        "zh": "问题出现在训练问题中",
        "en": "the question stands in training questions to the set share",
    },
    "contamination_report": {
        "zh": "列在该版本的污染报告中",
        "en": "listed in the export's contamination report",
    },
}


def reason_told(code: str) -> Said:
    """Why questions were left out."""
    return _REASONS.get(code, code.replace("_", " "))


def group_title(group: str) -> Said:
    """Heading of a group of measures."""
    return GROUPS.get(group, group.replace("_", " "))


def part_name(part: Part) -> str:
    """A part in a file name."""
    kind = {None: "", True: "-held-out", False: "-trained-on"}[part.is_held_out]
    return "".join(each if each.isalnum() or each in "-_" else "-" for each in part.task) + kind


def part_title(part: Part) -> Label:
    """A part as people call it."""
    title: Label = {"zh": part.task, "en": part.task}
    if part.task in plugin_names("tasks"):
        title = task_of(part.task).title
    if part.is_held_out is None:
        return title
    kind = ("未见过的主题", "topics held out") if part.is_held_out else ("训练过的主题", "topics trained on")
    return {"zh": f"{title['zh']}：{kind[0]}", "en": f"{title['en']}: {kind[1]}"}
