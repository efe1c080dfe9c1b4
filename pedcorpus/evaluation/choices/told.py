"""An exam's results as a section of a report: each model by each way, then by subject, and whether models differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from pedcorpus.evaluation.choices.accuracy import Accuracy, Way
from pedcorpus.evaluation.choices.question import Exam
from pedcorpus.evaluation.choices.sitting import Sitting
from pedcorpus.evaluation.report import Block, Paragraph, Said, Section, Table
from pedcorpus.evaluation.statistics import sign_test
from pedcorpus.tasks import Label

__all__ = ["WAY_TITLES", "exam_section"]

WAY_TITLES: Mapping[Way, Label] = {
    "letter": {"zh": "写出字母", "en": "letter"},
    "likelihood": {"zh": "选项似然（求和）", "en": "likelihood, sum"},
    "likelihood_per_token": {"zh": "选项似然（按词元平均）", "en": "likelihood, per token"},
}
_HEAD = (
    {"zh": "模型", "en": "model"},
    {"zh": "方式", "en": "way"},
    {"zh": "答对", "en": "right"},
    {"zh": "正确率 %", "en": "accuracy %"},
    {"zh": "95% 区间", "en": "95 % interval"},
    {"zh": "随机", "en": "by chance %"},
    {"zh": "未写字母", "en": "no letter"},
    {"zh": "不适用", "en": "not asked"},
    {"zh": "与首个模型比 p", "en": "p against the first"},
)
_SUBJECT_HEAD: tuple[Label, ...] = ({"zh": "科目", "en": "subject"}, {"zh": "题数", "en": "questions"})
_SUBJECTS: Label = {"zh": "按科目（{}）", "en": "By subject ({})"}


def exam_section(exam: Exam, sittings: Sequence[Sitting]) -> Section:
    """Everything that the exam says of the models."""
    blocks: list[Block] = [Paragraph(_about(exam)), Table(_HEAD, list(_rows(exam, sittings)))]
    blocks += _by_subject(sittings)
    return Section("exam", {"zh": "选择题", "en": "Multiple choice"}, blocks, _data(exam, sittings))


def _about(exam: Exam) -> Label:
    left = ", ".join(f"{count} {reason}" for reason, count in exam.left_out)
    zh = f"{len(exam.questions)} 题；答案须与标准完全一致才算对，未写字母算错。似然只能判单选题。"
    en = (
        f"{len(exam.questions)} questions; a reply is right where it chooses exactly the right options, and wrong "
        "where it writes no letter. Likelihood decides between single options only."
    )
    return {"zh": zh + (f" 未问：{left}。" if left else ""), "en": en + (f" Left out: {left}." if left else "")}


def _rows(exam: Exam, sittings: Sequence[Sitting]) -> Iterator[list[Any]]:
    for sitting in sittings:
        for way, result in sitting.results.items():
            found = result.overall
            p = _difference(exam, sittings[0], sitting, way)
            yield [
                *(sitting.model, WAY_TITLES[way], f"{found.right}/{found.of}", *_share(found)),
                f"{100 * found.chance:.1f}",
                str(result.without_letter) if way == "letter" else "–",
                str(result.not_asked),
                "–" if p is None else f"{p:.3g}",
            ]


def _share(found: Accuracy) -> tuple[str, str]:
    if found.share is None:
        return "–", "–"
    return f"{100 * found.share.estimate:.1f}", f"{100 * found.share.low:.1f}–{100 * found.share.high:.1f}"


def _difference(exam: Exam, first: Sitting, other: Sitting, way: Way) -> float | None:
    """Exact test of Q. McNemar (Psychometrika 12, 1947): a sign test on questions that one model alone got right."""
    if first is other or way not in first.chosen or way not in other.chosen:
        return None
    right = [
        [said == question.answer for question, said in zip(exam.questions, each.chosen[way], strict=True)]
        for each in (first, other)
    ]
    pairs = list(zip(*right, strict=True))
    return sign_test(sum(b and not a for a, b in pairs), sum(a and not b for a, b in pairs))


def _by_subject(sittings: Sequence[Sitting]) -> Iterator[Table]:
    """A table for each way, a row for each subject, a column for each model."""
    for way in dict.fromkeys(way for sitting in sittings for way in sitting.results):
        there = [sitting for sitting in sittings if way in sitting.results]
        subjects = there[0].results[way].subjects
        head: list[Said] = [
            {"zh": "科目", "en": "subject"},
            {"zh": "题数", "en": "questions"},
            *(each.model for each in there),
        ]
        rows = [
            [subject, str(found.of), *(_cell(each.results[way].subjects[subject]) for each in there)]
            for subject, found in subjects.items()
        ]
        if rows:
            caption = {language: words.format(WAY_TITLES[way][language]) for language, words in _SUBJECTS.items()}
            yield Table(head, rows, caption)


def _cell(found: Accuracy) -> str:
    share, bounds = _share(found)
    return f"{share} ({bounds})"


def _data(exam: Exam, sittings: Sequence[Sitting]) -> dict[str, Any]:  # JSON values
    return {
        "exam": exam.name,
        "sha256": exam.sha256,
        "questions": len(exam.questions),
        "left_out": dict(exam.left_out),
        "models": [
            {
                "model": sitting.model,
                "unanswered": sitting.unanswered,
                "ways": {
                    way: {**asdict(result), "p_against_first": _difference(exam, sittings[0], sitting, way)}
                    for way, result in sitting.results.items()
                },
            }
            for sitting in sittings
        ],
    }
