"""Whether readers agree well enough for a version to go out; a steward may let it go all the same, and says why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pedcorpus.errors import ExportError, UsageError
from pedcorpus.flow.accounts import role_of
from pedcorpus.flow.reviewer import reviewer_name
from pedcorpus.records import AgreementReport, Role
from pedcorpus.review import low_agreement
from pedcorpus.settings import Workspace

__all__ = ["Reason", "allowed_reason"]


@dataclass(frozen=True)
class Reason:
    """Why a version goes out though readers agree too little."""

    text: str
    by: str


def allowed_reason(workspace: Workspace, report: AgreementReport, tasks: Iterable[str], given: str) -> Reason | None:
    """The reason that is needed for `tasks` to go out; none where readers agree as the settings ask.

    Raises:
        ExportError: they do not, and none is `given`.
        UsageError: one is given, by somebody who is no steward.
    """
    settings = workspace.settings.export
    short = low_agreement(report, tasks, least=settings.least_agreement, rows=settings.least_agreement_rows)
    if not short:
        return None
    if not given.strip():
        raise ExportError(
            f"readers agree too little: {'; '.join(short)}. Let more rows be read twice (docs/second-readings.md), go "
            "over what they dispute with your reviewers, and see `pedcorpus agreement`; or let a steward pass "
            "--allow-low-agreement REASON, which the version then states"
        )
    by = reviewer_name(workspace, None)
    if role_of(workspace, by) is not Role.STEWARD:
        raise UsageError(f"{by} is no steward; only a steward may pass --allow-low-agreement")
    return Reason(" ".join(given.split()), by)
