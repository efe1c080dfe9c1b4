"""Whether recipes and the model to start from fit one another, as far as files tell: asked before torch is loaded."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pedcorpus.errors import UsageError
from pedcorpus.models.checkpoints import check_model
from pedcorpus.models.model_folder import (
    ModelShape,
    adapter_widths,
    has_tokenizer,
    highest_text_id,
    is_adapter,
    model_shape,
    read_config,
)
from pedcorpus.models.tiny import TinyShape
from pedcorpus.training.recipe import Recipe

__all__ = ["check_adapter", "check_fit", "check_lengths", "start_shape"]


def check_fit(folder: Path, recipes: Iterable[Recipe]) -> None:
    """Model, tokenizer and recipes fit one another.

    Raises:
        UsageError: the folder holds an adapter, its weights cannot be used, its tokenizer is missing or has more tokens
            than its model, its loss has a term that the trainers leave out, or a recipe's sequences are longer than
            the model reads.
    """
    if is_adapter(folder):
        raise UsageError(f"{folder}: holds an adapter; give the model it was trained on, or the run that trained it")
    config = read_config(folder)
    check_model(folder)
    if not has_tokenizer(folder):
        raise UsageError(f"{folder}: has no tokenizer; put the files of the one that came with the model into it")
    highest, size = highest_text_id(folder), config.get("vocab_size")
    if highest is not None and isinstance(size, int) and highest >= size:
        raise UsageError(
            f"{folder}: its tokenizer does not fit the model: it gives ids up to {highest}, the model knows {size} "
            "tokens; take the tokenizer that came with the model"
        )
    if config.get("z_loss_weight"):
        raise UsageError(
            f"{folder}: its config.json asks for a loss with z_loss_weight {config['z_loss_weight']}, which the "
            "trainers do not compute; set it to 0 there"
        )
    shape = model_shape(config)
    check_lengths(shape.max_positions if shape else None, recipes)


def check_lengths(longest: int | None, recipes: Iterable[Recipe]) -> None:
    """No recipe's sequences are longer than the model reads.

    Raises:
        UsageError: one's are.
    """
    for recipe in recipes:
        length = recipe.trainer.get("max_length") or 0
        if longest and length > longest:
            raise UsageError(
                f"{recipe.phase}: trainer.max_length is {length}, but the model reads at most {longest} tokens "
                "(max_position_embeddings or model_max_length in its config.json); "
                f"set {recipe.phase}.trainer.max_length={longest}"
            )


def check_adapter(adapter: Path, model: Path) -> None:
    """An adapter of MUE's is for this model.

    Raises:
        UsageError: it was made for another one.
    """
    shape = model_shape(read_config(model))
    known = shape.linears if shape else {}
    for name, width in sorted(adapter_widths(adapter)):
        if name in known and known[name][0] != width:
            raise UsageError(
                f"{adapter}: is an adapter for another model: its {name} takes {width} values, that of {model} takes "
                f"{known[name][0]}"
            )


def start_shape(folder: Path | None, tiny: Recipe) -> ModelShape | None:
    """The shape of the model in `folder`, of the tiny one where that is none; none where it is not known."""
    if folder is not None:
        return model_shape(read_config(folder))
    shape = TinyShape(**tiny.tiny)
    return ModelShape(
        vocab_size=shape.vocab_size,
        hidden_size=shape.hidden_size,
        intermediate_size=shape.intermediate_size,
        layers=shape.num_hidden_layers,
        heads=shape.num_attention_heads,
        kv_size=shape.hidden_size,
        q_size=shape.hidden_size,
        tied=True,
        max_positions=shape.max_position_embeddings,
    )
