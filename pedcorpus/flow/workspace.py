"""Makes a workspace, and opens the corpus of one."""

from __future__ import annotations

from pathlib import Path

from pedcorpus.corpus import Corpus
from pedcorpus.errors import CorpusError, UsageError
from pedcorpus.parse import declaration_template
from pedcorpus.settings import Workspace, settings_template

__all__ = ["ensure_settings", "ensure_workspace", "init_workspace", "open_corpus"]

_SAMPLE_FOLDER = "sources/my-textbook"


def ensure_workspace(workspace: Workspace) -> list[Path]:
    """Make what the workspace lacks; what was made.

    Raises:
        SettingsError: pedcorpus.toml holds wrong values.
        CorpusError: corpus.duckdb is damaged, or of a newer version.
    """
    made = ensure_settings(workspace)
    if Corpus(workspace.corpus_path).prepare():
        made.append(workspace.corpus_path)
    return made


def ensure_settings(workspace: Workspace) -> list[Path]:
    """Make the folder and its settings, where there are none; what was made.

    Raises:
        UsageError: the folder cannot be a workspace.
        SettingsError: pedcorpus.toml holds wrong values.
    """
    made: list[Path] = []
    try:
        workspace.root.mkdir(parents=True, exist_ok=True)
        if not workspace.settings_path.exists():
            workspace.settings_path.write_text(settings_template(), encoding="utf-8")
            made.append(workspace.settings_path)
    except OSError as error:
        raise UsageError(f"{workspace.root}: cannot be a workspace: {error.strerror}; choose another folder") from error
    _ = workspace.settings  # wrong settings are told before anything is read
    return made


def init_workspace(workspace: Workspace) -> list[Path]:
    """Make a workspace with commented settings and a sample declaration to copy; what was made."""
    made = ensure_workspace(workspace)
    declaration = workspace.root / _SAMPLE_FOLDER / "source.toml"
    if not declaration.exists():
        declaration.parent.mkdir(parents=True, exist_ok=True)
        declaration.write_text(declaration_template(), encoding="utf-8")
        made.append(declaration)
    return made


def open_corpus(workspace: Workspace, *, patience_s: float | None = None) -> Corpus:
    """The workspace's corpus, brought up to date; `patience_s` is its own unless it is told.

    Raises:
        CorpusError: there is none here, or it cannot be used.
    """
    if not workspace.corpus_path.exists():
        raise CorpusError(
            f"{workspace.root}: no corpus here; run `pedcorpus ingest FOLDER`, or name a workspace with --workspace"
        )
    told = {} if patience_s is None else {"patience_s": patience_s}
    corpus = Corpus(workspace.corpus_path, **told)
    corpus.prepare()
    return corpus
