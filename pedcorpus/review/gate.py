"""Whether readers agree well enough, task by task, for what they accepted to go out."""

from __future__ import annotations

from collections.abc import Iterable

from pedcorpus.records import Agreement, AgreementReport

__all__ = ["low_agreement"]


def low_agreement(report: AgreementReport, tasks: Iterable[str], *, least: float, rows: int) -> tuple[str, ...]:
    """What keeps each of `tasks` from going out, in words; nothing where all may, or where `least` is 0.

    A task needs `rows` that two people or more read blind, and an alpha of `least` over them. Where they all said one
    and the same there is no alpha: agreement can be no higher.
    """
    if not least:
        return ()
    found = ((task, report.tasks.get(task)) for task in sorted(set(tasks)))
    return tuple(said for task, each in found if (said := _shortfall(task, each, least, rows)))


def _shortfall(task: str, found: Agreement | None, least: float, rows: int) -> str:
    read = found.instructions if found else 0
    if found is None or read < rows:
        return f"{task} has {read} rows that were read twice, expected {rows}"
    if found.alpha is None or found.alpha >= least:
        return ""
    bounds = f" ({found.interval[0]:.2f} to {found.interval[1]:.2f})" if found.interval else ""
    return f"{task} has an alpha of {found.alpha:.2f}{bounds} over {read} rows, expected {least:.2f}"
