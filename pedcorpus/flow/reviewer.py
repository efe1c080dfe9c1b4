"""Under which name a decision is stored."""

from __future__ import annotations

import getpass

from pedcorpus.settings import Workspace

__all__ = ["reviewer_name"]


def reviewer_name(workspace: Workspace, given: str | None) -> str:
    """The name that was given, else the one in the settings, else the login name."""
    return given or workspace.settings.review.reviewer or getpass.getuser()
