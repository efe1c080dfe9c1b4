"""What an export reads of a snapshot: rows sorted by id once, then gone through portion by portion in any process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import fetch
from pedcorpus.records import PreferenceKind, Status

__all__ = [
    "PORTION",
    "add_release_keys",
    "edits_of_release",
    "first_of_release",
    "judged_otherwise",
    "prepare_release_rows",
    "release_keys",
    "release_preferences",
    "release_privacy",
    "release_replies",
    "release_reviewers",
    "stored_rows",
]

PORTION = 2048
"""Rows that are rendered at once."""
_FETCHED = 2048

_PLACES = """
    CREATE TABLE release_place AS
    WITH waiting AS (
        SELECT DISTINCT l.revision AS id FROM lineage AS l
        JOIN instruction_status AS r ON r.id = l.revision AND r.status = 'candidate'
        JOIN instruction_status AS a ON a.id = l.ancestor AND a.status = 'accepted'
    ), said AS (
        SELECT id AS decision, instruction AS id, acceptance, written FROM decision
        WHERE verdict = 'accept' AND acceptance <> 'calibration'
        UNION ALL
        SELECT id AS decision, edited AS id, acceptance, written FROM decision
        WHERE edited IS NOT NULL AND acceptance <> 'calibration'
    ), accepted AS (
        SELECT id, arg_max(acceptance, written) AS acceptance FROM said
        WHERE NOT EXISTS (SELECT 1 FROM decision AS u WHERE u.undoes = said.decision) GROUP BY id
    ), chosen AS (
        SELECT id FROM instruction_status
        WHERE status IN (SELECT unnest(?)) AND id NOT IN (SELECT id FROM waiting)
    )
    SELECT row_number() OVER (ORDER BY c.id) - 1 AS place, c.id, coalesce(a.acceptance, 'candidate') AS acceptance
    FROM chosen AS c LEFT JOIN accepted AS a USING (id) ORDER BY c.id"""

_BODIES = """
    COPY (
        SELECT p.place, i.body, p.place // {portion} AS portion
        FROM instruction AS i JOIN release_place AS p USING (id)
    ) TO '{folder}' (FORMAT parquet, PARTITION_BY (portion), COMPRESSION lz4)"""
"""In one pass, whatever order they are stored in: sorting them whole would go through them many times."""

_FINDINGS = """
    CREATE TABLE release_finding AS
    SELECT p.place, f.* FROM current_finding AS f JOIN release_place AS p ON p.id = f.instruction
    WHERE f.severity <> 'pass' ORDER BY p.place"""

_ABOUT_ROWS = """
    CREATE VIEW release_said AS
    WITH answers AS (SELECT id FROM decision WHERE acceptance = 'calibration')
    SELECT * FROM decision WHERE acceptance <> 'calibration' AND (undoes IS NULL OR undoes NOT IN (FROM answers))"""
"""Without answers to calibration items, which tell of reviewers, and without what takes them back."""

_DECISIONS = """
    CREATE TABLE release_decision AS
    SELECT * FROM (
        SELECT p.place, d.* FROM release_said AS d JOIN release_place AS p ON p.id = d.instruction
        UNION ALL
        SELECT p.place, d.* FROM release_said AS d JOIN release_place AS p ON p.id = d.edited
        WHERE d.edited IS DISTINCT FROM d.instruction
    ) ORDER BY place, written"""


def prepare_release_rows(unit: Unit, statuses: Sequence[Status], bodies: Path) -> int:
    """Sort what stands at one of `statuses` by id, with what was said of it; how many rows. Candidates that revise an
    accepted row are not among them: that one stands until somebody accepts them.

    What rows say goes into the new folder `bodies`, and does not have to be held.
    """
    unit.execute(_PLACES, [[str(status) for status in statuses]])
    rows = _count(unit)
    unit.execute("SET partitioned_write_flush_threshold = 65536")
    if rows:
        unit.execute(_BODIES.format(portion=PORTION, folder=_quoted(bodies)))
    for table in (_FINDINGS, _ABOUT_ROWS, _DECISIONS):
        unit.execute(table)
    return rows


def judged_otherwise(unit: Unit, checks: Sequence[str]) -> tuple[int, list[str]]:
    """How many rows of the release a check judged last under another version or setting than that in `checks`, by id,
    and the ids that those verdicts bear.
    """
    query = """
        SELECT DISTINCT "check" FROM current_finding
        WHERE "check" NOT IN (SELECT unnest(?)) AND split_part("check", '@', 1) IN (SELECT unnest(?)) ORDER BY ALL"""
    names = sorted({check.partition("@")[0] for check in checks})
    stale = fetch(unit, query, [list(checks), names], make=str)
    if not stale:
        return 0, []
    query = """
        SELECT count(DISTINCT f.instruction), list(DISTINCT f."check" ORDER BY f."check")
        FROM current_finding AS f JOIN release_place AS p ON p.id = f.instruction
        WHERE f."check" IN (SELECT unnest(?))"""
    ((rows, ids),) = unit.execute(query, [stale]).fetchall()
    return int(rows), list(ids or ())


def _count(unit: Unit) -> int:
    return int(unit.execute("SELECT count(*) FROM release_place").fetchall()[0][0])


def _bodies(bodies: Path, start: int, rows: int) -> str:
    """The files that hold the bodies of `rows` rows from place `start` on, as a table of place and body."""
    portions = range(start // PORTION, (start + rows - 1) // PORTION + 1)
    files = sorted(path for portion in portions for path in (bodies / f"portion={portion}").glob("*.parquet"))
    if not files:
        return "(SELECT NULL::BIGINT AS place, NULL::VARCHAR AS body WHERE false)"
    listed = ", ".join(f"'{_quoted(path)}'" for path in files)
    return f"read_parquet([{listed}], hive_partitioning = false)"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def release_keys(unit: Unit, version: str, bodies: Path) -> pa.Table:
    """By id: id, task, topic, language, generator, source, acceptance, earlier (the split in the first of the versions
    before `version`), cited (works, separated by U+001F), and of the first evidence origin, origin_id and path (the
    headings as JSON).
    """
    query = f"""
        WITH cited AS (
            SELECT instruction AS id, string_agg(DISTINCT source, chr(31) ORDER BY source) AS cited,
                   arg_min(origin, position) AS origin, arg_min(origin_id, position) AS origin_id
            FROM evidence WHERE instruction IN (SELECT id FROM release_place) GROUP BY instruction
        ), before AS (
            SELECT x.instruction AS id, arg_min(x.split, v.written) AS earlier
            FROM export_item AS x JOIN export AS v USING (version)
            WHERE v.written < coalesce((SELECT written FROM export WHERE version = ?), 9223372036854775807)
            GROUP BY x.instruction
        )
        SELECT p.id, i.task, i.topic, i.language, i.generator, i.source, p.acceptance, before.earlier, cited.cited,
               cited.origin, cited.origin_id,
               coalesce(b.path, '[]') AS path
        FROM release_place AS p
        JOIN instruction AS i USING (id) JOIN cited USING (id)
        JOIN (
            SELECT place, body->>'$.evidence[0].address.heading_path' AS path
            FROM {_bodies(bodies, 0, _count(unit))}
        ) AS b USING (place)
        LEFT JOIN before USING (id) ORDER BY p.place"""
    return unit.sql(query, params=[version]).to_arrow_table()


def add_release_keys(unit: Unit, keys: pa.Table) -> None:
    """What was worked out of the keys of all rows: id, license, tier, group, cluster and earlier, by id."""
    unit.register("worked_out", keys.append_column("place", pa.array(range(len(keys)), pa.int64())))
    unit.execute("CREATE TABLE release_key AS SELECT * FROM worked_out ORDER BY place")
    unit.unregister("worked_out")


def stored_rows(unit: Unit, bodies: Path, start: int, rows: int) -> pa.Table:
    """`rows` rows from place `start` on, as an export renders them."""
    evidence = """[{"source":"VARCHAR","document":"VARCHAR","origin":"VARCHAR","origin_id":"VARCHAR","address":{
        "heading_path":["VARCHAR"],"page":"INTEGER","boxes":[{"page":"INTEGER","x0":"DOUBLE","y0":"DOUBLE",
        "x1":"DOUBLE","y1":"DOUBLE","start":"INTEGER","end":"INTEGER","confidence":"DOUBLE"}],"start":"BIGINT","end":"BIGINT",
        "row":"BIGINT","entity":"VARCHAR","turn":"INTEGER"},"quote":"VARCHAR"}]"""
    inside = f"place BETWEEN {start} AND {start + rows - 1}"
    query = f"""
        WITH bodies AS (
            SELECT place, body, body->'$.evidence' AS cited FROM {_bodies(bodies, start, rows)} WHERE {inside}
        ), found AS (
            SELECT place, {{"check": "check", severity: severity, reason: reason, detail: detail, path: path,
                   "start": "start", "end": "end"}} AS finding,
                   to_json({{"check": "check", detail: detail, "end": "end", instruction: instruction, path: path,
                   reason: reason, severity: severity, "start": "start"}})::VARCHAR AS text
            FROM release_finding WHERE {inside}
        ), findings AS (SELECT place, list(finding ORDER BY text) AS findings FROM found GROUP BY place
        ), said AS (
            SELECT place, list({{id: id, instruction: instruction, reviewer: reviewer, verdict: verdict, reason: reason,
                   note: note, edited: edited, undoes: undoes, acceptance: acceptance, plan: plan, readers: readers,
                   role: role, colleague: colleague, seconds: seconds,
                   "at": strftime("at", '%Y-%m-%dT%H:%M:%S.%f+00:00')}} ORDER BY written) AS decisions
            FROM release_decision WHERE {inside} GROUP BY place
        )
        SELECT k.id, k.license, k.tier, p.acceptance, k."group", k.cluster, b.body,
               replace(b.body, '"evidence":' || b.cited::VARCHAR || ',', '') AS rest,
               from_json(b.cited, '{evidence}') AS evidence, coalesce(f.findings, []) AS findings, d.decisions
        FROM bodies AS b
        JOIN (SELECT * FROM release_key WHERE {inside}) AS k USING (place)
        JOIN (SELECT * FROM release_place WHERE {inside}) AS p USING (place)
        LEFT JOIN findings AS f USING (place)
        LEFT JOIN said AS d USING (place)
        ORDER BY place"""
    return unit.sql(query).to_arrow_table()


def _chosen(unit: Unit, chosen: pa.Array) -> None:
    """The ids of the rows that go in, as a table for the queries below."""
    unit.register("chosen_ids", pa.table({"id": chosen}))


def release_reviewers(unit: Unit, chosen: pa.Array) -> list[str]:
    """Who decided on the rows `chosen`, by id, by first appearance."""
    _chosen(unit, chosen)
    query = """
        SELECT reviewer FROM release_said WHERE instruction IN (FROM chosen_ids) OR edited IN (FROM chosen_ids)
        GROUP BY reviewer ORDER BY min("at"), reviewer"""
    return fetch(unit, query, make=str)


def release_replies(unit: Unit, chosen: pa.Array) -> Iterator[tuple[str, str, str]]:
    """Row, key of the request and model of what the rows `chosen` were made of, sorted."""
    reading = unit.cursor()
    _chosen(reading, chosen)
    query = """
        SELECT DISTINCT i.instruction, r.key, r.model FROM request_item AS i
        JOIN current_request AS r USING (key, writer) WHERE i.instruction IN (FROM chosen_ids) ORDER BY ALL"""
    found = reading.execute(query)
    while rows := found.fetchmany(_FETCHED):
        yield from rows


def release_privacy(unit: Unit, chosen: pa.Array, check: str) -> tuple[int, list[str], int]:
    """How many of the rows `chosen` the check called `check` judged, under which ids, and in how many others that
    stand it found an error.
    """
    _chosen(unit, chosen)
    query = """
        SELECT count(DISTINCT instruction), list(DISTINCT "check" ORDER BY "check") FROM current_finding
        WHERE starts_with("check", ? || '@') AND instruction IN (FROM chosen_ids)"""
    ((judged, checks),) = unit.execute(query, [check]).fetchall()
    query = """
        SELECT count(DISTINCT f.instruction)
        FROM current_finding AS f JOIN instruction_status AS s ON s.id = f.instruction
        WHERE starts_with(f."check", ? || '@') AND f.severity = 'error'
          AND s.status IN ('draft', 'candidate', 'pending', 'accepted')
          AND f.instruction NOT IN (FROM chosen_ids)"""
    ((withheld,),) = unit.execute(query, [check]).fetchall()
    return int(judged), list(checks or ()), int(withheld)


def edits_of_release(unit: Unit) -> list[str]:
    """Ids of decisions' originals: what was edited into rows of the release, by decision."""
    query = """
        SELECT DISTINCT d.edited FROM standing_decision AS d JOIN release_place AS p ON p.id = d.edited
        WHERE d.verdict = 'edit' ORDER BY d.edited"""
    return fetch(unit, query, make=str)


def first_of_release(unit: Unit, limit: int) -> list[str]:
    """The first rows by id that a pair by rule may be made of: ids are hashes, so that these are drawn at random."""
    return fetch(unit, "SELECT id FROM release_place ORDER BY place LIMIT ?", [limit], make=str)


def release_preferences(unit: Unit) -> Iterator[str]:
    """Bodies of the pairs whose chosen answer is a row's, the most telling kinds first, then by id."""
    kinds = ", ".join(f"'{kind.value}'" for kind in PreferenceKind)
    query = f"""
        SELECT p.body FROM preference AS p WHERE p.chosen_from IN (SELECT id FROM release_place)
        ORDER BY list_position([{kinds}], CASE WHEN starts_with(p.rejected_from, 'instruction:') THEN 'edit'
                               WHEN starts_with(p.rejected_from, 'llm.') THEN 'model' ELSE 'rule' END), p.id"""
    found = unit.cursor().execute(query)
    while rows := found.fetchmany(_FETCHED):
        yield from (str(body) for (body,) in rows)
