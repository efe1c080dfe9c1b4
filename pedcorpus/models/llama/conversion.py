"""A Baichuan2 folder written as a Llama's: checked before anything is read, then one file of weights after another."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from pedcorpus.errors import MissingExtra, UsageError
from pedcorpus.models.checkpoints import check_model, weight_files
from pedcorpus.models.model_folder import Config, read_config

__all__ = ["ConvertedModel", "convert_to_llama"]

_ALONG = ("generation_config.json",)
"""Files that are the same for both."""


@dataclass(frozen=True)
class ConvertedModel:
    """A model that was written."""

    folder: Path
    files: int
    """Of weights."""
    has_tokenizer: bool


def convert_to_llama(source: Path, target: Path) -> ConvertedModel:
    """Writes the Baichuan2 in `source` as a Llama in `target`: the same tokens, the same logits.

    The packed projection is split and the output rows are stored normalised, in the precision they had.

    Raises:
        UsageError: `source` is no sound Baichuan2 of the 7B layout; `target` exists.
        MissingExtra: torch is not installed.
    """
    config = read_config(source)
    if config.get("model_type") != "baichuan":
        raise UsageError(f"{source}: is a {config.get('model_type')} by its config.json; expected Baichuan2's baichuan")
    check_model(source)
    files = weight_files(source)
    if not files:
        raise UsageError(f"{source}: holds no weights; expected model.safetensors, pytorch_model.bin or their shards")
    if target.exists():
        raise UsageError(f"{target}: exists; name a new folder")
    if any(find_spec(name) is None for name in ("torch", "transformers", "safetensors")):
        raise MissingExtra("converting a model", "train")
    _refuse_alibi(source, config)
    return _written(source, files, target)


def _refuse_alibi(source: Path, config: Config) -> None:
    from pedcorpus.models.baichuan2.configuration import ALIBI, layout_of

    if layout_of(config) == ALIBI:
        raise UsageError(
            f"{source}: is of the 13B layout, which adds ALiBi's bias to attention where Llama turns queries and keys: "
            "no Llama gives its logits; serve it as it is, or convert a 7B"
        )


def _written(source: Path, files: tuple[Path, ...], target: Path) -> ConvertedModel:
    from pedcorpus.models.llama.configuration import write_configuration
    from pedcorpus.models.llama.tensors import write_weights
    from pedcorpus.models.llama.tokenizer import write_tokenizer

    draft = target.with_name(f".{target.name}")
    shutil.rmtree(draft, ignore_errors=True)  # of a conversion that was interrupted
    draft.mkdir(parents=True)
    dtype = write_weights(files, draft)
    write_configuration(source, draft, dtype=dtype)
    for name in _ALONG:
        if (source / name).is_file():
            shutil.copyfile(source / name, draft / name)
    has_tokenizer = write_tokenizer(source, draft)
    draft.rename(target)
    return ConvertedModel(target, len(files), has_tokenizer)
