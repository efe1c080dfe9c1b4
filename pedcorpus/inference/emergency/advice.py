"""What is said before any reply where a user tells of danger: what was recognised, and what to do now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pedcorpus.curate.sense import Act, FlagTable, load_table
from pedcorpus.inference.emergency.age import asks_for_age
from pedcorpus.inference.emergency.recognise import Signs, Turn
from pedcorpus.inference.emergency.said import Recognised, parts_of
from pedcorpus.inference.prompt import Message

__all__ = ["Emergency", "emergency_in"]

Language = Literal["zh", "en"]
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LAST_TURNS = 40
"""What was said before is not read again with each turn."""
_ORDER: tuple[Act, ...] = ("call", "go", "today")
_DO: dict[Act, dict[Language, str]] = {
    "call": {
        "zh": "这可能危及生命。请立即拨打120，或马上去最近的急诊，不要等待下面的回答。",
        "en": "This can be life-threatening. Call emergency services (120, 112, 911) or go to the nearest emergency "
        "department now; do not wait for the reply below.",
    },
    "go": {
        "zh": "这是危险信号。请现在就带孩子去急诊；如孩子情况变差或无法前往，立即拨打120，不要等待下面的回答。",
        "en": "This is a danger sign. Take the child to an emergency department now; if it gets worse or you cannot "
        "get there, call emergency services (120, 112, 911). Do not wait for the reply below.",
    },
    "today": {
        "zh": "请今天就带孩子就诊；如精神变差、呼吸费力、抽搐或叫不醒，立即拨打120或去急诊。",
        "en": "The child should be seen by a doctor today; with drowsiness, hard breathing or a fit, call emergency "
        "services (120, 112, 911) or go to an emergency department now.",
    },
}


@dataclass(frozen=True)
class Emergency:
    """The signs that a user's last message told of, alone or with what came before it."""

    signs: tuple[Recognised, ...]
    language: Language

    @property
    def act(self) -> Act:
        """The most urgent that any of the signs calls for."""
        return min((sign.flag.act for sign in self.signs), key=_ORDER.index)

    @property
    def names(self) -> tuple[str, ...]:
        """The signs, each with the words that told of it."""
        return tuple(
            f"{sign.flag.zh}（“{sign.words}”）" if self.language == "zh" else f'{sign.flag.en} ("{sign.words}")'
            for sign in self.signs
        )

    @property
    def text(self) -> str:
        """The advice, in the user's language; model and table have no other part in it."""
        also = dict.fromkeys(getattr(sign.flag, f"also_{self.language}") for sign in self.signs)
        if self.language == "zh":
            said = ["⚠ 紧急提示", f"您提到：{'、'.join(self.names)}。", _DO[self.act]["zh"], *also]
        else:
            said = ["⚠ Emergency", f"You mention: {', '.join(self.names)}.", _DO[self.act]["en"], *also]
        return "\n".join(line for line in said if line)


def emergency_in(messages: Sequence[Message], *, medical_tables: str = "") -> Emergency | None:
    """The emergency that the last user's turn tells of; none where it tells of none, or of none that is new.

    Args:
        messages: the conversation, which ends in a user's turn; what the user said before counts with it.
        medical_tables: a folder with a hospital's own `red_flags.toml`, as `curate.medical_tables` names it.

    Raises:
        SettingsError: that table is not sound.
    """
    told = list(_turns(messages))[-_LAST_TURNS:]
    if not told:
        return None
    *earlier, last = told
    said = [turn for turns in earlier for turn in turns]
    signs = _signs(medical_tables)
    before = {sign.flag.zh for sign in signs.found(said)}
    alone = {sign.flag.zh for sign in signs.found(last)}
    new = [sign for sign in signs.found([*said, *last]) if sign.flag.zh in alone or sign.flag.zh not in before]
    if not new:
        return None
    new.sort(key=lambda sign: _ORDER.index(sign.flag.act))
    return Emergency(tuple(new), "zh" if any(_HAN.search(turn.text) for turn in last) else "en")


@cache
def _signs(medical_tables: str) -> Signs:
    return Signs(load_table(FlagTable, "red_flags.toml", medical_tables))


def _turns(messages: Sequence[Message]) -> Iterator[list[Turn]]:
    """The user's messages, each in its parts and with whether the turn before it asked for an age."""
    asked = False
    for message in messages:
        if message["role"] == "user":
            yield [Turn(part, is_answer=asked) for part in parts_of(message["content"])]
        asked = message["role"] == "assistant" and asks_for_age(message["content"])
