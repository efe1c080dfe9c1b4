"""SentencePiece's byte-pair encoding as a tokenizer of the library `tokenizers`: the same ids for the same text.

SentencePiece joins whichever neighbours make the piece with the highest score, the leftmost first; so the merges are
all ways to make each piece, by falling score. What it matches whole before that (user-defined symbols) are added
tokens, matched after the normaliser as there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pedcorpus.models.checkpoints.tokenizer_model import PieceKind, pieces_of_kind

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from tokenizers.decoders import Decoder
    from tokenizers.normalizers import Normalizer

__all__ = ["built_tokenizer"]

_SPACE = "▁"
"""How SentencePiece writes a space."""


def built_tokenizer(model: Any) -> Tokenizer:  # a ModelProto
    """A tokenizer that gives the ids of SentencePiece's `model`; it puts no tokens before or after a text."""
    from tokenizers import AddedToken, Tokenizer
    from tokenizers.models import BPE

    tokenizer = Tokenizer(
        BPE(
            vocab={piece.piece: number for number, piece in enumerate(model.pieces)},
            merges=_merges(model),
            unk_token=next(iter(pieces_of_kind(model, PieceKind.UNKNOWN)), None),
            fuse_unk=True,
            byte_fallback=model.trainer_spec.byte_fallback,
        )
    )
    tokenizer.normalizer = _normaliser(model)
    tokenizer.decoder = _decoder(model)
    symbols = pieces_of_kind(model, PieceKind.USER_DEFINED)
    tokenizer.add_tokens([AddedToken(symbol, normalized=True, special=False) for symbol in symbols])
    controls = pieces_of_kind(model, PieceKind.CONTROL, PieceKind.UNKNOWN)
    tokenizer.add_tokens([AddedToken(symbol, normalized=False, special=True) for symbol in controls])
    return tokenizer


def _merges(model: Any) -> list[tuple[str, str]]:
    scores = {piece.piece: piece.score for piece in model.pieces if piece.type == PieceKind.NORMAL}
    ids = pieces_of_kind(model, PieceKind.NORMAL)
    by_score = sorted(scores, key=lambda piece: (-scores[piece], ids[piece]))
    return [pair for piece in by_score for pair in _splits(piece, ids)]


def _splits(piece: str, known: dict[str, int]) -> Iterator[tuple[str, str]]:
    """The ways to make a piece of two known ones."""
    for middle in range(1, len(piece)):
        if piece[:middle] in known and piece[middle:] in known:
            yield piece[:middle], piece[middle:]


def _normaliser(model: Any) -> Normalizer:
    from tokenizers import Regex, normalizers

    spec = model.normalizer_spec
    steps: list[Normalizer] = []
    if spec.precompiled_charsmap:
        steps.append(normalizers.Precompiled(spec.precompiled_charsmap))
    if spec.remove_extra_whitespaces:
        steps += [normalizers.Replace(Regex(r"\A +| +\z"), ""), normalizers.Replace(Regex(" {2,}"), " ")]
    if spec.add_dummy_prefix:
        steps.append(normalizers.Replace(Regex(_start(model)), " "))
    return normalizers.Sequence([*steps, normalizers.Replace(" ", _SPACE)])


def _start(model: Any) -> str:
    """Matches the start of a text, but not of a symbol alone: `tokenizers` normalises the names of its tokens, too."""
    symbols = pieces_of_kind(model, PieceKind.USER_DEFINED)
    alone = "|".join(re.escape(symbol) for symbol in symbols)
    return rf"\A(?=[\s\S])(?!(?:{alone})\z)" if symbols else r"\A(?=[\s\S])"


def _decoder(model: Any) -> Decoder:
    from tokenizers import decoders

    steps: list[Decoder] = [decoders.Replace(_SPACE, " "), decoders.ByteFallback(), decoders.Fuse()]
    if model.normalizer_spec.add_dummy_prefix:
        steps.append(decoders.Strip(content=" ", left=1))
    return decoders.Sequence(steps)
