"""Which export a command that was told none, or a version, works with."""

from __future__ import annotations

from pathlib import Path

from pedcorpus.errors import UsageError
from pedcorpus.settings import Workspace

__all__ = ["export_folder"]


def export_folder(workspace: Workspace, version: str | None) -> Path:
    """Folder of an export by version, else of the newest.

    Raises:
        UsageError: there is none.
    """
    from pedcorpus.export import newest_export

    if version is not None:
        return workspace.exports / version
    newest = newest_export(workspace.exports)
    if newest is None:
        raise UsageError(f"{workspace.exports}: no export yet; make one with `pedcorpus export --version v1`")
    return newest
