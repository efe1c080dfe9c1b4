"""What was asked of whom: questions by task, what was left out and why, and where each model comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pedcorpus.evaluation.comparison import Comparison, Part
from pedcorpus.evaluation.report.section import Block, Paragraph, Said, Section, Table
from pedcorpus.evaluation.report.words import WARNING, part_title, reason_told
from pedcorpus.tasks import Label

__all__ = ["asked_section", "models_section", "title_of"]

_LINEAGE: dict[str, Label] = {
    "role": {"zh": "角色", "en": "role"},
    "run": {"zh": "训练", "en": "run"},
    "phase": {"zh": "阶段", "en": "phase"},
    "phases": {"zh": "完成的阶段", "en": "phases done"},
    "export": {"zh": "训练语料版本", "en": "trained from export"},
    "export_sha256": {"zh": "该版本 manifest 的 SHA-256", "en": "SHA-256 of its manifest"},
    "start": {"zh": "起始模型", "en": "started from"},
    "folder": {"zh": "文件夹", "en": "folder"},
    "endpoint": {"zh": "服务地址", "en": "endpoint"},
    "model": {"zh": "模型名", "en": "model name"},
    "identity": {"zh": "内容哈希", "en": "hash of its content"},
}


def title_of(comparison: Comparison) -> Label:
    """Heading of the report."""
    names, asked = " · ".join(each.name for each in comparison.contestants), comparison.asked.name
    return {"zh": f"评测：{names}（{asked}）", "en": f"Evaluation: {names} on {asked}"}


def asked_section(comparison: Comparison) -> Section:
    """Questions: how many by task, what is left out."""
    asked = comparison.asked
    counts = Counter((question.task, question.is_held_out) for question in asked.questions)
    rows: list[Sequence[Said]] = [
        (
            part_title(Part(task)),
            f"{sum(counts[task, kind] for kind in (True, False, None)):,}",
            *(_number(counts[task, kind]) for kind in (True, False)),
        )
        for task in asked.tasks
    ]
    head = (
        {"zh": "任务", "en": "task"},
        {"zh": "问题", "en": "questions"},
        {"zh": "主题未训练过", "en": "topic held out"},
        {"zh": "主题训练过", "en": "topic trained on"},
    )
    blocks: list[Block] = [Paragraph(WARNING), Paragraph(_from(comparison)), Table(head, rows)]
    blocks += _left_out(comparison)
    data = {
        "name": asked.name,
        "sha256": asked.sha256,
        "questions": {task: sum(q.task == task for q in asked.questions) for task in asked.tasks},
        "left_out": dict(asked.left_out),
        "unanswered": dict(comparison.unanswered),
    }
    return Section("asked", {"zh": "问题", "en": "Questions"}, blocks, data)


def _number(count: int) -> str:
    return f"{count:,}" if count else "–"


def _from(comparison: Comparison) -> Label:
    asked, drawn = comparison.asked, comparison.resampling
    return {
        "zh": f"问题来自 {asked.name}（SHA-256 {asked.sha256}）。区间为对问题重抽样（{drawn.resamples} 次，"
        f"种子 {drawn.seed}）的 {drawn.confidence:.0%} 百分位自助法区间；差异用配对近似随机化检验。",
        "en": f"Asked is {asked.name} (SHA-256 {asked.sha256}). Intervals are {drawn.confidence:.0%} percentile "
        f"bootstrap intervals over questions ({drawn.resamples} resamples, seed {drawn.seed}); differences are tested "
        "by paired approximate randomisation.",
    }


def _left_out(comparison: Comparison) -> Iterator[Block]:
    rows = [(reason_told(code), f"{count:,}") for code, count in comparison.asked.left_out]
    rows += [
        ({"zh": f"{model} 没有回答", "en": f"not answered by {model}"}, f"{count:,}")
        for model, count in comparison.unanswered.items()
        if count
    ]
    if rows:
        head = ({"zh": "排除的问题", "en": "left out, for all models alike"}, {"zh": "数量", "en": "questions"})
        yield Table(head, rows)
    else:
        yield Paragraph({"zh": "没有排除任何问题。", "en": "No question was left out."})


def models_section(comparison: Comparison) -> Section:
    """Where each model comes from, and how it was asked."""
    codes = list(dict.fromkeys(code for each in comparison.contestants for code in each.lineage))
    settings = list(dict.fromkeys(name for each in comparison.contestants for name in each.generation))
    names = [each.name for each in comparison.contestants]
    rows = [
        (_LINEAGE.get(code, code), *(each.lineage.get(code, "–") for each in comparison.contestants)) for code in codes
    ]
    rows += [(name, *(str(each.generation.get(name, "–")) for each in comparison.contestants)) for name in settings]
    table = Table(({"zh": "项目", "en": "what"}, *names), rows)
    data = {
        each.name: {"lineage": dict(each.lineage), "generation": dict(each.generation), "key": each.key}
        for each in comparison.contestants
    }
    return Section("models", {"zh": "模型来源", "en": "Where the models come from"}, (table,), data)
