"""TreRecom: a diagnosed child in; a plan with drugs, doses, cautions and follow-up out."""

from __future__ import annotations

import math
from typing import Literal, Self

from pydantic import Field

from pedcorpus.errors import InputError
from pedcorpus.normalise import contains_folded, fold
from pedcorpus.records import Basis, Claim, Instruction, Patient, Record, Statement
from pedcorpus.tasks.frames import said_claims, stated_claims
from pedcorpus.tasks.prompts import trerecom as prompt
from pedcorpus.tasks.scene import capitalised, number_text, patient_text
from pedcorpus.tasks.task import Task
from pedcorpus.tasks.writing import Slot, Sources, Writing, cited_statements

__all__ = ["TASK", "DoseBasis", "DrugOrder", "TreRecom"]

DoseBasis = Literal["per_kg_per_dose", "per_kg_per_day", "per_dose", "per_day"]

_WORDS = {
    "zh": {
        "diagnosed": "诊断为{0}",
        "scene": "{0}，{1}",
        "nobody": "患儿",
        "plan": "方案：",
        "drugs": "用药：",
        "cautions": "注意：",
        "follow_up": "随访：",
        "computed": "（按{weight} kg计算：{dose}）",
        "comma": "，",
        "stop": "。",
    },
    "en": {
        "diagnosed": "diagnosed with {0}",
        "scene": "{1} in {0}",
        "nobody": "a child",
        "plan": "Plan:",
        "drugs": "Drugs:",
        "cautions": "Cautions:",
        "follow_up": "Follow-up:",
        "computed": " (for {weight} kg: {dose})",
        "comma": ", ",
        "stop": ". ",
    },
}


_ROUNDING = 0.005
"""Share by which a computed dose may be rounded."""


class DrugOrder(Record):
    """One drug of a plan. Every text is verbatim from the evidence; the numbers are those texts read."""

    name: str = Field(min_length=1)
    dose_text: str = ""
    """The dose as the source prints it, as `0.3～0.5 mg/kg`; empty when the source gives none."""
    dose_low: float | None = Field(default=None, gt=0)
    dose_high: float | None = Field(default=None, gt=0)
    """Equal to `dose_low` for a single dose."""
    unit: str = ""
    """Unit of the dose without `/kg` and `/d`: mg, g, μg, ml, IU."""
    basis: DoseBasis | None = None
    route: str = ""
    """Verbatim, as 静脉缓慢注射."""
    frequency: str = ""
    """Verbatim, as 每日2次."""
    maximum_text: str = ""
    """The ceiling as the source prints it, as `单次最大量10 mg`."""
    computed_low: float | None = Field(default=None, gt=0)
    """`dose_low` × the patient's weight, in `unit` per dose or per day as `basis` says; only for per-kg doses."""
    computed_high: float | None = Field(default=None, gt=0)
    evidence: int = Field(ge=0)
    """Index into the instruction's evidence."""

    def computed_text(self) -> str:
        """The computed dose, as `3.6～6 mg`; empty when nothing was computed."""
        if self.computed_low is None or self.computed_high is None:
            return ""
        low, high = number_text(self.computed_low), number_text(self.computed_high)
        per_day = "/d" if self.basis == "per_kg_per_day" else ""
        return f"{low if low == high else f'{low}～{high}'} {self.unit}{per_day}"


class TreRecom(Instruction):
    """Treatment recommendation for a child with a known diagnosis."""

    task: Literal["trerecom"]
    patient: Patient
    diagnosis: str = Field(min_length=1)
    findings: tuple[str, ...] = ()
    """What of the child's state matters for the plan, as 已持续6分钟未止."""
    plan: tuple[Statement, ...] = Field(min_length=1)
    drugs: tuple[DrugOrder, ...] = ()
    cautions: tuple[Statement, ...] = ()
    follow_up: tuple[Statement, ...] = ()

    def user_text(self) -> str:
        words = _WORDS[self.language]
        who = patient_text(self.patient, language=self.language) or words["nobody"]
        diagnosed = words["diagnosed"].format(self.diagnosis)
        told = words["comma"].join(self.findings)
        scene = words["scene"].format(who, told) if told else who
        return capitalised(words["comma"].join([scene, diagnosed])) + words["stop"] + self.question

    def answer_text(self) -> str:
        words = _WORDS[self.language]
        lines = [words["plan"], *(f"{n}. {step.text}" for n, step in enumerate(self.plan, 1))]
        if self.drugs:
            lines += [words["drugs"], *(f"- {self._drug_text(drug)}" for drug in self.drugs)]
        for name, statements in (("cautions", self.cautions), ("follow_up", self.follow_up)):
            if statements:
                lines += [words[name], *(f"- {statement.text}" for statement in statements)]
        return "\n".join(lines)

    def recomputed(self) -> Self:
        """Computed doses follow dose and weight; one that cannot be computed any more goes. None is added."""
        body = self.model_dump(mode="json", exclude={"messages"})
        for drug, stored in zip(self.drugs, body["drugs"], strict=True):
            for end in ("low", "high"):
                product = _product(getattr(drug, f"dose_{end}"), self.patient.weight_kg, drug.basis)
                computed = getattr(drug, f"computed_{end}")
                if computed is not None and not (product and math.isclose(computed, product, rel_tol=_ROUNDING)):
                    stored[f"computed_{end}"] = product
        return type(self).model_validate(body)

    def _drug_text(self, drug: DrugOrder) -> str:
        words = _WORDS[self.language]
        head = f"{drug.name} {drug.dose_text}".rstrip()
        if (dose := drug.computed_text()) and self.patient.weight_kg:
            head += words["computed"].format(weight=number_text(self.patient.weight_kg), dose=dose)
        tail = [part for part in (drug.route, drug.frequency, drug.maximum_text) if part]
        return words["comma"].join([head, *tail])

    def claims(self) -> tuple[Claim, ...]:
        claims: list[Claim] = []
        for name, statements in (("plan", self.plan), ("cautions", self.cautions), ("follow_up", self.follow_up)):
            for index, item in enumerate(statements):
                claims += stated_claims(f"{name}.{index}.text", item, self.evidence, language=self.language)
        for index, drug in enumerate(self.drugs):
            for field in ("name", "dose_text", "route", "frequency", "maximum_text"):
                if text := getattr(drug, field):
                    of = "" if field == "name" else drug.name
                    claims += self._said(f"drugs.{index}.{field}", text, (drug.evidence,), of=of)
            if dose := drug.computed_text():
                path = f"drugs.{index}.computed_low"
                claims.append(Claim(path=path, text=dose, basis=Basis.COMPUTED, evidence=(drug.evidence,)))
        return tuple(claims)

    def _said(self, path: str, text: str, cited: tuple[int, ...], *, of: str = "") -> list[Claim]:
        return said_claims(path, text, self.evidence, language=self.language, cited=cited, of=of)


