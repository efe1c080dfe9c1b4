"""A run: the file in which one model's replies stand, JSON Lines or Parquet (docs/vote.md says which fields).

A run that is half read would be compared as if the rest had never been asked: what is wrong with it is told row by row,
and nothing is taken. An empty reply is none of that: a model that says nothing has answered badly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pedcorpus.errors import UsageError
from pedcorpus.evaluation.row_file import rows_of
from pedcorpus.evaluation.run_rows import BadRow, json_row, reply_of_row
from pedcorpus.records import RunReply, canonical_json, content_id

__all__ = ["Run", "read_run"]

_TOLD = 20


@dataclass(frozen=True)
class Run:
    """Replies of one model."""

    id: str
    """Hash of ids, questions and replies, in whatever order and beside whatever else they stand."""
    model: str
    """Whose they are; empty where the file does not say."""
    replies: Mapping[str, RunReply]
    """By the id of what was asked, in the file's order."""
    places: Mapping[str, str]
    """Where each stands, as `base.jsonl:41`."""

    @property
    def empty(self) -> list[str]:
        """Ids of replies without a word."""
        return [name for name, reply in self.replies.items() if not reply.reply.strip()]


def read_run(path: Path) -> Run:
    """The run in `path`.

    Raises:
        UsageError: the file cannot be read, or rows of it are no replies; each with its line.
    """
    replies: dict[str, RunReply] = {}
    places: dict[str, str] = {}
    problems: list[str] = []
    for place, row in rows_of(path):
        try:
            reply = reply_of_row(json_row(row) if isinstance(row, str) else row)
        except BadRow as error:
            problems.append(f"{place}: {error}")
            continue
        if reply.id in replies:
            problems.append(f"{place}: id {reply.id!r} stands at {places[reply.id]} already; keep one of them")
        else:
            replies[reply.id], places[reply.id] = reply, place
    models = {reply.model: places[reply.id] for reply in reversed(replies.values())}
    if len(models) > 1:
        named = ", ".join(f"{model or 'none'!r} at {place}" for model, place in models.items())
        problems.append(f"{path.name}: replies of several models ({named}); a run is one model's")
    if problems:
        raise UsageError(_told(path, problems))
    if not replies:
        raise UsageError(f"{path}: holds no replies; expected a row with id, question and reply for each")
    return Run(_hash(replies), next(iter(models)), replies, places)


def _hash(replies: Mapping[str, RunReply]) -> str:
    rows = (reply.model_dump(mode="json", include={"id", "messages", "reply"}) for reply in replies.values())
    return content_id("run", *sorted(map(canonical_json, rows)))


def _told(path: Path, problems: list[str]) -> str:
    more = len(problems) - _TOLD
    last = [f"… and {more} more"] if more > 0 else []
    return "\n".join([f"{path}: cannot be compared as it is", *problems[:_TOLD], *last])
