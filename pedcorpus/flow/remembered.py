"""What the corpus is told of finished versions; of one whose process was ended before it could say so, by the next.

Between the moment in which a version is there and the one in which the corpus knows of it, a note lies in the hidden
folder that it was made in: what it was made of cannot be seen from the version itself.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pedcorpus.corpus import Corpus, KnownExport, add_export, add_preferences, exported_versions, known_export
from pedcorpus.errors import CorpusError, UsageError
from pedcorpus.export import MANIFEST_FILE, SPLITS, Export, open_export, scratch_path
from pedcorpus.records import Preference

__all__ = ["State", "note_state", "refuse_remembered", "remember_export", "remember_finished"]

_NOTE = "made-of.json"


@dataclass(frozen=True)
class State:
    """What a version was made of, beside what it holds; nothing where that is not known."""

    until: int | None = None
    """Number of the latest row of the corpus then."""
    settings: str | None = None
    """The settings that decide its bytes."""


def note_state(scratch: Path, state: State) -> None:
    """Leave word of `state` in the folder in which a version is being made."""
    (scratch / _NOTE).write_text(json.dumps(asdict(state)), encoding="utf-8")


def remember_export(corpus: Corpus, made: Export, state: State, pairs: tuple[Preference, ...] = ()) -> None:
    """Tell the corpus of a finished version, and of the pairs that were made on the way.

    Raises:
        CorpusError: it cannot be told now; the version stays, and the next export tells of it.
    """
    known = KnownExport(
        version=made.manifest.version,
        tier=made.manifest.tier,
        status=made.manifest.status,
        manifest_sha256=made.sha256,
        until=state.until,
        manifest=(made.root / MANIFEST_FILE).read_bytes().decode(),
        settings=state.settings,
    )
    try:
        with corpus.unit() as unit:
            add_preferences(unit, pairs)
            add_export(unit, known, pa.concat_tables([_items(made, split) for split in SPLITS]))
    except CorpusError as error:
        told = f"{error}; {made.root} is whole and stays, and the next export makes the corpus remember it"
        raise CorpusError(told, trouble=error.trouble) from error


def _items(made: Export, split: str) -> pa.Table:
    path = made.root / f"instructions/{split}.parquet"
    ids = pq.read_table(path, columns=["id"]).column("id") if path.exists() else pa.chunked_array([], pa.string())
    return pa.table({"instruction": ids, "split": pa.array([split] * len(ids), pa.string())})


def remember_finished(corpus: Corpus, finished: Sequence[Path]) -> None:
    """Tell the corpus of those `finished` versions that it does not know: their rows keep their splits."""
    with corpus.unit(read_only=True) as unit:
        known = {*exported_versions(unit)}
    for path in finished:
        if path.name not in known:
            remember_export(corpus, open_export(path), _noted(scratch_path(path)))


def refuse_remembered(corpus: Corpus, version: str) -> None:
    """Refuse the name of a version whose folder is lost: another one under it would not be what it was.

    Raises:
        UsageError: the corpus knows of such a version.
    """
    with corpus.unit(read_only=True) as unit:
        known = known_export(unit, version)
    if known:
        way = "" if known.until is None else f"put it back with `pedcorpus rebuild {version}`, or "
        raise UsageError(
            f"{version} was exported before, and its folder is not there any more; {way}choose another version name"
        )


def _noted(scratch: Path) -> State:
    note = scratch / _NOTE
    return State(**json.loads(note.read_text(encoding="utf-8"))) if note.is_file() else State()
