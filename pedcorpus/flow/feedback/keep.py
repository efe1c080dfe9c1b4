"""Keeps a rated exchange until it is taken in: what the one who gives a thumb waits for; no corpus is opened."""

from __future__ import annotations

from pedcorpus.curate.privacy import recognisers
from pedcorpus.errors import CorpusBusy, CorpusError
from pedcorpus.flow.feedback.exchange import RatedExchange, kept_exchange
from pedcorpus.flow.feedback.waiting import add_waiting
from pedcorpus.flow.workspace import open_corpus
from pedcorpus.settings import Workspace

__all__ = ["check_feedback", "keep_feedback"]

_PATIENCE_S = 2.0


def keep_feedback(workspace: Workspace, exchange: RatedExchange) -> None:
    """Store a rated exchange on disk, without what identifies anybody; the same one twice waits once.

    Raises:
        CorpusError: it cannot be written, or nothing is there that would de-identify it.
    """
    _check_recognisers()
    add_waiting(workspace, kept_exchange(exchange, workspace.settings.curate.privacy))


def check_feedback(workspace: Workspace) -> None:
    """Tells now, and not whoever gives a thumb, what keeps feedback out; a corpus that is only busy does not.

    Raises:
        CorpusError: there is no corpus here, it cannot be used, or nothing is there that would de-identify.
    """
    _check_recognisers()
    try:
        open_corpus(workspace, patience_s=_PATIENCE_S)
    except CorpusBusy:
        return


def _check_recognisers() -> None:
    if not recognisers():
        raise CorpusError(
            "no recogniser of personal data is registered, so no feedback is kept; install pedcorpus anew"
        )
