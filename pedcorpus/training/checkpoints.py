"""Checkpoints of a phase: which are whole, which is the newest, which are let go. What is in them, the trainer knows.

A checkpoint is whole once it has its mark, which is written last: what a kill or a full disk cut off never has one.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from pedcorpus.durable import sync

__all__ = ["CHECKPOINTS", "Checkpoint", "checkpoint_in", "checkpoints", "drop_older", "mark_whole"]

CHECKPOINTS = "checkpoints"
"""Folder of them, in the folder of their phase."""
_MARK = "whole.json"


@dataclass(frozen=True)
class Checkpoint:
    """A whole one."""

    path: Path
    step: int
    """Optimiser steps that were done."""


def checkpoint_in(path: Path) -> Checkpoint | None:
    """The whole checkpoint in the folder `path`, if that is one."""
    try:
        return Checkpoint(path, int(json.loads((path / _MARK).read_bytes())["step"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def checkpoints(folder: Path) -> list[Checkpoint]:
    """Whole ones in `folder`, by step."""
    paths = folder.iterdir() if folder.is_dir() else ()
    return sorted((found for path in paths if (found := checkpoint_in(path))), key=lambda found: found.step)


def mark_whole(path: Path, step: int) -> None:
    """Everything in the folder `path` is on the disk, and it is a checkpoint from now on."""
    for file in path.rglob("*"):
        if file.is_file():
            sync(file)
    draft = path / f".{_MARK}"
    draft.write_text(json.dumps({"step": step}), encoding="utf-8")
    sync(draft)
    draft.replace(path / _MARK)
    sync(path)


def drop_older(folder: Path, *, keep: int | None, besides: Path | None = None) -> None:
    """Keep the newest `keep` whole ones, all where that is none, and `besides`; what is not whole goes."""
    whole = checkpoints(folder)
    kept = {each.path for each in (whole if keep is None else whole[-max(keep, 1) :])}
    if besides is not None:
        kept.add(besides)
    for path in folder.iterdir():
        if path not in kept:
            shutil.rmtree(path, ignore_errors=True)
