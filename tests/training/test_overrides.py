import pytest

from pedcorpus.errors import SettingsError, UsageError
from pedcorpus.training.overrides import with_overrides

RECIPES = {
    "cpt": {"phase": "cpt", "trainer": {"max_steps": 1}},
    "dfpo": {"phase": "dfpo", "trainer": {}},
    "mue": {"phase": "mue", "trainer": {}, "mue": {"r": 8}},
}


def test_an_override_reaches_every_phase_that_knows_the_key():
    changed = with_overrides(RECIPES, ["trainer.max_steps=5", "trainer.beta=0.2", "mue.r=4", "data.max_rows=9"])
    assert [changed[phase]["trainer"]["max_steps"] for phase in RECIPES] == [5, 5, 5]
    assert [changed[phase]["trainer"].get("beta") for phase in RECIPES] == [None, 0.2, None]
    assert changed["mue"]["mue"] == {"r": 4}
    assert changed["cpt"]["data"] == {"max_rows": 9}


def test_an_override_may_name_one_phase():
    changed = with_overrides(RECIPES, ["mue.trainer.max_steps=5", "mue.template=chatml", "mue.mue.r=2"])
    assert changed["cpt"] == RECIPES["cpt"]
    assert changed["mue"] == {"phase": "mue", "trainer": {"max_steps": 5}, "template": "chatml", "mue": {"r": 2}}


def test_the_recipes_given_are_left_as_they_were():
    with_overrides(RECIPES, ["trainer.max_steps=5"])
    assert RECIPES["cpt"]["trainer"] == {"max_steps": 1}


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("max_steps=5", "max_steps: unknown key; did you mean 'trainer.max_steps'?"),
        ("trainer.max_step=5", "trainer.max_step: unknown key; did you mean 'max_steps'?"),
        ("trainer.max_steps=soon", "trainer.max_steps: expected int, found 'soon'"),
        ("sft.trainer.max_steps=5", "sft: this phase is not among those run"),
        ("phase=sft", "phase: expected 'cpt', found 'sft'"),
    ],
)
def test_what_no_phase_takes_is_refused(override, said):
    with pytest.raises(SettingsError) as caught:
        with_overrides(RECIPES, [override])
    assert str(caught.value) == f"overrides: {said}"


@pytest.mark.parametrize(
    "override", ["trainer.max_steps", "=5", "trainer.=5", "a.b.c=5", "cpt.trainer.x.y=1", "data.max_rows=["]
)
def test_what_is_no_override_is_refused(override):
    with pytest.raises(UsageError, match="override"):
        with_overrides(RECIPES, [override])
