import numpy as np
import pytest

from pedcorpus.training.schedule import scheduled


def order(instructions, texts, total, schedule="ramp"):
    kinds = np.array([False] * texts + [True] * instructions)
    return kinds, scheduled(kinds, total, schedule=schedule, seed=5)


@pytest.mark.parametrize("schedule", ["instructions_last", "ramp"])
@pytest.mark.parametrize(("instructions", "texts"), [(20, 80), (80, 20), (0, 10), (10, 0)])
def test_a_pass_sees_everything_once(schedule, instructions, texts):
    kinds, seen = order(instructions, texts, instructions + texts, schedule)
    assert sorted(seen.tolist()) == list(range(len(kinds)))


def test_instructions_last_come_after_all_text():
    kinds, seen = order(30, 70, 100, "instructions_last")
    assert kinds[seen].tolist() == [False] * 70 + [True] * 30


@pytest.mark.parametrize(("instructions", "least", "most"), [(25, [0, 5], [20, 25]), (75, [24, 30], [45, 50])])
def test_the_share_grows_evenly_from_quarter_to_quarter(instructions, least, most):
    kinds, seen = order(instructions, 100 - instructions, 200)  # two passes, and yet one ramp
    quarters = kinds[seen].reshape(4, 50).sum(1).tolist()
    assert quarters == sorted(quarters)
    assert least[0] <= quarters[0] <= least[1]
    assert most[0] <= quarters[-1] <= most[1]
    assert kinds[seen].mean() == pytest.approx(instructions / 100)


def test_a_second_pass_has_each_once_more_in_another_order():
    kinds, seen = order(40, 60, 200)
    texts = seen[~kinds[seen]].tolist()
    assert sorted(texts[:60]) == sorted(texts[60:]) == list(range(60))
    assert texts[:60] != texts[60:]


def test_a_short_training_keeps_the_share_and_the_growth():
    kinds, seen = order(500, 500, 40, "instructions_last")
    assert kinds[seen].tolist() == [False] * 20 + [True] * 20
    assert len(set(seen.tolist())) == 40


def test_the_same_seed_gives_the_same_order():
    assert order(20, 80, 100)[1].tolist() == order(20, 80, 100)[1].tolist()
