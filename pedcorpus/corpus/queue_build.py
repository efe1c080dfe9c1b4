"""Works out what waits for review, all of it at once, and writes it into two Parquet files.

A status is what the view `instruction_status` says: it is worked out here in steps, because the view has to look at
every verdict of every check, passes included, and a million rows have fifteen million of those.
"""

from __future__ import annotations

from pathlib import Path

from pedcorpus.corpus.file import Unit

__all__ = ["write_faults", "write_queue"]

_FAULTS = """
    CREATE OR REPLACE TEMP TABLE worst AS
    SELECT instruction, max(rank) AS rank, arg_max(reason, rank) AS reason, list(DISTINCT reason) AS reasons
    FROM (SELECT instruction, reason, CASE severity WHEN 'error' THEN 2 ELSE 1 END AS rank
          FROM {faults} WHERE severity <> 'pass')
    GROUP BY instruction"""

_UNJUDGED = """
    CREATE OR REPLACE TEMP TABLE unjudged AS
    SELECT id FROM instruction ANTI JOIN (SELECT instruction AS id FROM finding WHERE "check" = ?) USING (id)"""

_RULED = """
    CREATE OR REPLACE TEMP TABLE ruled AS SELECT instruction, verdict, edited FROM ruling;
    CREATE OR REPLACE TEMP TABLE made AS
    SELECT d.edited AS instruction, bool_or(r.instruction IS NOT NULL) AS stands
    FROM decision AS d LEFT JOIN ruled AS r ON r.instruction = d.instruction AND r.edited = d.edited
    WHERE d.edited IS NOT NULL GROUP BY d.edited"""

_OWN = """
    CREATE OR REPLACE TEMP TABLE own AS
    WITH stale AS (
        SELECT DISTINCT instruction FROM evidence AS e
        WHERE NOT EXISTS (SELECT 1 FROM current_passage AS p WHERE p.id = e.origin_id)
          AND NOT EXISTS (SELECT 1 FROM current_triple AS t WHERE t.id = e.origin_id)
          AND NOT EXISTS (SELECT 1 FROM current_dialogue AS g WHERE g.id = e.origin_id)
    ), copies AS (
        SELECT instruction FROM current_duplicate WHERE NOT kept
    )
    SELECT i.id, i.task, i.topic, i.source, coalesce(worst.rank, 0)::TINYINT AS rank, worst.reason, worst.reasons,
           CASE WHEN ruled.verdict IN ('awaited', 'disputed') THEN ruled.verdict ELSE '' END AS stage,
           unjudged.id IS NULL AS is_judged,
           CASE
               WHEN stale.instruction IS NOT NULL OR ruled.verdict = 'edit' THEN 'superseded'
               WHEN ruled.verdict = 'reject' THEN 'rejected'
               WHEN ruled.verdict = 'accept' OR made.stands THEN 'accepted'
               WHEN made.instruction IS NOT NULL THEN 'superseded'
               WHEN copies.instruction IS NOT NULL THEN 'duplicate'
               WHEN ruled.verdict IN ('awaited', 'disputed') THEN 'pending'
               WHEN unjudged.id IS NOT NULL OR worst.rank = 2 THEN 'draft'
               ELSE 'candidate'
           END AS status
    FROM instruction AS i
    LEFT JOIN ruled ON ruled.instruction = i.id
    LEFT JOIN made ON made.instruction = i.id
    LEFT JOIN stale ON stale.instruction = i.id
    LEFT JOIN copies ON copies.instruction = i.id
    LEFT JOIN worst ON worst.instruction = i.id
    LEFT JOIN unjudged ON unjudged.id = i.id"""

_QUEUE = """
    -- what rests on a withdrawn work enters no export: nobody has to read it
    COPY (
        SELECT id, task, topic, source, rank, coalesce(reason, '') AS reason, coalesce(reasons, []) AS reasons, stage
        FROM own
        WHERE is_judged AND status IN ('draft', 'candidate', 'pending') AND id NOT IN (
            SELECT l.ancestor FROM lineage AS l JOIN own AS r ON r.id = l.revision
            WHERE r.status IN ('accepted', 'candidate', 'pending'))
          AND id NOT IN (
            SELECT e.instruction FROM evidence AS e JOIN current_withdrawal AS w ON w.source = e.source WHERE w.stands)
        ORDER BY rank DESC, id
    ) TO '{path}' (FORMAT parquet, KV_METADATA {{about: '{about}'}})"""

_WRITE_FAULTS = """
    COPY (
        SELECT written, instruction, "check", severity, reason, detail, path, "start", "end"
        FROM {faults} WHERE severity <> 'pass' ORDER BY instruction
    ) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 10240)"""


def write_queue(unit: Unit, path: Path, about: str) -> None:
    """Write what waits for anybody at `path`, riskiest first, with `about` as its note."""
    unit.execute(_FAULTS.format(faults=_current(unit)))
    _find_unjudged(unit)
    unit.execute(_RULED)
    unit.execute(_OWN)
    unit.execute(_QUEUE.format(path=_quoted(str(path)), about=_quoted(about)))


def write_faults(unit: Unit, path: Path) -> None:
    """Write all that checks found at `path`, sorted by instruction."""
    unit.execute(_WRITE_FAULTS.format(faults=_current(unit), path=_quoted(str(path))))


def _current(unit: Unit) -> str:
    """Where the current findings are: in the table itself, as long as no check ran under two ids."""
    query = """SELECT count(*) = count(DISTINCT split_part("check", '@', 1)) FROM
               (SELECT "check" FROM finding GROUP BY "check")"""
    return "finding" if unit.execute(query).fetchall()[0][0] else "current_finding"


def _find_unjudged(unit: Unit) -> None:
    """Instructions that no check has looked at: sought among those that the busiest check left out."""
    found = unit.execute('SELECT "check" FROM finding GROUP BY "check" ORDER BY count(*) DESC, 1 LIMIT 1').fetchall()
    unit.execute(_UNJUDGED, [found[0][0] if found else ""])
    if unit.execute("SELECT 1 FROM unjudged LIMIT 1").fetchall():
        unit.execute(
            "CREATE OR REPLACE TEMP TABLE unjudged AS "
            "SELECT id FROM unjudged ANTI JOIN (SELECT instruction AS id FROM finding) USING (id)"
        )


def _quoted(text: str) -> str:
    return text.replace("'", "''")
