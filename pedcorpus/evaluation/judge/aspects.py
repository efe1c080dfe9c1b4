"""What a language model judges a pair of replies on: the four aspects of the PediatricsGPT paper."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from pedcorpus.records import Dimension

__all__ = ["ASPECT_TITLES", "COUNTERPARTS", "Aspect"]


class Aspect(StrEnum):
    """In the paper's order."""

    USEFULNESS = "usefulness"
    CORRECTNESS = "correctness"
    CONSISTENCY = "consistency"
    SMOOTHNESS = "smoothness"


ASPECT_TITLES: Mapping[Aspect, Mapping[str, str]] = MappingProxyType(
    {
        Aspect.USEFULNESS: {"zh": "有用性", "en": "usefulness"},
        Aspect.CORRECTNESS: {"zh": "正确性", "en": "correctness"},
        Aspect.CONSISTENCY: {"zh": "一致性", "en": "consistency"},
        Aspect.SMOOTHNESS: {"zh": "流畅性", "en": "smoothness"},
    }
)

COUNTERPARTS: Mapping[Aspect, Dimension] = MappingProxyType(
    {Aspect.USEFULNESS: Dimension.PROFESSIONALISM, Aspect.CORRECTNESS: Dimension.FACTUALITY}
)
"""What doctors are asked that comes nearest; the paper has doctors judge other things than the model."""
