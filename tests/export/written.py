"""Short ways for tests from a release to what an export makes of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pedcorpus.export import SPLITS, Release, Split
from pedcorpus.export.plain_text import SplitFinder
from pedcorpus.export.release import select_rows
from pedcorpus.export.render import Renderer
from pedcorpus.export.stream import Streamed, stream_tables
from pedcorpus.export.tally import Tally

__all__ = ["finder_for", "rendered", "splits_by_id", "streamed", "tally_of"]


def splits_by_id(release: Release) -> dict[str, Split]:
    """The split of each row that goes in."""
    selection = select_rows(release)
    ids = selection.keys.column("id").to_pylist()
    return {name: SPLITS[code] for name, code in zip(ids, selection.splits.tolist(), strict=True)}


def _renderer(release: Release) -> Renderer:
    reviewers = release.stream.reviewers(select_rows(release).chosen)
    return Renderer(is_internal=True, reviewers={name: name for name in reviewers})


def rendered(release: Release) -> list[dict[str, Any]]:
    """All rows as they are written, by id."""
    return [row for table in release.stream.mapped(_renderer(release)) for row in table.to_pylist()]


def tally_of(release: Release) -> Tally:
    """What is counted of the rows, all of which go in."""
    tally, selection = Tally(SplitFinder(release.settings)), select_rows(release)
    for table in release.stream.mapped(_renderer(release)):
        tally.add(table, selection.splits)
    return tally


def finder_for(release: Release) -> SplitFinder:
    """Knows where all rows have gone, all of which go in."""
    finder, selection = SplitFinder(release.settings), select_rows(release)
    for table in release.stream.mapped(_renderer(release)):
        kept = table.filter(selection.chosen)
        finder.note(kept.column("topic"), kept.column("evidence"), selection.splits)
    return finder


def streamed(release: Release, folder: Path) -> Streamed:
    """The tables alone, in `folder`."""
    folder.mkdir(exist_ok=True)
    with ThreadPoolExecutor(2) as pool:
        return stream_tables(release, select_rows(release), folder, pool)
