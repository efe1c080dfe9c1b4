"""What waits for a reviewer: filtered, ordered and counted where it lies, so that a screen holds only what it shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import fetch
from pedcorpus.records import Severity

__all__ = ["Waiting", "WaitingPage", "Wanted", "waiting_page"]


@dataclass(frozen=True)
class Waiting:
    """One instruction that waits for a reviewer."""

    id: str
    task: str
    topic: str
    source: str
    severity: Severity
    """Of its worst finding."""
    reason: str
    deferred: bool
    """Whether this reviewer put it off or flagged it."""
    flagged: bool
    """Whether a colleague flagged it to this reviewer since."""
    drawn: bool


@dataclass(frozen=True)
class Wanted:
    """Which of those that wait; empty parts let everything through."""

    text: str = ""
    """Words all of which stand in topic, question or id, in any width and case."""
    task: str = ""
    source: str = ""
    reason: str = ""
    topic: str = ""


@dataclass(frozen=True)
class WaitingPage:
    """The first of those that are wanted, and how many there are of everything."""

    rows: Sequence[Waiting]
    matching: int
    waiting: int
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Of all that wait by `task`, `source`, `reason` of a finding, and `topic`; most first."""


_ROWS = """
    CREATE OR REPLACE TEMP TABLE waiting AS
    WITH worst AS (
        SELECT instruction, arg_max(severity, rank) AS severity, arg_max(reason, rank) AS reason, max(rank) AS rank
        FROM (SELECT instruction, severity, reason,
                     CASE severity WHEN 'error' THEN 2 WHEN 'warning' THEN 1 ELSE 0 END AS rank
              FROM current_finding)
        GROUP BY instruction
    ), own AS (
        SELECT instruction,
               max(written) FILTER (WHERE verdict IN ('defer', 'flag')) AS put_off,
               bool_or(verdict IN ('accept', 'reject', 'edit')) AS said
        FROM standing_decision WHERE reviewer = $reviewer AND acceptance <> 'calibration' GROUP BY instruction
    ), addressed AS (
        SELECT instruction, max(written) AS written FROM standing_decision
        WHERE verdict = 'flag' AND colleague = $reviewer GROUP BY instruction
    )
    SELECT s.id, s.task, s.topic, s.source, worst.severity, worst.reason, worst.rank,
           own.put_off IS NOT NULL AND own.put_off > coalesce(addressed.written, 0) AS deferred,
           addressed.written IS NOT NULL AND addressed.written > coalesce(own.put_off, 0) AS flagged,
           drawn.id IS NOT NULL AS drawn
    FROM instruction_status AS s
    JOIN worst ON worst.instruction = s.id
    LEFT JOIN own ON own.instruction = s.id
    LEFT JOIN addressed ON addressed.instruction = s.id
    LEFT JOIN drawn ON drawn.id = s.id
    WHERE """

_OFFERED = {
    # what nobody decided yet, or that several read blind and this reviewer did not
    False: """s.status IN ('draft', 'candidate') OR (s.status = 'pending' AND NOT coalesce(own.said, false)
              AND s.id IN (SELECT instruction FROM ruling WHERE verdict = 'awaited'))""",
    # what its readers disagree on, unless this reviewer is one of them
    True: """s.status = 'pending' AND NOT coalesce(own.said, false)
             AND s.id IN (SELECT instruction FROM ruling WHERE verdict = 'disputed')""",
}

_COUNTED = {
    "task": "SELECT task, count(*) FROM waiting",
    "source": "SELECT source, count(*) FROM waiting",
    "reason": """SELECT f.reason, count(DISTINCT f.instruction) FROM current_finding AS f
                 JOIN waiting ON waiting.id = f.instruction WHERE f.severity <> 'pass'""",
    "topic": "SELECT topic, count(*) FROM waiting",
}

_MOST_COUNTED = 2_000  # topics, of which a corpus may have any number


def waiting_page(
    unit: Unit,
    reviewer: str,
    wanted: Wanted = Wanted(),
    *,
    first: int,
    drawn: Collection[str] = (),
    held: Collection[str] = (),
    disputed: bool = False,
) -> WaitingPage:
    """The `first` rows of what waits for `reviewer` and is `wanted`, in the order of the queue.

    The order: what the reviewer put off comes last, what was flagged to them first; between them errors, warnings, what
    is `drawn` for a sample, the rest. Within each the order is that of the ids: they are hashes of what the
    instructions say, so tasks and sources are mixed. Rows that are `held` are left out, though they are counted.
    `disputed` gives what its readers disagree on, in place of what nobody decided.
    """
    _as_table(unit, "drawn", drawn)
    unit.execute(_ROWS + _OFFERED[disputed], {"reviewer": reviewer})
    condition, values = _condition(wanted)
    _as_table(unit, "held", held)
    rows = fetch(
        unit,
        f"""SELECT id, task, topic, source, severity, reason, deferred, flagged, drawn FROM waiting
            WHERE {condition} AND id NOT IN (SELECT id FROM held)
            ORDER BY deferred, flagged DESC, rank DESC, drawn DESC, id LIMIT ?""",
        [*values, first],
        make=_waiting,
    )
    matching = unit.execute(f"SELECT count(*) FROM waiting WHERE {condition}", values).fetchall()[0][0]
    waiting = unit.execute("SELECT count(*) FROM waiting").fetchall()[0][0]
    unit.unregister("drawn")
    unit.unregister("held")
    return WaitingPage(rows, int(matching), int(waiting), _counts(unit))


def _as_table(unit: Unit, name: str, ids: Collection[str]) -> None:
    unit.register(name, pa.table({"id": pa.array(sorted(ids), pa.string())}))


def _waiting(
    identifier: str,
    task: str,
    topic: str,
    source: str,
    severity: str,
    reason: str,
    deferred: bool,
    flagged: bool,
    drawn: bool,
) -> Waiting:
    return Waiting(identifier, task, topic, source, Severity(severity), reason, deferred, flagged, drawn)


def _counts(unit: Unit) -> dict[str, dict[str, int]]:
    return {
        name: dict(unit.execute(f"{query} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_MOST_COUNTED}").fetchall())
        for name, query in _COUNTED.items()
    }


_WIDE = "".join(chr(code + 0xFEE0) for code in range(0x21, 0x7F)) + "\u3000"
_NARROW = "".join(chr(code) for code in range(0x21, 0x7F)) + " "


def _level(text: str) -> str:
    """Width and case taken away, as `_LEVEL` does in SQL."""
    return text.translate(str.maketrans(_WIDE, _NARROW)).lower()


def _condition(wanted: Wanted) -> tuple[str, list[str]]:
    """What the rows of `waiting` have to meet, and the values in it."""
    parts, values = ["true"], []
    for column in ("task", "source", "topic"):
        if value := getattr(wanted, column):
            parts.append(f"{column} = ?")
            values.append(value)
    if wanted.reason:
        parts.append("id IN (SELECT instruction FROM current_finding WHERE severity <> 'pass' AND reason = ?)")
        values.append(wanted.reason)
    if words := _level(wanted.text).split():
        has = " AND ".join("contains(level, ?)" for _ in words)
        parts.append(
            f"""id IN (SELECT id FROM (
                    SELECT id, lower(translate(
                        concat_ws(chr(10), topic, json_extract_string(body, '$.question'), id), ?, ?)) AS level
                    FROM instruction) WHERE {has})"""
        )
        values += [_WIDE, _NARROW, *words]
    return " AND ".join(parts), values
