import random

import numpy as np
import pytest

from pedcorpus.curate.semantic import Alike, AlikeRow, find_alike
from pedcorpus.curate.semantic.neighbours import Neighbours

RNG = np.random.default_rng(0)


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def row(name: str, *, about: int = 0, made: str = "", rank: int = 0) -> AlikeRow:
    return AlikeRow(id=name, about=about, made=made or name, rank=rank)


PAIR = unit(np.array([[1.0, 0.0], [1.0, 0.1]]))


def test_close_rows_about_the_same_are_alike() -> None:
    assert find_alike([row("a"), row("b")], PAIR, threshold=0.9) == [Alike("b", "a", 0.995)]


@pytest.mark.parametrize(
    ("other", "threshold"),
    [
        pytest.param(row("b", about=1), 0.9, id="another drug, disease, age or dose"),
        pytest.param(row("b", made="a"), 0.9, id="phrasings that one generator made of one answer"),
        pytest.param(row("b"), 0.999, id="not close enough"),
    ],
)
def test_these_are_not_alike(other: AlikeRow, threshold: float) -> None:
    assert find_alike([row("a"), other], PAIR, threshold=threshold) == []


def test_what_the_caller_tells_apart_is_not_alike() -> None:
    assert find_alike([row("a"), row("b")], PAIR, threshold=0.9, differs=lambda a, b: (a, b) == ("a", "b")) == []


def test_the_row_of_the_least_rank_is_kept() -> None:
    assert [each.kept for each in find_alike([row("a", rank=2), row("b")], PAIR, threshold=0.9)] == ["b"]


def test_small_steps_do_not_join_what_is_far_apart() -> None:
    fan = unit(np.array([[1.0, 0.0], [0.96, 0.28], [0.84, 0.54]]))
    found = find_alike([row("a"), row("b"), row("c")], fan, threshold=0.95)
    assert [(each.id, each.kept) for each in found] == [("b", "a")]


def test_the_order_of_the_input_does_not_matter() -> None:
    centres = RNG.normal(size=(30, 16))
    vectors = unit(np.repeat(centres, 5, axis=0) + 0.2 * RNG.normal(size=(150, 16)))
    rows = [row(f"{number:03}", about=number % 2, rank=number % 3) for number in range(150)]
    first = find_alike(rows, vectors, threshold=0.9)
    order = list(range(150))
    random.Random(1).shuffle(order)
    assert first
    assert find_alike([rows[place] for place in order], vectors[order], threshold=0.9) == first


def test_blocks_beyond_the_first_see_the_rows_after_them() -> None:
    vectors = unit(RNG.normal(size=(1200, 64)))
    vectors[1199] = vectors[700]
    rows = [row(f"{number:04}") for number in range(1200)]
    assert find_alike(rows, vectors, threshold=0.95) == [Alike("1199", "0700", 1.0)]


def test_cells_find_nearly_all_that_exact_search_finds() -> None:
    pytest.importorskip("faiss", reason="needs the [embed] extra")
    centres = RNG.normal(size=(800, 32))
    vectors = unit(np.repeat(centres, 4, axis=0) + 0.1 * RNG.normal(size=(3200, 32)))
    every = np.ones(3200, dtype=bool)
    exact = Neighbours(vectors, threshold=0.9)
    cells = Neighbours(vectors, threshold=0.9, exact_most=100)
    wanted = {(place, other) for place in range(3200) for other, _ in exact.of(place, among=every) if other > place}
    found = {(place, other) for place in range(3200) for other, _ in cells.of(place, among=every) if other > place}
    assert found <= wanted
    assert len(found) >= 0.98 * len(wanted) > 3000
