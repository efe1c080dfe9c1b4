"""How a child is described at the head of a case, in Chinese and English."""

from __future__ import annotations

from pedcorpus.records import Patient

__all__ = ["age_text", "capitalised", "number_text", "patient_text"]


def number_text(value: float) -> str:
    """`value` without a needless fraction: 12, 3.6."""
    return f"{value:.6g}"


def age_text(age_months: float, *, language: str) -> str:
    """An age as people say it: days under a month, months under two years, then years."""
    if age_months < 1:
        days = max(1, round(age_months * 30.4375))
        return f"{days}天" if language == "zh" else f"{days} day{'s' if days > 1 else ''}"
    if age_months < 24 or age_months % 12:
        whole = int(age_months) if age_months < 24 else None
        if whole is None:
            years, months = divmod(int(age_months), 12)
            return f"{years}岁{months}个月" if language == "zh" else f"{years} years {months} months"
        return f"{whole}个月" if language == "zh" else f"{whole} month{'s' if whole > 1 else ''}"
    years = int(age_months // 12)
    return f"{years}岁" if language == "zh" else f"{years} years"


def patient_text(patient: Patient, *, language: str) -> str:
    """`男孩，18个月，体重12 kg`: what is known of the child, in that order; empty if nothing is."""
    words = {"zh": {"male": "男孩", "female": "女孩"}, "en": {"male": "a boy", "female": "a girl"}}[language]
    parts = [words[patient.sex]] if patient.sex else []
    if patient.age_months is not None:
        parts.append(age_text(patient.age_months, language=language))
    if patient.weight_kg is not None:
        parts.append(f"{'体重' if language == 'zh' else ''}{number_text(patient.weight_kg)} kg")
    return ("，" if language == "zh" else ", ").join(parts)


def capitalised(text: str) -> str:
    """`text` with a capital first letter, as a sentence opens."""
    return text[:1].upper() + text[1:]
