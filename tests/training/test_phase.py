import pytest

from pedcorpus.errors import UsageError
from pedcorpus.training.phase import PHASES, chosen_phases


def test_the_road_has_four_phases_in_order():
    assert list(PHASES) == ["cpt", "sft", "dfpo", "mue"]


def test_phases_are_run_in_the_roads_order_whatever_order_they_were_named_in():
    assert [phase.id for phase in chosen_phases(["mue", "sft", "sft"])] == ["sft", "mue"]


def test_an_unknown_phase_is_refused_with_the_nearest_one():
    with pytest.raises(UsageError, match="'dpfo'; did you mean 'dfpo'"):
        chosen_phases(["dpfo"])


def test_no_phase_is_refused():
    with pytest.raises(UsageError, match="known: cpt, sft, dfpo, mue"):
        chosen_phases([])
