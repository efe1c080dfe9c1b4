"""EviDiag: a case in; a diagnosis with the evidence for it and the differentials out."""

from __future__ import annotations

from itertools import groupby
from typing import Literal

from pydantic import Field

from pedcorpus.records import Basis, Claim, Instruction, Patient, Record
from pedcorpus.tasks.frames import names_to_ground
from pedcorpus.tasks.scene import capitalised, patient_text
from pedcorpus.tasks.task import Task

__all__ = ["TASK", "Differential", "EviDiag", "Support"]

_WORDS = {
    "zh": {
        "diagnosis": "诊断",
        "support": "依据",
        "differential": "需鉴别",
        "colon": "：",
        "comma": "，",
        "stop": "。",
        "named": "{0}（{1}）",
        "meets": "：符合“{}”",
        "scene": "{0}，{1}",
        "nobody": "患儿",
        "and": "、",
    },
    "en": {
        "diagnosis": "Diagnosis",
        "support": "Evidence",
        "differential": "To be told apart from",
        "colon": ": ",
        "comma": ", ",
        "stop": ". ",
        "named": "{0} ({1})",
        "meets": ": meets “{}”",
        "scene": "{1} in {0}",
        "nobody": "a child",
        "and": ", ",
    },
}
_DIGITS = "0123456789"


class Support(Record):
    """One finding of the case, and the criterion in the source that it meets."""

    finding: str = Field(min_length=1)
    """As it stands in the case."""
    criterion: str = Field(min_length=1)
    """Verbatim from the evidence."""
    evidence: int = Field(ge=0)
    """Index into the instruction's evidence."""


class Differential(Record):
    """A disease to tell apart, and what tells it apart."""

    disease: str = Field(min_length=1)
    distinction: str = Field(min_length=1)
    """Verbatim from the evidence."""
    evidence: int = Field(ge=0)
    """Index into the instruction's evidence."""
    also: tuple[int, ...] = ()
    """Indices of further evidence, where name and distinction stand in several places."""


class EviDiag(Instruction):
    """Evidence-based diagnosis. The scene may be invented inside the source's ranges; the answer may not."""

    task: Literal["evidiag"]
    patient: Patient
    findings: tuple[str, ...] = Field(min_length=1)
    """Presenting findings as the case tells them."""
    investigations: tuple[str, ...] = ()
    """Results of examinations as the case tells them."""
    diagnosis: str = Field(min_length=1)
    subtype: str = ""
    """Type or pattern of the disease that the case shows, as 单纯型 or 元气虚弱; empty where none is asked for."""
    supporting_evidence: tuple[Support, ...] = Field(min_length=1)
    differentials: tuple[Differential, ...] = ()

    def user_text(self) -> str:
        words = _WORDS[self.language]
        who = patient_text(self.patient, language=self.language) or words["nobody"]
        told = words["comma"].join([*self.findings, *self.investigations])
        return capitalised(words["scene"].format(who, told)) + words["stop"] + self.question

    def answer_text(self) -> str:
        words = _WORDS[self.language]
        named = words["named"].format(self.diagnosis, self.subtype) if self.subtype else self.diagnosis
        lines = [f"{words['diagnosis']}{words['colon']}{named}", f"{words['support']}{words['colon']}".strip()]
        lines += [f"{number}. {line}" for number, line in enumerate(self._support_lines(), 1)]
        if self.differentials:
            lines.append(f"{words['differential']}{words['colon']}".strip())
            lines += [f"- {item.disease}{words['colon']}{item.distinction}" for item in self.differentials]
        return "\n".join(lines)

    def _support_lines(self) -> list[str]:
        """One line a criterion; the criterion itself is shown where the finding is a value inside its range."""
        words = _WORDS[self.language]
        lines = []
        for (criterion, _), group in groupby(
            self.supporting_evidence, key=lambda item: (item.criterion, item.evidence)
        ):
            findings = [support.finding for support in group]
            stands_there = all(finding in criterion and finding[0] not in _DIGITS for finding in findings)
            stands_there = stands_there or findings == [criterion]
            lines.append(words["and"].join(findings) + ("" if stands_there else words["meets"].format(criterion)))
        return lines

    def claims(self) -> tuple[Claim, ...]:
        claims = [Claim(path="diagnosis", text=self.diagnosis, basis=Basis.QUOTED)]
        if self.subtype:
            claims.append(Claim(path="subtype", text=self.subtype, basis=Basis.QUOTED))
        for index, support in enumerate(self.supporting_evidence):
            path = f"supporting_evidence.{index}.criterion"
            claims.append(Claim(path=path, text=support.criterion, basis=Basis.QUOTED, evidence=(support.evidence,)))
        for index, item in enumerate(self.differentials):
            path = f"differentials.{index}"
            cited = (item.evidence, *item.also)
            names = names_to_ground(item.distinction, self.evidence, language=self.language)
            for name, text in (("disease", item.disease), *(("distinction", name) for name in names)):
                claims.append(Claim(path=f"{path}.{name}", text=text, basis=Basis.QUOTED, evidence=cited))
        return tuple(claims)


TASK = Task(
    id="evidiag",
    record=EviDiag,
    title={"zh": "循证诊断", "en": "Evidence-based diagnosis"},
    reasons={
        "wrong_diagnosis": {"zh": "诊断不成立", "en": "The case does not support the diagnosis"},
        "weak_evidence": {"zh": "依据不足", "en": "Evidence is not specific"},
        "missing_differential": {"zh": "漏了重要鉴别", "en": "An important differential is missing"},
        "implausible_case": {"zh": "病例不合理", "en": "The case is implausible"},
    },
)
