"""The chat on this terminal: finds the newest run, reads lines with line editing, prints the reply as it streams."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from pedcorpus.cli.console import talk
from pedcorpus.errors import UsageError
from pedcorpus.inference import Assistant, Console, chat, load_assistant
from pedcorpus.settings import Workspace
from pedcorpus.training import Run, newest_run

__all__ = ["chat_with", "one_reply"]

with contextlib.suppress(ImportError):
    import readline  # noqa: F401 - its import gives input() line editing and history


def chat_with(workspace: Workspace, *, model: Path | None, adapter: Path | None, template: str | None) -> None:
    """Talk to `model`, or to the newest run, until the user leaves.

    Raises:
        UsageError: there is nothing to talk to.
    """
    chat(_assistant(workspace, model, adapter, template), Console(ask=lambda: input("› "), say=_say))


def _assistant(workspace: Workspace, model: Path | None, adapter: Path | None, template: str | None) -> Assistant:
    if model is not None:
        return load_assistant(model, adapter, template=template)
    run = newest_run(workspace.runs)
    if run is None:
        raise UsageError(f"{workspace.runs}: no finished run to talk to; run `pedcorpus train`, or name a --model")
    talk("run {}", run.root.name)
    return load_assistant(run.model_path, adapter or run.adapter_path, template=template)


def one_reply(run: Run, question: str) -> str:
    """What the run's model answers to one question."""
    assistant = load_assistant(run.model_path, run.adapter_path)
    return assistant.reply([{"role": "user", "content": question}])


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
