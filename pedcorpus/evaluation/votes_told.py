"""Doctors' votes on two runs, as a section of a report; who they are is told to nobody."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pedcorpus.evaluation.naming import slug
from pedcorpus.evaluation.report import Language, Paragraph, Picture, Said, Section, Table
from pedcorpus.evaluation.statistics import Interval
from pedcorpus.evaluation.votes import Counted, DimensionResult, VotesReport
from pedcorpus.evaluation.votes_chart import votes_png
from pedcorpus.records import Dimension
from pedcorpus.tasks import Label

__all__ = ["votes_section"]

_HEAD: tuple[Said, ...] = (
    {"zh": "维度", "en": "dimension"},
    {"zh": "对数", "en": "pairs"},
    {"zh": "胜", "en": "win"},
    {"zh": "平", "en": "tie"},
    {"zh": "负", "en": "lose"},
    {"zh": "无多数", "en": "split"},
    {"zh": "胜率 95% 区间", "en": "wins, 95 %"},
    {"zh": "符号检验 p", "en": "sign test p"},
    {"zh": "医生间一致", "en": "doctors agreed"},
    "α",
)
_TITLES: dict[Dimension, Label] = {
    Dimension.PROFESSIONALISM: {"zh": "专业性", "en": "professionalism"},
    Dimension.FACTUALITY: {"zh": "真实性", "en": "factuality"},
    Dimension.SAFETY: {"zh": "安全性", "en": "safety"},
}
_OVERALL: Label = {"zh": "总体", "en": "over all"}


def votes_section(names: tuple[str, str], report: VotesReport, *, language: Language = "zh") -> Section:
    """The section on one pairing; wins are those of the run `names[0]`. The chart is labelled in `language`."""
    a, b = names
    results = [*((_TITLES[each], report.dimensions[each]) for each in Dimension), (_OVERALL, report.overall)]
    alt = {"zh": f"{a} 对 {b}：医生盲评胜平负", "en": f"{a} against {b}: won, tied and lost by doctors' votes"}
    key = f"votes-{slug(a)}-{slug(b)}"
    blocks = (
        Paragraph(_told(report, a)),
        Table(_HEAD, [[title, *_row(result)] for title, result in results]),
        Picture(f"{key}.png", votes_png(report, names=names, language=language), alt),
    )
    title = {"zh": f"医生盲评：{a} 对 {b}", "en": f"Doctors' blind votes: {a} against {b}"}
    return Section(key, title, blocks, _data(names, report))


def _told(report: VotesReport, a: str) -> Label:
    doctors = sum(each.counted for each in report.voters)
    bias = report.position
    share = f"{100 * bias.share.estimate:.0f} %" if bias.share else "–"
    return {
        "zh": f"{doctors} 名医生，{report.pairs} 对中评了 {report.judged} 对；半数以上者决定胜负，胜负以 {a} 计。"
        f"先出现的回答领先 {bias.first}/{bias.first + bias.second}（{share}）。",
        "en": f"{doctors} doctors judged {report.judged} of {report.pairs} pairs; more than half decide, and wins "
        f"are those of {a}. The answer shown first was ahead in {bias.first} of {bias.first + bias.second} ({share}).",
    }


def _row(result: DimensionResult) -> list[str]:
    agreement = result.agreement
    alpha = None if agreement is None else agreement.alpha
    return [
        str(result.pairs),
        *(_counted(each) for each in (result.win, result.tie, result.lose)),
        str(result.split),
        _bounds(result.win.share),
        "–" if result.p is None else f"{result.p:.3g}",
        "–" if agreement is None else f"{100 * agreement.agreed:.1f} %",
        "–" if alpha is None else f"{alpha:.3f}",
    ]


def _counted(counted: Counted) -> str:
    return f"{counted.pairs} ({100 * counted.share.estimate:.1f} %)" if counted.share else str(counted.pairs)


def _bounds(share: Interval | None) -> str:
    return "–" if share is None else f"{100 * share.low:.1f}–{100 * share.high:.1f} %"


def _data(names: tuple[str, str], report: VotesReport) -> dict[str, Any]:  # JSON values
    """The report without the doctors' names."""
    told = asdict(report)
    voters = [{key: value for key, value in each.items() if key != "voter"} for each in told.pop("voters")]
    return {"names": list(names), **told, "voters": voters}
