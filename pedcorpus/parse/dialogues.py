"""Rows of any file to dialogues: what each is for, what it is about, which rows say the same, which say nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from pedcorpus.errors import InputError
from pedcorpus.parse.exchanges import Exchange, Said, read_exchanges
from pedcorpus.parse.json_rows import JsonRow
from pedcorpus.parse.paediatric import domain_of
from pedcorpus.parse.parser import Original, Parsed
from pedcorpus.parse.purposes import purpose_of
from pedcorpus.parse.rows import document_of, failure_of
from pedcorpus.records import Address, Dialogue, DialoguePurpose, Failure, Turn

__all__ = ["parse_rows"]

_MOST_FAILURES = 500
"""Bad rows of one file that are told one by one; the rest is one line."""
_HOPELESS, _HOPELESS_SHARE = 10_000, 10
"""After so many bad rows, and so many times the good ones, a file is none of ours and its rest is not looked at."""
_HEAD = 2000
"""Rows that show how a file's rows are built."""
_STRAY_SHARE = 0.4
"""Rows built as fewer than this share of a file's rows are strays in it."""
_EXPANSION, _SMALL_CHARACTERS = 40, 100_000_000
"""A file may hold so many characters for each of its bytes, and any file the second number: packed files repeat."""


@dataclass
class _Found:
    dialogues: dict[tuple[object, ...], Dialogue] = field(default_factory=dict)
    repeats: Counter[tuple[object, ...]] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    bad_rows: int = 0
    characters: int = 0


def parse_rows(rows: Iterable[JsonRow], original: Original, parser: str, *, encoding: str | None = None) -> Parsed:
    """What `rows` hold; `parser` is its name and version.

    Raises:
        InputError: none of them holds an exchange, or they hold far more text than the file has bytes.
    """
    found = _Found()
    rows = iter(rows)
    head = list(islice(rows, _HEAD))
    shapes = Counter(map(_shape, head))
    for number, row in enumerate(chain(head, rows), 1):
        is_stray = shapes[_shape(row)] < _STRAY_SHARE * len(head)
        for one in _read(row, number, original, is_stray=is_stray):
            _keep(one, found, original)
    if not found.dialogues:
        raise _no_exchange(found, original)
    document = document_of(original, parser, encoding=encoding)
    return Parsed(document, dialogues=tuple(_dialogues(found)), failures=tuple(_failures(found, original)))


def _no_exchange(found: _Found, original: Original) -> InputError:
    first = f" ({found.failures[0].where}: {found.failures[0].detail})" if found.failures else ""
    share = f"in {found.bad_rows} of {found.bad_rows + len(found.dialogues)} rows " if found.dialogues else ""
    detail = f"found no exchange {share}{first}; expected rows with turns, or ask and answer; correct the file"
    return InputError(original.path, "missing_columns", " ".join(detail.split()).replace(" ;", ";"))


def _shape(row: JsonRow) -> frozenset[str]:
    return frozenset(row.value or ())


def _read(row: JsonRow, number: int, original: Original, *, is_stray: bool) -> Iterator[Dialogue | Failure]:
    if row.value is None:
        yield failure_of(original, row.at, "bad_row", row.problem, raw=row.raw)
        return
    try:
        for exchange in read_exchanges(_renamed(row.value, original.columns)):
            yield _dialogue(exchange, row.line or number, original, is_stray=is_stray)
    except ValueError as error:
        raw = row.raw or str(row.value)[:1000]
        yield failure_of(original, row.at, "bad_row", f"{error}; correct or delete it", raw=raw)


def _renamed(value: Mapping[str, Any], declared: Mapping[str, str]) -> Mapping[str, Any]:
    return {declared.get(key, key): item for key, item in value.items()} if declared else value


def _dialogue(found: Exchange, row: int, original: Original, *, is_stray: bool) -> Dialogue:
    purpose = purpose_of(found, original.source.kind, is_stray=is_stray)
    turns = tuple(_turn(turn, is_consultation=purpose is DialoguePurpose.CONSULTATION) for turn in found.turns)
    domain = domain_of(
        asked=[found.title, *(turn.content for turn in found.turns if turn.asks)],
        answered=[turn.content for turn in found.turns if not turn.asks],
        department=found.department,
        is_about_itself=purpose is DialoguePurpose.SELF_COGNITION,
        is_consultation=purpose is DialoguePurpose.CONSULTATION,
        threshold=original.options.paediatric_threshold,
    )
    return Dialogue(
        document=original.sha256,
        purpose=purpose,
        turns=turns,
        title=found.title,
        system=found.system,
        rejected=found.rejected,
        department=found.department,
        attributes=dict(found.attributes),
        domain=domain.domain,
        domain_score=domain.score,
        address=Address(row=row),
    )


def _turn(turn: Said, *, is_consultation: bool) -> Turn:
    if is_consultation:
        return Turn(role="patient" if turn.asks else "doctor", content=turn.content)
    return Turn(role="user" if turn.asks else "assistant", content=turn.content)


def _keep(one: Dialogue | Failure, found: _Found, original: Original) -> None:
    if isinstance(one, Failure):
        found.bad_rows += 1
        if len(found.failures) < _MOST_FAILURES:
            found.failures.append(one)
        if found.bad_rows > max(_HOPELESS, _HOPELESS_SHARE * len(found.dialogues)):
            raise _no_exchange(found, original)
        return
    said = (one.purpose, one.turns, one.system, one.rejected)
    if said in found.dialogues:
        found.repeats[said] += 1
        return
    found.dialogues[said] = one
    found.characters += sum(len(turn.content) for turn in one.turns) + len(one.rejected) + len(one.system)
    if found.characters > max(_EXPANSION * len(original.data), _SMALL_CHARACTERS):
        detail = f"found more than {_EXPANSION} characters for each byte, expected text; unpack and check the file"
        raise InputError(original.path, "expands_too_much", detail)


def _dialogues(found: _Found) -> Iterator[Dialogue]:
    for said, one in found.dialogues.items():
        again = found.repeats.get(said, 0)
        yield one if not again else one.model_copy(update={"attributes": one.attributes | {"repeated": str(again)}})


def _failures(found: _Found, original: Original) -> Iterator[Failure]:
    yield from found.failures
    if untold := found.bad_rows - len(found.failures):
        detail = f"{untold} more rows could not be used; the rows before them tell why: correct the file"
        yield failure_of(original, "further rows", "bad_rows", detail)