def _product(dose: float | None, weight_kg: float | None, basis: DoseBasis | None) -> float | None:
    if dose is None or weight_kg is None or basis not in ("per_kg_per_dose", "per_kg_per_day"):
        return None
    return float(number_text(dose * weight_kg))


_SAFETY_LINES = {
    "zh": "如症状不缓解或加重，请立即就医。",
    "en": "If symptoms do not improve or get worse, seek medical care at once.",
}


def record_of(draft: prompt.TreRecomDraft, slot: Slot, sources: Sources) -> TreRecom:
    """The record of what a model wrote: doses read from the quotes and worked out here, the safety line our own.

    Raises:
        InputError: a quote stands nowhere, or does not name its drug.
    """
    patient = slot.patient or Patient()
    safety = Statement(text=_SAFETY_LINES[sources.shared["language"]], basis=Basis.SAFETY)
    plan, cautions = cited_statements(draft.plan, sources), cited_statements(draft.cautions, sources)
    follow_up = (*cited_statements(draft.follow_up, sources), safety)
    drugs = tuple(order for drug in draft.drugs for order in _orders(drug, patient.weight_kg, sources))
    return TreRecom.model_validate(
        {
            "task": "trerecom",
            "topic": sources.topic,
            "asker": slot.asker,
            "question": draft.question,
            "patient": patient,
            "diagnosis": sources.topic,
            "findings": draft.findings,
            "plan": plan,
            "drugs": drugs,
            "cautions": cautions,
            "follow_up": follow_up,
            "evidence": sources.evidence,
            **sources.shared,
        }
    )


def _orders(drug: prompt.Drug, weight_kg: float | None, sources: Sources) -> tuple[DrugOrder, ...]:
    cited = sources.cite(drug.quote)
    named = [index for index, tail in enumerate(cited.tails) if fold(tail) == fold(drug.name)]
    if cited.tails and named:
        return (DrugOrder(name=cited.tails[named[0]], evidence=cited.evidence[named[0]]),)
    if cited.tails or not contains_folded(cited.quote, drug.name):
        detail = f"「{cited.quote}」 does not name {drug.name}; quote the words that do"
        raise InputError("drugs", "drug_not_in_quote", detail)
    read = [order for order in sources.orders(cited, weight_kg) if isinstance(order, DrugOrder)]
    own = tuple(order for order in read if fold(order.name) in fold(drug.name) or fold(drug.name) in fold(order.name))
    return own or (DrugOrder(name=drug.name, evidence=cited.evidence[0]),)


TASK = Task(
    id="trerecom",
    record=TreRecom,
    title={"zh": "治疗推荐", "en": "Treatment recommendation"},
    answer_words=(10, 1200),
    reasons={
        "wrong_dose": {"zh": "剂量错误", "en": "Wrong dose"},
        "unsafe": {"zh": "有安全风险", "en": "Unsafe"},
        "missing_caution": {"zh": "漏了重要注意事项", "en": "An important caution is missing"},
        "not_first_line": {"zh": "非首选方案", "en": "Not what should be done first"},
    },
    safety_lines=_SAFETY_LINES,
    writing=Writing(
        version=prompt.VERSION,
        draft=prompt.TreRecomDraft,
        instructions=prompt.INSTRUCTIONS,
        kinds=prompt.KINDS,
        to_record=record_of,
        carried_by=frozenset({"treatment", "dose"}),
        with_child=True,
    ),
)
