"""Model and adapter folders made into an assistant. Imports torch when called."""

from __future__ import annotations

import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pedcorpus.errors import MissingExtra, UsageError
from pedcorpus.inference.assistant import Assistant
from pedcorpus.models import chat_template
from pedcorpus.models.checkpoints import check_adapter_weights, check_model
from pedcorpus.models.fitted_template import template_for
from pedcorpus.models.gguf import gguf_in, load_gguf
from pedcorpus.models.moe_adapter import PUBLISHED_LAYOUT, layout_of_adapter, read_adapter_config
from pedcorpus.models.threads import wait_without_spinning
from pedcorpus.models.unloadable import load_errors, reason

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

__all__ = ["load_assistant"]


def load_assistant(model_path: Path, adapter_path: Path | None = None, *, template: str | None = None) -> Assistant:
    """The assistant of a model folder and, if given, of an adapter trained on that model.

    Args:
        model_path: a Hugging Face causal language model, with its tokenizer, or a GGUF file.
        adapter_path: a folder that PEFT saved, MUE's or another method's.
        template: a named prompt template; none or `tokenizer` takes the tokenizer's own.

    Raises:
        MissingExtra: torch is not installed.
        UsageError: a folder does not hold what it should, the two do not fit, or there is no such template.
    """
    named = template is not None and chat_template(template) is not None
    gguf = gguf_in(model_path)
    for path, file in ((None if gguf else model_path, "config.json"), (adapter_path, "adapter_config.json")):
        if path is not None and not (path / file).is_file():
            raise UsageError(f"{path}: there is no {file}; expected the folder of a saved model or adapter")
    if gguf is None:
        check_model(model_path)
    if adapter_path is not None:
        _check_adapter(adapter_path)
    if any(find_spec(name) is None for name in ("torch", "transformers", "peft")):
        raise MissingExtra("a model's reply", "train")
    wait_without_spinning()
    import torch

    from pedcorpus.models.quiet import quiet_libraries

    with quiet_libraries():
        loaded, tokenizer = load_gguf(gguf) if gguf else _loaded(model_path)
        model: Any = loaded
        model = model.to("cuda" if torch.cuda.is_available() else "cpu")
        if adapter_path is not None:
            model = _with_adapter(model, adapter_path)
    if template is not None and named:
        tokenizer.chat_template = template_for(template, model_path, tokenizer)
    elif tokenizer.chat_template is None:
        raise UsageError(f"{model_path}: its tokenizer has no prompt template of its own; name one, as `default`")
    return Assistant(model.eval(), tokenizer)


def _check_adapter(path: Path) -> None:
    if layout_of_adapter(read_adapter_config(path)) is PUBLISHED_LAYOUT:
        raise UsageError(
            f"{path}: is in the layout that PediatricsGPT was published with; convert it and name the new folder: "
            f"pedcorpus adapter convert {path} {path.with_name(f'{path.name}-mue')}"
        )
    check_adapter_weights(path)


def _loaded(path: Path) -> tuple[Any, PreTrainedTokenizerBase]:  # transformers' Auto classes return many types
    from transformers import AutoModelForCausalLM, AutoTokenizer

    import pedcorpus.models.baichuan2  # noqa: F401  # registers Baichuan2 with the Auto classes

    try:
        model: Any = AutoModelForCausalLM.from_pretrained(path, dtype="auto")
        tokenizer = AutoTokenizer.from_pretrained(path)
    except load_errors() as error:
        raise UsageError(f"{path}: cannot be loaded as a causal language model: {reason(error)}") from error
    return model, tokenizer


def _with_adapter(model: Any, path: Path) -> Any:
    from peft import PeftModel

    import pedcorpus.models.mue  # noqa: F401  # registers MUE with PEFT

    refused: tuple[type[Exception], ...] = (*load_errors(), RuntimeError)
    try:
        with warnings.catch_warnings():
            # what an adapter does not hold, PEFT would make anew, which says nothing
            warnings.filterwarnings("error", "Found missing adapter keys", UserWarning)
            return PeftModel.from_pretrained(model, path)
    except UserWarning as error:
        first = str(error).split("'")[1]
        raise UsageError(
            f"{path}: does not go on this model: it lacks {first} and others; name the model that it was trained on"
        ) from error
    except refused as error:
        raise UsageError(f"{path}: does not go on this model: {reason(error)}") from error
