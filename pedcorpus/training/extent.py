"""How much a phase reads: tokens counted where rows are few, else estimated; and the steps that they make."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pedcorpus.training.plan import PlannedPhase

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Extent", "extent_of"]

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
    columns = _columns(planned)
    rows = min(_FEW, planned.rows)
    counted = _count([column.slice(0, rows) for column in columns], tokenizer)
    whole = counted is not None and rows == planned.rows
    characters = _characters(columns)
    if counted is None:
        tokens = math.ceil(characters / _CHARACTERS_PER_TOKEN)
    else:
        few = _characters([column.slice(0, rows) for column in columns])
        tokens = counted if whole else math.ceil(characters * counted / max(few, 1))
    steps, exact = _steps(planned, tokens, processes)
    return Extent(tokens, whole, steps, exact)


def _columns(planned: PlannedPhase) -> list[pa.ChunkedArray]:
    import pyarrow.parquet as pq

    table, drawn = pq.read_table(planned.table, columns=list(planned.phase.columns)), planned.mixture.rows
    table = table.slice(0, planned.rows) if drawn is None else table.take(drawn)
    columns = [table.column(name) for name in planned.phase.columns]
    if planned.phase.config == "DPOConfig":
        columns.append(table.column("prompt"))  # it is read with the chosen answer and with the rejected one
    return columns


def _texts(column: pa.ChunkedArray) -> Any:  # pyarrow has no types
    """The texts of a column, of messages their contents."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        return pc.struct_field(pc.list_flatten(column), "content")
    return column


def _characters(columns: list[pa.ChunkedArray]) -> int:
    import pyarrow.compute as pc

    return sum(pc.sum(pc.utf8_length(_texts(column))).as_py() or 0 for column in columns)


def _count(columns: list[pa.ChunkedArray], tokenizer: Path | None) -> int | None:
    counting = _counting(tokenizer) if tokenizer else None
    return counting([text for column in columns for text in _texts(column).to_pylist()]) if counting else None


def _counting(folder: Path) -> Callable[[list[str]], int] | None:
    """Counts the tokens of texts; none where the folder's tokenizer, or what reads it, is not there."""
    if (folder / "tokenizer.json").is_file() and find_spec("tokenizers") is not None:
        from tokenizers import Tokenizer

        encode = Tokenizer.from_str(_plain((folder / "tokenizer.json").read_text(encoding="utf-8"))).encode_batch
        return lambda texts: sum(len(encoding.ids) for encoding in encode(texts, add_special_tokens=False))
    if (folder / "tokenizer.model").is_file() and find_spec("sentencepiece") is not None:
        from sentencepiece import SentencePieceProcessor

        pieces = SentencePieceProcessor(model_file=str(folder / "tokenizer.model"))
        return lambda texts: sum(len(ids) for ids in pieces.encode(texts))
    return None


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
