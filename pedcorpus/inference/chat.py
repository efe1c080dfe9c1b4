"""The chat on a command line, over functions that ask and say; the terminal itself is the caller's."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pedcorpus.errors import UsageError
from pedcorpus.inference.chat_commands import COMMANDS, HELP, Talk, is_command
from pedcorpus.inference.chat_sources import folded
from pedcorpus.inference.emergency import emergency_in
from pedcorpus.inference.generation import Generation
from pedcorpus.inference.prompt import Message
from pedcorpus.printable import printable

if TYPE_CHECKING:
    from pedcorpus.inference.sources import Found

__all__ = ["EMERGENCY_LINE", "WARNING", "Console", "Extras", "Replier", "chat"]

WARNING = "本系统不提供医疗建议 / not medical advice"
"""Stands above every reply surface."""
EMERGENCY_LINE = "紧急情况请拨打120或去急诊 / in an emergency call 120 or your emergency number"
"""Stands with it: not every emergency is recognised."""
_LEAVING = "再按一次 Ctrl-C 退出 / once more to leave"
_ENDS = frozenset({"exit", "退出", "/exit", "/quit"})


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
    mark: Callable[[str], str] = "【{}】".format
    """Makes part of a quote stand out."""


@dataclass(frozen=True)
class Extras:
    """What stands beside the model's words."""

    near: Callable[[Sequence[Message], str], Sequence[Found]] | None = None
    """Sources of a conversation and its reply."""
    medical_tables: str = ""
    """Folder with a hospital's own `red_flags.toml`."""


def chat(
    replier: Replier, console: Console, *, generation: Generation | None = None, extras: Extras | None = None
) -> list[Message]:
    """Talks until `exit`, the end of input or Ctrl-C twice at the prompt; returns the conversation since `clear`.

    Ctrl-C during a reply stops that reply; what was said of it stays in the conversation. Nothing that a model, a user
    or a source says moves the terminal: control characters are shown as pictures.

    Raises:
        SettingsError: the hospital's own table is not sound.
    """
    extras = extras or Extras()
    console.say(f"{WARNING}\n{EMERGENCY_LINE}\n{HELP}\n")
    talk = Talk(mark=console.mark)
    while (line := _next_line(console)) is not None:
        if is_command(line):
            console.say(_done(talk, line))
        elif line:
            _take_turn(talk, line, replier, console, generation, extras)
    return talk.turns


def _next_line(console: Console) -> str | None:
    """What the user typed; none to leave."""
    for _ in range(2):
        try:
            line = console.ask().strip()
        except EOFError:
            console.say("\n")
            return None
        except KeyboardInterrupt:
            console.say(f"\n{_LEAVING}\n")
        else:
            return None if line in _ENDS else line
    return None


def _done(talk: Talk, line: str) -> str:
    """What a command says."""
    name, _, rest = line.partition(" ")
    try:
        return COMMANDS[name](talk, rest.strip()) + "\n"
    except KeyError:
        return f"没有这个命令 / no such command: {printable(name)}\n{HELP}\n"
    except UsageError as error:
        return f"{printable(str(error))}\n"


def _take_turn(
    talk: Talk, line: str, replier: Replier, console: Console, generation: Generation | None, extras: Extras
) -> None:
    asked: list[Message] = [*talk.conversation, {"role": "user", "content": line}]
    if emergency := emergency_in(asked, medical_tables=extras.medical_tables):
        console.say(f"{'=' * 40}\n{printable(emergency.text)}\n{'=' * 40}\n")
    answer = _answer(replier, asked, console, generation)
    if not answer:  # a question without any answer would leave two user turns in a row, which no model has seen
        return
    talk.turns += [{"role": "user", "content": line}, {"role": "assistant", "content": answer}]
    if extras.near is not None:
        talk.sources = list(extras.near(asked, answer))
        console.say(folded(talk.sources))


def _answer(replier: Replier, asked: Sequence[Message], console: Console, generation: Generation | None) -> str:
    pieces: list[str] = []
    try:
        with closing(replier.stream(asked, generation=generation)) as stream:
            for piece in stream:
                pieces.append(piece)
                console.say(printable(piece))
    except KeyboardInterrupt:
        console.say(" …（已停止 / stopped）")
    console.say("\n")
    return "".join(pieces).strip()
