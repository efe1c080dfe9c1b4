"""A model of the Hugging Face Hub as a folder on this machine: one commit of it, from the Hub's own cache or fetched.

`org/name` is its newest commit, `org/name@revision` the one of a tag, a branch or a hash. Needs no torch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pedcorpus.errors import MissingExtra, UsageError

__all__ = ["HubModel", "find_on_hub", "is_hub_name", "with_weights"]

_NAME = re.compile(r"(?P<id>[\w-][\w.-]*/[\w-][\w.-]*)(@(?P<revision>[\w./-]+))?")
_DESCRIPTION = ["*.json", "*.jinja", "*.model", "*.txt", "*.py"]
"""Everything but weights."""
_WEIGHTS = (["*.safetensors"], ["*.bin"])
"""In the order wanted: the second only where there are none of the first."""


@dataclass(frozen=True)
class HubModel:
    """One commit of a model."""

    repository: str
    """`org/name`."""
    commit: str
    folder: Path

    def __str__(self) -> str:
        return f"{self.repository} at {self.commit[:12]}"


def is_hub_name(text: str) -> bool:
    """Whether `text` could name a model of the Hub."""
    return _NAME.fullmatch(text) is not None


def find_on_hub(name: str) -> HubModel:
    """The model that `name` is, with its description and tokenizer, but not yet its weights.

    Raises:
        MissingExtra: huggingface_hub is not installed.
        UsageError: the Hub has no such model, or cannot be reached and the cache has none.
    """
    told = _NAME.fullmatch(name)
    if told is None:
        raise UsageError(f"{name}: is no name of a model on the Hub; expected org/name or org/name@revision")
    with _silent():
        folder = _fetched(told["id"], told["revision"], _DESCRIPTION)
    if not (folder / "config.json").is_file():
        raise UsageError(f"{name}: has no config.json on the Hub; expected a causal language model of transformers'")
    return HubModel(told["id"], folder.name, folder)


def with_weights(model: HubModel) -> HubModel:
    """The same, its weights fetched; several processes may ask at once.

    Raises:
        UsageError: it has none that transformers reads, or the Hub cannot be reached.
    """
    for patterns in _WEIGHTS:
        folder = _fetched(model.repository, model.commit, [*_DESCRIPTION, *patterns])
        if any(folder.glob(patterns[0])):
            return HubModel(model.repository, model.commit, folder)
    raise UsageError(f"{model}: has no weights that can be loaded: neither .safetensors nor .bin")


def _fetched(repository: str, revision: str | None, patterns: list[str]) -> Path:
    try:
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError, RepositoryNotFoundError
        from huggingface_hub.errors import RevisionNotFoundError as NoRevision
    except ImportError as error:
        raise MissingExtra("a model of the Hugging Face Hub", "train") from error
    name = f"{repository}@{revision}" if revision else repository
    try:
        return Path(snapshot_download(repository, revision=revision, allow_patterns=patterns))
    except RepositoryNotFoundError as error:
        raise UsageError(
            f"{name}: is no folder here, and the Hugging Face Hub has no such model that you may read (for one that is "
            "private or gated, run `hf auth login`)"
        ) from error
    except NoRevision as error:
        raise UsageError(f"{name}: the model has no such revision on the Hugging Face Hub") from error
    except HFValidationError as error:
        raise UsageError(f"{name}: is no folder here, nor a name of a model on the Hub: {error}") from error
    except (LocalEntryNotFoundError, OSError) as error:
        raise UsageError(
            f"{name}: is no folder here and not in the Hugging Face cache, and the Hub cannot be reached; run "
            f"`hf download {repository}` where it can, and bring the cache or the folder here"
        ) from error


@contextmanager
def _silent() -> Iterator[None]:
    """No bars: what is fetched is small."""
    try:
        from huggingface_hub import utils
    except ImportError as error:
        raise MissingExtra("a model of the Hugging Face Hub", "train") from error
    bars: Any = utils  # its functions have no types
    shown = not bars.are_progress_bars_disabled()
    bars.disable_progress_bars()
    try:
        yield
    finally:
        if shown:
            bars.enable_progress_bars()
