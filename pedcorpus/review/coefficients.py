"""Agreement beyond chance as a number, beside Krippendorff's alpha: the bounds of that, Cohen's and Fleiss' kappa.

All are for nominal values: 1 is perfect, 0 what chance would give, below 0 worse than that. Cohen's kappa is for two
reviewers, Fleiss' for as many on each instruction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence

from pedcorpus.alpha import values_given

__all__ = ["alpha_interval", "cohens_kappa", "fleiss_kappa"]

Counts = Mapping[Hashable, int]
"""How often each value was given to one instruction."""

_SEED = 2405
_DRAWS = 2_000
_FEWEST = 2
"""Instructions of which anything can be drawn anew."""


def alpha_interval(counts: Sequence[Counts]) -> tuple[float, float] | None:
    """95 % bounds of alpha: what it is in `counts` drawn anew, with replacement, 2,000 times from a fixed seed.

    Each instruction has two readings or more. A draw in which everybody says one and the same has no alpha and is left
    out; none where that is half of them, or where one instruction is all there is.
    """
    import numpy as np

    values = values_given(counts)
    if len(counts) < _FEWEST or len(values) < 2:
        return None
    # instructions alike in what was said of them are one row of `table`; draws are rows, and values columns, of `given`
    patterns = Counter(tuple(found.get(value, 0) for value in values) for found in counts)
    table = np.array(sorted(patterns), dtype=float)
    times = np.array([patterns[tuple(map(int, row))] for row in table], dtype=float)
    read = table.sum(axis=1)
    alike = (table * (table - 1)).sum(axis=1) / (read - 1)
    # the old generator: its numbers are promised to stay the same in every version
    drawn = np.random.RandomState(_SEED).multinomial(len(counts), times / times.sum(), size=_DRAWS)
    given = drawn @ table
    all_given = given.sum(axis=1)
    unlike = all_given**2 - (given**2).sum(axis=1)
    has_alpha = unlike > 0
    if 2 * has_alpha.sum() < _DRAWS:
        return None
    alpha = 1 - ((all_given - 1) * (all_given - drawn @ alike))[has_alpha] / unlike[has_alpha]
    low, high = np.quantile(alpha, (0.025, 0.975))
    return float(low), float(high)


def cohens_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Kappa of what two reviewers said of each instruction; none where both said one and the same throughout.

    J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20 (1960), 37-46.
    """
    one, other = Counter(pair[0] for pair in pairs), Counter(pair[1] for pair in pairs)
    agreed = sum(first == second for first, second in pairs) / len(pairs)
    chance = sum(one[value] * other[value] for value in one) / len(pairs) ** 2
    return None if chance == 1 else (agreed - chance) / (1 - chance)


def fleiss_kappa(counts: Sequence[Counts]) -> float | None:
    """Kappa over instructions that each were read by as many; none where there is one value in all.

    J. L. Fleiss, Measuring nominal scale agreement among many raters, Psychological Bulletin 76 (1971), 378-382.
    """
    readers = sum(counts[0].values())
    given = Counter[Hashable]()
    for found in counts:
        given.update(found)
    agreed = sum(number * (number - 1) for found in counts for number in found.values())
    agreed_share = agreed / (len(counts) * readers * (readers - 1))
    chance = sum(number**2 for number in given.values()) / given.total() ** 2
    return None if chance == 1 else (agreed_share - chance) / (1 - chance)
