"""What the corpus commands say when they have done their work: tables to stdout, one line of talk after them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text

from pedcorpus.cli.console import data, talk
from pedcorpus.errors import ExitCode
from pedcorpus.export import Export
from pedcorpus.flow import BuildReport, CorpusStatus, CurateReport, GenerateReport, IngestReport, PlannedFile
from pedcorpus.records import Failure, FindingCount, FindingGroup, Status

__all__ = [
    "AFTER_TRAINING",
    "findings_table",
    "table",
    "tell_build",
    "tell_curate",
    "tell_export",
    "tell_failures",
    "tell_generate",
    "tell_ingest",
    "tell_plan",
    "tell_status",
]

AFTER_TRAINING = "pedcorpus evaluate, or pedcorpus chat"
"""Next where a model has been trained."""
_SHOWN_FAILURES = 10


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, numbers_from: int = 1) -> Table:
    """A plain table that survives pasting; columns from `numbers_from` on are aligned right."""
    made = Table(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for position, column in enumerate(columns):
        is_number = position >= numbers_from
        made.add_column(
            column, justify="right" if is_number else "left", no_wrap=is_number, overflow="fold", min_width=len(column)
        )
    for row in rows:
        made.add_row(*(Text(str(cell)) for cell in row))
    return made


def tell_ingest(report: IngestReport) -> None:
    """What was read, what was not, and how to declare what is not declared."""
    for path in report.made:
        talk("made {}", path)
    talk(
        "read {} new and {} unchanged files: {} passages, {} triples, {} dialogues",
        report.new_documents,
        report.unchanged_documents,
        report.passages,
        report.triples,
        report.dialogues,
    )
    tell_failures(report.failures)
    for source in report.sources:
        if not source.declared:
            talk(
                "[yellow]undeclared[/] {}: taken as a {}, licence unknown, tier internal; to declare it, put a "
                "source.toml into its folder (`pedcorpus init` makes a sample)",
                source.title,
                source.kind,
            )


def tell_plan(files: Sequence[PlannedFile]) -> ExitCode:
    """What would happen to each file and how its kind was decided; the exit code an ingest would end with."""
    rows = [
        (item.action, item.source, item.path, f"{item.kind} ({item.kind_from})", item.parser or item.detail)
        for item in files
    ]
    data(table("", ("would be", "work", "file", "kind (decided by)", "parser or problem"), rows, numbers_from=5))
    counts = Counter(item.action for item in files)
    talk("nothing was written: {}", ", ".join(f"{action} {count}" for action, count in sorted(counts.items())))
    return ExitCode.SOME_FAILED if counts["fail"] else ExitCode.DONE


def tell_failures(failures: Sequence[Failure]) -> None:
    """One line a failure for the first ones, and counts by reason."""
    for failure in failures[:_SHOWN_FAILURES]:
        talk("[red]failed[/] {}: {}", failure.where, failure.detail)
    if failures:
        reasons = Counter(failure.reason for failure in failures)
        counts = ", ".join(f"{reason} {count}" for reason, count in sorted(reasons.items()))
        talk("{} could not be used ({}); the rest went on", len(failures), counts)


def tell_generate(report: GenerateReport) -> None:
    """How many drafts of which task."""
    tell_failures(report.failures)
    made = ", ".join(f"{task} {count}" for task, count in sorted(report.new_instructions.items()))
    talk("drafted from {} documents: {}", report.drafted_documents, made or "nothing new")


def tell_curate(report: CurateReport) -> None:
    """How many were judged, and what is wrong with how many."""
    errors = sum(count for (_, severity, _), count in report.findings.items() if severity == "error")
    warnings = sum(report.findings.values()) - errors
    talk("checked {}: {} errors, {} warnings, {} duplicates", report.judged, errors, warnings, report.duplicates)


def tell_build(report: BuildReport) -> None:
    """The three steps in their order, and what comes next."""
    tell_ingest(report.ingested)
    tell_generate(report.generated)
    tell_curate(report.curated)
    talk("next: pedcorpus review, or pedcorpus status")


def findings_table(counts: Sequence[FindingCount], *, groups: Sequence[FindingGroup] = ()) -> Table:
    """Findings by check, `groups` and reason, with the share of what the check has judged."""
    rows = [
        (row.check, *(getattr(row, group) for group in groups), row.severity, row.reason, *_share(row))
        for row in counts
    ]
    columns = ("check", *groups, "severity", "reason", "instructions", "of", "share")
    return table("", columns, rows, numbers_from=len(groups) + 3)


def _share(row: FindingCount) -> tuple[int, int, str]:
    return row.instructions, row.judged, f"{row.instructions / row.judged:.1%}"


def tell_status(status: CorpusStatus, *, trained: bool) -> None:
    """The corpus as tables a steward can paste, failures, and the next sensible command.

    Args:
        status: what is in the corpus.
        trained: whether nothing is left but to try what the newest run made of the newest export.
    """
    for drawn in (_read_table, _task_counts_table, _review_table, _task_table):
        data(drawn(status))
        data("")
    if status.superseded:
        talk("{} more were superseded by edits or newer revisions", status.superseded)
    tell_failures(status.failures)
    if status.feedback_waiting:
        talk(
            "{} rated exchanges of the chat wait; `pedcorpus serve --feedback` takes them in, or: pedcorpus feedback",
            status.feedback_waiting,
        )
    talk("next: {}", AFTER_TRAINING if trained else status.next_step)


_SHOWN_STATUSES = tuple(state for state in Status if state is not Status.SUPERSEDED)


def _read_table(status: CorpusStatus) -> Table:
    columns = ("read from", "licence", "tier", "files", "passages", "triples", "dialogues", "failures")
    rows = [
        (
            source.id,
            source.license,
            source.tier,
            counts.documents,
            counts.passages,
            counts.triples,
            counts.dialogues,
            counts.failures,
        )
        for source, counts in status.by_source
    ]
    names = ("documents", "passages", "triples", "dialogues", "failures")
    return table("", columns, [*rows, ("all", "", "", *(status.totals[name] for name in names))], numbers_from=3)


def _task_counts_table(status: CorpusStatus) -> Table:
    tasks = list(status.instructions)
    rows = [(source.id, *(counts.instructions.get(task, 0) for task in tasks)) for source, counts in status.by_source]
    return table("", ("instructions from", *tasks), rows)


def _review_table(status: CorpusStatus) -> Table:
    rows = [
        (source.id, *(counts.statuses.get(state, 0) for state in _SHOWN_STATUSES))
        for source, counts in status.by_source
    ]
    return table("", ("review of", *_SHOWN_STATUSES), rows)


def _task_table(status: CorpusStatus) -> Table:
    rows: list[tuple[object, ...]] = [
        (task, *(counts[state] for state in _SHOWN_STATUSES)) for task, counts in status.instructions.items()
    ]
    rows.append(("all", *(status.total(state) for state in _SHOWN_STATUSES)))
    return table("", ("task", *_SHOWN_STATUSES), rows)


def tell_export(export: Export) -> None:
    """What the version holds, where it is, and what comes next."""
    splits = export.manifest.counts.get("splits", {})
    data(table("", ("split", "instructions"), splits.items()))
    for reason, count in export.manifest.counts.get("left_out", {}).items():
        talk("{} rows left out: {}", count, reason)
    if export.manifest.status == "candidate":
        talk("[yellow]not reviewed[/]: this version holds candidates that nobody has accepted; its card says so")
    talk("made {}", export.root)
    talk("next: pedcorpus train")
