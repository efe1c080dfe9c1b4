"""What stands in an evaluation's report beside its numbers: reasons of medical grades, a judge, doctors' votes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pedcorpus import flow
from pedcorpus.cli.console import RichProgress, talk
from pedcorpus.cli.judge_report import tell_judged
from pedcorpus.cli.writing_report import tell_cap, tell_spent
from pedcorpus.errors import UsageError
from pedcorpus.evaluation import votes_section

if TYPE_CHECKING:
    from pedcorpus.evaluation import Comparison, Replies, Section
    from pedcorpus.settings import Workspace

__all__ = ["further_sections"]


def further_sections(
    place: Workspace,
    comparison: Comparison,
    replies: Sequence[Replies],
    *,
    judge: str | None,
    limit: int | None,
    is_quiet: bool,
) -> list[Section]:
    """All of them, in the order of the report; `judge` is the judging model, empty for the settings' own.

    With no `judge` nobody is asked. Each model is judged against the first, at most `limit` pairs; with `is_quiet` no
    table of that goes to stdout.
    """
    from pedcorpus.evaluation.judge import judge_section
    from pedcorpus.evaluation.medical import MedicalGrader, medical_section

    medical = medical_section(comparison, MedicalGrader(place.settings.curate))
    found = [medical] if medical is not None else []
    first, *others = (each.path for each in replies)
    for other in others:
        if judge is not None:
            for told in _judged(place, comparison, first, other, judge, limit):
                if not is_quiet:
                    tell_judged(told)
                found.append(judge_section(told.names, told.report, told.doctors, language=place.settings.language))
        found += _voted(place, first, other)
    return found


def _judged(
    place: Workspace, comparison: Comparison, first: Path, other: Path, judge: str, limit: int | None
) -> Iterator[flow.JudgedRuns]:
    """What the judge says; nothing where it cannot be asked, which is told."""
    references = {each.id: each.reference for each in comparison.asked.questions}
    try:
        with flow.open_judge(
            place, other, first, references=references, only=references.keys(), model=judge, limit=limit
        ) as run:
            talk("{} judgements of {} to make, {} at most", run.open, run.door.endpoint.model, f"{run.cost():,.2f}")
            found = run.run(progress=RichProgress())
            tell_spent(run.door)
            tell_cap(run.door)
    except UsageError as error:  # two models with the same replies, or a server that cannot be used
        talk("not judged: {}", error)
        return
    yield found


def _voted(place: Workspace, first: Path, other: Path) -> Iterator[Section]:
    try:
        votes = flow.votes_beside(place, other, first)
    except UsageError:  # two models with the same replies are no pairing
        return
    if votes is not None:
        yield votes_section(votes.names, votes.report, language=place.settings.language)
