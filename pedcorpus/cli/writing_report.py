"""What is said of drafts that a model writes: what they would cost before, what they did cost after."""

from __future__ import annotations

from pedcorpus.cli.console import data, talk
from pedcorpus.cli.reports import table, tell_failures
from pedcorpus.flow import OpinionReport, WriteReport, WritingPlan
from pedcorpus.llm import Door, Endpoint

__all__ = ["tell_cap", "tell_opinion", "tell_spent", "tell_writing", "tell_writing_plan", "tell_writing_start"]

_CAPS = {"max_cost": "the cost allowed", "max_requests": "the requests allowed"}


def tell_writing_plan(plan: WritingPlan, endpoint: Endpoint) -> None:
    """Requests, tokens and cost by task."""
    rows = [
        (
            task,
            row.instructions,
            f"{row.requests:,.1f}",
            f"{row.prompt_tokens:,.0f}",
            f"{row.completion_tokens:,.0f}",
            f"{row.cost:,.2f}" if _has_price(endpoint) else "?",
        )
        for task, row in sorted(plan.tasks.items())
    ]
    columns = ("task", "drafts", "requests", "prompt tokens", "reply tokens (most)", "cost (most)")
    if rows:
        data(table("", columns, rows))
    tell_writing_start(plan, endpoint)
    talk("nothing was sent")


def tell_writing_start(plan: WritingPlan, endpoint: Endpoint) -> None:
    """One line: who is asked how much."""
    cost = f"the rest costs {plan.cost:,.2f} at most"
    talk(
        "{} requests to {} at {}, {} of them paid for before; {}",
        f"{plan.requests:,}",
        endpoint.model,
        endpoint.base_url,
        f"{plan.cached:,}",
        cost if _has_price(endpoint) else "what the rest costs is not known: no llm.input_price, llm.output_price",
    )


def _has_price(endpoint: Endpoint) -> bool:
    return bool(endpoint.input_price or endpoint.output_price)


def tell_writing(report: WriteReport, door: Door) -> None:
    """What was asked, spent and made, and why it ended early if it did."""
    tell_failures(report.failures)
    tell_spent(door)
    if report.not_cached:
        talk("{} requests have no kept reply; run without --replay to ask them", f"{report.not_cached:,}")
    made = ", ".join(f"{task} {count}" for task, count in sorted(report.new_instructions.items()))
    talk("drafted from {} replies: {}", f"{report.requests - report.not_cached:,}", made or "nothing new")
    tell_cap(door)


def tell_opinion(report: OpinionReport, door: Door) -> None:
    """How many the model doubts, and what is left unjudged."""
    tell_spent(door)
    talk("a second opinion on {}: {} doubted, in review as warnings", report.judged, report.doubted)
    if report.faults:
        reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(report.faults.items()))
        talk("{} were not judged ({})", sum(report.faults.values()), reasons)
    tell_cap(door)


def tell_spent(door: Door) -> None:
    """What was asked, and what it cost."""
    meter = door.meter
    talk(
        "asked {} times, {} replies were there already; {} prompt and {} reply tokens, cost {}",
        f"{meter.requests:,}",
        f"{meter.cached:,}",
        f"{meter.prompt_tokens:,}",
        f"{meter.completion_tokens:,}",
        f"{meter.cost:,.2f}",
    )


def tell_cap(door: Door) -> None:
    """Which cap ended the run, if one did."""
    if door.budget.reached:
        talk("[yellow]stopped[/]: {} are used up; the same command goes on from here", _CAPS[door.budget.reached])
