"""The chat on this terminal: finds the newest run, reads lines with line editing, prints the reply as it streams."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pedcorpus.cli.console import talk
from pedcorpus.cli.named_models import talked_to
from pedcorpus.cli.shown_sources import opened_sources
from pedcorpus.inference import WARNING, Console, Extras, chat, load_assistant
from pedcorpus.settings import Workspace
from pedcorpus.training import Run

__all__ = ["chat_with", "one_reply"]

with contextlib.suppress(ImportError):
    import readline  # noqa: F401 - its import gives input() line editing, of wide characters too, and history

_PROMPT = "› "
_MARK = "\x1b[1;4m{}\x1b[0m".format  # bold and underlined


def chat_with(
    workspace: Workspace, *, model: str | None, adapter: Path | None, template: str | None, export: str | None = None
) -> None:
    """Talk to what is called `model`, else to the newest run, until the user leaves; beside sources of `export`.

    Raises:
        UsageError: there is nothing to talk to, or no such export.
    """
    near = opened_sources(workspace, export) if export is not None else None
    named = talked_to(workspace, model, adapter, purpose="talk to")
    talk("loading {}", named.name)
    assistant = load_assistant(named.model, named.adapter, template=template)
    extras = Extras(near=near, medical_tables=workspace.settings.curate.medical_tables)
    is_screen = sys.stdin.isatty() and sys.stdout.isatty()
    console = Console(ask=_Prompt(), say=_say, mark=_MARK) if is_screen else Console(ask=input, say=_say)
    chat(assistant, console, extras=extras)


@dataclass
class _Prompt:
    """Asks with the warning right above the line that is typed, whatever has scrolled away."""

    ask: Callable[[str], str] = field(default=input)
    is_first: bool = True

    def __call__(self) -> str:
        if not self.is_first:
            _say(f"\n\x1b[2m{WARNING}\x1b[0m\n")
        self.is_first = False
        return self.ask(_PROMPT)


def one_reply(run: Run, question: str) -> str:
    """What the run's model answers to one question."""
    assistant = load_assistant(run.model_path, run.adapter_path)
    return assistant.reply([{"role": "user", "content": question}])


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
