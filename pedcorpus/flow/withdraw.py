"""Withdraw: a work that may be released no more; what was made of it stays, and no later export holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from pedcorpus.corpus import add_withdrawal, current_sources, resting_on, standing_withdrawals
from pedcorpus.errors import UsageError
from pedcorpus.flow.reviewer import reviewer_name
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.records import Withdrawal
from pedcorpus.settings import Workspace, nearest_key

__all__ = ["WithdrawalReport", "withdraw", "withdrawals"]


@dataclass(frozen=True)
class WithdrawalReport:
    """What was said of a work, and which finished versions it concerns."""

    said: Withdrawal
    versions: Mapping[str, int]
    """Rows of each exported version that rest on the work, oldest first; they stay as they are."""


def withdraw(
    workspace: Workspace, source: str, *, reason: str, steward: str | None = None, give_back: bool = False
) -> WithdrawalReport:
    """Bar a work from every later export, or with `give_back` let it in again.

    Raises:
        UsageError: there is no such work, no reason is given, or it stands so already.
        CorpusError: there is no corpus here, or it cannot be used.
    """
    if not reason.strip():
        raise UsageError(f"withdrawing {source} needs a reason that can be read next year: --reason TEXT")
    with open_corpus(workspace).unit() as unit:
        known = current_sources(unit)
        if source not in known:
            raise UsageError(f"no source is called {source!r}{nearest_key(source, list(known))}")
        if (source in standing_withdrawals(unit)) is not give_back:
            raise UsageError(
                f"{source} is {'not withdrawn' if give_back else 'withdrawn already'}; nothing has changed"
            )
        said = Withdrawal(
            source=source,
            stands=not give_back,
            reason=reason.strip(),
            steward=reviewer_name(workspace, steward),
            at=datetime.now(UTC),
        )
        add_withdrawal(unit, said)
        return WithdrawalReport(said, resting_on(unit, source))


def withdrawals(workspace: Workspace) -> dict[str, Withdrawal]:
    """Works that are withdrawn now, by id; none where there is no corpus."""
    if not workspace.corpus_path.exists():
        return {}
    with open_corpus(workspace).unit(read_only=True) as unit:
        return standing_withdrawals(unit)
