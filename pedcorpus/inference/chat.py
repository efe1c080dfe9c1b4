"""The chat on a command line, over functions that ask and say; the terminal itself is the caller's."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol

from pedcorpus.inference.generation import Generation
from pedcorpus.inference.prompt import Message

__all__ = ["WARNING", "Console", "Replier", "chat"]

WARNING = "本系统不提供医疗建议 / not medical advice"
"""Stands above every reply surface."""

HELP = "clear: 重新开始 / start anew · exit: 退出 / leave · Ctrl-C: 停止回答 / stop the reply"


class Replier(Protocol):
    """Whoever answers; an `Assistant` is one."""

    def stream(
        self, messages: Sequence[Message], *, generation: Generation | None = None
    ) -> Generator[str, None, None]: ...


@dataclass(frozen=True)
class Console:
    """Where the chat takes place."""

    ask: Callable[[], str]
    """The user's next line; raises EOFError when there is no more, KeyboardInterrupt on Ctrl-C."""
    say: Callable[[str], None]
    """Shows a piece of text as it is, without a line break of its own."""


def chat(replier: Replier, console: Console, *, generation: Generation | None = None) -> list[Message]:
    """Talks until `exit`, the end of input or Ctrl-C at the prompt; returns the conversation since the last `clear`.

    Ctrl-C during a reply stops that reply; what was said of it stays in the conversation.
    """
    console.say(f"{WARNING}\n{HELP}\n")
    history: list[Message] = []
    while (line := _next_line(console)) is not None:
        if line in ("clear", "清空"):
            history = []
            console.say("已清空 / cleared\n")
        elif line:
            history.append({"role": "user", "content": line})
            answer = _answer(replier, history, console, generation)
            # a question without any answer would leave two user turns in a row, which no model has seen
            history = [*history, {"role": "assistant", "content": answer}] if answer else history[:-1]
    return history


def _next_line(console: Console) -> str | None:
    """What the user typed; none to leave."""
    try:
        line = console.ask().strip()
    except (EOFError, KeyboardInterrupt):
        console.say("\n")
        return None
    return None if line in ("exit", "退出") else line


def _answer(replier: Replier, history: Sequence[Message], console: Console, generation: Generation | None) -> str:
    pieces: list[str] = []
    try:
        with closing(replier.stream(history, generation=generation)) as stream:
            for piece in stream:
                pieces.append(piece)
                console.say(piece)
    except KeyboardInterrupt:
        console.say(" …（已停止 / stopped）")
    console.say("\n")
    return "".join(pieces).strip()
