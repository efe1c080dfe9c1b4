"""Models loaded with weights of 4 or 8 bits: what a recipe may say of it, and transformers' configuration of it.

Such weights are frozen: only experts are trained on them. Imports transformers when it makes the configuration.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pedcorpus.errors import SettingsError
from pedcorpus.training.phase import Phase

if TYPE_CHECKING:
    from transformers import BitsAndBytesConfig

__all__ = ["quantisation", "quantisation_problems", "quantised_bytes"]

_KEY = "trainer.model_init_kwargs.quantization_config"


def quantised_bytes(trainer: Mapping[str, Any]) -> float | None:
    """Bytes of a weight in a linear layer as a recipe's `trainer` section has it loaded; none where it says nothing."""
    told = _told(trainer) or {}
    return 0.5 if told.get("load_in_4bit") else 1.0 if told.get("load_in_8bit") else None


def quantisation_problems(trainer: object, phase: Phase) -> list[str]:
    """What is wrong with the quantisation that a recipe asks for, as `key: what is wrong`."""
    told = _told(trainer)
    if told is None:
        return []
    if not isinstance(told, Mapping):
        return [f"{_KEY}: expected keys of BitsAndBytesConfig, as load_in_4bit, found {told!r}"]
    if not phase.adapter:
        return [f"{_KEY}: {phase.id} trains all weights, and quantised ones cannot be trained; it is for mue only"]
    if bool(told.get("load_in_4bit")) == bool(told.get("load_in_8bit")):
        return [f"{_KEY}: set one of load_in_4bit and load_in_8bit to true"]
    return []


def quantisation(trainer: Mapping[str, Any]) -> dict[str, BitsAndBytesConfig]:
    """What `from_pretrained` takes for it.

    Raises:
        SettingsError: transformers or bitsandbytes refuses a value.
    """
    told = _told(trainer)
    if told is None:
        return {}
    from transformers import BitsAndBytesConfig

    try:
        make: Any = BitsAndBytesConfig  # its signature has no types
        config: BitsAndBytesConfig = make(**told)
    except (ValueError, TypeError, AttributeError, ImportError) as error:
        raise SettingsError("mue.yaml", [f"{_KEY}: {' '.join(str(error).split())}"]) from error
    if unknown := [name for name in told if not hasattr(config, name)]:
        raise SettingsError("mue.yaml", [f"{_KEY}: BitsAndBytesConfig has no {', '.join(unknown)}"])
    return {"quantization_config": config}


def _told(trainer: object) -> Any:  # YAML's values
    kwargs = trainer.get("model_init_kwargs") if isinstance(trainer, Mapping) else None
    return kwargs.get("quantization_config") if isinstance(kwargs, Mapping) else None
