"""What the checks say of the whole corpus: counts by check, source and task, and the instructions behind a count."""

from __future__ import annotations

from collections.abc import Sequence

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import fetch
from pedcorpus.records import FindingCount, FindingGroup, FoundIn

__all__ = ["count_findings", "found_in", "known_checks"]


_STANDING = """
    SELECT f."check", f.severity, f.reason, f.detail, f.instruction, s.source, s.task, s.topic
    FROM current_finding AS f JOIN instruction_status AS s ON s.id = f.instruction
    WHERE s.status <> 'superseded' AND ($check = '' OR starts_with(f."check", $check || '@'))
      AND ($source = '' OR s.source = $source) AND ($task = '' OR s.task = $task)"""


def count_findings(
    unit: Unit, *, groups: Sequence[FindingGroup] = (), check: str = "", source: str = "", task: str = ""
) -> list[FindingCount]:
    """Findings that stand, passes left out, worst first within each check; a check without any has one row of 0.

    `check` by its name, without version; empty `check`, `source` and `task` take all.
    """
    kept = ", ".join(name if name in groups else f"'' AS {name}" for name in FindingGroup)
    query = f"""
        WITH standing AS ({_STANDING}), slim AS (SELECT "check", severity, reason, instruction, {kept} FROM standing),
        judged AS (SELECT "check", source, task, count(DISTINCT instruction) AS judged FROM slim GROUP BY ALL),
        said AS (
            SELECT "check", source, task, severity, reason, count(DISTINCT instruction) AS instructions
            FROM slim WHERE severity <> 'pass' GROUP BY ALL)
        SELECT j."check", coalesce(s.severity, 'pass'), coalesce(s.reason, ''), j.source, j.task,
               coalesce(s.instructions, 0), j.judged
        FROM judged AS j LEFT JOIN said AS s USING ("check", source, task)
        ORDER BY 1, 4, 5, s.severity = 'error' DESC NULLS LAST, 6 DESC, 3"""
    return [FindingCount(*row) for row in unit.execute(query, _named(check, source, task)).fetchall()]


def found_in(
    unit: Unit, *, check: str = "", reason: str = "", source: str = "", task: str = "", limit: int
) -> list[FoundIn]:
    """Findings that stand, passes left out, errors first, then by instruction; at most `limit`."""
    query = f"""
        WITH standing AS ({_STANDING})
        SELECT instruction, task, topic, "check", severity, reason, detail FROM standing
        WHERE severity <> 'pass' AND ($reason = '' OR reason = $reason)
        ORDER BY severity = 'error' DESC, instruction, "check", reason, detail LIMIT $most"""
    values = _named(check, source, task) | {"reason": reason, "most": limit}
    return [FoundIn(*row) for row in unit.execute(query, values).fetchall()]


def known_checks(unit: Unit) -> list[str]:
    """Names of the checks that have judged anything, sorted."""
    return fetch(unit, """SELECT DISTINCT split_part("check", '@', 1) FROM finding ORDER BY 1""", make=str)


def _named(check: str, source: str, task: str) -> dict[str, str | int]:
    return {"check": check, "source": source, "task": task}
