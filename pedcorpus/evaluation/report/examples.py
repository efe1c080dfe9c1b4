"""Where a model gained and lost most against the first one, with the evidence, so that figures can be doubted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pedcorpus.evaluation.comparison import Comparison, Part
from pedcorpus.evaluation.report.section import Block, Case, Lines, Paragraph, Said, Section
from pedcorpus.evaluation.report.words import part_title

__all__ = ["examples_section"]

MEASURE = "rouge_l"
_EACH_WAY = 2
_CHARACTERS = 1200
"""Of a text that are shown."""


def examples_section(comparison: Comparison) -> Section:
    """Of every task and model, the questions that it won and lost by most."""
    first, *others = (each.name for each in comparison.contestants)
    blocks: list[Block] = [
        Paragraph(
            {
                "zh": f"按 ROUGE-L 与 {first} 之差选出：每个任务差值最大的若干胜例与负例。",
                "en": f"Chosen by ROUGE-L less that of {first}: of each task the largest gains and losses.",
            }
        )
    ]
    for task in comparison.asked.tasks:
        for model in others:
            blocks += _cases(comparison, task, first, model)
    if not others:
        blocks = [*_samples(comparison, first)]
    return Section("examples", {"zh": "胜例与负例", "en": "Wins and losses"}, blocks)


def _cases(comparison: Comparison, task: str, first: str, model: str) -> Iterator[Case]:
    gains = [
        (_value(comparison, model, place) - _value(comparison, first, place), place)
        for place, question in enumerate(comparison.asked.questions)
        if question.task == task
    ]
    ranked = sorted(gains, key=lambda each: (-each[0], each[1]))
    wins = [each for each in ranked[:_EACH_WAY] if each[0] > 0]
    losses = [each for each in reversed(ranked[-_EACH_WAY:]) if each[0] < 0]
    for gain, place in (*wins, *losses):
        title = part_title(Part(task))
        won = ("胜", "better") if gain > 0 else ("负", "worse")
        told: Said = {
            "zh": f"{title['zh']} · {model} {won[0]}（{100 * gain:+.1f}）：{_short(comparison, place)}",
            "en": f"{title['en']} · {model} {won[1]} ({100 * gain:+.1f}): {_short(comparison, place)}",
        }
        yield Case(told, Lines(tuple(_lines(comparison, place, (first, model)))))


def _samples(comparison: Comparison, model: str) -> Iterator[Case]:
    """Of one model alone the first question of each task."""
    for task in comparison.asked.tasks:
        place = next(place for place, question in enumerate(comparison.asked.questions) if question.task == task)
        yield Case(_short(comparison, place), Lines(tuple(_lines(comparison, place, (model,)))))


def _value(comparison: Comparison, model: str, place: int) -> float:
    value = comparison.values[model][place].get(MEASURE, 0.0)
    return value if isinstance(value, float) else 0.0


def _short(comparison: Comparison, place: int) -> str:
    text = " ".join(comparison.asked.questions[place].messages[-1].content.split())
    return text if len(text) <= 60 else text[:60] + "…"


def _lines(comparison: Comparison, place: int, models: Sequence[str]) -> Iterator[tuple[Said, str]]:
    question = comparison.asked.questions[place]
    yield {"zh": f"问（{question.id}）", "en": f"Asked ({question.id})"}, _cut(question.text)
    yield {"zh": "参考答案", "en": "Reference"}, _cut(question.reference)
    for quoted in question.evidence:
        where = f"{quoted.source} › {quoted.where}" if quoted.where else quoted.source
        yield {"zh": f"依据：{where}", "en": f"Evidence: {where}"}, _cut(quoted.text)
    for model in models:
        figure = f"{100 * _value(comparison, model, place):.1f}"
        reply = comparison.replies[model][place].strip()
        yield f"{model} · ROUGE-L {figure}", _cut(reply) or "—"


def _cut(text: str) -> str:
    return text if len(text) <= _CHARACTERS else f"{text[:_CHARACTERS]} … (+{len(text) - _CHARACTERS:,})"
