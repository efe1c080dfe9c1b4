import random

import numpy as np
import pytest

from pedcorpus.generate.row_sets import character_pairs, word_sets

WORDS = [[f"w{number}" for number in random.Random(seed).choices(range(9000), k=400)] for seed in range(60)]


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        pytest.param("体温38.5℃", "体温 38．5 ℃", 7, id="width and spaces are folded away"),
        pytest.param("麻疹麻疹", "麻疹", 1, id="a pair counts once"),
        pytest.param("麻", "麻", 0, id="one character is no pair"),
        pytest.param("", "麻疹", 0, id="an empty text has none"),
        pytest.param("疹𠮷😀", "热𠮷😀", 1, id="beyond the basic plane"),
        pytest.param("药5㎏", "药5kg", 3, id="one character that folds to several"),
    ],
)
def test_pairs_are_of_neighbours_in_the_folded_text(first, second, shared):
    assert character_pairs([first, second]).shared(np.array([0]), np.array([1])).tolist() == [shared]


def test_a_pair_does_not_run_from_one_text_into_the_next():
    assert character_pairs(["麻疹", "热性", "疹热"]).sizes.tolist() == [1, 1, 1]


def test_members_are_numbered_by_how_few_rows_hold_them_and_lone_ones_only_counted():
    sets = word_sets([["all", "two", "lone"], ["all"], ["two", "all"]])
    assert [sets.members[start:end].tolist() for start, end in zip(sets.starts, sets.starts[1:], strict=False)] == [
        [0, 1],
        [1],
        [0, 1],
    ]
    assert (sets.sizes.tolist(), sets.held_by.tolist()) == ([3, 1, 2], [2, 3])


def test_what_two_rows_share_is_counted_whether_common_or_rare():
    sets = word_sets(WORDS)
    assert len(sets.held_by) > 4096
    first, second = np.divmod(np.arange(len(WORDS) ** 2), len(WORDS))
    apart = first != second
    counts = sets.shared(first[apart], second[apart]).tolist()
    own = [set(words) for words in WORDS]
    assert counts == [len(own[one] & own[other]) for one, other in zip(first[apart], second[apart], strict=True)]
