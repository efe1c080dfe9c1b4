"""What tells one model from another: a hash over the files of its folder that its replies follow from."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from pedcorpus.errors import UsageError
from pedcorpus.models.templates import chat_template
from pedcorpus.records import content_id

__all__ = ["model_identity"]

_SUFFIXES = frozenset({".json", ".jinja", ".txt", ".model", ".py", ".safetensors", ".bin", ".gguf"})
"""Configuration, tokenizer, prompt template, code and weights; not cards, logs and optimisers."""
_WHOLE_BYTES = 1 << 30
_PIECES, _PIECE_BYTES = 4096, 1 << 16
"""Of a larger file so many pieces, evenly spread, are read: training changes tensors all over it."""


def model_identity(model: Path, adapter: Path | None = None, *, template: str | None = None) -> str:
    """Stands for a model's folder or file, an adapter's folder and a prompt template by its name, wherever they lie.

    Files of up to a gibibyte count with every byte, larger ones with their size and 256 MiB of them.

    Raises:
        UsageError: a folder cannot be read.
    """
    parts = [template, chat_template(template) or ""] if template else ["", ""]
    for folder in (model, adapter):
        parts.append("folder")
        if folder is not None:
            try:
                parts += [part for path in _files(folder) for part in (path.name, _digest(path))]
            except OSError as error:
                raise UsageError(f"{folder}: cannot be read: {error.strerror or error}") from error
    return content_id("model", *parts)


def _files(folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder]
    return sorted(path for path in folder.iterdir() if path.suffix in _SUFFIXES and path.is_file())


def _digest(path: Path) -> str:
    size = path.stat().st_size
    digest = blake2b(str(size).encode(), digest_size=16)
    with path.open("rb") as stream:
        if size <= _WHOLE_BYTES:
            while piece := stream.read(1 << 20):
                digest.update(piece)
        else:
            for number in range(_PIECES):
                stream.seek(number * (size - _PIECE_BYTES) // (_PIECES - 1))
                digest.update(stream.read(_PIECE_BYTES))
    return digest.hexdigest()
