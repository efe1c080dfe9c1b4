"""Which keys of a recipe need packages that a plain installation does not have, and what to install for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import NamedTuple

from pedcorpus.training.recipe import Recipe
from pedcorpus.training.recipe_check import Values

__all__ = ["missing_needs"]


class _Need(NamedTuple):
    key: str
    package: str
    install: str


_GPU, _DEEPSPEED = "'pedcorpus[gpu]'", "'pedcorpus[deepspeed]'"
_REPORTERS = ("wandb", "swanlab", "mlflow", "trackio", "comet_ml", "clearml")


def missing_needs(recipe: Recipe, *, is_there: Callable[[str], bool] | None = None) -> list[str]:
    """What a recipe asks for that is not installed, one line each.

    Args:
        recipe: the one to be trained by.
        is_there: whether a package can be imported; asked of this installation where none is given.
    """
    there = is_there or (lambda name: find_spec(name) is not None)
    return [
        f"{recipe.phase}: {need.key} needs the package {need.package}, which is not installed; run: pip install "
        f"{need.install}"
        for need in _needs(recipe.trainer)
        if not there(need.package)
    ]


def _needs(trainer: Values) -> Iterator[_Need]:
    model = trainer.get("model_init_kwargs") or {}
    optim = str(trainer.get("optim", ""))
    if "8bit" in optim or "bnb" in optim or "paged" in optim:
        yield _Need(f"trainer.optim={optim}", "bitsandbytes", _GPU)
    if trainer.get("use_liger_kernel"):
        yield _Need("trainer.use_liger_kernel", "liger_kernel", _GPU)
    if model.get("quantization_config"):
        yield _Need("trainer.model_init_kwargs.quantization_config", "bitsandbytes", _GPU)
    if model.get("attn_implementation") == "flash_attention_2":
        # no extra: it is compiled against the CUDA and the torch that are there
        key = "trainer.model_init_kwargs.attn_implementation=flash_attention_2"
        yield _Need(key, "flash_attn", "flash-attn --no-build-isolation")
    if trainer.get("deepspeed"):
        yield _Need("trainer.deepspeed", "deepspeed", _DEEPSPEED)
    told = trainer.get("report_to") or []
    for name in [told] if isinstance(told, str) else told:
        if name in _REPORTERS:
            yield _Need(f"trainer.report_to={name}", name, name.replace("_", "-"))
