from __future__ import annotations

from typing import Any

import pytest

from pedcorpus.export.card.judged import agreement

GROUP = {"instructions": 12, "judgements": 25, "agreed": 0.875, "alpha": 0.7412, "interval": [0.6, 0.86]}
ALIKE = {"instructions": 2, "judgements": 4, "agreed": 1.0, "alpha": None, "interval": None}


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ({}, "`pedcorpus agreement` tells it of the corpus"),
        ({"whole": None, "tasks": {}}, "No two people read the same row blind"),
        ({"whole": GROUP, "tasks": {}}, "| all | 12 | 25 | 87.5% | 0.74 (0.60 to 0.86) |"),
        ({"whole": GROUP, "tasks": {"medkqa": ALIKE}}, "| `medkqa` | 2 | 4 | 100.0% | all alike |"),
    ],
)
def test_agreement_is_told_as_it_is_known(report: dict[str, Any], words: str) -> None:
    assert words in agreement(report)
