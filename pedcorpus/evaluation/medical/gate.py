"""Whatever a reply doses, held against the declared formulary: the corpus's own check `dose`, put to a reply."""

from __future__ import annotations

from pedcorpus.curate import Subject
from pedcorpus.curate.dose import DoseCheck
from pedcorpus.curate.dosing import doses_in, mentions_in
from pedcorpus.evaluation.medical.grade import Grade, graded
from pedcorpus.facts import read
from pedcorpus.records import Instruction, Severity, Statement
from pedcorpus.tasks.evidiag import EviDiag
from pedcorpus.tasks.medkqa import MedKQA
from pedcorpus.tasks.trerecom import TreRecom

__all__ = ["gate_grade", "said_in_reply"]


def gate_grade(record: Instruction, reply: str, check: DoseCheck) -> Grade | None:
    """1 where the formulary finds nothing wrong with what the reply gives, else 0; none where it doses nothing known.

    Errors and warnings count alike: a wrong unit, a dose beyond its bounds, a drug that the child's age forbids.
    """
    found = [
        finding
        for finding in check.verdicts([Subject(said_in_reply(record, reply), {})])
        if finding.severity is not Severity.PASS and finding.path in ("answer", "plan.0.text")
    ]
    if found:
        told = "; ".join(finding.detail for finding in found)
        return graded(0.0, told, told)
    reading = read(reply)
    doses = list(doses_in(reading, mentions_in(reading, check.formulary)))
    return graded(1.0, f"{len(doses)} 处剂量，均未越界", f"{len(doses)} doses, none out of bounds") if doses else None


def said_in_reply(record: Instruction, reply: str) -> Instruction:
    """The record as if the reply were its answer, with the child and the question that it has."""
    if isinstance(record, TreRecom):
        empty = {"drugs": (), "cautions": (), "follow_up": ()}
        return record.model_copy(update={"plan": (Statement(text=reply or " "),), **empty})
    if isinstance(record, EviDiag):
        shared = {name: getattr(record, name) for name in Instruction.model_fields if name not in ("task", "question")}
        return MedKQA(task="medkqa", aspect="care", question=record.user_text(), answer=reply or " ", **shared)
    return record.model_copy(update={"answer": reply})
