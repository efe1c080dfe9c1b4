"""A run told in Markdown: what it was trained from, by which recipes, on what, and what came of it.

It stands as README.md in the run's folder from the first phase on. Nothing in it depends on when or where it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pedcorpus.training.phase import PHASES
from pedcorpus.training.runs import PhaseRecord, Run

__all__ = ["CARD_FILE", "run_card", "state_of"]

CARD_FILE = "README.md"


def state_of(run: Run) -> str:
    """How a run stands in one word: `running` only while somebody trains it, `killed` where nobody does any more."""
    if run.record.state == "running" and not run.is_under_way:
        return "killed"
    return run.record.state


def run_card(run: Run) -> str:
    """The card of `run` as Markdown."""
    record = run.record
    facts = [
        ("export", f"{record.export_version}, manifest SHA-256 `{record.export_sha256}`"),
        ("started from", f"`{record.start}`" + (f", of run {record.parent}" if record.parent else "")),
        *(("from the Hub", f"{each.repository}, commit `{each.commit}`") for each in [record.downloaded] if each),
        *(("converted from", f"`{each.file}`, SHA-256 `{each.sha256}`") for each in [record.converted_from] if each),
        ("phases", ", ".join(record.phases)),
        ("state", record.state + (f": {record.reason}" if record.reason else "")),
        *(("gone on with", f"{each.phase}, after step {each.step}") for each in record.resumed),
        ("machine", ", ".join(f"{name} {value}" for name, value in record.hardware.items())),
        ("packages", ", ".join(f"{name} {value}" for name, value in record.versions.items())),
    ]
    parts = [
        f"# Run {record.id}",
        "For research; what it answers is no medical advice.",
        _table(("what", "which"), facts),
        "## Phases",
        _table(
            ("phase", "rows", "steps", "first loss", "last loss", "trained parameters", "seed", "seconds"),
            (_told(phase) for phase in record.finished),
        ),
        *_parts(record.finished),
        *_held_out(record.finished),
        *(f"![{PHASES[phase.phase].title}]({phase.phase}/loss.png)" for phase in record.finished),
        *(
            f"![which experts each task asks for, layer by layer]({phase.phase}/gates.png)"
            for phase in record.finished
            if (run.root / phase.phase / "gates.png").is_file()
        ),
        "Each phase's recipe is `recipe.yaml` in its folder, what it logged `metrics.jsonl`.",
    ]
    return "\n\n".join(parts) + "\n"


def _parts(phases: Sequence[PhaseRecord]) -> list[str]:
    rows = [(phase.phase, name, f"{count:,}") for phase in phases for name, count in phase.parts.items()]
    return ["What went in:", _table(("phase", "what", "rows"), rows)] if rows else []


def _held_out(phases: Sequence[PhaseRecord]) -> list[str]:
    """Perplexities of rows that were not trained on, so that what a mixture does to each side is seen."""
    rows = [
        (phase.phase, part.part, f"{part.rows:,}", f"{part.first_perplexity:.2f}", f"{part.last_perplexity:.2f}")
        for phase in phases
        for part in phase.held_out
    ]
    columns = ("phase", "held out", "rows", "perplexity at first", "perplexity at last")
    return [_table(columns, rows)] if rows else []


def _told(phase: PhaseRecord) -> tuple[str, ...]:
    trained = f"{phase.trainable:,} of {phase.parameters:,} ({phase.trainable / phase.parameters:.2%})"
    losses = (_loss(phase.first_loss), _loss(phase.last_loss))
    return (phase.phase, f"{phase.rows:,}", str(phase.steps), *losses, trained, str(phase.seed), f"{phase.seconds:.0f}")


def _loss(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = (columns, ["---"] * len(columns), *rows)
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
