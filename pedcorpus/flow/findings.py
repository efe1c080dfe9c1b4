"""Findings: what the checks say of the corpus, tabulated by check, source and task, and the instructions behind it."""

from __future__ import annotations

from dataclasses import dataclass

from pedcorpus.corpus import Unit, count_findings, current_sources, found_in, known_checks
from pedcorpus.errors import UsageError
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import FindingCount, FindingGroup, FoundIn
from pedcorpus.settings import Workspace
from pedcorpus.tasks import task_names

__all__ = ["Asked", "findings", "findings_behind"]


@dataclass(frozen=True)
class Asked:
    """Which findings are asked for; an empty field takes all."""

    check: str = ""
    """Name of the check, without its version."""
    reason: str = ""
    source: str = ""
    task: str = ""


def findings(workspace: Workspace, asked: Asked, *, groups: tuple[FindingGroup, ...] = ()) -> list[FindingCount]:
    """Counts of what is asked for, `groups` apart; a check that found nothing has one row.

    Raises:
        UsageError: nothing is called so.
        CorpusError: there is no corpus here, or it cannot be used.
    """
    with open_corpus(workspace).unit(read_only=True) as unit:
        _known(unit, asked)
        counts = count_findings(unit, groups=groups, check=asked.check, source=asked.source, task=asked.task)
    return [row for row in counts if not asked.reason or row.reason == asked.reason]


def findings_behind(workspace: Workspace, asked: Asked, *, limit: int) -> list[FoundIn]:
    """The findings that are asked for one by one, errors first; at most `limit`.

    Raises:
        UsageError: nothing is called so.
        CorpusError: there is no corpus here, or it cannot be used.
    """
    with open_corpus(workspace).unit(read_only=True) as unit:
        _known(unit, asked)
        return found_in(unit, check=asked.check, reason=asked.reason, source=asked.source, task=asked.task, limit=limit)


def _known(unit: Unit, asked: Asked) -> None:
    named = (
        ("check", asked.check, known_checks(unit)),
        ("source", asked.source, sorted(current_sources(unit))),
        ("task", asked.task, sorted(task_names())),
    )
    for what, name, known in named:
        if name and name not in known:
            raise UsageError(f"no {what} is called {name!r} here; known: {', '.join(known) or 'none'}")
