"""Runs and votes made by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from pedcorpus.records import Choice, Dimension, HandIn, Vote

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CHOICES = {"a": Choice.A, "b": Choice.B, "=": Choice.TIE}


def row(name: str, reply: str, **fields: object) -> dict[str, object]:
    """A row of a run's file."""
    return {"id": name, "question": f"{name}怎么办？", "reply": reply, **fields}


def write_run(path: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    """A run's file of `rows`."""
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in rows), encoding="utf-8")
    return path


def judged(voter: str, pair: str, choices: str, *, left: str = "a", seconds: float | None = 20.0) -> list[Vote]:
    """One doctor's votes on one pair: `ab=` is a in professionalism, b in factuality, a tie in safety."""
    return [
        Vote(
            run_a="A",
            run_b="B",
            pair=pair,
            voter=voter,
            dimension=dimension,
            choice=CHOICES[choice],
            left="a" if left == "a" else "b",
            seconds=seconds,
            at=NOON,
        )
        for dimension, choice in zip(Dimension, choices, strict=False)
    ]


def handed_in(*voters: str, pairs: int = 3) -> dict[str, HandIn]:
    """Sessions that were handed in."""
    return {voter: HandIn(run_a="A", run_b="B", voter=voter, judged=pairs, pairs=pairs, at=NOON) for voter in voters}
