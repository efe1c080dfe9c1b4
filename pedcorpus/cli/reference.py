"""Writes the command reference from the commands themselves: `python -m pedcorpus.cli.reference docs/commands.md`."""

from __future__ import annotations

import sys
from pathlib import Path

import typer
from typer.cli import get_docs_for_click
from typer.main import get_command

from pedcorpus.cli.main import app

__all__ = ["reference"]


def reference() -> str:
    """All commands with their arguments and options, as Markdown."""
    command = get_command(app)
    text: str = get_docs_for_click(obj=command, ctx=typer.Context(command), name="pedcorpus")
    return text.rstrip() + "\n"


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(reference(), encoding="utf-8")
