"""What can be typed in a chat beside questions: start anew, a system prompt, save, the sources of the last reply."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pedcorpus.errors import UsageError
from pedcorpus.inference.chat_sources import unfolded
from pedcorpus.inference.prompt import Message
from pedcorpus.printable import printable

if TYPE_CHECKING:
    from pedcorpus.inference.sources import Found

__all__ = ["COMMANDS", "HELP", "Talk", "is_command"]

HELP = (
    "clear 重新开始 / start anew · exit 退出 / leave · Ctrl-C 停止回答 / stop the reply\n"
    "/sources 展开来源 / unfold sources · /system TEXT 系统提示 / system prompt · /save FILE 保存 / save · /help"
)


@dataclass
class Talk:
    """A conversation as it stands."""

    turns: list[Message] = field(default_factory=list)
    system: str = ""
    sources: list[Found] = field(default_factory=list)
    """Of the last reply."""
    mark: Callable[[str], str] = str

    @property
    def conversation(self) -> list[Message]:
        """The turns after the system prompt, if there is one."""
        first: list[Message] = [{"role": "system", "content": self.system}] if self.system else []
        return [*first, *self.turns]


def is_command(line: str) -> bool:
    """Is it no question?"""
    return line.startswith("/") or line in COMMANDS


def _clear(talk: Talk, rest: str) -> str:  # noqa: ARG001  # all commands are called alike
    talk.turns, talk.sources = [], []
    return "已清空 / cleared"


def _help(talk: Talk, rest: str) -> str:  # noqa: ARG001
    return HELP


def _system(talk: Talk, rest: str) -> str:
    """Set the system prompt; `-` takes it away, nothing shows it."""
    if rest:
        talk.system = "" if rest == "-" else rest
    shown = printable(talk.system) if talk.system else "（无 / none）"
    return f"系统提示 / system prompt: {shown}"


def _sources(talk: Talk, rest: str) -> str:  # noqa: ARG001
    return unfolded(talk.sources, mark=talk.mark)


def _save(talk: Talk, rest: str) -> str:
    """Write the conversation to a new file.

    Raises:
        UsageError: no file is named, there is one already, or it cannot be written.
    """
    if not rest:
        raise UsageError("/save FILE：请给出文件名 / name a file")
    path = Path(rest).expanduser()
    try:
        with path.open("x", encoding="utf-8") as file:
            json.dump({"messages": talk.conversation}, file, ensure_ascii=False, indent=1)
            file.write("\n")
    except FileExistsError as error:
        raise UsageError(f"{path}: 已存在，未覆盖 / exists already; nothing was written") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"{path}: 不能写入 / cannot be written ({reason})") from error
    return f"已保存 / saved: {printable(str(path))}"


COMMANDS: Mapping[str, Callable[[Talk, str], str]] = {
    "clear": _clear,
    "清空": _clear,
    "/clear": _clear,
    "/help": _help,
    "/save": _save,
    "/sources": _sources,
    "/system": _system,
    "来源": _sources,
}
