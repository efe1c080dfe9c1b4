"""A model on a disk: which files its weights are in, what the files say of them, whether they can be read without risk.

This front door stays free of torch: commands ask it before they import anything that takes seconds. `reading`, which
needs torch, has the tensors themselves.
"""

from __future__ import annotations

from pedcorpus.models.checkpoints.headers import Header, header_of
from pedcorpus.models.checkpoints.soundness import check_adapter_weights, check_model
from pedcorpus.models.checkpoints.weight_files import adapter_weights, weight_files

__all__ = ["Header", "adapter_weights", "check_adapter_weights", "check_model", "header_of", "weight_files"]
