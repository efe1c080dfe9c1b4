"""How much of some texts stands in what a model of an export was trained on: of each its share of 13-character runs.

The measure is that of `reports/leakage.json`, text by text, over the train and validation splits and pre-training.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pedcorpus.export.leakage import texts_of
from pedcorpus.export.read import Export, Split, View
from pedcorpus.export.shingles import SHINGLE_CHARS, ShingleIndex
from pedcorpus.normalise import fold

__all__ = ["share_trained_on"]

_LEAST = {"question": 6, "answer": SHINGLE_CHARS}
_SEEN: tuple[Split, ...] = ("train", "validation")


def share_trained_on(export: Export, texts: Sequence[str], *, told: str) -> NDArray[np.float64]:
    """The share of each text that stands in training: in questions where `told` is `question`, else in answers and
    pre-training texts where it is `answer`.

    A question of fewer than 13 characters is there whole or not at all; one of fewer than 6, and an answer of fewer
    than 13, says too little to be recognised by: its share is 0.
    """
    index = ShingleIndex([texts])
    sought: tuple[tuple[View, str], ...] = (("instructions", told),)
    if told == "answer":
        sought += (("cpt", "text"),)
    for view, column in sought:
        for split in _SEEN:
            if (path := export.view_file(view, split)) is not None:
                for batch in texts_of(path, column):
                    index.see(batch)
    shared, total = index.overlaps()
    is_long = np.array([len(fold(text)) >= _LEAST[told] for text in texts], np.bool_)
    return np.where(is_long, shared / np.maximum(total, 1), 0.0)
