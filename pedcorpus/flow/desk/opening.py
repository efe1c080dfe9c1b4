"""Opens a reviewer's desk in a workspace; and accepts everything at once, for demos."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from pedcorpus.corpus import Leases, QueueFiles, add_decisions, instruction_ids
from pedcorpus.curate import checks
from pedcorpus.errors import UsageError
from pedcorpus.flow.accounts import accounts, role_of
from pedcorpus.flow.desk.corpus_desk import CorpusDesk
from pedcorpus.flow.desk.known_items import KnownItems
from pedcorpus.flow.desk.part import DeskPart
from pedcorpus.flow.pages import PageShelf
from pedcorpus.flow.reviewer import reviewer_name
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import Decision, Role, Status, Verdict
from pedcorpus.review import readers_of
from pedcorpus.settings import Workspace

__all__ = ["accept_all", "open_desk"]


def open_desk(workspace: Workspace, reviewer: str | None, *, adjudicates: bool = False) -> CorpusDesk:
    """A desk for `reviewer`, else for the name in the settings, else for the login name.

    An adjudicator's desk offers what readers disagree on, and a steward's tells who they are.

    Raises:
        UsageError: this reviewer is no adjudicator.
        CorpusError: there is no corpus here, or it cannot be used.
    """
    settings, name = workspace.settings, reviewer_name(workspace, reviewer)
    part = _part(workspace, name, adjudicates=adjudicates)
    corpus = open_corpus(workspace)
    return CorpusDesk(
        corpus,
        name,
        checks(settings.curate),
        PageShelf(workspace),
        leases=Leases(workspace.leases_path, name, minutes=settings.review.lease_minutes),
        files=QueueFiles(workspace.queue_folder),
        part=part,
        plan=settings.review.plan,
        accounts=_names(workspace),
        known=KnownItems(name, 0.0 if adjudicates else settings.review.calibration.share),
    )


def _part(workspace: Workspace, name: str, *, adjudicates: bool) -> DeskPart:
    asked = partial(readers_of, settings=workspace.settings.review.overlap)
    if not adjudicates:
        return DeskPart(readers_of=asked)
    role = role_of(workspace, name)
    if not role.may_adjudicate:
        raise UsageError(
            f"{name} is a reviewer, and disputes are for an adjudicator; a steward changes that with "
            f"`pedcorpus reviewers role {name} adjudicator`"
        )
    return DeskPart(adjudicates=True, readers_of=asked, sees_names=role is Role.STEWARD)


def _names(workspace: Workspace) -> tuple[str, ...]:
    """Of all accounts; none where the steward keeps their file to themselves: who has decided is known anyway."""
    try:
        return tuple(account.name for account in accounts(workspace))
    except UsageError:
        return ()


def accept_all(workspace: Workspace, reviewer: str | None) -> int:
    """Accept every candidate at once, recorded as such in every decision; how many. For demos.

    Raises:
        CorpusError: there is no corpus here, or it cannot be used.
    """
    corpus = open_corpus(workspace)
    name = reviewer_name(workspace, reviewer)
    at = datetime.now(UTC)
    with corpus.unit() as unit:
        decisions = [
            Decision(instruction=identifier, reviewer=name, verdict=Verdict.ACCEPT, acceptance="accept-all", at=at)
            for identifier in instruction_ids(unit, [Status.CANDIDATE])
        ]
        return add_decisions(unit, decisions)
