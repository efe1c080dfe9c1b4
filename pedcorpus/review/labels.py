"""What a record's fields are called before a reviewer; a field of a stranger's task keeps its own name."""

from __future__ import annotations

from collections.abc import Mapping

from pedcorpus.tasks import Label

__all__ = ["choice_label", "field_label", "name_label"]

_NAMES: Mapping[str, tuple[str, str]] = {
    "question": ("问", "Question"),
    "answer": ("答", "Answer"),
    "topic": ("主题", "Topic"),
    "subtype": ("亚型", "Subtype"),
    "aspect": ("方面", "Aspect"),
    "patient": ("患儿", "Patient"),
    "age_months": ("月龄", "age in months"),
    "sex": ("性别", "sex"),
    "weight_kg": ("体重 kg", "weight in kg"),
    "findings": ("表现", "Finding"),
    "investigations": ("检查", "Investigation"),
    "diagnosis": ("诊断", "Diagnosis"),
    "supporting_evidence": ("依据", "Evidence"),
    "finding": ("病例所见", "finding"),
    "criterion": ("来源标准", "criterion"),
    "differentials": ("鉴别", "Differential"),
    "disease": ("疾病", "disease"),
    "distinction": ("区别", "distinction"),
    "plan": ("方案", "Plan"),
    "drugs": ("用药", "Drug"),
    "name": ("药名", "name"),
    "dose_text": ("剂量原文", "dose as printed"),
    "dose_low": ("剂量下限", "lowest dose"),
    "dose_high": ("剂量上限", "highest dose"),
    "unit": ("单位", "unit"),
    "basis": ("剂量基准", "dose basis"),
    "route": ("途径", "route"),
    "frequency": ("频次", "frequency"),
    "maximum_text": ("最大量原文", "ceiling as printed"),
    "computed_low": ("算得下限", "computed low"),
    "computed_high": ("算得上限", "computed high"),
    "cautions": ("注意", "Caution"),
    "follow_up": ("随访", "Follow-up"),
    "advice": ("就医", "Care"),
    "evidence": ("引文", "Quote"),
}


_CHOICES: Mapping[str, tuple[str, str]] = {
    "male": ("男", "male"),
    "female": ("女", "female"),
    "per_kg_per_dose": ("每千克每次", "per kg per dose"),
    "per_kg_per_day": ("每千克每日", "per kg per day"),
    "per_dose": ("每次", "per dose"),
    "per_day": ("每日", "per day"),
    "definition": ("定义", "definition"),
    "epidemiology": ("流行病学", "epidemiology"),
    "cause": ("病因", "cause"),
    "mechanism": ("发病机制", "mechanism"),
    "manifestation": ("表现", "manifestation"),
    "examination": ("检查", "examination"),
    "differential": ("鉴别", "differential"),
    "complication": ("并发症", "complication"),
    "treatment": ("治疗", "treatment"),
    "care": ("护理", "care"),
    "prevention": ("预防", "prevention"),
    "prognosis": ("预后", "prognosis"),
    "other": ("其他", "other"),
}


def choice_label(value: str) -> Label:
    """The words for one value of a closed list, such as a sex or a dose basis."""
    zh, en = _CHOICES.get(value) or _NAMES.get(value, (value, value))
    return {"zh": zh, "en": en}


def name_label(name: str) -> Label:
    """The words for one field name."""
    zh, en = _NAMES.get(name, (name.replace("_", " "), name.replace("_", " ")))
    return {"zh": zh, "en": en}


def field_label(path: str) -> Label:
    """The words for a dotted path: `plan.0.text` is 方案 1, `drugs.1.route` is 用药 2 · 途径."""
    parts = path.split(".")
    if len(parts) > 1 and parts[-1] == "text":
        parts.pop()
    return {language: _joined(parts, language) for language in ("zh", "en")}


def _joined(parts: list[str], language: str) -> str:
    words = ""
    for part in parts:
        if part.isdigit():
            words += f" {int(part) + 1}"
        else:
            words += (" · " if words else "") + name_label(part)[language]
    return words
