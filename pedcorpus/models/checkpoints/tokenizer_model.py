"""A checkpoint's `tokenizer.model`, which is SentencePiece's own: read and checked; what comes of it is others'."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path
from typing import Any

from pedcorpus.errors import UsageError

__all__ = ["PieceKind", "pieces_of_kind", "read_tokenizer_model"]

_BPE = 2  # of TrainerSpec.ModelType


class PieceKind(IntEnum):
    """What a piece is, by SentencePiece's numbers."""

    NORMAL = 1
    UNKNOWN = 2
    CONTROL = 3
    USER_DEFINED = 4
    UNUSED = 5
    BYTE = 6


def read_tokenizer_model(path: Path) -> Any:  # a ModelProto, which has no types
    """SentencePiece's model as it is stored.

    Raises:
        UsageError: it is cut off, or no SentencePiece model, or not of the kind that Baichuan2 has.
    """
    from google.protobuf.message import DecodeError
    from sentencepiece import sentencepiece_model_pb2

    stored: Any = sentencepiece_model_pb2  # made at run time
    try:
        model = stored.ModelProto.FromString(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
    except DecodeError as error:
        raise UsageError(_broken(path)) from error
    if not model.pieces or not model.HasField("trainer_spec") or not model.HasField("normalizer_spec"):
        raise UsageError(_broken(path))
    if model.trainer_spec.model_type != _BPE:
        raise UsageError(f"{path}: is no byte-pair encoding, which Baichuan2's is; expected Baichuan2's own file")
    if model.trainer_spec.treat_whitespace_as_suffix:
        raise UsageError(f"{path}: puts spaces behind words, which Baichuan2's does not; expected Baichuan2's own file")
    return model


def _broken(path: Path) -> str:
    size = f"{path.stat().st_size:,} bytes"
    return f"{path}: is no whole SentencePiece model, but cut off or another file ({size}); copy it anew"


def pieces_of_kind(model: Any, *kinds: PieceKind) -> dict[str, int]:
    """Pieces of these kinds and their ids, in the order of ids."""
    return {piece.piece: number for number, piece in enumerate(model.pieces) if piece.type in kinds}
