"""What a reply gets right as medicine: from the record that was asked and the reply to grades with their reasons."""

from pedcorpus.evaluation.medical.grade import Grade
from pedcorpus.evaluation.medical.grader import MEDICAL_GRADES, MedicalGrader
from pedcorpus.evaluation.medical.told import medical_section

__all__ = ["MEDICAL_GRADES", "Grade", "MedicalGrader", "medical_section"]
