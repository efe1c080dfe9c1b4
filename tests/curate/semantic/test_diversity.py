import numpy as np
import pytest

from pedcorpus.curate.semantic import EDGES, spread_of


def test_rows_that_have_nothing_in_common_count_each() -> None:
    spread = spread_of(np.eye(8, dtype=np.float32))
    assert spread is not None
    assert (spread.sample, spread.mean_cosine, spread.vendi) == (8, 0.0, 8.0)
    assert spread.nearest == (8, *[0] * len(EDGES))


def test_rows_that_are_all_the_same_count_once() -> None:
    spread = spread_of(np.tile(np.array([[0.6, 0.8]], dtype=np.float32), (5, 1)))
    assert spread is not None
    assert (spread.mean_cosine, spread.vendi) == (1.0, 1.0)
    assert spread.nearest == (*[0] * len(EDGES), 5)


@pytest.mark.parametrize("width", [3, 40], ids=["wider than long", "longer than wide"])
def test_the_vendi_score_is_that_of_the_cosine_matrix(width: int) -> None:
    rows = np.random.default_rng(1).normal(size=(12, width))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    shares = np.linalg.eigvalsh(rows @ rows.T / 12)
    shares = shares[shares > 1e-9]
    spread = spread_of(rows.astype(np.float32))
    assert spread is not None
    assert spread.vendi == pytest.approx(np.exp(-(shares * np.log(shares)).sum()), abs=0.01)


def test_fewer_than_two_have_no_spread() -> None:
    assert spread_of(np.ones((1, 4), dtype=np.float32)) is None
