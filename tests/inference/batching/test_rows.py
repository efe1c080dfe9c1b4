import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")

from pedcorpus.inference.batching import rows
from pedcorpus.inference.batching.rows import RowCache

pytestmark = pytest.mark.train


def states(*values):
    """One head of width one: (B, 1, S, 1)."""
    return torch.tensor(values, dtype=torch.float32)[:, None, :, None]


def written(cache, *values):
    keys, _ = cache.update(states(*values), states(*values), 0)
    return keys[:, 0, :, 0].tolist()


@pytest.fixture
def cache():
    return RowCache(rows=4, columns=64, device=torch.device("cpu"))


def test_rows_of_unequal_length_take_their_tokens_where_they_stand(cache):
    cache.read(slice(0, 2), start=0, end=3)
    written(cache, [1, 2, 3], [4, 5, 0])
    cache.step([3, 2])
    assert written(cache, [6], [7]) == [[1, 2, 3, 6], [4, 5, 7, 0]]


def test_a_row_takes_the_place_of_one_that_leaves(cache):
    cache.read(slice(0, 2), start=0, end=2)
    written(cache, [1, 2], [3, 4])
    cache.move(1, 0, columns=2)
    cache.step([2])
    assert written(cache, [5]) == [[3, 4, 5]]


def test_growing_loses_nothing(cache, monkeypatch):
    monkeypatch.setattr(rows, "_BLOCK_N", 2)
    cache.read(slice(0, 1), start=0, end=2)
    written(cache, [1, 2])
    cache.read(slice(1, 3), start=0, end=5)
    assert written(cache, [3, 4, 5, 6, 7], [8, 9, 0, 0, 0])[0] == [3, 4, 5, 6, 7]
    cache.step([2, 5, 2])
    assert written(cache, [10], [11], [12])[0][:3] == [1, 2, 10]


def test_memory_stays_within_rows_and_context(cache):
    cache.read(slice(0, 3), start=0, end=60)
    written(cache, *[[1] * 60] * 3)
    assert cache._keys[0].shape[:2] == (4, 64)
    cache.drop()
    assert not cache._keys


def test_rows_are_not_mixed_up_where_memory_runs_out(cache, monkeypatch):
    cache.read(slice(0, 1), start=0, end=2)
    written(cache, [1, 2])

    def fail(*_):
        raise RuntimeError("out of memory")

    with monkeypatch.context() as patch:
        patch.setattr(torch.Tensor, "new_zeros", fail)
        with pytest.raises(RuntimeError, match="out of memory"):
            cache.read(slice(1, 3), start=0, end=3)
    with pytest.raises(RuntimeError, match="too little memory"):
        cache.step([2])
    cache.drop()
    cache.read(slice(0, 1), start=0, end=2)
    assert written(cache, [1, 2]) == [[1, 2]]
