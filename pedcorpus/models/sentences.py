"""A sentence-transformers model in a folder on this machine: texts in, vectors out; never a download.

What the vectors are for is decided elsewhere. torch is loaded when a model is opened, not before.
"""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any

from pedcorpus.errors import MissingExtra, UsageError
from pedcorpus.models.quiet import quiet_libraries
from pedcorpus.models.threads import wait_without_spinning

__all__ = ["FolderEmbedder"]

_BATCH = 32
_PROBE = 1 << 20  # bytes at either end of a big file that go into its fingerprint
_OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")


class FolderEmbedder:
    """The model of one folder; opened with the first text."""

    def __init__(self, folder: Path) -> None:
        """Reads the folder, not yet the model.

        Raises:
            UsageError: it is no folder, or holds no model.
        """
        if not folder.is_dir():
            raise UsageError(
                f"{folder}: no such folder; nothing is downloaded: put a sentence-transformers model there "
                "(its config.json and weights) and name the folder in curate.embeddings.model, or set "
                "curate.embeddings.base_url for a model behind a server"
            )
        if not any((folder / name).is_file() for name in ("modules.json", "config.json")):
            raise UsageError(f"{folder}: holds no model: neither modules.json nor config.json; name the model's folder")
        self._folder = folder
        self.name = f"{re.sub(r'[^A-Za-z0-9._-]+', '-', folder.resolve().name)}-{_fingerprint(folder)}"
        self._model: Any = None  # sentence-transformers has no types for what it loads

    def embed(self, texts: Mapping[str, str]) -> Iterator[Mapping[str, Sequence[float]]]:
        """Vectors by the keys of `texts`, batch by batch.

        Raises:
            MissingExtra: the [embed] extra is not installed.
            UsageError: the folder cannot be loaded.
        """
        model = self._opened()
        keys = list(texts)
        for start in range(0, len(keys), _BATCH):
            some = keys[start : start + _BATCH]
            with quiet_libraries():
                rows = model.encode([texts[key] for key in some], batch_size=_BATCH, show_progress_bar=False)
            yield dict(zip(some, rows.astype("float64").tolist(), strict=True))

    def _opened(self) -> Any:  # a SentenceTransformer
        if self._model is None:
            wait_without_spinning()
            with _offline():
                try:
                    library = importlib.import_module("sentence_transformers")
                except ImportError as error:
                    raise MissingExtra("an embedding model in a folder", "embed") from error
                try:
                    with quiet_libraries():
                        self._model = library.SentenceTransformer(str(self._folder), local_files_only=True)
                except (OSError, ValueError, RuntimeError, KeyError, TypeError, AttributeError, ImportError) as error:
                    told = " ".join(str(error).split())[:300]
                    raise UsageError(
                        f"{self._folder}: cannot be loaded as a sentence-transformers model: {told}"
                    ) from error
        return self._model


@contextmanager
def _offline() -> Iterator[None]:
    """The hub is not asked, whatever the environment says."""
    before = {name: os.environ.get(name) for name in _OFFLINE}
    os.environ.update(dict.fromkeys(_OFFLINE, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _fingerprint(folder: Path) -> str:
    """Eight digits that stand for the files of the model: names, sizes, small files whole, big ones at both ends."""
    digest = blake2b(digest_size=4)
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not _is_aside(path, folder)):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()}\0{size}\0".encode())
        with path.open("rb") as file:
            digest.update(file.read(_PROBE))
            if size > _PROBE:
                file.seek(max(_PROBE, size - _PROBE))
                digest.update(file.read(_PROBE))
    return digest.hexdigest()


def _is_aside(path: Path, folder: Path) -> bool:
    """Is it no part of the model: a readme, or hidden?"""
    return path.suffix == ".md" or any(part.startswith(".") for part in path.relative_to(folder).parts)
