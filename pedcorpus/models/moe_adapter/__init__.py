"""The adapter that PediatricsGPT was published with, for a fork of PEFT, and this project's: each made of the other.

Facts of the published layout: PediatricsGPT's public code. This front door stays free of torch.
"""

from __future__ import annotations

from pedcorpus.models.moe_adapter.conversion import ConvertedAdapter, convert_adapter
from pedcorpus.models.moe_adapter.layouts import MUE_LAYOUT, PUBLISHED_LAYOUT, layout_of_adapter, read_adapter_config

__all__ = [
    "MUE_LAYOUT",
    "PUBLISHED_LAYOUT",
    "ConvertedAdapter",
    "convert_adapter",
    "layout_of_adapter",
    "read_adapter_config",
]
