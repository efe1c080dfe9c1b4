"""What waits for a reviewer: filtered, ordered and counted in one go, so that a screen holds only what it shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.queue_file import KeptQueue, QueueFiles
from pedcorpus.corpus.rows import fetch
from pedcorpus.errors import CorpusError
from pedcorpus.records import ANYTHING, QueueEntry, QueueFilter, Severity

__all__ = ["Asked", "WaitingPage", "ask_queue", "settled_since", "waiting_page"]


@dataclass(frozen=True)
class WaitingPage:
    """The first of those that are wanted, and how many there are of everything."""

    rows: Sequence[QueueEntry]
    matching: int
    waiting: int
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Of all that wait by `task`, `source`, `reason` of a finding, and `topic`; most first."""


_SETTLED = """SELECT DISTINCT instruction FROM standing_decision
              WHERE written > $last AND verdict IN ('accept', 'reject', 'edit') AND acceptance <> 'calibration'
                AND (readers = 1 OR role = 'adjudicator')"""

_SINCE = {
    # what this reviewer said of what: their own word stands between them and the item, or puts it last
    "own": """SELECT instruction, max(written) FILTER (WHERE verdict IN ('defer', 'flag')) AS put_off,
                     bool_or(verdict IN ('accept', 'reject', 'edit')) AS said
              FROM standing_decision WHERE reviewer = $reviewer AND acceptance <> 'calibration' GROUP BY instruction""",
    "addressed": """SELECT instruction, max(written) AS written FROM standing_decision
                    WHERE verdict = 'flag' AND colleague = $reviewer GROUP BY instruction""",
    # what was settled since the file was made; what several read waits until the file is made anew
    "settled": _SETTLED,
}

_WAITING = """
    CREATE TABLE waiting AS
    SELECT f.id, f.task, f.topic, f.source, f.rank, f.reason, f.reasons,
           own.put_off IS NOT NULL AND own.put_off > coalesce(addressed.written, 0) AS deferred,
           addressed.written IS NOT NULL AND addressed.written > coalesce(own.put_off, 0) AS flagged,
           drawn.id IS NOT NULL AS drawn
    FROM read_parquet($path) AS f
    LEFT JOIN own ON own.instruction = f.id
    LEFT JOIN addressed ON addressed.instruction = f.id
    LEFT JOIN drawn ON drawn.id = f.id
    WHERE f.id NOT IN (SELECT instruction FROM settled) AND NOT coalesce(own.said, false)
      AND CASE WHEN $disputed THEN f.stage = 'disputed' ELSE f.stage <> 'disputed' END"""

_COUNTED = {
    "task": "SELECT task, count(*) FROM waiting",
    "source": "SELECT source, count(*) FROM waiting",
    "reason": "SELECT reason, count(*) FROM (SELECT unnest(reasons) AS reason FROM waiting)",
    "topic": "SELECT topic, count(*) FROM waiting",
}

_MOST_COUNTED = 2_000  # topics, of which a corpus may have any number


@dataclass(frozen=True)
class Asked:
    """What a page of the queue takes from the corpus itself, so that the corpus is free while the page is made."""

    kept: KeptQueue
    since: Mapping[str, pa.Table]
    matching: pa.Table | None
    """Ids of what has the words that were asked for; none where no words were."""


def ask_queue(unit: Unit, files: QueueFiles, reviewer: str, wanted: QueueFilter = ANYTHING) -> Asked:
    """Look up what a page for `reviewer` needs; works out what waits if that is not kept, or was long ago."""
    kept = files.look(unit)
    values = {"settled": {"last": kept.last}}
    since = {
        name: unit.sql(query, params=values.get(name, {"reviewer": reviewer})).to_arrow_table()
        for name, query in _SINCE.items()
    }
    words = _level(wanted.text).split()
    return Asked(kept, since, _having(unit, words) if words else None)


