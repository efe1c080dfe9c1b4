"""What a judge says of two runs, as a section of a report: results, biases, and the doctors beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from pedcorpus.evaluation.judge.aspects import ASPECT_TITLES, Aspect
from pedcorpus.evaluation.judge.doctors import DoctorsAgreement
from pedcorpus.evaluation.judge.report import AspectResult, Bias, JudgeReport
from pedcorpus.evaluation.naming import slug
from pedcorpus.evaluation.report import Block, Language, Paragraph, Picture, Said, Section, Table
from pedcorpus.evaluation.statistics import Interval
from pedcorpus.evaluation.votes import Counted
from pedcorpus.evaluation.votes_chart import split_png
from pedcorpus.tasks import Label

__all__ = ["judge_data", "judge_png", "judge_section"]

_OVERALL: Label = {"zh": "总体", "en": "over all"}
_HEAD: tuple[Said, ...] = (
    {"zh": "方面", "en": "aspect"},
    {"zh": "对数", "en": "pairs"},
    {"zh": "胜", "en": "win"},
    {"zh": "平", "en": "tie"},
    {"zh": "负", "en": "lose"},
    {"zh": "胜率 95% 区间", "en": "wins, 95 %"},
    {"zh": "换序翻转", "en": "flips"},
    {"zh": "符号检验 p", "en": "sign test p"},
)
_DOCTORS: tuple[Said, ...] = (
    {"zh": "评审模型 / 医生", "en": "judge / doctors"},
    {"zh": "对数", "en": "pairs"},
    {"zh": "一致率", "en": "agreed"},
    {"zh": "95% 区间", "en": "95 %"},
    "Cohen κ",
    {"zh": "双方均分胜负", "en": "decided by both"},
    {"zh": "其中一致", "en": "of these agreed"},
)
_TITLE = (
    "{a} 对 {b}：{judged} 对，由 {judge} 评审，正反两序",
    "{a} against {b}: {judged} pairs, judged by {judge} in both orders",
)


def judge_section(
    names: tuple[str, str], report: JudgeReport, doctors: Sequence[DoctorsAgreement] = (), *, language: Language = "zh"
) -> Section:
    """The section on one pairing; wins are those of the run `names[0]`. The chart is labelled in `language`."""
    a, b = names
    results = [*((ASPECT_TITLES[each], report.aspects[each]) for each in Aspect), (_OVERALL, report.overall)]
    alt = {"zh": f"{a} 对 {b}：各方面胜平负", "en": f"{a} against {b}: won, tied and lost by aspect"}
    blocks: list[Block] = [
        *(Paragraph(each) for each in _told(names, report)),
        Table(_HEAD, [[title, *_row(result)] for title, result in results]),
        Picture(f"judge-{slug(a)}-{slug(b)}.png", judge_png(names, report, language=language), alt),
    ]
    if doctors:
        caption = {"zh": "与医生盲评（多数决）之比较", "en": "Beside the doctors' blind votes, by majority"}
        blocks.append(Table(_DOCTORS, [_beside(each) for each in doctors], caption))
    title = {"zh": f"模型评审：{a} 对 {b}", "en": f"A model's judgement: {a} against {b}"}
    return Section(f"judge-{slug(a)}-{slug(b)}", title, blocks, judge_data(names, report, doctors))


def judge_data(
    names: tuple[str, str], report: JudgeReport, doctors: Sequence[DoctorsAgreement]
) -> dict[str, Any]:  # JSON values
    """The same as JSON."""
    return {"names": list(names), **asdict(report), "doctors": [asdict(each) for each in doctors]}


def judge_png(names: tuple[str, str], report: JudgeReport, *, language: Language = "zh") -> bytes:
    """Won, tied and lost by aspect, as bars."""
    rows = [
        *((ASPECT_TITLES[each], report.aspects[each]) for each in Aspect),
        (_OVERALL, report.overall),
    ]
    told: dict[str, str | int] = {"a": names[0], "b": names[1], "judged": report.judged, "judge": report.judge}
    return split_png(
        [((title["zh"], title["en"]), result) for title, result in rows], title=_TITLE, told=told, language=language
    )


def _told(names: tuple[str, str], report: JudgeReport) -> Iterator[Label]:
    a, _ = names
    unusable = ", ".join(f"{reason} {count}" for reason, count in report.unusable.items())
    yield {
        "zh": f"评审模型 {report.judge}；{report.pairs} 对中 {report.judged} 对计入"
        f"（{report.equal} 对回答相同，记为平）。每对按两种次序各评一次，两次都选同一方才算胜，"
        f"否则为平。胜负以 {a} 计。"
        + (f" 不可用的评语：{unusable}。" if unusable else "")
        + (f" 尚缺 {report.missing} 次评审。" if report.missing else ""),
        "en": f"Judged by {report.judge}; {report.judged} of {report.pairs} pairs count "
        f"({report.equal} of equal replies, ties). Each pair is judged in both orders, and won "
        f"where both prefer one run. Wins are those of {a}."
        + (f" Unusable judgements: {unusable}." if unusable else "")
        + (f" {report.missing} judgements are missing." if report.missing else ""),
    }
    yield {
        "zh": f"位置偏差：先出现的回答被选中 {_bias(report.position)}。"
        f"长度偏差：分出胜负的对中较长者胜 {_bias(report.length)}。",
        "en": f"Position: the reply shown first was preferred in {_bias(report.position)}. "
        f"Length: the longer reply won {_bias(report.length)} of the pairs that one run won.",
    }


def _bias(bias: Bias) -> str:
    if bias.share is None or bias.p is None:
        return f"{bias.cases}/{bias.of}"
    bounds = f"{100 * bias.share.low:.0f}–{100 * bias.share.high:.0f} %"
    return f"{bias.cases}/{bias.of} = {100 * bias.share.estimate:.0f} % ({bounds}, p = {bias.p:.3g})"


def _row(result: AspectResult) -> list[str]:
    counts = [_counted(each) for each in (result.win, result.tie, result.lose)]
    p = "–" if result.p is None else f"{result.p:.3g}"
    return [str(result.pairs), *counts, _bounds(result.win.share), str(result.flips), p]


def _beside(each: DoctorsAgreement) -> list[str]:
    return [
        f"{each.judged_on} / {each.doctors_on}",
        str(each.pairs),
        _percent(each.agreed),
        _bounds(each.agreed),
        "–" if each.kappa is None else f"{each.kappa:.2f}",
        str(each.decided),
        _percent(each.decided_agreed),
    ]


def _counted(counted: Counted) -> str:
    return f"{counted.pairs} ({_percent(counted.share)})" if counted.share else str(counted.pairs)


def _percent(share: Interval | None) -> str:
    return "–" if share is None else f"{100 * share.estimate:.1f} %"


def _bounds(share: Interval | None) -> str:
    return "–" if share is None else f"{100 * share.low:.1f}–{100 * share.high:.1f} %"
