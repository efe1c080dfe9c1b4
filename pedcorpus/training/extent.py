"""How much a phase reads: tokens counted where rows are few, else estimated; and the steps that they make."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pedcorpus.errors import UsageError
from pedcorpus.training.plan import PlannedPhase
from pedcorpus.training.row_files import row_batches

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Extent", "extent_of"]

Counting = Callable[[list[str]], int]

_FEW = 2000
"""Rows whose tokens are counted, or counted to estimate the rest by."""
_CHARACTERS_PER_TOKEN = 1.5
"""Where there is no tokenizer yet: about what tokenizers with a Chinese vocabulary reach."""
_FILLED = 0.98
"""How full packing makes a sequence."""


@dataclass(frozen=True)
class Extent:
    """Tokens of the texts themselves, without the prompt template's words, in one pass over the rows."""

    tokens: int
    tokens_counted: bool
    steps: int
    steps_exact: bool


def extent_of(planned: PlannedPhase, *, tokenizer: Path | None, processes: int) -> Extent:
    """How much `planned` reads.

    Args:
        planned: its rows are read, its model is not.
        tokenizer: folder with a tokenizer.json or tokenizer.model; none where there is none yet.
        processes: how many train together, each with a batch of its own.
    """
    few = _Few()
    characters = 0
    for part in _parts(planned):
        characters += _characters(part)
        few.add(part)
    counted = _count(few.parts, tokenizer)
    if counted is None:
        tokens = math.ceil(characters / _CHARACTERS_PER_TOKEN)
    else:
        tokens = math.ceil(characters * counted / max(_characters_of(few.parts), 1))
    whole = counted is not None and planned.rows <= _FEW
    steps, exact = _steps(planned, tokens, processes)
    return Extent(tokens, whole, steps, exact)


@dataclass
class _Few:
    """The first rows, whose tokens are counted."""

    parts: list[list[pa.Array]] = field(default_factory=list)
    rows: int = 0

    def add(self, columns: list[pa.Array]) -> None:
        if left := min(_FEW - self.rows, len(columns[0])):
            self.parts.append([column.slice(0, left) for column in columns])
            self.rows += left


def _parts(planned: PlannedPhase) -> Iterator[list[pa.Array]]:
    """Columns of the rows to train on, a batch at a time."""
    mixture = planned.mixture
    rows = np.arange(planned.rows) if mixture.rows is None else mixture.rows
    names = planned.phase.columns
    if planned.phase.config == "DPOConfig":
        names = (*names, "prompt")  # it is read with the chosen answer and with the rejected one
    for part in row_batches(planned.table, planned.phase.columns, rows):
        yield [part.column(name) for name in names]


def _texts(column: pa.Array) -> Any:  # pyarrow has no types
    """The texts of a column, of messages their contents."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        return pc.struct_field(pc.list_flatten(column), "content")
    return column


def _characters_of(parts: list[list[pa.Array]]) -> int:
    return sum(_characters(part) for part in parts)


def _characters(columns: list[pa.Array]) -> int:
    import pyarrow.compute as pc

    return sum(pc.sum(pc.utf8_length(_texts(column))).as_py() or 0 for column in columns)


def _count(parts: list[list[pa.Array]], tokenizer: Path | None) -> int | None:
    counting = _counting(tokenizer) if tokenizer else None
    texts = (text for part in parts for column in part for text in _texts(column).to_pylist())
    return counting(list(texts)) if counting else None


def _counting(folder: Path) -> Counting | None:
    """Counts the tokens of texts; none where the folder's tokenizer, or what reads it, is not there.

    Raises:
        UsageError: what is there is no tokenizer.
    """
    for name, package, read in (("tokenizer.json", "tokenizers", _fast), ("tokenizer.model", "sentencepiece", _slow)):
        file = folder / name
        if file.is_file() and find_spec(package) is not None:
            try:
                return read(file)
            except Exception as error:  # tokenizers raises that itself
                raise UsageError(
                    f"{file}: cannot be read as a tokenizer: {error}; take the one that came with the model"
                ) from error
    return None


def _fast(file: Path) -> Counting:
    from tokenizers import Tokenizer

    encode = Tokenizer.from_str(_plain(file.read_text(encoding="utf-8"))).encode_batch
    return lambda texts: sum(len(encoding.ids) for encoding in encode(texts, add_special_tokens=False))


def _slow(file: Path) -> Counting:
    from sentencepiece import SentencePieceProcessor

    pieces = SentencePieceProcessor(model_file=str(file))
    return lambda texts: sum(len(ids) for ids in pieces.encode(texts))


def _plain(text: str) -> str:
    """A tokenizer that neither cuts nor fills up what it encodes."""
    return json.dumps({**json.loads(text), "truncation": None, "padding": None}, ensure_ascii=False)


def _steps(planned: PlannedPhase, tokens: int, processes: int) -> tuple[int, bool]:
    trainer = planned.recipe.trainer
    limit = int(trainer.get("max_steps", -1))
    if limit > 0:
        return limit, True
    packing = bool(trainer.get("packing"))
    sequences = math.ceil(tokens / (int(trainer.get("max_length") or 1024) * _FILLED)) if packing else planned.rows
    batches = math.ceil(sequences / (int(trainer.get("per_device_train_batch_size", 8)) * processes))
    per_epoch = math.ceil(batches / int(trainer.get("gradient_accumulation_steps", 1)))
    return math.ceil(per_epoch * float(trainer.get("num_train_epochs", 3))), not packing
