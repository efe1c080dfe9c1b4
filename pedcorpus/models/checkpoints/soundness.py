"""Whether a model can be loaded, as far as headers tell: whole, without code, of the sizes that config.json says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pedcorpus.errors import UsageError
from pedcorpus.models.checkpoints.baichuan2_tensors import expected_tensors, is_first_baichuan, is_ignored
from pedcorpus.models.checkpoints.headers import header_of
from pedcorpus.models.checkpoints.tokenizer_model import read_tokenizer_model
from pedcorpus.models.checkpoints.weight_files import adapter_weights, weight_files

__all__ = ["check_adapter_weights", "check_model"]


def check_model(folder: Path) -> None:
    """The weights of a model folder are all there and hold no code; a Baichuan2's are as its config.json says.

    Raises:
        UsageError: one of it is not so.
    """
    config = _config(folder)
    is_baichuan = config.get("model_type") == "baichuan"
    if is_baichuan and is_first_baichuan(config):
        raise UsageError(
            f"{folder}: is a checkpoint of the first Baichuan (vocab_size {config.get('vocab_size')}), whose output "
            "head is not normalised; Baichuan2 is read here, whose vocab_size is 125696"
        )
    found: dict[str, tuple[tuple[int, ...], Path]] = {}
    for path in weight_files(folder):
        found |= {name: (shape, path) for name, shape in header_of(path).items()}
    if is_baichuan and found:
        _check_tensors(folder, expected_tensors(config), found)
    if is_baichuan:
        _check_tokenizer(folder, config.get("vocab_size"))


def _check_tokenizer(folder: Path, known: Any) -> None:
    """Its pieces, where they are to be read and SentencePiece is installed."""
    path = folder / "tokenizer.model"
    if not path.is_file() or find_spec("sentencepiece") is None:
        return
    pieces = len(read_tokenizer_model(path).pieces)
    if isinstance(known, int) and pieces > known:
        raise UsageError(
            f"{path}: does not fit the model: it has {pieces} pieces, the model knows {known} tokens; take the "
            "tokenizer that came with the model"
        )


def check_adapter_weights(folder: Path) -> None:
    """The weights of an adapter are whole and hold no code.

    Raises:
        UsageError: they are not, or not there.
    """
    header_of(adapter_weights(folder))


def _config(folder: Path) -> Mapping[str, Any]:
    """What config.json holds; nothing where it cannot be read, which those who need it say."""
    try:
        config = json.loads((folder / "config.json").read_bytes())
    except (OSError, ValueError):
        return {}
    return config if isinstance(config, dict) else {}


def _check_tensors(
    folder: Path, expected: Mapping[str, tuple[int, ...]], found: Mapping[str, tuple[tuple[int, ...], Path]]
) -> None:
    for name, shape in expected.items():
        if name in found and found[name][0] != shape:
            raise UsageError(
                f"{folder}: config.json and weights are of different models: by config.json {name} is {_told(shape)}, "
                f"in {found[name][1].name} it is {_told(found[name][0])}; take both from the same checkpoint"
            )
    extra = sorted(name for name in found.keys() - expected.keys() if not is_ignored(name))
    if extra:
        raise UsageError(
            f"{folder}: {found[extra[0]][1].name} holds {extra[0]}{_more(extra)}, which a model of its config.json "
            "does not have; take both from the same checkpoint"
        )
    if missing := [name for name in expected if name not in found]:
        raise UsageError(
            f"{folder}: its weights lack {missing[0]}{_more(missing)}, which a model of its config.json has; copy the "
            "checkpoint anew"
        )


def _told(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))


def _more(names: list[str]) -> str:
    return f" and {len(names) - 1} more" if len(names) > 1 else ""
