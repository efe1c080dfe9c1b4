"""A GGUF file, as llama.cpp reads it, made into an ordinary model by transformers: dequantised, in float32.

Weights stay what quantising left of them. Imports torch when it loads.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pedcorpus.errors import MissingExtra, UsageError
from pedcorpus.models.fitted_template import template_for

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

__all__ = ["convert_gguf", "gguf_in", "load_gguf"]

_MAGIC = b"GGUF"
_SUFFIX = ".gguf"


def gguf_in(path: Path) -> Path | None:
    """The GGUF file that `path` is, or the one in the folder `path`; none for anything else, a model folder included.

    Raises:
        UsageError: the file is called so and is none, or the folder holds several.
    """
    if path.is_file() and path.suffix == _SUFFIX:
        return _checked(path)
    if not path.is_dir() or (path / "config.json").is_file():
        return None
    found = sorted(path.glob(f"*{_SUFFIX}"))
    if len(found) > 1:
        names = ", ".join(file.name for file in found)
        raise UsageError(f"{path}: holds several GGUF files ({names}); name one; one model in parts cannot be read")
    return _checked(found[0]) if found else None


def _checked(file: Path) -> Path:
    with file.open("rb") as opened:
        if opened.read(len(_MAGIC)) != _MAGIC:
            raise UsageError(f"{file}: is no GGUF file: it does not begin with GGUF; fetch it anew")
    return file


def convert_gguf(file: Path, folder: Path) -> Path:
    """Writes the model and tokenizer of `file` as the model folder `folder`, whole or not at all.

    Raises:
        MissingExtra: a package that reads it is not installed.
        UsageError: transformers cannot read it.
    """
    model, tokenizer = load_gguf(file)
    draft = folder.with_name(f".{folder.name}")
    tokenizer.save_pretrained(draft)
    model.save_pretrained(draft)
    return draft.rename(folder)


def load_gguf(file: Path) -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
    """Model and tokenizer of `file`; a tokenizer without a prompt template gets ours.

    Raises:
        MissingExtra: a package that reads it is not installed.
        UsageError: transformers cannot read it.
    """
    if any(find_spec(name) is None for name in ("torch", "transformers", "gguf")):
        raise MissingExtra("a model in a GGUF file", "train")
    from transformers import AutoModelForCausalLM, AutoTokenizer

    try:
        with _read_once():
            tokenizer = AutoTokenizer.from_pretrained(file.parent, gguf_file=file.name)
            model = AutoModelForCausalLM.from_pretrained(file.parent, gguf_file=file.name, dtype="float32")
    except Exception as error:  # tokenizers raises that itself
        told = " ".join(str(error).split())[:300]
        raise UsageError(f"{file}: transformers cannot read this model: {told or type(error).__name__}") from error
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.unk_token or tokenizer.eos_token
    if tokenizer.chat_template is None:
        tokenizer.chat_template = template_for("default", file.parent, tokenizer)
    return _unquantised(model), tokenizer


def _unquantised(model: Any) -> PreTrainedModel:
    """The model as what it is now: transformers still takes it for a quantised one, which it would not save."""
    model.hf_quantizer, model.is_quantized = None, False
    del model.config.quantization_config
    whole: PreTrainedModel = model
    return whole


@contextmanager
def _read_once() -> Iterator[None]:
    """Lets transformers read a file's header once for tokenizer, configuration and weights, and all of it as plain
    arrays: with a big vocabulary each reading takes ten seconds.
    """
    gguf: Any = import_module("gguf")  # it knows of no class but its own
    reader = gguf.GGUFReader
    gguf.GGUFReader = lru_cache(maxsize=1)(_plain(reader))
    try:
        yield
    finally:
        gguf.GGUFReader = reader


def _plain(reader: Any) -> Any:
    """The class `reader`, which asks its mapped file for millions of pieces, with NumPy's own indexing for that.

    Every piece of a `numpy.memmap` passes through Python code of that class; of a plain view of it, none does.
    """
    from numpy import ndarray

    class Plain(reader):  # type: ignore[misc]  # a class that is known when it runs
        def __setattr__(self, name: str, value: Any) -> None:
            super().__setattr__(name, value.view(ndarray) if name == "data" else value)

    return Plain
