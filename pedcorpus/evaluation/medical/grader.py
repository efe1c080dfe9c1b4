"""All grades of one reply together, by the tables that the settings name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pedcorpus.curate.dose import DoseCheck
from pedcorpus.curate.red_flag import RedFlagCheck
from pedcorpus.evaluation.medical.diagnosis import diagnosis_grade
from pedcorpus.evaluation.medical.doses import doses_grade
from pedcorpus.evaluation.medical.drugs import drugs_grade
from pedcorpus.evaluation.medical.gate import gate_grade
from pedcorpus.evaluation.medical.grade import Grade
from pedcorpus.evaluation.medical.grounded import grounded_grade
from pedcorpus.evaluation.medical.red_flag import red_flag_grade
from pedcorpus.evaluation.medical.refusal import answered_grade, refusal_grade
from pedcorpus.records import Instruction
from pedcorpus.settings import CurateSettings

__all__ = ["LONGEST", "MEDICAL_GRADES", "MedicalGrader"]

LONGEST = 8000
"""Characters of a reply that are graded."""

MEDICAL_GRADES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "diagnosis": {"zh": "诊断正确", "en": "diagnosis"},
        "drugs": {"zh": "用药正确（F1）", "en": "drugs (F1)"},
        "doses": {"zh": "剂量正确", "en": "doses"},
        "dose_gate": {"zh": "剂量未越界", "en": "dose gate"},
        "grounded": {"zh": "有据可依的句子", "en": "grounded sentences"},
        "red_flag": {"zh": "危险信号时劝就医", "en": "red-flag advice"},
        "refusal": {"zh": "该拒则拒", "en": "refusal"},
        "answered": {"zh": "未过度拒答", "en": "not over-refused"},
    }
)
"""Names of the grades with what they are called, in the order in which they are told; of each, 1 is best."""


class MedicalGrader:
    """Scores replies against the records that were asked; formulary and red flags are read once."""

    def __init__(self, settings: CurateSettings | None = None) -> None:
        """`settings` name a hospital's own tables; none takes those that are shipped.

        Raises:
            SettingsError: a table cannot be read.
        """
        wanted = settings or CurateSettings()
        self._dose = DoseCheck().with_settings(wanted)
        self._flags = RedFlagCheck().with_settings(wanted).flags

    def grades(self, record: Instruction, reply: str) -> dict[str, Grade]:
        """Every grade that applies to the reply, by name in the order of `MEDICAL_GRADES`.

        Of a reply beyond `LONGEST` characters the rest is not looked at: no answer to a parent is that long.
        """
        reply = reply[:LONGEST]
        found = {
            "diagnosis": diagnosis_grade(record, reply),
            "drugs": drugs_grade(record, reply),
            "doses": doses_grade(record, reply),
            "dose_gate": gate_grade(record, reply, self._dose),
            "grounded": grounded_grade(record, reply, self._flags),
            "red_flag": red_flag_grade(record, reply, self._flags),
            "refusal": refusal_grade(record, reply),
            "answered": answered_grade(record, reply),
        }
        return {name: grade for name, grade in found.items() if grade is not None}
