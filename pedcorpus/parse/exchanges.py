"""One row of a consultation file or data set, in whatever shape, to who said what.

Shapes: lists of turns (role/content, ShareGPT, speakers' names before the words), question and answer, Alpaca with
history, preference pairs, prompts alone. What the row is for is told by `purposes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from pedcorpus.parse import exchange_words as words
from pedcorpus.parse.exchange_fields import all_of, clean, first_of, flag_of, label_of, list_of, value_of
from pedcorpus.parse.literals import nested_value

__all__ = ["Exchange", "Said", "read_exchanges"]


class Said(NamedTuple):
    """One utterance: by the one who asks, or by the one who answers."""

    asks: bool
    content: str


@dataclass(frozen=True)
class Exchange:
    """What a row holds, before anyone has asked what it is for."""

    turns: tuple[Said, ...]
    title: str = ""
    system: str = ""
    rejected: str = ""
    department: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    names_patient: bool = False
    """Are the speakers called patient and doctor?"""
    is_harmful: bool = False
    """Does the row itself say that its request is a safety test?"""


_SAID_NOTHING = "found no exchange, expected turns of a patient and a doctor, or `ask` and `answer`"
_BAD_ANSWER = "is marked as a bad answer (its label is false), expected one to learn from"


def read_exchanges(value: Mapping[str, Any]) -> list[Exchange]:
    """Exchanges of one row, its keys compared as `key_of` gives them; several where a question has several answers.

    Raises:
        ValueError: it holds none, or something that is no turn of it; the message says what was found and expected.
    """
    row = {words.key_of(str(key)): item for key, item in value.items()}
    if flag_of(row, ("kto_tag", "label")) is False:
        raise ValueError(_BAD_ANSWER)
    frame = Exchange(
        (),
        title=first_of(row, words.TITLE),
        department=first_of(row, words.DEPARTMENT),
        attributes=tuple(_attributes(value)),
        is_harmful=bool(first_of(row, (*words.HARM, *words.SAFETY_PROMPT))),
    )
    if value_of(row, words.CHOSEN) is not None and value_of(row, words.REJECTED) is not None:
        return [_preference(row, frame)]
    if (listed := list_of(row, words.TURNS) or _prompted(row)) is not None:
        return [_checked(_with_turns(frame, listed, first_of(row, words.SYSTEM)))]
    return [_checked(one) for one in _questions(row, frame)]


def _prompted(row: Mapping[str, Any]) -> list[Any] | None:
    """Turns that are kept in two lists, prompt and completion."""
    prompt, completion = row.get("prompt"), row.get("completion")
    return [*prompt, *completion] if isinstance(prompt, list) and isinstance(completion, list) else None


def _attributes(value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, item in value.items():
        if words.key_of(str(key)) in (*words.LABELS, *words.HARM) and (label := label_of(item)):
            yield str(key), label


def _checked(found: Exchange) -> Exchange:
    sides = {turn.asks for turn in found.turns}
    if sides != {True, False} and not (found.is_harmful and True in sides):
        raise ValueError(_SAID_NOTHING)
    return found


def _with_turns(frame: Exchange, listed: list[Any], system: str) -> Exchange:
    spoken = list(_spoken(listed))
    told = [content for who, content in spoken if who in words.SILENT]
    names = {who for who, _ in spoken}
    turns = tuple(Said(who in words.ASKERS, content) for who, content in spoken if who not in words.SILENT)
    return replace(
        frame,
        turns=turns,
        system=system or "\n".join(told),
        names_patient=bool(names & (words.PATIENTS | words.DOCTORS)),
    )


def _spoken(listed: list[Any]) -> Iterator[tuple[str, str]]:
    """Speaker and words of each turn; turns without words are passed over."""
    for number, turn in enumerate(listed):
        if isinstance(turn, dict):
            row = {words.key_of(str(key)): item for key, item in turn.items()}
            who, content = first_of(row, words.ROLE).casefold(), first_of(row, words.CONTENT)
        elif isinstance(turn, str):
            who, content = words.named_speaker(turn)
            who = who or ("user" if number % 2 == 0 else "assistant")
        elif isinstance(turn, list | tuple) and len(turn) == 2:
            yield from (("user", clean(turn[0])), ("assistant", clean(turn[1])))
            continue
        else:
            raise ValueError(f"turn {number} is a {type(turn).__name__}, expected an object with role and content")
        if content and who not in words.ASKERS | words.HELPERS | words.SILENT:
            raise ValueError(f"turn {number} has the role {who!r}, expected patient or doctor (or user and assistant)")
        if content:
            yield who, content


def _questions(row: Mapping[str, Any], frame: Exchange) -> Iterator[Exchange]:
    """A question with its answer or answers; earlier exchanges may stand under `history`."""
    system, question = _asked(row, frame.title)
    earlier = _with_turns(frame, list_of(row, words.HISTORY) or [], first_of(row, words.SYSTEM) or system)
    asked = (*earlier.turns, *([Said(True, question)] if question else []))
    named = bool({key for key in row if key in words.PATIENTS | words.DOCTORS})
    answers = all_of(row, words.ANSWER) or ([""] if frame.is_harmful else [])
    if not answers:
        raise ValueError(_SAID_NOTHING)
    for answer in answers:
        turns = (*asked, Said(False, answer)) if answer else asked
        yield replace(earlier, turns=turns, names_patient=earlier.names_patient or named)


def _asked(row: Mapping[str, Any], title: str) -> tuple[str, str]:
    """A standing order to the one who answers, and the question; the title is the question where that says nothing."""
    ask, more = first_of(row, (*words.SAFETY_PROMPT, *words.ASK)), first_of(row, words.MORE)
    if more and words.is_prompt_for_a_doctor(ask):
        return ask, more
    question = "\n".join(filter(None, (ask, more)))
    return "", question or title


def _preference(row: Mapping[str, Any], frame: Exchange) -> Exchange:
    chosen, rejected = _answer(value_of(row, words.CHOSEN)), _answer(value_of(row, words.REJECTED))
    context = list_of(row, words.TURNS) or list_of(row, ("prompt",))
    if context is not None:
        asked = _with_turns(frame, context, first_of(row, words.SYSTEM))
    elif chosen.turns:
        asked = replace(frame, turns=chosen.turns)
    else:
        system, question = _asked(row, frame.title)
        earlier = _with_turns(frame, list_of(row, words.HISTORY) or [], first_of(row, words.SYSTEM) or system)
        asked = replace(earlier, turns=(*earlier.turns, *([Said(True, question)] if question else [])))
    if not asked.turns and (question := _asked(row, frame.title)[1]):
        asked = replace(asked, turns=(Said(True, question),))
    if not asked.turns or not chosen.answer or not rejected.answer:
        raise ValueError("found no prompt, chosen or rejected answer, expected all three")
    if chosen.answer == rejected.answer:
        raise ValueError("found the same answer as chosen and as rejected, expected two")
    return replace(asked, turns=(*asked.turns, Said(False, chosen.answer)), rejected=rejected.answer)


@dataclass(frozen=True)
class _Answer:
    answer: str
    turns: tuple[Said, ...] = ()
    """What went before it, where the value holds the whole conversation."""


def _answer(value: Any) -> _Answer:  # any JSON value
    value = nested_value(value)
    if isinstance(value, str):
        value = [{"role": who, "content": content} for who, content in words.transcript(value)] or value
    listed = value if isinstance(value, list) else [value] if isinstance(value, dict) else None
    if listed is None:
        return _Answer(clean(value))
    turns = _with_turns(Exchange(()), listed, "").turns
    if not turns or turns[-1].asks:
        raise ValueError("found a chosen or rejected conversation that does not end with an answer, expected one")
    return _Answer(turns[-1].content, turns[:-1])