def waiting_page(
    asked: Asked,
    wanted: QueueFilter = ANYTHING,
    *,
    first: int,
    drawn: Collection[str] = (),
    held: Collection[str] = (),
    disputed: bool = False,
) -> WaitingPage:
    """The `first` rows of what waits and is `wanted`, in the order of the queue.

    The order: what the reviewer put off comes last, what was flagged to them first; between them errors, warnings, what
    is `drawn` for a sample, the rest. Within each the order is that of the ids: they are hashes of what the
    instructions say, so tasks and sources are mixed. Rows that are `held` are left out, though they are counted.
    `disputed` gives what readers disagree on, in place of what nobody decided.

    Raises:
        CorpusError: what was kept is gone or damaged.
    """
    condition, values = _condition(wanted)
    try:
        with duckdb.connect() as made:
            for name, table in asked.since.items():
                made.register(name, table)
            made.register("drawn", _ids(drawn))
            made.register("held", _ids(held))
            made.register("matching", asked.matching if asked.matching is not None else _ids(()))
            made.execute(_WAITING, {"path": str(asked.kept.queue), "disputed": disputed})
            rows = fetch(made, _FIRST.format(condition=condition), [*values, first], make=_waiting)
            matching = made.execute(f"SELECT count(*) FROM waiting WHERE {condition}", values).fetchall()[0][0]
            waiting = made.execute("SELECT count(*) FROM waiting").fetchall()[0][0]
            return WaitingPage(rows, int(matching), int(waiting), _counts(made))
    except duckdb.Error as error:
        asked.kept.queue.unlink(missing_ok=True)
        raise CorpusError(f"{asked.kept.queue}: damaged, and thrown away; read the queue again") from error


def settled_since(unit: Unit, ids: Collection[str], last: int) -> frozenset[str]:
    """Those of `ids` that were settled past row `last`, as far as one decision settles them."""
    query = f"{_SETTLED} AND instruction IN (SELECT unnest($ids))"
    return frozenset(name for (name,) in unit.execute(query, {"last": last, "ids": list(ids)}).fetchall())


_FIRST = """
    SELECT id, task, topic, source, rank, reason, deferred, flagged, drawn FROM waiting
    WHERE {condition} AND id NOT IN (SELECT id FROM held)
    ORDER BY deferred, flagged DESC, rank DESC, drawn DESC, id LIMIT ?"""

_SEVERITIES = (Severity.PASS, Severity.WARNING, Severity.ERROR)


def _ids(ids: Collection[str]) -> pa.Table:
    return pa.table({"id": pa.array(sorted(ids), pa.string())})


def _waiting(
    identifier: str,
    task: str,
    topic: str,
    source: str,
    rank: int,
    reason: str,
    deferred: bool,
    flagged: bool,
    drawn: bool,
) -> QueueEntry:
    return QueueEntry(identifier, task, topic, source, _SEVERITIES[rank], reason, deferred, drawn, flagged)


def _counts(made: duckdb.DuckDBPyConnection) -> dict[str, dict[str, int]]:
    return {
        name: dict(made.execute(f"{query} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_MOST_COUNTED}").fetchall())
        for name, query in _COUNTED.items()
    }


def _condition(wanted: QueueFilter) -> tuple[str, list[str]]:
    """What the rows of `waiting` have to meet, and the values in it."""
    parts, values = ["true"], []
    for column in ("task", "source", "topic"):
        if value := getattr(wanted, column):
            parts.append(f"{column} = ?")
            values.append(value)
    if wanted.reason:
        parts.append("list_contains(reasons, ?)")
        values.append(wanted.reason)
    if wanted.text.strip():
        parts.append("id IN (SELECT id FROM matching)")
    return " AND ".join(parts), values


# Words in topic, question or id

_WIDE = "".join(chr(code + 0xFEE0) for code in range(0x21, 0x7F)) + "\u3000"
_NARROW = "".join(chr(code) for code in range(0x21, 0x7F)) + " "


def _level(text: str) -> str:
    """Width and case taken away, as `_LEVEL` does in SQL."""
    return text.translate(str.maketrans(_WIDE, _NARROW)).lower()


def _having(unit: Unit, words: Sequence[str]) -> pa.Table:
    """Ids of the instructions that have all `words`; only those whose whole text has them are looked into."""
    raw = [word for word in words if word == word.upper() and _is_as_written(word)]
    may = " AND ".join(["true", *("(contains(body, ?) OR contains(topic, ?) OR contains(id, ?))" for _ in raw)])
    has = " AND ".join("contains(level, ?)" for _ in words)
    query = f"""
        SELECT id FROM (
            SELECT id, lower(translate(
                concat_ws(chr(10), topic, json_extract_string(body, '$.question'), id), ?, ?)) AS level
            FROM instruction WHERE {may}) WHERE {has}"""
    values = [_WIDE, _NARROW, *(word for word in raw for _ in range(3)), *words]
    return unit.sql(query, params=values).to_arrow_table()


def _is_as_written(word: str) -> bool:
    """Whether a text that has the word has it in these very characters, whatever its width and case, and JSON too."""
    return not any(char in _NARROW or char in _WIDE or char in '"\\' for char in word)
