"""ROUGE-L as package `rouge` 1.0.1 works it out, for texts of any length.

The package walks back through its table by recursion, which ends in a RecursionError on texts of a thousand tokens, and
keeps the table in a dict, which takes minutes there; hence the same here in rows of numpy. Tests hold one against the
other.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["LONGEST", "rouge_l"]

LONGEST = 4096
"""Tokens of a text that are looked at: the table of two such texts takes 64 MiB."""
_NEVER_ZERO = 1e-8
"""Added to a denominator by the package."""


def rouge_l(reply: Sequence[str], reference: Sequence[str]) -> float:
    """F of the summary-level ROUGE-L of C.-Y. Lin, ROUGE: a package for automatic evaluation of summaries, 2004.

    As in the package: a text's sentences end at the full stop of ASCII; of each pair of sentences one longest common
    subsequence is taken; U counts the different words of all of these, m and n those of reference and reply;
    R = U/m, P = U/n, F = 2PR/(P + R + 1e-8).
    """
    replied, referred = _sentences(reply), _sentences(reference)
    if not replied or not referred:
        return 0.0
    union = {word for theirs in referred for ours in replied for word in _common(theirs, ours)}
    precision = len(union) / len({word for sentence in replied for word in sentence})
    recall = len(union) / len({word for sentence in referred for word in sentence})
    return 2 * precision * recall / (precision + recall + _NEVER_ZERO)


def _sentences(tokens: Sequence[str]) -> list[list[str]]:
    parts = " ".join(tokens[:LONGEST]).split(".")
    return [" ".join(part.split()).split(" ") for part in parts if part]


def _common(reference: Sequence[str], reply: Sequence[str]) -> set[str]:
    """Words of one longest common subsequence; of several the one that the package walks to."""
    table = _lengths(reference, reply)
    words, row, column = set(), len(reference), len(reply)
    while row and column:
        if reference[row - 1] == reply[column - 1]:
            words.add(reference[row - 1])
            row, column = row - 1, column - 1
        elif table.item(row - 1, column) > table.item(row, column - 1):
            row -= 1
        else:
            column -= 1
    return words


def _lengths(first: Sequence[str], second: Sequence[str]) -> NDArray[np.int32]:
    """Length of the longest common subsequence of every two beginnings."""
    codes = {word: code for code, word in enumerate(dict.fromkeys([*first, *second]))}
    coded = np.array([codes[word] for word in second])
    table = np.zeros((len(first) + 1, len(second) + 1), np.int32)
    for row, word in enumerate(first, 1):
        above = table[row - 1]
        best = np.maximum(above[1:], above[:-1] + (coded == codes[word]))
        np.maximum.accumulate(best, out=table[row, 1:])
    return table
