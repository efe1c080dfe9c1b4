"""Medical grades with their reasons, as a section of a report: how references fare, where replies fall short."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pedcorpus.evaluation.comparison import Comparison
from pedcorpus.evaluation.medical.grader import MEDICAL_GRADES, MedicalGrader
from pedcorpus.evaluation.report import Block, Case, Lines, Paragraph, Said, Section, Table
from pedcorpus.records import Instruction

__all__ = ["medical_section"]

_EACH = 2
"""Replies that are shown of every model and grade, those with the lowest first."""
_CHARACTERS = 800
_ABOUT = {
    "zh": "判分不用模型：诊断、药物、剂量与危险信号按事实表读出。下表是参考答案按同一办法的得分（× 100），供对照。",
    "en": "Graded without a model: diagnoses, drugs, doses and red flags are read by the tables of facts. Below, what "
    "the reference answers come to by the same rules (times 100), for comparison.",
}
_TASK: Said = {"zh": "任务", "en": "task"}


def medical_section(comparison: Comparison, grader: MedicalGrader) -> Section | None:
    """The section; none where no question has its record."""
    graded = [(each, each.record) for each in comparison.asked.questions if each.record is not None]
    if not graded:
        return None
    by_task: dict[str, list[Mapping[str, float]]] = {}
    for question, record in graded:
        values = {name: grade.value for name, grade in grader.grades(record, question.reference).items()}
        by_task.setdefault(question.task, []).append(values)
    means = {task: _means(rows) for task, rows in by_task.items()}
    blocks: list[Block] = [Paragraph(_ABOUT), _references(means), *_cases(comparison, grader)]
    title = {"zh": "医学判分：依据与例子", "en": "Medical grades: reasons and examples"}
    return Section("medical", title, blocks, {"references": means})


def _means(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    found = {name: [row[name] for row in rows if name in row] for name in MEDICAL_GRADES}
    return {name: sum(values) / len(values) for name, values in found.items() if values}


def _references(means: Mapping[str, Mapping[str, float]]) -> Table:
    names = [name for name in MEDICAL_GRADES if any(name in row for row in means.values())]
    rows = [
        [task, *(f"{100 * row[name]:.1f}" if name in row else "–" for name in names)] for task, row in means.items()
    ]
    return Table([_TASK, *(MEDICAL_GRADES[name] for name in names)], rows)


def _cases(comparison: Comparison, grader: MedicalGrader) -> Iterator[Case]:
    """Of every model and grade the replies with the lowest values below 1."""
    for contestant in comparison.contestants:
        values = comparison.values[contestant.name]
        for name in MEDICAL_GRADES:
            low = [
                (value, place)
                for place, row in enumerate(values)
                if isinstance(value := row.get(name), float) and value < 1
            ]
            for value, place in sorted(low)[:_EACH]:
                record = comparison.asked.questions[place].record
                if record is not None:
                    reply = comparison.replies[contestant.name][place]
                    yield _case(contestant.name, name, value, record, reply, grader)


def _case(model: str, name: str, value: float, record: Instruction, reply: str, grader: MedicalGrader) -> Case:
    title = {
        language: f"{model} · {MEDICAL_GRADES[name][language]} {100 * value:.0f}: {_short(record.user_text())}"
        for language in ("zh", "en")
    }
    why = grader.grades(record, reply)[name].reason
    lines: tuple[tuple[Said, Said], ...] = (
        ({"zh": "问", "en": "Asked"}, _cut(record.user_text())),
        (model, _cut(reply.strip()) or "—"),
        ({"zh": "判分理由", "en": "Why"}, {language: _cut(text) for language, text in why.items()}),
    )
    return Case(title, Lines(lines))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 50 else f"{line[:50]}…"


def _cut(text: str) -> str:
    return text if len(text) <= _CHARACTERS else f"{text[:_CHARACTERS]} … (+{len(text) - _CHARACTERS:,})"
