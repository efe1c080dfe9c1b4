"""The passages of an export that `chat` and `serve` show beside replies, by its version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pedcorpus.cli.console import talk
from pedcorpus.settings import Workspace

if TYPE_CHECKING:
    from pedcorpus.inference import Message
    from pedcorpus.inference.sources import Found

__all__ = ["opened_sources"]


def opened_sources(workspace: Workspace, version: str) -> Callable[[Sequence[Message], str], list[Found]]:
    """Finds the sources of a conversation and its reply, in a version by name or folder.

    Raises:
        UsageError: there is no such version.
        ExportError: it is none.
    """
    from pedcorpus.export import open_export
    from pedcorpus.inference.sources import open_sources

    finder = open_sources(open_export(workspace.exports / version, verify=False))
    talk("sources: {} passages of {}", f"{len(finder.passages):,}", version)
    return finder.near
