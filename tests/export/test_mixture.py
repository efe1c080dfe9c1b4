from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedcorpus.export.mixture import mixed, once_each
from pedcorpus.export.plain_text import PlainText


def texts(plain: int, instructions: int) -> list[PlainText]:
    made = [PlainText(text=f"文{number}", kind="passage", source="s", split="train") for number in range(plain)]
    return made + [
        PlainText(text=f"问{number}", kind="instruction", source="s", split="train") for number in range(instructions)
    ]


@pytest.mark.parametrize(
    ("plain", "instructions", "share", "expected"),
    [
        (70, 30, 0.3, (70, 30)),
        (70, 300, 0.3, (70, 30)),
        (700, 30, 0.3, (700, 30)),  # knowledge is never thrown away
        (10, 100, 0.3, (10, 4)),
        (50, 50, 0.0, (50, 0)),
        (0, 50, 0.0, (0, 50)),
        (0, 50, 0.3, (0, 50)),  # nothing to mix with
        (50, 0, 0.3, (50, 0)),
    ],
)
def test_instructions_are_drawn_down_to_the_share_and_plain_text_is_whole(plain, instructions, share, expected) -> None:
    rows = mixed(texts(plain, instructions), instruction_share=share)
    kinds = [row.kind for row in rows]
    assert (kinds.count("passage"), kinds.count("instruction")) == expected


@given(st.integers(0, 80), st.integers(0, 80), st.floats(0, 0.9), st.integers())
def test_each_text_comes_at_most_once_and_order_of_input_is_ignored(plain, instructions, share, seed) -> None:
    given_texts = texts(plain, instructions)
    rows = mixed(given_texts, instruction_share=share)
    assert len({row.text for row in rows}) == len(rows)
    assert mixed(random.Random(seed).sample(given_texts, len(given_texts)), instruction_share=share) == rows


def test_kinds_are_interleaved() -> None:
    rows = mixed(texts(200, 100), instruction_share=0.3)
    early = [row.kind for row in rows[: len(rows) // 2]].count("instruction")
    assert 25 < early < 60


def test_a_text_that_stands_in_two_splits_is_held_out() -> None:
    twice = [PlainText(text="文", kind="passage", source="s", split=split) for split in ("train", "test", "train")]
    assert [row.split for row in once_each(twice)] == ["test"]


def test_which_of_two_like_texts_stays_does_not_depend_on_their_order() -> None:
    twice = [PlainText(text="文", kind="passage", source=name, split="train") for name in ("b", "a")]
    assert once_each(twice) == once_each(twice[::-1])
