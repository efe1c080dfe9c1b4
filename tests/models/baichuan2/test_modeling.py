import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")


from pedcorpus.models.baichuan2 import Baichuan2Config

pytestmark = pytest.mark.train


def test_both_layouts_are_told_apart_by_what_the_originals_configurations_hold():
    assert Baichuan2Config(max_position_embeddings=4096).position_embedding == "rotary"
    assert Baichuan2Config(model_max_length=4096).position_embedding == "alibi"
