"""The pre-training view: plain text whole, instructions mixed in up to the share that is set, no text twice, by hash.

A text that stands in two splits goes with the one held out furthest. Instructions are drawn by a hash of their text;
where there is no plain text there is nothing to mix, and all of them go in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from pedcorpus.engine import batches
from pedcorpus.export.plain_text import PlainText
from pedcorpus.export.read import SPLITS, export_path
from pedcorpus.export.sorted_texts import HASH, Hashes, SortedTexts, hashes_of
from pedcorpus.export.split import Codes
from pedcorpus.export.tables import SCHEMAS, TableWriters
from pedcorpus.records import content_id

__all__ = ["Chosen", "InstructionTexts", "Pretraining", "as_text"]

Flags = NDArray[np.bool_]

_WAITING = pa.schema([("key", HASH), ("number", pa.int64()), ("split", pa.int8()), *SCHEMAS["cpt"]])
_DRAWN = -1
"""Number of an instruction that was drawn; plain texts are numbered as they come."""
_BATCH = 4096
_KINDS = ("instruction", "passage", "statement")
"""In the order in which they claim a text."""


@dataclass(frozen=True)
class InstructionTexts:
    """Hashes of all instructions as completion text, in the order of their ids."""

    key: Hashes
    draw: Hashes
    split: Codes
    source: NDArray[np.int32]
    """Place of its work in `sources`."""
    sources: Sequence[str]
    """Ids of works, sorted."""


@dataclass(frozen=True)
class Chosen:
    """Which texts go in, by number and by row."""

    plain: Flags
    instructions: Flags


class Pretraining:
    """Gathers plain texts, chooses, and writes; what waits lies in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.sources: Counter[str] = Counter()
        """Plain texts written, by work."""
        self._waiting = SortedTexts(folder, _WAITING)
        self._claims: list[pa.Table] = []
        self._count = 0

    def gather(self, texts: Iterable[PlainText]) -> None:
        """Plain texts, in any order."""
        for some in batches(texts, _BATCH):
            table = pa.table(
                {
                    "key": pa.array([bytes.fromhex(content_id("cpt-order", item.text)) for item in some], HASH),
                    "number": pa.array(range(self._count, self._count + len(some)), pa.int64()),
                    "split": pa.array([SPLITS.index(item.split) for item in some], pa.int8()),
                    **{name: [getattr(item, name) for item in some] for name in ("text", "kind", "source")},
                },
                schema=_WAITING,
            )
            self._count += len(some)
            self._claims.append(table.drop_columns(["text"]))
            self._waiting.add(table)

    def choose(self, offered: InstructionTexts, *, instruction_share: float) -> Chosen:
        """One claim of each text, and as many instructions as the share allows."""
        plain = pa.concat_tables([*self._claims, _WAITING.empty_table().drop_columns(["text"])])
        split = np.concatenate([plain.column("split").to_numpy(), offered.split])
        key = np.concatenate([hashes_of(plain.column("key")), offered.key])
        kinds = pc.index_in(plain.column("kind"), pa.array(_KINDS)).to_numpy()
        kind = np.concatenate([kinds, np.zeros(len(offered.key), kinds.dtype)])
        works = pc.index_in(plain.column("source"), pa.array(offered.sources, pa.string())).to_numpy()
        source = np.concatenate([works, offered.source])
        best = _best_claims(key, split, kind, source)
        first, rest = best[: len(plain)], best[len(plain) :]
        for code in range(len(SPLITS)):
            known = int((first & (split[: len(plain)] == code)).sum())
            ours = np.flatnonzero(rest & (offered.split == code))
            if known:
                room = int(known * instruction_share / (1 - instruction_share) + 0.5)
                rest[ours[np.argsort(offered.draw[ours], kind="stable")[room:]]] = False
        self._claims.clear()
        return Chosen(first, rest)

    def write(self, chosen: Chosen, offered: InstructionTexts, tables: TableWriters, folder: Path) -> None:
        """The view, by the hashes of its texts; instructions are read back from the tables in `folder`."""
        for table in _drawn(chosen.instructions, offered, folder):
            self._waiting.add(table)
        for part in self._waiting.parts():
            number = part.column("number").to_numpy()
            part = part.filter(pa.array((number == _DRAWN) | np.append(chosen.plain, False)[number]))
            for code, split in enumerate(SPLITS):
                tables.write("cpt", split, part.filter(pc.equal(part.column("split"), code)))
            plain = part.filter(pc.not_equal(part.column("kind"), "instruction")).column("source")
            self.sources.update(dict(_counted(plain)))


def _counted(column: pa.ChunkedArray) -> Iterator[tuple[str, int]]:
    return ((item["values"], item["counts"]) for item in column.value_counts().to_pylist())


def _best_claims(key: Hashes, split: Codes, kind: NDArray[np.int32], source: NDArray[np.int32]) -> Flags:
    """Of each key the claim furthest held out; of two of those the later kind, then the later source."""
    order = np.lexsort((source, kind, split, key))
    ordered = key[order]
    last = np.append(ordered[1:] != ordered[:-1], True) if len(order) else np.zeros(0, np.bool_)
    best = np.zeros(len(order), np.bool_)
    best[order[last]] = True
    return best


def _drawn(chosen: Flags, offered: InstructionTexts, folder: Path) -> Iterator[pa.Table]:
    """Texts of the chosen instructions, from the tables that hold them."""
    for code, split in enumerate(SPLITS):
        rows = np.flatnonzero(offered.split == code)
        if not chosen[rows].any():
            continue
        with pq.ParquetFile(folder / export_path("instructions", split)) as stored:
            start = 0
            for batch in stored.iter_batches(batch_size=_BATCH, columns=["messages"], use_threads=False):
                here = rows[start : start + len(batch)]
                start += len(batch)
                if (wanted := here[chosen[here]]).size:
                    texts = as_text(batch.column("messages").filter(pa.array(chosen[here])))
                    yield _waiting_rows(texts, wanted, offered)


def as_text(messages: pa.ListArray) -> pa.StringArray:
    """Conversations as completion text: what is asked, then what is answered, without marks of a chat."""
    contents = pa.ListArray.from_arrays(
        pc.subtract(messages.offsets, messages.offsets[0]), pc.struct_field(messages.flatten(), "content")
    )
    return pc.binary_join(contents, "\n")


def _waiting_rows(texts: pa.StringArray, rows: NDArray[np.int64], offered: InstructionTexts) -> pa.Table:
    count = len(rows)
    columns = {
        "key": pa.FixedSizeBinaryArray.from_buffers(HASH, count, [None, pa.py_buffer(offered.key[rows])]),
        "number": pa.array(np.full(count, _DRAWN), pa.int64()),
        "split": pa.array(offered.split[rows]),
        "text": texts,
        "kind": pa.array(["instruction"] * count),
        "source": pa.array(offered.sources, pa.string()).take(pa.array(offered.source[rows])),
    }
    return pa.table(columns, schema=_WAITING)
