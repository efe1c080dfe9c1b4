"""Mixture of universal-specific experts (MUE) as a PEFT method; importing this registers it with PEFT.

Formula and initial values: PediatricsGPT, arXiv 2405.19266. One departure: the public code draws router noise at
inference too, here inference is deterministic.
"""

from __future__ import annotations

from peft.mapping import PEFT_TYPE_TO_CONFIG_MAPPING
from peft.utils import register_peft_method

from pedcorpus.models.mue.config import MUE, MueConfig
from pedcorpus.models.mue.layer import MueLinear
from pedcorpus.models.mue.model import MueModel, TrainableShare, trainable_share
from pedcorpus.models.mue.watching import GateWatch, LayerGates

__all__ = ["GateWatch", "LayerGates", "MueConfig", "MueLinear", "MueModel", "TrainableShare", "trainable_share"]

if MUE not in PEFT_TYPE_TO_CONFIG_MAPPING:
    register_peft_method(name=MUE.lower(), config_cls=MueConfig, model_cls=MueModel)
