"""Agreement and reviewers: decisions that people took → how far they agree, and how each of them works."""

from __future__ import annotations

from pedcorpus.corpus import Unit, calibration_items, people_decisions
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import AgreementReport
from pedcorpus.review import Judgement, ReviewerRecord, agreement_report, reviewer_records
from pedcorpus.settings import Workspace

__all__ = ["agreement", "judgements", "reviewers"]


def agreement(workspace: Workspace) -> AgreementReport:
    """How far reviewers agree on instructions that two or more of them read, each without a sight of the others.

    Raises:
        CorpusError: there is no corpus here, or it cannot be used.
    """
    with open_corpus(workspace).unit(read_only=True) as unit:
        said = judgements(unit)
    return agreement_report(said)


def reviewers(workspace: Workspace) -> list[ReviewerRecord]:
    """What each reviewer has done, by name.

    Raises:
        CorpusError: there is no corpus here, or it cannot be used.
    """
    with open_corpus(workspace).unit(read_only=True) as unit:
        said = judgements(unit)
        known = {item.instruction: item for item in calibration_items(unit)}
    return reviewer_records(said, known)


def judgements(unit: Unit) -> list[Judgement]:
    """Decisions that people took one at a time and that stand, in the order in which they were taken."""
    return [Judgement(task, decision) for task, decision in people_decisions(unit)]
