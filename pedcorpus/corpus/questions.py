"""Which instructions ask the same across works, and what one check has found: what contradictions are read from."""

from __future__ import annotations

from dataclasses import dataclass

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import fetch
from pedcorpus.records import Finding

__all__ = ["SameQuestion", "findings_by_check", "same_questions"]


@dataclass(frozen=True)
class SameQuestion:
    """Instructions of two works or more that ask the same."""

    key: str
    is_same_question: bool
    """Whether all ask in the same words; else they are knowledge questions on one aspect of one topic."""
    ids: tuple[str, ...]


def same_questions(unit: Unit) -> list[SameQuestion]:
    """Clusters of candidates, of what its readers are about to decide, and of accepted instructions, by key and ids.

    A question with a scene or turns before it is asked by itself alone.
    """
    query = r"""
        WITH asked AS (
            SELECT i.id, i.source, i.task, i.topic, json_extract_string(i.body, '$.aspect') AS aspect,
                   regexp_replace(json_extract_string(i.body, '$.question'), '[\s\p{P}\p{S}]+', '', 'g') AS question
            FROM instruction_status AS s JOIN instruction AS i ON i.id = s.id
            WHERE s.status IN ('candidate', 'pending', 'accepted') AND i.task IN ('medkqa', 'medical', 'consultation')
              AND coalesce(json_array_length(i.body, '$.history'), 0) = 0
        ), keyed AS (
            SELECT 'question:' || lower(question) AS key, true AS exact, id, source FROM asked WHERE question <> ''
            UNION ALL
            SELECT 'topic:' || lower(topic) || ':' || aspect, false, id, source FROM asked WHERE task = 'medkqa'
        )
        SELECT key, exact, list(id ORDER BY id) FROM keyed
        GROUP BY key, exact HAVING count(DISTINCT source) > 1 ORDER BY key"""
    return fetch(unit, query, make=lambda key, exact, ids: SameQuestion(key, exact, tuple(ids)))


def findings_by_check(unit: Unit, name: str) -> dict[str, list[Finding]]:
    """Current warnings and errors of the check called `name`, whatever its version, by instruction."""
    columns = ("instruction", "check", "severity", "reason", "detail", "path", "start", "end")
    query = f"""
        SELECT {", ".join(f'"{column}"' for column in columns)} FROM current_finding
        WHERE severity <> 'pass' AND starts_with("check", ? || '@') ORDER BY instruction, "start", "end", detail"""
    grouped: dict[str, list[Finding]] = {}
    for row in fetch(unit, query, [name], make=lambda *values: dict(zip(columns, values, strict=True))):
        grouped.setdefault(row["instruction"], []).append(Finding.model_validate(row))
    return grouped
