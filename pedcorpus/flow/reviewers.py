"""Agreement and reviewers: decisions that people took → how far they agree, and how each of them works."""

from __future__ import annotations

from pedcorpus.corpus import people_decisions
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.review import AgreementReport, Judgement, ReviewerRecord, agreement_report, reviewer_records
from pedcorpus.settings import Workspace

__all__ = ["agreement", "reviewers"]


def agreement(workspace: Workspace) -> AgreementReport:
    """How far reviewers agree on instructions that two or more of them decided on.

    Raises:
        CorpusError: there is no corpus here, or it cannot be used.
    """
    return agreement_report(_judgements(workspace))


def reviewers(workspace: Workspace) -> list[ReviewerRecord]:
    """What each reviewer has done, by name.

    Raises:
        CorpusError: there is no corpus here, or it cannot be used.
    """
    return reviewer_records(_judgements(workspace))


def _judgements(workspace: Workspace) -> list[Judgement]:
    with open_corpus(workspace).unit(read_only=True) as unit:
        return [Judgement(task, decision) for task, decision in people_decisions(unit)]
