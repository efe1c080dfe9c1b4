import pytest

from pedcorpus.training.known_keys import known_keys, matches_kind
from pedcorpus.training.list_keys import installed_keys


@pytest.mark.train
def test_the_list_is_that_of_the_installed_libraries():
    pytest.importorskip("trl", reason="needs the [train] extra")
    listed = {name: known_keys(name) for name in ("SFTConfig", "DPOConfig", "MueConfig", "TinyShape")}
    assert installed_keys() == listed, "run: python -m pedcorpus.training.list_keys"


def test_keys_are_the_libraries_own():
    assert known_keys("SFTConfig")["packing_strategy"] == "str"
    assert known_keys("DPOConfig")["loss_weights"] == "list|null"
    assert known_keys("MueConfig")["num_experts"] == "int"
    assert known_keys("TinyShape")["hidden_size"] == "int"


@pytest.mark.parametrize(
    ("value", "kinds", "expected"),
    [
        (1, "int", True),
        (1, "float", True),  # YAML writes 1 for 1.0
        (1.5, "int", False),
        (True, "int", False),  # a bool is an int to Python
        (True, "bool|null", True),
        (None, "int|null", True),
        (None, "int", False),
        ("auto", "int|str", True),
        ([1], "list", True),
        ({}, "list", False),
        (object(), "any|null", True),
    ],
)
def test_values_have_kinds(value, kinds, expected):
    assert matches_kind(value, kinds) is expected
