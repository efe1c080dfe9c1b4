"""What the PediatricsGPT paper reports of its 13B model, for orientation: other questions, other training data."""

from __future__ import annotations

from collections.abc import Mapping

from pedcorpus.tasks import Label

__all__ = ["PUBLISHED", "PUBLISHED_NAME"]

PUBLISHED_NAME: Label = {
    "zh": "论文所报 PediatricsGPT-13B（另一套数据，不可比）",
    "en": "PediatricsGPT-13B as its paper reports (other data, not comparable)",
}

_ORDER = (
    *("rouge_1", "rouge_2", "rouge_l"),
    *("bleu_1", "bleu_2", "bleu_3", "bleu_4"),
    *("gleu", "distinct_1", "distinct_2"),
)
PUBLISHED: Mapping[str, Mapping[str, float]] = {
    task: dict(zip(_ORDER, figures, strict=True))
    for task, figures in {
        "medkqa": (60.85, 36.56, 35.64, 61.65, 63.17, 58.96, 59.34, 57.22, 24.24, 46.23),
        "evidiag": (47.32, 17.63, 21.87, 58.21, 45.72, 39.74, 31.25, 37.15, 23.34, 46.34),
        "trerecom": (62.83, 39.32, 40.82, 63.56, 56.68, 50.80, 44.31, 54.65, 31.94, 57.56),
    }.items()
}
"""By task and measure, times 100: Yang et al., NeurIPS 2024 (arXiv 2405.19266). The paper does not say whether its
Distinct is taken reply by reply or over all replies."""
