"""What is said of a language model's server and of batch files."""

from __future__ import annotations

from collections.abc import Sequence

from pedcorpus.cli.console import data, talk
from pedcorpus.cli.reports import table
from pedcorpus.llm import Batch, BatchReport, EndpointReport

__all__ = ["tell_batches", "tell_collected", "tell_endpoint"]


def tell_endpoint(report: EndpointReport) -> None:
    """What it does, and what follows from that."""
    rows = (
        ("answers", "yes"),
        ("lists the model", "yes" if report.is_listed else "no"),
        ("holds replies to a JSON Schema", "yes" if report.honours_schema else "no"),
        ("holds replies to JSON", "yes" if report.honours_json_mode else "no"),
        ("seconds for a short reply", f"{report.latency_s:.2f}"),
        ("tokens a second", f"{report.tokens_per_s:.0f}" if report.tokens_per_s else "not told"),
    )
    data(table(f"{report.model} at {report.base_url}", ("", ""), rows))
    if not report.honours_schema:
        talk("replies will be cut out of what it says, and mended in one more turn where they do not fit")


def tell_batches(batches: Sequence[tuple[Batch, str]]) -> None:
    """One line a batch."""
    rows = [(batch.id or "not known yet", f"{batch.requests:,}", state) for batch, state in batches]
    data(table("", ("batch", "requests", "state"), rows))


def tell_collected(report: BatchReport) -> None:
    """How many replies came, what is missing and what to do next."""
    tokens = f"{report.prompt_tokens:,} prompt and {report.completion_tokens:,} reply tokens"
    talk("kept {} replies: {}", f"{report.replies:,}", tokens)
    for reason, count in sorted(report.unanswered.items()):
        talk("{} requests without a reply ({}); the next run asks them", f"{count:,}", reason)
    if report.open:
        talk("{} batches are still open; collect again later", report.open)
    if report.replies:
        talk("next: pedcorpus generate --generator llm")
