"""The workspace: its folder, and where everything in it lies."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pedcorpus.settings.file import Settings, load_settings

__all__ = ["Workspace"]

SETTINGS_FILE = "pedcorpus.toml"
WORKSPACE_VARIABLE = "PEDCORPUS_WORKSPACE"


@dataclass(frozen=True)
class Workspace:
    """A folder with `pedcorpus.toml`, `corpus.duckdb`, `replies.sqlite`, `exports/`, `runs/` and `evaluations/`."""

    root: Path
    given: Settings | None = field(default=None, compare=False)
    """Settings to go by in place of those in `pedcorpus.toml`."""

    @classmethod
    def at(cls, folder: Path | None) -> Workspace:
        """The workspace named on the command line, else by PEDCORPUS_WORKSPACE, else the current folder."""
        return cls((folder or Path(os.environ.get(WORKSPACE_VARIABLE) or ".")).expanduser().resolve())

    @cached_property
    def settings(self) -> Settings:
        return self.given or load_settings(self.settings_path)

    @property
    def settings_path(self) -> Path:
        return self.root / SETTINGS_FILE

    @property
    def corpus_path(self) -> Path:
        return self.root / "corpus.duckdb"

    @property
    def leases_path(self) -> Path:
        """Which reviewer has what on screen; may be deleted whenever nobody reviews."""
        return self.root / "leases.sqlite"

    @property
    def queue_folder(self) -> Path:
        """What waits for review, worked out; may be deleted at any time."""
        return self.root / "queue"

    @property
    def replies_path(self) -> Path:
        return self.root / "replies.sqlite"

    @property
    def vectors_path(self) -> Path:
        return self.root / "vectors.sqlite"

    @property
    def accounts_path(self) -> Path:
        return self.root / "accounts.json"

    @property
    def originals(self) -> Path:
        return self.root / "originals"

    @property
    def exports(self) -> Path:
        return self.root / "exports"

    @property
    def runs(self) -> Path:
        return self.root / "runs"

    @property
    def evaluations(self) -> Path:
        return self.root / "evaluations"
