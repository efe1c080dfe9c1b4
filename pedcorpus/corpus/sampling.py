"""What acceptance by sampling reads and keeps: strata with what people said of each row, plans, and their lots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from pedcorpus.corpus.file import Unit
from pedcorpus.corpus.rows import append, append_table, fetch, json_text
from pedcorpus.records import SamplingPlan, Severity, Status, Verdict

__all__ = [
    "StratumRow",
    "add_plan",
    "add_plan_from_elsewhere",
    "is_any_accepted_by_plan",
    "plans_by_id",
    "still_candidates",
    "stratum_rows",
]


@dataclass(frozen=True, slots=True)
class StratumRow:
    """One instruction as a sampling plan sees it."""

    id: str
    source: str
    task: str
    generator: str
    status: Status
    severity: Severity
    """Of its worst finding."""
    verdict: Verdict | None
    """What people who looked at it decided: accept, reject or edit; none while its readers are awaited or disagree."""
    flagged: bool
    """Whether a reviewer asked a colleague to look at it."""
    plan: str
    """Id of the plan in whose lot it is; empty where it is in none that stands."""
    by_plan: bool
    """Whether a plan accepted it last, be it one that is not kept here."""
    elsewhere: bool
    """Whether it was one of another corpus, which came with an export: neither its lot nor its sample is here."""


def stratum_rows(unit: Unit) -> list[StratumRow]:
    """Every checked instruction that waits, or that a person or a plan decided on, and every row of a standing lot.

    By id. A lot stands as long as one decision of its plan does. What was accepted in bulk is not among them.
    """
    query = """
        WITH worst AS (
            SELECT instruction, max(CASE severity WHEN 'error' THEN 2 WHEN 'warning' THEN 1 ELSE 0 END) AS rank
            FROM current_finding GROUP BY instruction
        ), decided AS (
            SELECT instruction, verdict, acceptance, plan, role, written FROM standing_decision
            WHERE verdict IN ('accept', 'reject', 'edit') AND acceptance <> 'calibration'
        ), read AS (
            SELECT d.instruction,
                   CASE WHEN any_value(r.verdict) NOT IN ('awaited', 'disputed')
                        THEN arg_max(d.verdict, (d.role = 'adjudicator', d.written)) END AS verdict
            FROM decided AS d JOIN ruling AS r USING (instruction)
            WHERE d.acceptance = 'reviewed' GROUP BY d.instruction
        ), last AS (
            SELECT instruction, arg_max(acceptance, written) AS acceptance, arg_max(plan, written) AS plan
            FROM decided GROUP BY instruction
        ), flagged AS (
            SELECT DISTINCT instruction FROM standing_decision
            WHERE verdict = 'flag' AND acceptance <> 'calibration'
        ), lot AS (
            SELECT instruction, any_value(plan) AS plan FROM review_plan_item
            WHERE plan IN (SELECT plan FROM standing_decision WHERE plan <> '') GROUP BY instruction
        ), elsewhere AS (
            SELECT DISTINCT id FROM review_plan WHERE id NOT IN (SELECT plan FROM review_plan_item)
        )
        SELECT s.id, s.source, s.task, s.generator, s.status, worst.rank, read.verdict,
               flagged.instruction IS NOT NULL, coalesce(lot.plan, ''), coalesce(last.acceptance = 'plan', false),
               coalesce(last.acceptance = 'plan' AND last.plan IN (SELECT id FROM elsewhere), false)
        FROM instruction_status AS s
        JOIN worst ON worst.instruction = s.id
        LEFT JOIN read ON read.instruction = s.id
        LEFT JOIN last ON last.instruction = s.id
        LEFT JOIN flagged ON flagged.instruction = s.id
        LEFT JOIN lot ON lot.instruction = s.id
        WHERE lot.plan IS NOT NULL OR s.status IN ('draft', 'candidate', 'pending') OR last.acceptance = 'plan'
           OR (read.verdict IS NOT NULL AND last.acceptance = 'reviewed'
               AND (s.status IN ('accepted', 'rejected') OR read.verdict = 'edit'))
        ORDER BY s.id"""
    return fetch(unit, query, make=_stratum_row)


def _stratum_row(
    identifier: str,
    source: str,
    task: str,
    generator: str,
    status: str,
    rank: int,
    verdict: str | None,
    flagged: bool,
    plan: str,
    by_plan: bool,
    elsewhere: bool,
) -> StratumRow:
    severity = (Severity.PASS, Severity.WARNING, Severity.ERROR)[rank]
    said = Verdict(verdict) if verdict else None
    return StratumRow(
        identifier, source, task, generator, Status(status), severity, said, flagged, plan, by_plan, elsewhere
    )


def add_plan(unit: Unit, plan: SamplingPlan, lot: Sequence[str]) -> None:
    """Keep `plan` as it stands now, and the rows of its lot if they are not kept already."""
    append(unit, "review_plan", [{"id": plan.id, "body": json_text(plan)}])
    if not unit.execute("SELECT 1 FROM review_plan_item WHERE plan = ? LIMIT 1", [plan.id]).fetchall():
        append_table(unit, "review_plan_item", pa.table({"plan": [plan.id] * len(lot), "instruction": list(lot)}))


def add_plan_from_elsewhere(unit: Unit, plan: SamplingPlan) -> None:
    """Keep a plan that accepted rows in another corpus, whose lot is not here."""
    append(unit, "review_plan", [{"id": plan.id, "body": json_text(plan)}])


def is_any_accepted_by_plan(unit: Unit) -> bool:
    """Whether one acceptance by a plan stands."""
    return bool(unit.execute("SELECT 1 FROM standing_decision WHERE acceptance = 'plan' LIMIT 1").fetchall())


def plans_by_id(unit: Unit) -> dict[str, SamplingPlan]:
    """Every plan that accepted rows whose acceptance stands, as it stood when it last did, by id."""
    query = """
        SELECT arg_max(body, written) FROM review_plan
        WHERE id IN (SELECT plan FROM standing_decision WHERE plan <> '') GROUP BY id ORDER BY id"""
    plans = fetch(unit, query, make=SamplingPlan.model_validate_json)
    return {plan.id: plan for plan in plans}


def still_candidates(unit: Unit, ids: Sequence[str]) -> list[str]:
    """Those of `ids` that wait, with no error, in their order."""
    query = "SELECT id FROM instruction_status WHERE status = 'candidate' AND id IN (SELECT unnest(?))"
    waiting = set(fetch(unit, query, [list(ids)], make=str))
    return [name for name in ids if name in waiting]
