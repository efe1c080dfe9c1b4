"""EviDiag: a case in; a diagnosis with the evidence for it and the differentials out."""

from __future__ import annotations

from itertools import groupby
from typing import ClassVar, Literal

from pydantic import Field

from pedcorpus.errors import InputError
from pedcorpus.normalise import contains_folded, fold
from pedcorpus.records import Asker, Basis, Claim, Instruction, Patient, Record, Statement
from pedcorpus.tasks.frames import listing_sentence, said_claims, stated_claims
from pedcorpus.tasks.prompts import evidiag as prompt
from pedcorpus.tasks.scene import capitalised, patient_text
from pedcorpus.tasks.task import Task
from pedcorpus.tasks.writing import Slot, Sources, Writing

__all__ = ["TASK", "Differential", "EviDiag", "Support", "care_advice"]

_WORDS = {
    "zh": {
        "diagnosis": "诊断",
        "support": "依据",
        "differential": "需鉴别",
        "advice": "就医",
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
        "advice": "Seeking care",
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
    """From the evidence: verbatim, or with every fact kept."""
    evidence: int = Field(ge=0)
    """Index into the instruction's evidence."""


class Differential(Record):
    """A disease to tell apart, and what tells it apart."""

    disease: str = Field(min_length=1)
    distinction: str = Field(min_length=1)
    """From the evidence: verbatim, or with every fact kept."""
    evidence: int = Field(ge=0)
    """Index into the instruction's evidence."""
    also: tuple[int, ...] = ()
    """Indices of further evidence, where name and distinction stand in several places."""


class EviDiag(Instruction):
    """Evidence-based diagnosis. The scene may be invented inside the source's ranges; the answer may not."""

    later_fields: ClassVar[frozenset[str]] = frozenset({"advice"})

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
    advice: tuple[Statement, ...] = ()
    """Where to turn with such a child: what a lay asker has to hear beside a name for it."""

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
        if self.advice:
            lines.append(f"{words['advice']}{words['colon']}".strip())
            lines += [f"- {statement.text}" for statement in self.advice]
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
        claims = self._said("diagnosis", self.diagnosis)
        if self.subtype:
            claims += self._said("subtype", self.subtype)
        for index, support in enumerate(self.supporting_evidence):
            claims += self._said(f"supporting_evidence.{index}.criterion", support.criterion, (support.evidence,))
        for index, item in enumerate(self.differentials):
            path, cited = f"differentials.{index}", (item.evidence, *item.also)
            claims += self._said(f"{path}.disease", item.disease, cited)
            claims += self._said(f"{path}.distinction", item.distinction, cited, of=item.disease)
        for index, line in enumerate(self.advice):
            claims += stated_claims(f"advice.{index}.text", line, self.evidence, language=self.language)
        return tuple(claims)

    def _said(self, path: str, text: str, cited: tuple[int, ...] = (), *, of: str = "") -> list[Claim]:
        return said_claims(path, text, self.evidence, language=self.language, cited=cited, of=of)


_SAFETY_LINES = {
    "zh": "以上只凭描述判断，请到医院当面检查；"
    "有呼吸困难、面唇青紫、抽搐、叫不醒或便血等危险信号的，请立即去急诊或拨打120。",
    "en": "This rests on what was told alone: have a doctor see the child. With a danger sign such as hard breathing, "
    "blue lips, a fit, not waking or blood in the stool, go to an emergency department or call an ambulance at once.",
}


def care_advice(asker: Asker, *, language: str) -> tuple[Statement, ...]:
    """What an answer to `asker` closes with: the task's fixed safety line for lay people, nothing for the others.

    It does not hang on which signs a case tells of: no table knows them all, and a name for a disease sends nobody to a
    doctor.
    """
    return (Statement(text=_SAFETY_LINES[language], basis=Basis.SAFETY),) if asker.is_lay else ()


def record_of(draft: prompt.EviDiagDraft, slot: Slot, sources: Sources) -> EviDiag:
    """The record of what a model wrote.

    Raises:
        InputError: a quote stands nowhere, a finding is not in the case, or the case names its diagnosis.
    """
    told = [*draft.findings, *draft.investigations]
    _check_case(draft, slot, told)
    supports = tuple(support for sign in draft.supports for support in _supports(sign, told, sources))
    rivals = tuple(_differential(rival, sources) for rival in draft.rivals)
    diagnosis, subtype = _named(draft, sources)
    return EviDiag.model_validate(
        {
            "task": "evidiag",
            "topic": sources.topic,
            "asker": slot.asker,
            "question": draft.question,
            "patient": slot.patient or Patient(),
            "findings": draft.findings,
            "investigations": draft.investigations,
            "diagnosis": diagnosis,
            "subtype": subtype,
            "supporting_evidence": supports,
            "differentials": rivals,
            "advice": care_advice(slot.asker, language=sources.shared["language"]),
            "evidence": sources.evidence,
            **sources.shared,
        }
    )


def _named(draft: prompt.EviDiagDraft, sources: Sources) -> tuple[str, str]:
    """Diagnosis and subtype, each said by the source: 单纯型热性惊厥 is 热性惊厥, and its type 单纯型."""
    diagnosis, subtype = draft.diagnosis, draft.subtype
    rest = diagnosis.removesuffix(sources.topic)
    if rest != diagnosis and rest and subtype in ("", rest):
        diagnosis, subtype = sources.topic, rest
    for name in filter(None, (diagnosis, subtype)):
        sources.cite_name(name)
    return diagnosis, subtype


def _check_case(draft: prompt.EviDiagDraft, slot: Slot, told: list[str]) -> None:
    shown = [*told] if slot.kind.id == "subtype" else [*told, draft.question]
    if any(contains_folded(text, draft.diagnosis) for text in shown):
        detail = f"the case names its own diagnosis, {draft.diagnosis}; ask again"
        raise InputError(f"slot {slot.number}", "diagnosis_given_away", detail)


def _supports(sign: prompt.Sign, told: list[str], sources: Sources) -> tuple[Support, ...]:
    if not any(contains_folded(text, sign.finding) for text in told):
        detail = f"「{sign.finding}」 supports the diagnosis but is not told in the case"
        raise InputError("supports", "finding_not_in_case", detail)
    cited = sources.cite(sign.quote)
    criteria = cited.tails or (cited.quote,)
    return tuple(
        Support(finding=sign.finding, criterion=criterion, evidence=index)
        for criterion, index in zip(criteria, cited.evidence, strict=True)
    )


def _differential(rival: prompt.Rival, sources: Sources) -> Differential:
    cited = sources.cite(rival.quote)
    if cited.head and fold(cited.head) != fold(rival.disease):
        detail = f"「{cited.quote}」 is said of {cited.head}, not of {rival.disease}"
        raise InputError("rivals", "rival_not_in_quote", detail)
    sources.cite_name(rival.disease)
    distinction = cited.quote
    if cited.head:
        language = sources.shared["language"]
        distinction = listing_sentence("tells_apart", [cited.head], cited.tails, language=language) or cited.quote
    first, *rest = cited.evidence
    return Differential(disease=rival.disease, distinction=distinction, evidence=first, also=tuple(rest))


TASK = Task(
    id="evidiag",
    record=EviDiag,
    title={"zh": "循证诊断", "en": "Evidence-based diagnosis"},
    answer_words=(10, 1200),
    reasons={
        "wrong_diagnosis": {"zh": "诊断不成立", "en": "The case does not support the diagnosis"},
        "weak_evidence": {"zh": "依据不足", "en": "Evidence is not specific"},
        "missing_differential": {"zh": "漏了重要鉴别", "en": "An important differential is missing"},
        "implausible_case": {"zh": "病例不合理", "en": "The case is implausible"},
    },
    safety_lines=_SAFETY_LINES,
    writing=Writing(
        version=prompt.VERSION,
        draft=prompt.EviDiagDraft,
        instructions=prompt.INSTRUCTIONS,
        kinds=prompt.KINDS,
        to_record=record_of,
        carried_by=frozenset({"manifestation", "diagnosis", "differential"}),
        only_diseases=True,
        with_child=True,
    ),
)
